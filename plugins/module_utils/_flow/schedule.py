# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""An interval as a predicate on the wall clock of its zone, compiled so that asking it costs next to nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import product

from .conditions import Condition, Day, Reading
from .zone import DAY, Zone

ACTIVE = 1
# The bits of a state that say which assumption decided it.
DECIDING = {"interval_end": 2, "time_wrap": 4, "sched_before_start": 8, "empty_condition": 16}

_MOST_DAYS = 20_000

# When the state changes, and the state before each of these changes and after the last.
Table = tuple[list[int], list[int]]


# In the order in which Assumptions.reading counts them.
READINGS = tuple(Reading(*flags) for flags in product((False, True), repeat=4))


class Schedule:
    """An interval. What was found out about a day is kept: by days of UTC for instants, and by local days, of which
    those that are alike share a table."""

    __slots__ = ("_days", "_tables", "conditions", "place", "zone")

    def __init__(self, zone: Zone, conditions: Sequence[Condition], place: str) -> None:
        self.zone = zone
        self.conditions = tuple(conditions)
        self.place = place
        self._days: tuple[dict[int, Table], ...] = tuple({} for dummy in READINGS)
        self._tables: dict[tuple[object, ...], Table] = {}

    def state(self, instant: int, read: int) -> int:
        """Whether the interval is active at an instant (bit ACTIVE), and the bits of the assumptions that decide it.

        read: an index of READINGS.
        """
        found = self._days[read].get(instant // DAY)
        if found is None:
            found = self._day(instant // DAY, read)
        edges, states = found
        return states[bisect_right(edges, instant)]

    def active(self, instant: int, read: int) -> bool:
        return bool(self.state(instant, read) & ACTIVE)

    def changes(self, day: int, read: int) -> list[int]:
        """The instants of a UTC day at which it becomes active or ends."""
        edges, states = self._day(day, read)
        start = day * DAY
        before = [self.state(start - 1, read), *states]
        return [edge for edge, one, other in zip([start, *edges], before, states) if (one ^ other) & ACTIVE]

    def _day(self, number: int, read: int) -> Table:
        """The table of a UTC day, by instants."""
        start, end = number * DAY, (number + 1) * DAY
        edges, states = [], [self._local(self.zone.local(start), read)]
        bounds = [start, *self.zone.changes(number), end]
        for first, last in zip(bounds, bounds[1:]):
            # Between two changes of the clock, all local times are as far from UTC.
            offset = self.zone.local(first) - first
            for day in range((first + offset) // DAY, (last + offset - 1) // DAY + 1):
                seconds, found = self._table(day, READINGS[read])
                for second, state in zip((0, *seconds), found):
                    instant = day * DAY + second - offset
                    if instant <= first:
                        instant, state = first, self._local(first + offset, read)
                    if instant < last and state != states[-1]:
                        edges.append(instant)
                        states.append(state)
        if len(self._days[read]) >= _MOST_DAYS:
            self._days[read].clear()
        self._days[read][number] = edges, states
        return edges, states

    def _local(self, moment: int, read: int) -> int:
        day, second = divmod(moment, DAY)
        edges, states = self._table(day, READINGS[read])
        return states[bisect_right(edges, second)]

    def _table(self, number: int, read: Reading) -> Table:
        """The table of a local day, by its seconds."""
        day = Day.of(number)
        readings = [read, *_others(read)]
        holding = tuple(
            tuple(index for index, one in enumerate(self.conditions) if one.holds_on(day, other)) for other in readings
        )
        # Days that begin or end within a span of dates are like no other.
        alone = number if any(self._cuts(index, number) for held in holding for index in held) else None
        key = (read, holding, alone)
        found = self._tables.get(key)
        if found is None:
            if len(self._tables) >= _MOST_DAYS:
                self._tables.clear()
            found = self._tables[key] = self._made(number, readings, holding)
        return found

    def _cuts(self, index: int, number: int) -> bool:
        moments = self.conditions[index].moments
        return bool(moments) and not (moments[0] < number * DAY and moments[1] > (number + 1) * DAY)  # type: ignore[index]

    def _made(self, number: int, readings: Sequence[Reading], holding: Sequence[Sequence[int]]) -> Table:
        spans = [
            [span for index in held for span in self.conditions[index].spans(number, other)]
            for other, held in zip(readings, holding)
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
        return edges[1:], states


def _others(read: Reading) -> Iterator[Reading]:
    """The readings that differ in one assumption, in the order of DECIDING."""
    for index in range(len(read)):
        yield Reading(*(not value if place == index else value for place, value in enumerate(read)))
