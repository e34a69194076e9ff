# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""An interval as a predicate on the wall clock of its zone, compiled so that asking it costs next to nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from .conditions import Condition, Day, Reading
from .zone import DAY, Zone

ACTIVE = 1
# The bits of a state that say which assumption decided it.
DECIDING = {"interval_end": 2, "time_wrap": 4, "sched_before_start": 8, "empty_condition": 16}

_MOST_DAYS = 20_000

# The seconds of a day at which the state changes, and the state before each of these changes and after the last.
Table = tuple[tuple[int, ...], tuple[int, ...]]

# In the order in which Assumptions.reading counts them.
READINGS = tuple(Reading(*flags) for flags in product((False, True), repeat=4))


class Schedule:
    """An interval. It keeps the tables of days: of UTC days, for instants, and of local days. Local days on which the
    same conditions hold share a table.

    days: for each of READINGS, the tables of those days of UTC that were asked for lately.
    """

    __slots__ = ("_deciding", "_local", "_tables", "conditions", "days", "place", "zone")

    def __init__(self, zone: Zone, conditions: Sequence[Condition], place: str) -> None:
        self.zone = zone
        self.conditions = tuple(conditions)
        self.place = place
        self.days: tuple[dict[int, Table], ...] = tuple({} for dummy in READINGS)
        self._local: tuple[dict[int, Table], ...] = tuple({} for dummy in READINGS)
        self._tables: dict[tuple[object, ...], Table] = {}
        # For each reading, those that differ from it in one thing that decides whether a condition holds on a day.
        self._deciding = tuple(
            [other for other in _others(read) if self._days_depend(read, other)] for read in READINGS
        )

    def state(self, instant: int, read: int) -> int:
        """Whether the interval is active at an instant (bit ACTIVE), and the bits of the assumptions that decide it.

        read: an index of READINGS.
        """
        day = instant // DAY
        found = self.days[read].get(day)
        if found is None:
            found = self._day(day, read)
        return found[1][bisect_right(found[0], instant - day * DAY)]

    def active(self, instant: int, read: int) -> bool:
        return self.state(instant, read) & ACTIVE == ACTIVE

    def table(self, day: int, read: int) -> Table:
        """The table of a UTC day; days with the same table are alike to the second."""
        found = self.days[read].get(day)
        return self._day(day, read) if found is None else found

    def changes(self, day: int, read: int) -> list[int]:
        """The instants of a UTC day at which it becomes active or ends."""
        edges, states = self.table(day, read)
        start = day * DAY
        before = [self.state(start - 1, read), *states]
        return [start + edge for edge, one, other in zip((0, *edges), before, states) if (one ^ other) & ACTIVE]

    def _days_depend(self, read: Reading, other: Reading) -> bool:
        return any(one.day_parts(read) != one.day_parts(other) for one in self.conditions)

    def _day(self, number: int, read: int) -> Table:
        """The table of a UTC day."""
        start = number * DAY
        if self.zone.changes(number):
            found = self._changing_day(start, read)
        else:
            first, second = divmod(self.zone.local(start), DAY)
            one = self._local_day(first, read)
            found = _joined(one, self._local_day(first + 1, read), second) if second else one
        days = self.days[read]
        if len(days) >= _MOST_DAYS:
            days.clear()
        days[number] = found
        return found

    def _changing_day(self, start: int, read: int) -> Table:
        """The table of a UTC day in which the clock is changed."""
        edges: list[int] = []
        states = [self._local_state(self.zone.local(start), read)]
        bounds = [start, *self.zone.changes(start // DAY), start + DAY]
        for first, last in zip(bounds, bounds[1:]):
            # Between two changes of the clock, all local times are as far from UTC.
            offset = self.zone.local(first) - first
            for day in range((first + offset) // DAY, (last + offset - 1) // DAY + 1):
                seconds, found = self._local_day(day, read)
                for second, state in zip((0, *seconds), found):
                    instant = day * DAY + second - offset
                    if instant <= first:
                        instant, state = first, self._local_state(first + offset, read)
                    if instant < last and state != states[-1]:
                        edges.append(instant - start)
                        states.append(state)
        return tuple(edges), tuple(states)

    def _local_state(self, moment: int, read: int) -> int:
        day, second = divmod(moment, DAY)
        edges, states = self._local_day(day, read)
        return states[bisect_right(edges, second)]

    def _local_day(self, number: int, read: int) -> Table:
        """The table of a local day."""
        found = self._local[read].get(number)
        if found is None:
            if len(self._local[read]) >= _MOST_DAYS:
                self._local[read].clear()
            found = self._local[read][number] = self._table(number, read)
        return found

    def _table(self, number: int, read: int) -> Table:
        day, reading = Day.of(number), READINGS[read]
        holding = [tuple([one.holds_on(day, reading) for one in self.conditions])]
        for other in self._deciding[read]:
            holding.append(tuple([one.holds_on(day, other) for one in self.conditions]))
        # Days that begin or end within a span of dates are like no other.
        alone = number if any(one.cuts(number) for one in self.conditions) else None
        key = (read, alone, *holding)
        found = self._tables.get(key)
        if found is None:
            if len(self._tables) >= _MOST_DAYS:
                self._tables.clear()
            found = self._tables[key] = self._made(day, reading)
        return found

    def _made(self, day: Day, read: Reading) -> Table:
        spans = [
            [span for one in self.conditions if one.holds_on(day, other) for span in one.spans(day.number, other)]
            for other in (read, *_others(read))
        ]
        ends = sorted({second for found in spans for span in found for second in span} - {0, DAY})
        states: list[int] = []
        edges: list[int] = []
        for start in (0, *ends):
            active = [any(first <= start < last for first, last in found) for found in spans]
            state = int(active[0])
            for other, bit in zip(active[1:], DECIDING.values()):
                if other != active[0]:
                    state |= bit
            if not states or states[-1] != state:
                states.append(state)
                edges.append(start)
        return tuple(edges[1:]), tuple(states)


@lru_cache(maxsize=20_000)
def _joined(one: Table, two: Table, second: int) -> Table:
    """The table of 24 hours that begin at a second of one local day and end in the next."""
    start = bisect_right(one[0], second)
    edges = [edge - second for edge in one[0][start:]]
    states = list(one[1][start:])
    for edge, state in zip((0, *two[0]), two[1]):
        if edge < second and state != states[-1]:
            edges.append(edge + DAY - second)
            states.append(state)
    return tuple(edges), tuple(states)


def _others(read: Reading) -> Iterator[Reading]:
    """The readings that differ in one assumption, in the order of DECIDING."""
    for index in range(len(read)):
        yield Reading(*(not value if place == index else value for place, value in enumerate(read)))
