# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The combinations in which some intervals are active, each with an instant at which they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from ..budget import Budget
from ..explore_time import day_classes
from ..schedule import ACTIVE, Schedule
from ..zone import DAY

_DAYS = 366
_MOST_DAY_CLASSES = 200

Vector = tuple[bool, ...]


class States:
    """Finds them once for the same intervals. read: how these are read, an index of READINGS. now: in seconds UTC."""

    def __init__(self, read: int, now: int, budget: Budget) -> None:
        self._read = read
        self._now = now
        self._budget = budget
        self._found: dict[tuple[Schedule, ...], Mapping[Vector, int]] = {}

    def of(self, schedules: tuple[Schedule, ...]) -> Mapping[Vector, int]:
        """The combinations within a year, each with the middle of its first stretch. Raises BudgetReached."""
        found = self._found.get(schedules)
        if found is None:
            # Kept when all of it is found: the budget may be reached on the way.
            found = self._found[schedules] = self._within_a_year(schedules)
        return found

    def _within_a_year(self, schedules: tuple[Schedule, ...]) -> Mapping[Vector, int]:
        found: dict[Vector, int] = {}
        for days in day_classes(schedules, self._read, self._now, _DAYS)[:_MOST_DAY_CLASSES]:
            self._budget.spend("days")
            day = days[0]
            tables = [one.table(day, self._read) for one in schedules]
            edges = sorted({edge for table in tables for edge in table[0]} | {0, DAY})
            for first, last in zip(edges, edges[1:]):
                vector = tuple(bool(table[1][bisect_right(table[0], first)] & ACTIVE) for table in tables)
                at = day * DAY + (first + last) // 2
                if vector not in found and at >= self._now:
                    found[vector] = at
        return found
