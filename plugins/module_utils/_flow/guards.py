# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The conditions of rules, compiled: intervals by name, patterns of callers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from .._state.snapshot import Key, NamedItem, NamedPlace, Snapshot
from .conditions import Condition, condition
from .fields import Fields
from .menus import Guard
from .pattern import PatternProblem, search
from .schedule import Schedule
from .zone import Zone, zone

ANY = "any"
MATCHES, NOT_MATCHES, ANONYMOUS = "matches", "not_matches", "anonymous"


class Guards:
    """Compiles conditions. problems: why a part cannot be simulated, by place."""

    def __init__(self, state: Snapshot, problems: dict[str, str]) -> None:
        self._state = state
        self._problems = problems
        self._schedules: dict[Key, dict[str, Schedule | None]] = {}

    def guard(self, item: NamedItem, place: NamedPlace) -> Guard | None:
        """The conditions of a rule that belongs to an extension; None if it has none. Those on a variable and on the
        status of the extension are the rule's own."""
        fields = Fields(item)
        caller = fields.text("caller_id_action")
        status = fields.text("call_status") or ANY
        schedule, no_interval = None, ""
        if name := fields.text("interval"):
            schedule, no_interval = self._interval(item, place, name)
        found, no_pattern, pattern = None, "", None
        if caller in (MATCHES, NOT_MATCHES):
            pattern = fields.text("caller_id")
            found, no_pattern = self._pattern(item, pattern)
        elif caller != ANONYMOUS:
            caller = ""
        if not schedule and not no_interval and not caller and status == ANY:
            return None
        return Guard(schedule, caller, found, status, no_interval, no_pattern, pattern)

    def _pattern(self, item: NamedItem, pattern: str) -> tuple[Callable[[str], bool] | None, str]:
        try:
            return search(pattern), ""
        except PatternProblem as problem:
            self._problems[item.where] = f"caller_id {problem}"
            return None, item.where

    def _interval(self, item: NamedItem, place: NamedPlace, name: str) -> tuple[Schedule | None, str]:
        """The interval, or the place of an unknown value. An interval of the extension hides one of the tenant."""
        for key in (Key("interval", place), Key("tenant_interval", ())):
            found = self.schedules(key)
            if name in found:
                schedule = found[name]
                interval = self._state.find(*key, name)
                return (schedule, "") if schedule else (None, interval.where if interval else item.where)
            if key not in self._state.known:
                self._problems.setdefault(item.where, f'whether there is an interval "{name}" is not known')
                return None, item.where
        self._problems[item.where] = f'there is no interval "{name}"'
        return None, item.where

    def schedules(self, key: Key) -> dict[str, Schedule | None]:
        """The intervals of a list by name; None for one that cannot be judged."""
        found = self._schedules.get(key)
        if found is None:
            found = self._schedules[key] = {}
            for item in self._state.all(*key):
                found.setdefault(item.name, self._schedule(item))
        return found

    def _schedule(self, item: NamedItem) -> Schedule | None:
        fields = Fields(item)
        name, conditions = fields.text("timezone"), fields.get("conditions")
        if fields.unknown:
            self._problems[item.where] = f"{fields.unknown.rsplit(': ', 1)[-1]} is not known"
            return None
        try:
            clock = zone(name)
        except (ValueError, KeyError, OSError):
            self._problems[item.where] = f'timezone "{name}" is none of the tz database' if name else "has no timezone"
            return None
        compiled = []
        for index, raw in enumerate(conditions or ()):
            try:
                compiled.append(condition(raw))
            except ValueError as problem:
                self._problems[item.where] = f"conditions[{index}] {problem}"
                return None
        return _interval(clock, tuple(compiled), item.where)


@lru_cache(maxsize=2_000)
def _interval(clock: Zone, conditions: tuple[Condition, ...], place: str) -> Schedule:
    """An interval. Several plans of one tenant share it, with all that is known about its days."""
    return Schedule(clock, conditions, place)
