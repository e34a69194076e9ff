# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The parts that two call plans have in common, so that only calls that can reach other parts are tried.

Parts that do the same in both become the same object, wherever they stand in their documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from ..menus import Context, Menu, Transfer, Webhook
from ..plan import CallPlan, Extension
from ..reach import menu_rules
from ..schedule import Schedule
from ..world import World
from .leading import leading, leads_anywhere

# Where parts stand in their documents; two parts that differ in nothing else do the same.
_PLACES = frozenset(("place", "no_interval", "no_pattern", "unknown"))


class Watch:
    """Notes which extensions, and which contexts of menus, a simulated call to the plan before looks up.

    seen: by number, and contexts by number and name.
    """

    def __init__(self) -> None:
        self.seen: set[tuple[str, ...]] = set()


class _Watched(dict[str, Any]):
    """A dictionary of parts of a plan. path: the names before the name of a part."""

    def __init__(self, parts: Mapping[str, Any], path: tuple[str, ...], watch: Watch) -> None:
        super().__init__(parts)
        self._path = path
        self._watch = watch

    def __getitem__(self, name: str) -> Any:
        self._watch.seen.add((*self._path, name))
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._watch.seen.add((*self._path, name))
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self._watch.seen.add((*self._path, str(name)))
        return super().__contains__(name)


@dataclass(frozen=True)
class Pair:
    """Two plans that share their equal parts. changed: the extensions that do something else in one than in the other,
    or are in only one. same_numbers: whether numbers of extensions mean the same in both, also one that a caller dials.

    led: extensions whose calls can come to a changed part, by whether webhooks lead anywhere.

    watch: of the plan before. unlike: the parts that both plans do not share, as the watch notes them: a call that
    looks up none of them goes the same way in both.
    """

    before: CallPlan
    after: CallPlan
    changed: frozenset[str]
    same_numbers: bool
    watch: Watch
    unlike: frozenset[tuple[str, ...]]
    led: dict[bool, frozenset[str]]

    @classmethod
    def of(cls, before: CallPlan, after: CallPlan) -> Pair:
        one, other = before.numbers, after.numbers
        same_numbers = one == replace(other, dids=one.dids) and before.sounds == after.sounds
        watch, same = Watch(), _Same()
        watched = {number: _watched(extension, watch) for number, extension in before.extensions.items()}
        extensions: dict[str, Extension] = {}
        unlike: set[tuple[str, ...]] = {(one,) for one in before.extensions.keys() ^ after.extensions.keys()}
        for number, extension in after.extensions.items():
            old = watched.get(number)
            if old is None:
                extensions[number] = extension
                continue
            extensions[number], contexts = same.shared(old, extension)
            renumbered = not same_numbers and isinstance(extension.own, Menu)
            if contexts is None or renumbered or (one.dids != other.dids and _dials(extension)):
                unlike.add((number,))
            else:
                unlike.update((number, name) for name in contexts)
        if before.sounds != after.sounds:
            unlike.update((number,) for number in (*before.extensions, *after.extensions))
        return cls(
            replace(before, extensions=_Watched(watched, (), watch)),
            replace(after, extensions=extensions),
            frozenset(path[0] for path in unlike),
            same_numbers,
            watch,
            frozenset(unlike),
            {},
        )

    def alike(self, to: str) -> bool:
        """Whether a call to a number goes the same way in both, if it looks up nothing that is unlike."""
        one, other = self.before.numbers.dids.get(to), self.after.numbers.dids.get(to)
        return self.same_numbers and one == other

    def same_from(self, to: str, world: World) -> bool:
        """Whether all calls go the same way in both from an extension on."""
        return self.same_numbers and to not in self._led(world)

    def _led(self, world: World) -> frozenset[str]:
        """The extensions whose calls can come to a changed part, before or after."""
        anywhere = leads_anywhere(world)
        if anywhere not in self.led:
            both = (leading(plan, self.changed, world) for plan in (self.before, self.after))
            self.led[anywhere] = frozenset().union(*both)
        return self.led[anywhere]

    def reached(self, world: World) -> frozenset[str]:
        """The numbers whose calls can come to a changed part; others need not be tried."""
        one, other = self.before.numbers, self.after.numbers
        whole = (one.extensions_whole, one.dids_whole) == (other.extensions_whole, other.dids_whole)
        led = self._led(world)
        found = set(led)
        for did in {**one.dids, **other.dids}:
            to, then = one.dids.get(did), other.dids.get(did)
            if to != then or to in led or not whole:
                found.add(did)
        if not whole:
            found.update(self.before.extensions, self.after.extensions)
        return frozenset(found)


class _Same:
    """Finds parts that do the same. Pairs of intervals are compared once."""

    def __init__(self) -> None:
        self._intervals: dict[tuple[Schedule, Schedule], bool] = {}

    def shared(self, one: Extension, other: Extension) -> tuple[Extension, list[str] | None]:
        """The first, if both do the same; else the other, with the contexts that both have.

        Also the names of the contexts that differ, where nothing else does; None where something else does.
        """
        if self.same(one, other):
            return one, []
        if not isinstance(one.own, Menu) or not isinstance(other.own, Menu):
            return other, None
        contexts: dict[str, Context] = {}
        unlike = [name for name in one.own.contexts if name not in other.own.contexts]
        for name, context in other.own.contexts.items():
            old = one.own.contexts.get(name)
            alike = old is not None and self.same(old, context)
            contexts[name] = old if alike and old is not None else context
            if not alike:
                unlike.append(name)
        found = replace(other, own=replace(other.own, contexts=contexts))
        rest = replace(one, own=replace(one.own, contexts=contexts))
        return found, unlike if self.same(rest, found) else None

    def same(self, one: Any, other: Any) -> bool:
        """Whether two values are equal but for places."""
        if one is other:
            return True
        if isinstance(one, Mapping):
            return (
                isinstance(other, Mapping)
                and one.keys() == other.keys()
                and all(self.same(value, other[name]) for name, value in one.items())
            )
        if one.__class__ is not other.__class__:
            return bool(one == other)
        if isinstance(one, Schedule):
            return self._same_interval(one, other)
        if is_dataclass(one):
            # Compiled patterns are not compared, because they follow from the text of the pattern.
            names = _names(one.__class__)
            return all(self.same(getattr(one, name), getattr(other, name)) for name in names) and _known_alike(
                one, other
            )
        if isinstance(one, tuple):
            return len(one) == len(other) and all(map(self.same, one, other))
        return bool(one == other)

    def _same_interval(self, one: Schedule, other: Schedule) -> bool:
        return one.zone.name == other.zone.name and one.conditions == other.conditions


@lru_cache(maxsize=100)
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.name not in (*_PLACES, "found"))


def _known_alike(one: Any, other: Any) -> bool:
    """Whether the same fields of two parts are unknown. The places of unknown values may differ."""
    for name in ("no_interval", "no_pattern", "unknown"):
        here: Any = getattr(one, name, "")
        there: Any = getattr(other, name, "")
        if isinstance(here, Mapping):
            if here.keys() != there.keys():
                return False
        elif bool(here) != bool(there):
            return False
    return True


def _watched(extension: Extension, watch: Watch) -> Extension:
    own = extension.own
    if not isinstance(own, Menu):
        return extension
    return replace(extension, own=replace(own, contexts=_Watched(own.contexts, (extension.number,), watch)))


def _dials(extension: Extension) -> bool:
    """Whether it dials numbers that are not in its rules."""
    actions = [rule.action for rule in menu_rules(extension)]
    return any(isinstance(one, Webhook) or (isinstance(one, Transfer) and bool(one.variable)) for one in actions)
