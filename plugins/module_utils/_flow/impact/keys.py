# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The keys that a caller can press next, so that every pair of effects in two plans is tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from ..asks import MENU
from ..assumptions import Assumptions
from ..call import Call, Press
from ..explore_keys import Answers, TwoAnswers
from ..looks import Asked, Looks
from ..world import World
from .shared import Pair

_NO_ASK: list[Asked | None] = [None]


class Keys:
    """The answers at the asks of two plans."""

    def __init__(self, pair: Pair, world: World, assume: Assumptions) -> None:
        first, second = (Answers(plan, world, assume) for plan in (pair.before, pair.after))
        self._first = first
        self._both = TwoAnswers(first, second)
        # Where numbers and variables mean the same, a menu that is in both plans is asked once.
        self._alike = pair.same_numbers
        self._found: dict[tuple[object, ...], tuple[Press, ...]] = {}

    def answers(self, pairs: Iterable[tuple[Asked | None, Asked | None]]) -> Iterator[Press]:
        """One item for each pair of effects at the asks of both plans; None where a call has none."""
        seen: set[Press] = set()
        for one, other in pairs:
            for item in self._answers(one, other):
                if item not in seen:
                    seen.add(item)
                    yield item

    def _answers(self, one: Asked | None, other: Asked | None) -> tuple[Press, ...]:
        key = (_about(one), _about(other))
        found = self._found.get(key)
        if found is None:
            alike = self._alike and one and other and one.kind == MENU == other.kind and one.about is other.about
            found = self._found[key] = self._first.to(one) if alike and one else self._both.to(one, other)
        return found


def _about(ask: Asked | None) -> object:
    """The part of an ask that decides which input it accepts, as a value that can be compared."""
    if ask is None:
        return None
    if ask.kind == MENU:
        return ask.kind, id(ask.about)
    return ask.kind, tuple(map(id, ask.about)) if ask.kind == "speech" else ask.about


def asked(before: Looks, after: Looks, index: int, call: Call) -> list[tuple[Asked | None, Asked | None]]:
    """The asks of two calls that take an item, in pairs; None where a call has none. Empty if neither has one."""
    one, other = (_asks(looks, index, call) for looks in (before, after))
    return list(product(one or _NO_ASK, other or _NO_ASK)) if one or other else []


def _asks(looks: Looks, index: int, call: Call) -> list[Asked | None]:
    patience = call.hang_up_after
    return [ask for ask in looks.asks if ask.item == index and (patience is None or ask.t <= patience)]
