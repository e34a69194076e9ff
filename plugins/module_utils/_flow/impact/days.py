# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Days that are alike: the shapes of intervals on each day of a span of time, so that one day stands for many.

A call looks at intervals from its arrival until its caller has lost patience. Two days of UTC are alike for some
intervals if these do the same on them, to the second, and for as long as a caller stays also on the days after.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from ..schedule import ACTIVE, Schedule, Table
from ..zone import DAY

# Whether it is active at the beginning of a day, and the seconds from there on at which that changes.
Shape = tuple[bool, tuple[int, ...]]


class Alike(NamedTuple):
    """days: for each first day, all days that are like it, in order. first: for every day, the first day like it."""

    days: dict[int, tuple[int, ...]]
    first: dict[int, int]


class Calendar:
    """The days from one instant up to, without, another. reading: how intervals are read, an index of READINGS.

    stay: for how many seconds a call looks at intervals.
    """

    def __init__(self, begin: int, end: int, reading: int, stay: int) -> None:
        self.begin = begin
        self.end = end
        self.days = range(begin // DAY, (end - 1) // DAY + 1)
        self._reading = reading
        self._stay = stay
        self._shapes: dict[Schedule, list[Shape]] = {}
        self._same: dict[Shape, Shape] = {}
        self._alike: dict[frozenset[Schedule], Alike] = {}

    def shapes(self, schedule: Schedule) -> list[Shape]:
        """The shape of an interval on each of the days, and on the next day for as long as a call stays."""
        found = self._shapes.get(schedule)
        if found is None:
            tables = [schedule.table(day, self._reading) for day in (*self.days, self.days.stop)]
            # Most days share the tables of themselves and of the next day, and so the shape.
            shaped: dict[tuple[int, int], Shape] = {}
            found = self._shapes[schedule] = []
            for one, following in zip(tables, tables[1:]):
                key = id(one), id(following)
                shape = shaped.get(key)
                if shape is None:
                    shape = self._shaped(one, following)
                    shape = shaped[key] = self._same.setdefault(shape, shape)
                found.append(shape)
        return found

    def _shaped(self, one: Table, following: Table) -> Shape:
        edges, states = one
        more, later = following
        seconds = (*edges, DAY, *(DAY + edge for edge in more if edge <= self._stay))
        each = (*states, *later)
        flips = [edge for edge, one, other in zip(seconds, each, each[1:]) if (one ^ other) & ACTIVE]
        return bool(each[0] & ACTIVE), tuple(flips)

    def alike(self, schedules: frozenset[Schedule]) -> Alike:
        """The days that are alike for some intervals."""
        found = self._alike.get(schedules)
        if found is None:
            # The same shape is the same object.
            shapes = [map(id, self.shapes(one)) for one in schedules]
            groups: dict[tuple[int, ...], list[int]] = {}
            for day, shape in zip(self.days, zip(*shapes) if shapes else repeat(())):
                groups.setdefault(shape, []).append(day)
            days = {listed[0]: tuple(listed) for listed in groups.values()}
            first = {day: one for one, listed in days.items() for day in listed}
            found = self._alike[schedules] = Alike(days, first)
        return found


class Times:
    """Instants: on some days, from one second of the day up to, without, another."""

    __slots__ = ("_by_day", "_spans", "parts")

    def __init__(self, parts: Iterable[tuple[tuple[int, ...], int, int]]) -> None:
        self.parts = tuple(parts)
        self._spans: tuple[tuple[int, int], ...] | None = None
        self._by_day: dict[int, list[tuple[int, int]]] | None = None

    def holds(self, instant: int) -> bool:
        """Whether an instant is one of these."""
        if self._by_day is None:
            self._by_day = {}
            for days, first, last in self.parts:
                for day in days:
                    self._by_day.setdefault(day, []).append((first, last))
        day, second = divmod(instant, DAY)
        return any(first <= second < last for first, last in self._by_day.get(day, ()))

    def spans(self, begin: int, end: int) -> tuple[tuple[int, int], ...]:
        """The longest runs of these instants, within a span of time."""
        if self._spans is None:
            found: list[tuple[int, int]] = []
            for days, first, last in self.parts:
                found += [(day * DAY + first, day * DAY + last) for day in days]
            spans = [one for one in joined(found) if one[0] < end and one[1] > begin]
            if spans:
                spans[0] = (max(begin, spans[0][0]), spans[0][1])
                spans[-1] = (spans[-1][0], min(end, spans[-1][1]))
            self._spans = tuple(spans)
        return self._spans


def joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of time in order, those that touch as one, without those that are empty."""
    open_from = open_to = 0
    for first, last in sorted(spans):
        if first >= last:
            continue
        if first > open_to or open_from == open_to:
            if open_from < open_to:
                yield open_from, open_to
            open_from, open_to = first, last
        elif last > open_to:
            open_to = last
    if open_from < open_to:
        yield open_from, open_to


def within(instant: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an instant lies in one of some spans that are in order."""
    index = bisect_right(spans, (instant, 1 << 62)) - 1
    return index >= 0 and instant < spans[index][1]
