# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The edits that cause a difference: the smallest set of lines that, taken back, take the difference back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from ..answer import Answer
from ..budget import BudgetReached
from ..compile import call_plan, like_another
from .compare import Comparison, Different
from .edits import KNOWN, Edit, Edits
from .shared import Pair

# So many edits are tried in pairs; of more, one after the other is left out as long as the rest suffices.
_PAIRED = 12
_ALL_SUBSETS = 6
# An edit of these may change calls to any extension.
_FOR_ALL = ("extension", "did", "tenant_interval", "agent", "")


@dataclass(frozen=True)
class Cause:
    """edits: lines that take a difference back. others: other lines would do that too."""

    edits: tuple[Edit, ...]
    others: bool = False


class Causes:
    """Finds the edits behind differences. sounds: lengths in milliseconds by title."""

    def __init__(self, edits: Edits, comparison: Comparison, sounds: Mapping[str, int]) -> None:
        self._edits = edits
        self._all = frozenset(edits)
        self._comparison = comparison
        self._sounds = sounds
        self._pairs: dict[frozenset[Edit], Pair] = {}
        # The numbers whose calls the edits may have changed, and those for which taking them back may change something.
        self._reached: dict[frozenset[Edit], frozenset[str]] = {}
        self._back: dict[frozenset[Edit], frozenset[str]] = {}
        self._known: dict[frozenset[Edit], None] = {}
        self._tried: dict[tuple[int, frozenset[Edit]], bool] = {}

    def of(self, one: Different) -> Cause:
        """The cause of a difference; of several, one of the smallest that was found.

        It is empty when the budget is used up before one was found.
        """
        self._tried.clear()
        try:
            found = self._found(one)
            # If all edits without one of these still cause the difference, there is another cause.
            others = any(self._gone(one, self._all - {edit}) for edit in found)
        except BudgetReached:
            return Cause(())
        self._known.setdefault(found)
        return Cause(tuple(sorted(found, key=lambda edit: edit.number)), others)

    def _found(self, one: Different) -> frozenset[Edit]:
        for known in self._known:
            if self._gone(one, known) and not any(self._gone(one, less) for less in _less(known)):
                return known
        near = self._near(one)
        candidates = near if self._gone(one, near) else list(self._all)
        for size in (1, 2):
            if size == 1 or len(candidates) <= _PAIRED:
                for some in combinations(candidates, size):
                    if self._gone(one, some):
                        return frozenset(some)
        return self._smallest(one, self._reduced(one, candidates))

    def _near(self, one: Different) -> list[Edit]:
        """The edits of the parts that the calls have met, and of the tenant itself."""
        met = {number for leaves in one.node.ways for leaf in leaves for number in _met(leaf.answer)}
        return [edit for edit in self._edits if not edit.owner or edit.owner in met or edit.noun in _FOR_ALL]

    def _reduced(self, one: Different, edits: Iterable[Edit]) -> list[Edit]:
        """Some of the edits, of which none can be left out."""
        kept = list(edits)
        size = max(1, len(kept) // 2)
        while size:
            start = 0
            while start < len(kept):
                less = kept[:start] + kept[start + size :]
                if less and self._gone(one, less):
                    kept = less
                else:
                    start += size
            size //= 2
        return kept

    def _smallest(self, one: Different, edits: list[Edit]) -> frozenset[Edit]:
        if len(edits) <= _ALL_SUBSETS:
            for size in range(1, len(edits)):
                for some in combinations(edits, size):
                    if self._gone(one, some):
                        return frozenset(some)
        return frozenset(edits)

    def _gone(self, one: Different, edits: Collection[Edit]) -> bool:
        """Whether the difference is gone when some edits are taken back."""
        back = frozenset(edits)
        key = (id(one), back)
        if key not in self._tried:
            self._tried[key] = bool(back) and (back == self._all or self._without(one, back))
        return self._tried[key]

    def _without(self, one: Different, back: frozenset[Edit]) -> bool:
        pair, to, world = self._pair(back), one.one.call.to, self._comparison.scope.world
        if back not in self._reached:
            self._reached[back] = pair.reached(world)
            self._back[back] = Pair.of(self._comparison.pair.after, pair.after).reached(world)
        if to not in self._reached[back]:
            return True
        return to in self._back[back] and self._comparison.gone(one, pair)

    def _pair(self, back: frozenset[Edit]) -> Pair:
        found = self._pairs.get(back)
        if found is None:
            before, after = self._comparison.pair.before, self._comparison.pair.after
            state = self._edits.without(back)
            if any(edit.kind == KNOWN or edit.noun in _FOR_ALL for edit in back):
                plan = call_plan(state, self._sounds)
            else:
                plan = like_another(state, after, {edit.owner for edit in back})
            found = self._pairs[back] = Pair.of(before, plan)
        return found


def _met(answer: Answer) -> Iterator[str]:
    for event in answer.trace:
        for name in ("number", "extension", "queue", "who"):
            if name in event.details:
                yield str(event.details[name]).partition("/")[0]


def _less(edits: frozenset[Edit]) -> Iterator[frozenset[Edit]]:
    """All smaller sets; of many edits only those without one of them, and the edits by themselves."""
    sizes = range(1, len(edits)) if len(edits) <= _ALL_SUBSETS else {1, len(edits) - 1}
    for size in sizes:
        yield from map(frozenset, combinations(edits, size))
