# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""From a test to the calls that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from ..assumptions import Assumptions
from ..budget import BudgetReached
from ..call import Call, Caller, Press
from ..explore_time import patient
from ..plan import CallPlan
from ..raw import InputProblem
from ..world import World
from .moments import MOST_CALLS, Span, days_of_all_kinds, instants_of
from .reading import Tried
from .subject import Subject
from .worlds import Around


class Explorer(Protocol):
    """A source of calls that represent all callers, all times and all keys."""

    def callers(self, plan: CallPlan) -> Iterable[Caller]:
        """One caller of every class that the tenant treats apart."""

    def pieces(
        self, plan: CallPlan, call: Call, world: World, assumptions: Assumptions, begin: int, end: int
    ) -> Iterable[tuple[int, int]]:
        """Spans of time, one after the other from begin to end, within each of which the call goes the same way; each
        with the first second after it."""

    def key_lists(
        self, plan: CallPlan, call: Call, world: World, assumptions: Assumptions, depth: int
    ) -> Iterable[tuple[Press, ...]]:
        """Every list of answers of a caller that leads elsewhere, at the time of the call. depth: the most asks."""

    def calls(
        self, plan: CallPlan, call: Call, world: World, assumptions: Assumptions, begin: int, end: int, depth: int
    ) -> Iterable[Call]:
        """The call with every list of keys, and with each in every piece of time."""


class OneCall(NamedTuple):
    """A call of a test, and its world."""

    call: Call
    around: Around


def calls_of(test: Tried, subject: Subject, explorer: Explorer | None) -> Iterator[OneCall]:
    """Every call that a test stands for. Raises InputProblem."""
    product = _Product(test, subject, explorer)
    try:
        for number, one in enumerate(product.calls()):
            if number == MOST_CALLS:
                raise InputProblem(test.place, f"stands for more than {MOST_CALLS} calls; ask for fewer at once")
            yield one
    except BudgetReached as reached:
        raise InputProblem(test.place, f"stands for more than can be tried: {reached}; ask for fewer at once") from None


class _Product:
    def __init__(self, test: Tried, subject: Subject, explorer: Explorer | None) -> None:
        self._test = test
        self._subject = subject
        self._plan = subject.plan
        self._explorer = explorer

    def calls(self) -> Iterator[OneCall]:
        test = self._test
        if test.raw:
            yield OneCall(test.call, test.around[0])
            return
        for to in test.to:
            for around in test.around:
                for caller in self._callers():
                    base = replace(test.call, to=to, caller=caller, press=test.press or ())
                    for call in self._in_time(base, around.world):
                        yield OneCall(call, around)

    def _explored(self, what: str) -> Explorer:
        if self._explorer is None:
            raise InputProblem(
                f"{self._test.place}.{what}",
                "any stands for all that the tenant treats apart, which nobody has found out for this run; name them",
            )
        return self._explorer

    def _callers(self) -> Iterable[Caller]:
        if self._test.callers is not None:
            return self._test.callers
        return self._explored("from").callers(self._plan)

    def _in_time(self, base: Call, world: World) -> Iterator[Call]:
        test, reading = self._test, self._test.assume.reading
        if not test.at:
            yield from self._pressed(base, world)
        for at in test.at:
            if isinstance(at, (range, Span)):
                given: Sequence[int] = (
                    at if isinstance(at, range) else instants_of(at, base.to, self._subject, test.clock, reading)
                )
                for instant in given:
                    yield from self._pressed(replace(base, at=instant), world)
                continue
            begin, end = test.clock.year
            for first, after in days_of_all_kinds(self._subject, reading, begin, end):
                yield from self._any_time(base, world, first, after)

    def _pressed(self, call: Call, world: World) -> Iterator[Call]:
        if self._test.press is not None:
            yield call
            return
        explorer = self._explored("press")
        for keys in explorer.key_lists(self._plan, call, world, self._test.assume, self._test.depth):
            yield replace(call, press=keys)

    def _any_time(self, base: Call, world: World, begin: int, end: int) -> Iterator[Call]:
        """One call for every piece of time, and in each for every list of keys. Pieces are those of callers who stay
        for a while: who goes round in a menu for hours meets an edge of an interval in every round."""
        explorer, assume = self._explored("at"), self._test.assume
        if self._test.press is None:
            found = explorer.calls(self._plan, patient(base), world, assume, begin, end, self._test.depth)
            for call in found:
                yield replace(base, at=call.at, press=call.press)
        else:
            for first, dummy in explorer.pieces(self._plan, patient(base), world, assume, begin, end):
                yield replace(base, at=first)
