# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A sheet of who answers when: a week for each number of a tenant, and the days of the next year that differ.

Everything comes from simulated calls, one for each piece of time in which a call always has the same answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType
from typing import Callable, TypeVar

from ..._state.snapshot import Snapshot
from ..answer import Answer
from ..assumptions import Assumptions
from ..budget import Budget
from ..call import Call, Press
from ..compile import call_plan
from ..explore_plan import schedules
from ..explore_time import common, pieces, watched
from ..explore_worlds import NOBODY, world_of
from ..menus import Context
from ..plan import CallPlan
from ..raw import InputProblem
from ..world import World
from ..zone import DAY, Zone, zone
from .sheet_words import Ending, Telling
from .words import Names

# So long a caller stays, in milliseconds: longer than queues usually let him wait.
PATIENCE = 1_200_000
DAYS = 366
# Periods of fewer seconds are left out.
SHORTEST = 60
MANDATORY = ("start", "timeout", "invalid")
_EPOCH = date(1970, 1, 1)
T = TypeVar("T")


@dataclass(frozen=True)
class Piece:
    """A part of a day. begin, end: local seconds of the day. ending: None where the key is not offered."""

    begin: int
    end: int
    ending: Ending | None


Day = tuple[Piece, ...]
# A piece of time, and the keys that the first menu offers then.
Offered = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True)
class Silent:
    """A day of callers who press nothing. offered: in seconds since its begin. asked: the intervals that decide."""

    day: Day
    offered: tuple[Offered, ...]
    asked: frozenset[int]


@dataclass(frozen=True)
class Row:
    """Callers of a number who press a key, or nothing.

    leads: the destination of the number. week: from Monday on. others: other days, each with its first and last date.
    """

    number: str
    leads: str
    key: str
    week: tuple[Day, ...]
    others: tuple[tuple[date, date, Day], ...]


@dataclass(frozen=True)
class Sheet:
    """A tenant. zone: of all times, "" where no time matters. today: the first day of the year that was looked at."""

    zone: str
    today: date
    rows: tuple[Row, ...]
    assumptions: tuple[str, ...]

    @property
    def endings(self) -> list[Ending]:
        """Everything that becomes of calls, in the order in which a reader meets it."""
        found: dict[Ending, None] = {}
        for row in self.rows:
            for day in (*row.week, *(other for dummy, dummy, other in row.others)):
                found.update(dict.fromkeys(piece.ending for piece in day if piece.ending))
        return list(found)


def sheet(
    state: Snapshot,
    today: date,
    numbers: Sequence[str] = (),
    assume: Assumptions | None = None,
    timezone: str = "",
    budget: Budget | None = None,
    sounds: Mapping[str, int] = MappingProxyType({}),
) -> Sheet:
    """The sheet of some numbers; without any, of all DIDs, or where there is none, of all extensions.

    sounds: lengths in ms by title, where they are known.

    Raises InputProblem where the intervals share no time zone and none is given, and BudgetReached.
    """
    plan = call_plan(state, sounds)
    clock = _clock(plan, timezone)
    names = Names(state)
    week = _Week(plan, clock, today, assume or Assumptions(), Telling(plan, names), budget or Budget())
    called = list(numbers) or list(plan.numbers.dids) or list(plan.extensions)
    rows: list[Row] = []
    # Numbers of the same extension are the same to their callers.
    done: dict[str, list[Row]] = {}
    for number in called:
        to = plan.numbers.dids.get(number, number)
        if to not in done:
            done[to] = list(week.rows(number))
        leads = names.extension(to) if to in plan.extensions and to != number else ""
        rows += [replace(row, number=number, leads=leads) for row in done[to]]
    return Sheet(clock.name if schedules(plan) else "", today, tuple(rows), tuple(sorted(week.used)))


def _clock(plan: CallPlan, timezone: str) -> Zone:
    if timezone:
        try:
            return zone(timezone)
        except (ValueError, KeyError, OSError):
            raise InputProblem("timezone", f'"{timezone}" is no time zone of the tz database') from None
    found = {one.zone.name: one.zone for one in schedules(plan)}
    if len(found) > 1:
        zones = ", ".join(sorted(found))
        raise InputProblem("timezone", f"the intervals have several time zones ({zones}); say which one to write in")
    return next(iter(found.values()), zone("UTC"))


class _Week:
    """used: the assumptions that decided something."""

    def __init__(
        self, plan: CallPlan, clock: Zone, today: date, assume: Assumptions, telling: Telling, budget: Budget
    ) -> None:
        self._plan = plan
        self._clock = clock
        self._assume = assume
        self._telling = telling
        self._budget = budget
        self._nobody = world_of(NOBODY, World())
        self.used: set[str] = set()
        self._days = [today + timedelta(index) for index in range(DAYS)]
        self._starts = [self._midnight(day) for day in (*self._days, today + timedelta(DAYS))]
        self._asked = {id(one): index for index, one in enumerate(schedules(plan))}
        self._tables = [self._tables_of(index) for index in range(DAYS)]

    def _midnight(self, day: date) -> int:
        """The first instant of a local day."""
        wanted = (day - _EPOCH).days * DAY
        instant = wanted - (self._clock.local(wanted) - wanted)
        while self._clock.local(instant) < wanted:
            instant += wanted - self._clock.local(instant)
        while self._clock.local(instant - 1) >= wanted:
            instant -= 1800
        return instant

    def _tables_of(self, index: int) -> list[Hashable]:
        """The tables of each interval from the begin of a day to the end of a call that begins at its end."""
        days = range(self._starts[index] // DAY, (self._starts[index + 1] + PATIENCE // 1000) // DAY + 1)
        read = self._assume.reading
        return [tuple(one.table(day, read) for day in days) for one in schedules(self._plan)]

    def _each_day(self, made: Callable[[int], tuple[T, frozenset[int]]]) -> list[T]:
        """The result of calls on each day. made: returns the result on the day of an index, and the intervals asked.

        Calls have the same result on two days on which these intervals do the same.
        """
        known: dict[tuple[int, ...], dict[Hashable, T]] = {}
        found: list[T] = []
        for index in range(DAYS):
            for asked, results in known.items():
                key = self._key(index, asked)
                if key in results:
                    found.append(results[key])
                    break
            else:
                result, intervals = made(index)
                asked = tuple(sorted(intervals))
                known.setdefault(asked, {})[self._key(index, asked)] = result
                found.append(result)
        return found

    def _key(self, index: int, asked: tuple[int, ...]) -> Hashable:
        if not asked:
            return ()
        start, tables = self._starts[index], self._tables[index]
        return (start % DAY, self._starts[index + 1] - start, tuple(tables[one] for one in asked))

    def rows(self, number: str) -> Iterator[Row]:
        """The row of callers who press nothing, and one for each key that a first menu offers."""
        silent = self._each_day(partial(self._silent, number))
        yield self._row(number, "", [one.day for one in silent])
        keys = sorted({key for one in silent for dummy, dummy, found in one.offered for key in found})
        for key in keys:
            yield self._row(number, key, self._each_day(partial(self._pressed, number, key, silent)))

    def _silent(self, number: str, index: int) -> tuple[Silent, frozenset[int]]:
        begin, end = self._starts[index], self._starts[index + 1]
        call = Call(number, hang_up_after=PATIENCE)
        offered: list[Offered] = []
        fair: list[tuple[int, int, Answer]] = []
        for first, last, answer, looks in watched(self._plan, call, World(), self._assume, begin, end, self._budget):
            fair.append((first, last, answer))
            menus = [one.about for one in looks.asks if isinstance(one.about, Context)]
            keys = tuple(one for one in menus[0].options if one not in MANDATORY) if menus else ()
            offered.append((first - begin, last - begin, keys))
        nobody = pieces(self._plan, call, self._nobody, self._assume, begin, end, self._budget)
        asked: set[int] = set()
        day = _merged(self._day(index, common(iter(fair), nobody), asked))
        intervals = frozenset(asked)
        return Silent(day, tuple(offered), intervals), intervals

    def _pressed(self, number: str, key: str, days: Sequence[Silent], index: int) -> tuple[Day, frozenset[int]]:
        silent = days[index]
        found: list[Piece] = []
        # The keys that are offered depend on the intervals that a silent caller's call has asked.
        asked = set(silent.asked)
        call = Call(number, press=(Press(key),), hang_up_after=PATIENCE)
        start = self._starts[index]
        for first, last, keys in silent.offered:
            begin, end = start + first, start + last
            if key in keys:
                fair, nobody = (
                    pieces(self._plan, call, world, self._assume, begin, end, self._budget)
                    for world in (World(), self._nobody)
                )
                found += self._day(index, common(fair, nobody), asked)
            else:
                found.append(Piece(self._second(index, begin), self._second(index, end), None))
        return _merged(found), frozenset(asked)

    def _day(self, index: int, answers: Iterator[tuple[int, int, Answer, Answer]], asked: set[int]) -> Iterator[Piece]:
        """asked: takes the intervals that the calls ask."""
        for begin, end, fair, nobody in answers:
            self.used.update(fair.assumptions, nobody.assumptions)
            asked.update(self._asked[id(one)] for answer in (fair, nobody) for one, dummy in answer.reads)
            ending = self._telling.ending(fair, nobody)
            yield Piece(self._second(index, begin), self._second(index, end), ending)

    def _second(self, index: int, instant: int) -> int:
        """The local time of day; the end of the day is its last."""
        if instant >= self._starts[index + 1]:
            return DAY
        return self._clock.local(instant) % DAY

    def _row(self, number: str, key: str, days: Sequence[Day]) -> Row:
        week = []
        for weekday in range(7):
            counted = Counter(days[index] for index, day in enumerate(self._days) if day.weekday() == weekday)
            week.append(counted.most_common(1)[0][0])
        others: list[tuple[date, date, Day]] = []
        for index, day in enumerate(self._days):
            found = days[index]
            if found == week[day.weekday()]:
                continue
            if others and others[-1][1] == day - timedelta(1) and others[-1][2] == found:
                others[-1] = (others[-1][0], day, found)
            else:
                others.append((day, day, found))
        return Row(number, "", key, tuple(week), tuple(others))


def _merged(found: Iterable[Piece]) -> Day:
    """Merge neighbours with the same ending, and pieces that are too short for people with the piece before them."""
    merged: list[Piece] = []
    for piece in found:
        last = merged[-1] if merged else None
        if last and last.end == piece.begin and (last.ending == piece.ending or 0 < piece.end - piece.begin < SHORTEST):
            merged[-1] = replace(last, end=piece.end)
        else:
            merged.append(piece)
    return tuple(merged)
