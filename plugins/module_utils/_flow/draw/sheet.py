# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Who answers when: for each number of a tenant a week, and the days of the next year that are other than it.

Everything comes from simulated calls, one for each piece of time in which a call always has the same answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from ..._state.snapshot import Snapshot
from ..answer import Answer
from ..assumptions import Assumptions
from ..budget import Budget
from ..call import Call, Press
from ..compile import call_plan
from ..explore_plan import schedules
from ..explore_time import common, pieces, watched
from ..explore_worlds import NOBODY, named
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
# What lasts for fewer seconds is left out.
SHORTEST = 60
MANDATORY = ("start", "timeout", "invalid")
_EPOCH = date(1970, 1, 1)


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
class Row:
    """Callers of a number who press a key, or nothing.

    leads: what the number leads to. week: from Monday on. others: other days, each with its first and last date.
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
        self._nobody = named(NOBODY, World())
        self.used: set[str] = set()
        self._days = [today + timedelta(index) for index in range(DAYS)]
        self._starts = [self._midnight(day) for day in (*self._days, today + timedelta(DAYS))]
        self._alike = self._day_classes()

    def _midnight(self, day: date) -> int:
        """The first instant of a local day."""
        wanted = (day - _EPOCH).days * DAY
        instant = wanted - (self._clock.local(wanted) - wanted)
        while self._clock.local(instant) < wanted:
            instant += wanted - self._clock.local(instant)
        while self._clock.local(instant - 1) >= wanted:
            instant -= 1800
        return instant

    def _day_classes(self) -> list[list[int]]:
        """Days, by their index, that are alike for every interval, to the end of a call that begins at their end."""
        asked = schedules(self._plan)
        found: dict[tuple[object, ...], list[int]] = {}
        read = self._assume.reading
        for index, (start, end) in enumerate(zip(self._starts, self._starts[1:])):
            days = range(start // DAY, (end + PATIENCE // 1000) // DAY + 1)
            tables = tuple(one.table(day, read) for one in asked for day in days)
            key = (start % DAY, end - start, tables) if asked else ()
            found.setdefault(key, []).append(index)
        return list(found.values())

    def rows(self, number: str) -> Iterator[Row]:
        """The row of callers who press nothing, and one for each key that a first menu offers."""
        silent: dict[int, Day] = {}
        offered: dict[int, list[Offered]] = {}
        for days in self._alike:
            first = days[0]
            silent[first], offered[first] = self._silent(number, first)
        yield self._row(number, "", silent)
        keys = sorted({key for parts in offered.values() for dummy, dummy, found in parts for key in found})
        for key in keys:
            pressed = {days[0]: self._pressed(number, days[0], key, offered[days[0]]) for days in self._alike}
            yield self._row(number, key, pressed)

    def _silent(self, number: str, index: int) -> tuple[Day, list[Offered]]:
        begin, end = self._starts[index], self._starts[index + 1]
        call = Call(number, hang_up_after=PATIENCE)
        offered: list[Offered] = []
        fair: list[tuple[int, int, Answer]] = []
        for first, last, answer, looks in watched(self._plan, call, World(), self._assume, begin, end, self._budget):
            fair.append((first, last, answer))
            menus = [one.about for one in looks.asks if isinstance(one.about, Context)]
            keys = tuple(one for one in menus[0].options if one not in MANDATORY) if menus else ()
            offered.append((first, last, keys))
        nobody = pieces(self._plan, call, self._nobody, self._assume, begin, end, self._budget)
        return self._day(index, common(iter(fair), nobody)), offered

    def _pressed(self, number: str, index: int, key: str, offered: Sequence[Offered]) -> Day:
        found: list[Piece] = []
        call = Call(number, press=(Press(key),), hang_up_after=PATIENCE)
        for begin, end, keys in offered:
            if key in keys:
                fair, nobody = (
                    pieces(self._plan, call, world, self._assume, begin, end, self._budget)
                    for world in (World(), self._nobody)
                )
                found += self._day(index, common(fair, nobody))
            else:
                found.append(Piece(self._second(index, begin), self._second(index, end), None))
        return _merged(found)

    def _day(self, index: int, answers: Iterator[tuple[int, int, Answer, Answer]]) -> Day:
        found = []
        for begin, end, fair, nobody in answers:
            self.used.update(fair.assumptions, nobody.assumptions)
            ending = self._telling.ending(fair, nobody)
            found.append(Piece(self._second(index, begin), self._second(index, end), ending))
        return _merged(found)

    def _second(self, index: int, instant: int) -> int:
        """The local time of day; the end of the day is its last."""
        if instant >= self._starts[index + 1]:
            return DAY
        return self._clock.local(instant) % DAY

    def _row(self, number: str, key: str, firsts: dict[int, Day]) -> Row:
        days: dict[int, Day] = {}
        for alike in self._alike:
            days.update(dict.fromkeys(alike, firsts[alike[0]]))
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


def _merged(found: Sequence[Piece]) -> Day:
    """Neighbours with the same ending as one, and what is too short for people with the piece before it."""
    merged: list[Piece] = []
    for piece in found:
        last = merged[-1] if merged else None
        if last and last.end == piece.begin and (last.ending == piece.ending or 0 < piece.end - piece.begin < SHORTEST):
            merged[-1] = replace(last, end=piece.end)
        else:
            merged.append(piece)
    return tuple(merged)
