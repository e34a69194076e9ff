# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""All calls that can be told apart: every caller, every list of keys, every time, in the worlds that are asked for.

A call depends on facts outside of its plan only by those that it looks at. Two calls that get the same answers there
are the same call, so one of each kind is enough. This offers everything that explores; the parts are in explore_*.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .answer import Answer
from .assumptions import Assumptions
from .budget import Budget, BudgetReached
from .call import Call, Caller
from .explore_callers import Callers, callers, class_of
from .explore_keys import Answers, following, key_lists
from .explore_time import PATIENCE, Span, changes, common, day_classes, patient, pieces, spans, watched
from .explore_worlds import ALL, FAIR, WORLDS, variants, world_as_data, world_of
from .looks import Looks, Part
from .plan import CallPlan
from .world import World

__all__ = [
    "PATIENCE", "WORLDS", "Answers", "Budget", "BudgetReached", "Callers", "Exploration", "Tried", "callers", "changes",
    "common", "day_classes", "key_lists", "patient", "pieces", "spans", "world_as_data",
]  # fmt: skip

_FAIR = World()


@dataclass(frozen=True)
class Tried:
    """One call and its answer, which every call of its class has from the begin up to, without, the end.

    word: of the world. call: with the begin as its time. looks: the facts that it has looked at.
    """

    word: str
    world: World
    call: Call
    begin: int
    end: int
    answer: Answer
    looks: Looks


class Exploration:
    """Tries the calls to a plan. budget: how many at most, all together.

    not_exact: the patterns for which a class of callers may be missing, known when everything is tried.
    """

    def __init__(
        self, plan: CallPlan, assumptions: Assumptions, world: World = _FAIR, budget: Budget | None = None
    ) -> None:
        self.plan = plan
        self.assumptions = assumptions
        self.world = world
        self.budget = budget or Budget()
        self.not_exact: tuple[str, ...] = ()
        self._answers = Answers(plan, world, assumptions)

    def calls(
        self, to: str, times: Sequence[Span], depth: int = 3, words: Sequence[str] = (FAIR,), impatient: bool = False
    ) -> Iterator[Tried]:
        """All calls to a number, by every caller, with at most so many items pressed. Raises BudgetReached.

        Only patterns that calls have searched tell callers apart: a new one brings up new callers.
        """
        searched: set[str | None] = set()
        done: list[Caller] = []
        waiting: list[Caller] = [Caller()]
        known = 0
        while waiting:
            caller = waiting.pop(0)
            done.append(caller)
            call = patient(Call(to, caller, impatient=impatient))
            for word in words:
                for begin, end in times:
                    for tried in self.of(call, begin, end, depth, word):
                        searched |= tried.looks.patterns
                        yield tried
            if len(searched) > known:
                known = len(searched)
                found = callers(self.plan, searched, self.budget)
                self.not_exact = found.not_exact
                tried_already = {class_of(one, searched) for one in done}
                waiting = [one for one in found if class_of(one, searched) not in tried_already]

    def of(self, call: Call, begin: int, end: int, depth: int = 3, word: str = FAIR) -> Iterator[Tried]:
        """All calls of one caller, with at most so many items pressed; the call's own time and keys do not count.

        The first has no keys, and the order is that of the keys. Raises BudgetReached.
        """
        call = replace(call, press=())
        yield from self._walk(call, word, world_of(word, self.world), frozenset(), begin, end, depth)

    def _walk(
        self, call: Call, word: str, world: World, given: frozenset[Part], begin: int, end: int, depth: int
    ) -> Iterator[Tried]:
        found = watched(self.plan, call, world, self.assumptions, begin, end, self.budget)
        for first, last, answer, looks in found:
            part = self._open(call, looks, given) if word == ALL else None
            if part:
                for one in variants(self.plan, world, part):
                    yield from self._walk(call, word, one, given | {part}, first, last, depth)
                continue
            yield Tried(word, world, replace(call, at=first), first, last, answer, looks)
            for press in following(self._answers, looks, call, depth):
                yield from self._walk(replace(call, press=press), word, world, given, first, last, depth)

    @staticmethod
    def _open(call: Call, looks: Looks, given: frozenset[Part]) -> Part | None:
        """The first part of the world that a call has looked at, and that is as it is by default."""
        patience = call.hang_up_after
        for part, t in looks.parts.items():
            if part not in given and (patience is None or t <= patience):
                return part
        return None
