# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The runs of one call by the answers of intervals: each combination of answers is simulated once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Union

from ..answer import Answer
from ..assumptions import Assumptions
from ..budget import Budget
from ..call import Call
from ..looks import Looks
from ..plan import CallPlan
from ..schedule import Schedule
from ..simulate import simulate
from ..world import World
from ..zone import DAY
from .days import Calendar, Shape
from .shared import Pair


@dataclass(eq=False)
class Leaf:
    """One run. at: the instant at which it was simulated. alike: it is known to be the same in both plans.

    path: the intervals that were asked while the caller was there, and how many seconds after the call has arrived.
    """

    answer: Answer
    looks: Looks
    at: int
    alike: bool
    path: tuple[tuple[Schedule, int], ...] = ()

    @cached_property
    def asked(self) -> frozenset[Schedule]:
        return frozenset(schedule for schedule, dummy in self.path)

    @cached_property
    def assumptions(self) -> tuple[str, ...]:
        return self.answer.assumptions

    @cached_property
    def experience(self) -> tuple[Any, ...]:
        return self.answer.experience

    @cached_property
    def noticed(self) -> tuple[Any, ...]:
        return self.answer.noticed


def run_once(plan: CallPlan, call: Call, world: World, assume: Assumptions) -> Leaf:
    """One call, whose time is given."""
    looks = Looks()
    return Leaf(simulate(plan, call, world, assume, looks), looks, call.at or 0, False)


class _Asked:
    """An interval is asked, so many seconds after the call has arrived. then: the next step, by its answer.

    shapes: those of the interval on each day.
    """

    __slots__ = ("later", "shapes", "then")

    def __init__(self, shapes: list[Shape], later: int) -> None:
        self.shapes = shapes
        self.later = later
        self.then: list[_Step | None] = [None, None]


_Step = Union[_Asked, Leaf]
# From one second of a day up to, without, another: the run that calls have there.
Piece = tuple[int, int, Leaf]


class Runs:
    """One call to one of two plans, at any time. to: the number. leaves: how many runs are known. budget: of simulated
    calls.

    can_be_alike: some runs may be known to be the same in both plans.
    """

    budget: Budget

    def __init__(
        self, pair: Pair, plan: CallPlan, call: Call, world: World, assume: Assumptions, calendar: Calendar
    ) -> None:
        self.to = call.to
        self.leaves = 0
        self.can_be_alike = plan is pair.before and pair.alike(call.to)
        self._plan = plan
        self._pair = pair
        self._call = call
        self._world = world
        self._assume = assume
        self._calendar = calendar
        self._first: _Step | None = None

    def over(self, day: int, begin: int, end: int) -> list[Piece]:
        """The runs from a second of a day up to, without, another, in order."""
        found: list[Piece] = []
        if self._first is None:
            self._simulate(day, begin)
        step, until, index_of_day = self._first, end, day - self._calendar.days.start
        # The steps that continue after the present one, from the last to the first, each with its end.
        following: list[tuple[_Asked, int]] = []
        while True:
            while step.__class__ is _Asked:
                asked: _Asked = step
                active, flips = asked.shapes[index_of_day]
                index = bisect_right(flips, begin + asked.later)
                if index < len(flips) and flips[index] - asked.later < until:
                    following.append((asked, until))
                    until = flips[index] - asked.later
                step = asked.then[active ^ (index & 1)]
                if step is None:
                    self._simulate(day, begin)
                    step = asked.then[active ^ (index & 1)]
            if found and found[-1][2] is step:
                begin = found.pop()[0]
            found.append((begin, until, step))  # type: ignore[arg-type]
            if not following:
                return found
            begin = until
            step, until = following.pop()

    def _simulate(self, day: int, second: int) -> None:
        self.budget.spend(f"calls to {self._call.to}")
        leaf = self._run(day * DAY + second)
        self.leaves += 1
        if not leaf.path:
            self._first = leaf
            return
        holder: list[_Step | None] = [self._first]
        index = 0
        for schedule, later in leaf.path:
            step = holder[index]
            if step is None:
                step = holder[index] = _Asked(self._calendar.shapes(schedule), later)
                if self._first is None:
                    self._first = step
            active, flips = self._calendar.shapes(schedule)[day - self._calendar.days.start]
            holder, index = step.then, active ^ (bisect_right(flips, second + later) & 1)  # type: ignore[union-attr]
        holder[index] = leaf

    def _run(self, at: int) -> Leaf:
        looks, seen = Looks(), self._pair.watch.seen
        seen.clear()
        answer = simulate(self._plan, replace(self._call, at=at), self._world, self._assume, looks)
        alike = self.can_be_alike and seen.isdisjoint(self._pair.unlike)
        return Leaf(answer, looks, at, alike, self._path(answer))

    def _path(self, answer: Answer) -> tuple[tuple[Schedule, int], ...]:
        """The intervals that were asked while the caller was there, each once for a second."""
        patience = self._call.hang_up_after
        now = self._assume.interval_clock == "now"
        found: dict[tuple[Schedule, int], None] = {}
        for schedule, t in answer.reads:
            if patience is None or t <= patience:
                found[schedule, t // 1000 if now else 0] = None
        return tuple(found)


class Known:
    """All runs of calls to pairs of plans. Calls to all numbers of an extension have the same, and so have both plans
    where the extension leads to nothing that only one of them has."""

    def __init__(self, assume: Assumptions, calendar: Calendar) -> None:
        self._assume = assume
        self._calendar = calendar
        self._runs: dict[Hashable, Runs] = {}

    def of(self, pair: Pair, plan: CallPlan, call: Call, world: World, budget: Budget) -> Runs:
        """The runs of a call. To go through those of another number counts as much as to simulate them."""
        extension = plan.numbers.dids.get(call.to)
        way = ("to", call.to) if extension is None else ("by", extension)
        which = None if pair.same_from(way[1], world) else plan is pair.before
        found = Runs(pair, plan, call, world, self._assume, self._calendar)
        # The runs keep the pair and the world, so that no others get their ids.
        key = (id(pair), which, found.can_be_alike, way, replace(call, to=""), id(world))
        found = self._runs.setdefault(key, found)
        found.budget = budget
        if found.to != call.to:
            budget.spend(f"calls to {call.to}", found.leaves)
        return found
