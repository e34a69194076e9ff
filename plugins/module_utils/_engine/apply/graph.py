# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Which steps of a plan wait for which others; steps that do not wait may be under way at the same time.

Three things make a step wait, and each of them only for steps that the plan has before it:

- the objects that its path or its body names and the plan creates;
- its stage: nothing points at an incomplete object, and an object is deleted when nothing points at it any more;
- its chain: the steps of one program, of one object, and of what is deleted and may point at its like.
"""

from __future__ import annotations

import heapq
from bisect import bisect
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import groupby

from ..._model.nouns import ORDER_OF_CREATION, STAGES
from ..._state.place import Pending, Place
from ..plan.steps import Step

_STARTS = [ORDER_OF_CREATION.index(name) for name in STAGES]


class Graph:
    """The steps that are left, by their position in the plan. Every order that it allows begins with the plan's own:
    the first step that is ready is the first that is left, if each is finished before the next one is taken."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._before: list[set[int]] = [set() for dummy in steps]
        self._followers: list[list[int]] = [[] for dummy in steps]
        self._stages = [list(found) for dummy, found in groupby(range(len(steps)), lambda at: _stage(steps[at]))]
        for stage in self._stages:
            self._connect(stage)
        self._waiting = [len(before) for before in self._before]
        self._open = -1
        self._unfinished = 0
        self._ready: list[int] = []
        self._go_on()

    def take(self) -> int | None:
        """The first step that waits for nothing and has not been taken; None where each of them waits, or is taken."""
        return heapq.heappop(self._ready) if self._ready else None

    def finish(self, at: int) -> None:
        """Let go the steps that have waited for a step that was taken."""
        for follower in self._followers[at]:
            self._waiting[follower] -= 1
            if not self._waiting[follower]:
                heapq.heappush(self._ready, follower)
        self._unfinished -= 1
        self._go_on()

    def waits_for(self, at: int) -> set[int]:
        """Return the steps that a step waits for: the whole stage before its own, and those before it in its chains."""
        own = next(n for n, stage in enumerate(self._stages) if at in stage)
        return self._before[at].union(self._stages[own - 1] if own else ())

    @property
    def depth(self) -> int:
        """How many steps have to follow one another."""
        deepest = [0] * len(self._steps)
        for stage in self._stages:
            for at in stage:
                deepest[at] = 1 + max((deepest[before] for before in self._before[at]), default=0)
        return sum(max(deepest[at] for at in stage) for stage in self._stages)

    def _go_on(self) -> None:
        """Open the next stage when the one before it is finished."""
        if not self._unfinished and self._open + 1 < len(self._stages):
            self._open += 1
            stage = self._stages[self._open]
            self._unfinished = len(stage)
            self._ready = [at for at in stage if not self._waiting[at]]

    def _connect(self, stage: Sequence[int]) -> None:
        """Note who waits for whom within a stage."""
        last: dict[Hashable, int] = {}
        creators: dict[Pending, int] = {}
        for at in stage:
            step = self._steps[at]
            chains = list(_chains(step))
            found = {last[chain] for chain in chains if chain in last}
            found |= {creators[one] for one in _pending_in(step) if one in creators}
            self._before[at] = found
            for before in found:
                self._followers[before].append(at)
            last.update(dict.fromkeys(chains, at))
            if step.creates:
                creators[step.creates] = at


def _stage(step: Step) -> tuple[int, int]:
    """Stages follow one another. Deletions come last, in the opposite order."""
    part, rank = step.phase
    return part, bisect(_STARTS, rank) if part == 0 else -bisect(_STARTS, -rank)


def _chains(step: Step) -> Iterator[Hashable]:
    """Yield the chains of a step: the steps of one chain follow one another."""
    noun, place = step.noun, step.place.ids
    if noun.ordered:
        yield "program", noun.name, place
    yield "object", noun.name, place, step.creates or step.id
    if step.method == "DELETE" and noun.contains:
        # An object inside it may point at another object that is deleted as well.
        yield "deleted", noun.name, place[:1]


def _pending_in(value: object) -> Iterator[Pending]:
    """Yield the placeholders in a step or a value: the names of objects that do not exist yet."""
    if isinstance(value, Step):
        yield from _pending_in((value.place, value.id, value.body, value.values))
    elif isinstance(value, Pending):
        yield value
    elif isinstance(value, Place):
        yield from _pending_in([identity for dummy, identity in value.ids])
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _pending_in(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _pending_in(part)
