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


# From one second up to, without, another.
Span = tuple[int, int]
# A day that stands for all that are like it, and a span of its seconds.
Domain = list[tuple[int, int, int]]


class Alike(NamedTuple):
    """days: the first days of each kind. first: for every day, in order, the first day like it."""

    days: tuple[int, ...]
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
        self._numbers: dict[Schedule, list[int]] = {}
        self._alike: dict[frozenset[Schedule], Alike] = {}
        # The same instants, and the same spans, are the same object, whichever days were alike where they were found.
        self._found: dict[tuple[object, ...], Times] = {}
        self._times: dict[tuple[int | None, ...], Times] = {}
        self._spans: dict[tuple[Span, ...], tuple[Span, ...]] = {}

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
            shapes = [self._numbers_of(one) for one in schedules]
            firsts: dict[tuple[int, ...], int] = {}
            first = {
                day: firsts.setdefault(shape, day)
                for day, shape in zip(self.days, zip(*shapes) if shapes else repeat(()))
            }
            found = self._alike[schedules] = Alike(tuple(firsts.values()), first)
        return found

    def _numbers_of(self, schedule: Schedule) -> list[int]:
        """A number for the shape of an interval on each of the days."""
        found = self._numbers.get(schedule)
        if found is None:
            # The same shape is the same object.
            found = self._numbers[schedule] = list(map(id, self.shapes(schedule)))
        return found

    def times(self, alike: Alike, domain: Domain) -> Times:
        """The instants of some seconds of days, and of all days that are like them."""
        # All that this calendar says to be alike is kept, so that no other has its id.
        key = (id(alike), *domain)
        found = self._found.get(key)
        if found is None:
            listed: dict[int, list[Span]] = {}
            for day, first, last in domain:
                listed.setdefault(day, []).append((first, last))
            each = {day: tuple(joined(spans)) for day, spans in listed.items()}
            each = {day: self._spans.setdefault(spans, spans) for day, spans in each.items()}
            ids = {day: id(spans) for day, spans in each.items()}
            same = tuple(map(ids.get, alike.first.values()))
            found = self._times.get(same)
            if found is None:
                days = list(map(each.get, alike.first.values()))
                found = self._times[same] = Times(self.days.start, days, self._spans)
            self._found[key] = found
        return found


class Times:
    """Instants: on each day from the first on spans of its seconds, in order, None for no second of it.

    same: spans that are known, so that equal ones are the same object.
    """

    __slots__ = ("_days", "_first", "_same", "_spans")

    def __init__(
        self, first: int, days: Sequence[tuple[Span, ...] | None], same: dict[tuple[Span, ...], tuple[Span, ...]]
    ) -> None:
        self._first = first
        self._days = days
        self._same = same
        self._spans: tuple[Span, ...] | None = None

    def holds(self, instant: int) -> bool:
        """Whether an instant is one of these."""
        day, second = divmod(instant, DAY)
        index = day - self._first
        spans = self._days[index] if 0 <= index < len(self._days) else None
        return spans is not None and within(second, spans)

    def spans(self, begin: int, end: int) -> tuple[Span, ...]:
        """The longest runs of these instants, within a span of time."""
        if self._spans is None:
            found: list[Span] = []
            for day, listed in enumerate(self._days, self._first):
                if listed:
                    start = day * DAY
                    if found and found[-1][1] == start + listed[0][0]:
                        # It goes on from the day before.
                        found[-1] = (found[-1][0], start + listed[0][1])
                        listed = listed[1:]
                    found += [(start + first, start + last) for first, last in listed]
            spans = [one for one in found if one[0] < end and one[1] > begin]
            if spans:
                spans[0] = (max(begin, spans[0][0]), spans[0][1])
                spans[-1] = (spans[-1][0], min(end, spans[-1][1]))
            self._spans = self._same.setdefault(tuple(spans), tuple(spans))
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
