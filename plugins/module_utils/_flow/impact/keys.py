# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What a caller can press next, so that every pair of effects in two plans is tried."""

from __future__ import annotations

from collections.abc import Iterator
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
    """The answers at the asks of two plans. depth: how many a caller gives at most."""

    def __init__(self, pair: Pair, world: World, assume: Assumptions, depth: int) -> None:
        first, second = (Answers(plan, world, assume) for plan in (pair.before, pair.after))
        self._first = first
        self._both = TwoAnswers(first, second)
        self._depth = depth
        # Where numbers and variables mean the same, a menu that is in both plans is asked once.
        self._alike = pair.same_numbers
        self._found: dict[tuple[object, ...], tuple[Press, ...]] = {}

    def following(self, before: Looks, after: Looks, call: Call) -> Iterator[tuple[Press, ...]]:
        """The lists of keys that go on where that of a call has ended, by one answer after any number of silences."""
        given = call.press
        for index in range(len(given), self._depth):
            one, other = (_asks(looks, index, call) for looks in (before, after))
            if not one and not other:
                return
            seen: set[Press] = set()
            for asks in product(one or _NO_ASK, other or _NO_ASK):
                for item in self._answers(*asks):
                    if item not in seen:
                        seen.add(item)
                        yield (*given, *(Press(),) * (index - len(given)), item)

    def _answers(self, one: Asked | None, other: Asked | None) -> tuple[Press, ...]:
        key = (_about(one), _about(other))
        found = self._found.get(key)
        if found is None:
            alike = self._alike and one and other and one.kind == MENU == other.kind and one.about is other.about
            found = self._found[key] = self._first.to(one) if alike and one else self._both.to(one, other)
        return found


def _about(ask: Asked | None) -> object:
    """What decides on what is heard, as something that can be compared."""
    if ask is None:
        return None
    if ask.kind == MENU:
        return ask.kind, id(ask.about)
    return ask.kind, tuple(map(id, ask.about)) if ask.kind == "speech" else ask.about


def _asks(looks: Looks, index: int, call: Call) -> list[Asked | None]:
    patience = call.hang_up_after
    return [ask for ask in looks.asks if ask.item == index and (patience is None or ask.t <= patience)]
