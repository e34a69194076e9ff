# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Lists of keys that are longer than all that are tried: only as far as they come to something new.

Where the calls before and after have gone the same way so far, how they go on depends on the menu in which the caller
is asked, on variables, on the caller, and on the clock. Whoever is asked in a menu again comes to nothing else than
before, unless an interval is asked later on. So the menus are gone through once, and that covers lists of any length.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Optional

from ..asks import MENU
from ..budget import Budget
from ..call import Caller
from ..explore_callers import class_of
from ..looks import Asked
from ..menus import Menu, MenuRule
from ..plan import CallPlan, IncomingRule
from ..world import World
from .leading import LeadingMenus
from .runs import Leaf
from .shared import Pair
from .spans import Spans, outside

# No list is longer, and no more menus are gone through for one number.
LONGEST, MOST = 24, 100

Asks = tuple[Optional[Asked], Optional[Asked]]


@dataclass(frozen=True)
class Who:
    """The calls that go the same way. patterns: those that tell the caller apart."""

    to: str
    caller: Caller
    patterns: frozenset[str | None]
    words: tuple[str, ...]

    def covers(self, other: Who) -> bool:
        """Whether the other calls are among these."""
        alike = class_of(self.caller, self.patterns) == class_of(other.caller, self.patterns)
        return self.to == other.to and alike and set(other.words) <= set(self.words)


@dataclass
class _Met:
    """From where keys have been followed. t: in ms after the call has arrived."""

    who: Who
    t: int
    times: Spans


@dataclass
class Further:
    """Goes on where lists of keys have as many answers as are tried in all ways.

    allowed: so many simulated calls may be behind where intervals are asked later on, so that rounds are told apart.
    open: whether longer lists may come to something that was not found.
    """

    pair: Pair
    world: World
    budget: Budget
    allowed: int
    open: bool = False
    _followed: dict[Hashable, list[_Met]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        before, after, world = self.pair.before, self.pair.after, self.world
        menus = frozenset(path for path in self.pair.unlike if len(path) > 1)
        whole = frozenset(path[0] for path in self.pair.unlike if len(path) == 1)
        self._changed = LeadingMenus(before, whole, menus, world)
        self._timed = tuple(LeadingMenus(plan, *_with_intervals(plan), world) for plan in (before, after))

    def matters(self, before: Leaf, after: Leaf, asks: Asks) -> bool:
        """Whether the keys can reach, or have reached, a part that both plans do not share."""
        one = asks[0]
        return before is not after or one is None or one.kind != MENU or one.about in self._changed

    def new(
        self, who: Who, before: Leaf, after: Leaf, asks: Iterable[Asks], times: Spans, outcome_only: bool
    ) -> list[Asks]:
        """Those of some asks from which keys are to be followed."""
        found = []
        for pair in asks:
            if before is not after and not outcome_only and _heard(before, pair[0]) != _heard(after, pair[1]):
                # Told already, by this shorter list.
                continue
            if self._new(who, pair, before, after, times):
                found.append(pair)
        return found

    def _new(self, who: Who, pair: Asks, before: Leaf, after: Leaf, times: Spans) -> bool:
        """Whether keys have not been followed from here yet, for all of these calls."""
        key = tuple(_state(ask, leaf) for ask, leaf in zip(pair, (before, after)))
        clocked = any(ask and ask.about in timed for ask, timed in zip(pair, self._timed))
        if None in key or self._counts.get(who.to, 0) >= MOST or (clocked and self.budget.spent >= self.allowed):
            self.open = True
            return False
        t = min(ask.t for ask in pair if ask)
        left = times
        for met in reversed(self._followed.get(key, [])):
            if left and (met.t <= t or clocked) and met.who.covers(who):
                left = () if met.times is times else tuple(outside(left, met.times))
                self.open |= clocked and met.t != t
        if not left or (clocked and left != times and all(end - begin < _MOMENTS for begin, end in left)):
            self.open |= bool(left)
            return False
        self._counts[who.to] = self._counts.get(who.to, 0) + 1
        self._followed.setdefault(key, []).append(_Met(who, t, times))
        return True


# Times that differ by less than a caller stays are those at the edges of intervals.
_MOMENTS = 300


def _state(ask: Asked | None, leaf: Leaf) -> Hashable:
    """The state that decides how a call goes on; None where that is not known."""
    if ask is None:
        return "over", leaf.experience[:-1]
    return None if ask.kind != MENU or ask.so_far is None else (id(ask.about), ask.so_far)


def _heard(leaf: Leaf, ask: Asked | None) -> list[tuple[object, ...]]:
    """The sounds, rings, queues and menus that the caller has met before the ask."""
    found: list[tuple[object, ...]] = []
    for event in leaf.answer.raw:
        if ask is not None and (event[0] > ask.t or (event[0] == ask.t and event[1] == "keys")):
            break
        if event[1] in ("sound", "ring", "queue", "menu"):
            found.append((event[1], *(event[3:5] if event[1] == "menu" else event[2:3])))
    return found


def _with_intervals(plan: CallPlan) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The extensions, and the menus, that ask intervals themselves."""
    extensions, menus = set(), set()
    for number, extension in plan.extensions.items():
        if any(map(_asks_interval, extension.rules)):
            extensions.add(number)
        if isinstance(extension.own, Menu):
            for name, context in extension.own.contexts.items():
                rules = (rule for option in context.options.values() for rule in option.rules or ())
                if any(map(_asks_interval, rules)):
                    menus.add((number, name))
    return frozenset(extensions), frozenset(menus)


def _asks_interval(rule: MenuRule | IncomingRule) -> bool:
    return rule.guard is not None and bool(rule.guard.schedule or rule.guard.no_interval)
