# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The state of one tenant as a value: every list, setting and order by noun and place, and which of them are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from .._model.field import UNSET

# The names of the objects around an object, outermost first: () is the tenant, ("300", "main") a context of extension
# 300.
NamedPlace = tuple[str, ...]


class Key(NamedTuple):
    """One list, or the settings of one extension: the name of a noun, and where its objects are."""

    noun: str
    place: NamedPlace


@dataclass(frozen=True)
class NamedItem:
    """One object, with names for all ids.

    name: the one for people; "" for settings and for rules without a name. values: in their one spelling, references by
    name; None is a cleared value. where: the object's place as messages write it. whole: a field that is not among the
    values is unset, and not merely unknown. hidden: the fields that are set, to what nobody is
    shown: secrets, and what cannot be said.
    """

    key: Key
    name: str
    values: Mapping[str, Any]
    where: str
    whole: bool = True
    hidden: tuple[str, ...] = ()

    def value(self, field: str) -> Any:
        """The field's value; None where it is cleared or unset, UNSET where it is not known."""
        found = self.values.get(field, UNSET)
        if found is UNSET and self.whole and field not in self.hidden:
            return None
        return found

    @property
    def inside(self) -> NamedPlace:
        """The place of the object's content."""
        return (*self.key.place, self.name) if self.name else self.key.place


@dataclass(frozen=True)
class Snapshot:
    """All that is known of a tenant.

    lists: the objects of each list in their order; settings are a list of one object. known: the lists of which every
    object is here. ordered: the programs whose order is the one in which they run.
    """

    lists: Mapping[Key, tuple[NamedItem, ...]]
    known: frozenset[Key]
    ordered: frozenset[Key]

    @classmethod
    def of(cls, items: Iterable[NamedItem], known: Iterable[Key], ordered: Iterable[Key]) -> Snapshot:
        """The snapshot that holds these objects, each list in the order in which they come."""
        lists: dict[Key, list[NamedItem]] = {}
        for item in items:
            lists.setdefault(item.key, []).append(item)
        frozen = MappingProxyType({key: tuple(found) for key, found in lists.items()})
        return cls(frozen, frozenset(known), frozenset(ordered))

    def all(self, noun: str, place: NamedPlace = ()) -> tuple[NamedItem, ...]:
        """The objects of a list, as far as they are known."""
        return self.lists.get(Key(noun, place), ())

    def settings(self, noun: str, place: NamedPlace) -> NamedItem | None:
        """The settings of an extension, where they are known."""
        found = self.lists.get(Key(noun, place))
        return found[0] if found else None

    def find(self, noun: str, place: NamedPlace, name: str) -> NamedItem | None:
        """The object of a list that has a name; the first, if several have it."""
        return self._by_name.get(Key(noun, place), {}).get(name)

    def knows(self, noun: str, place: NamedPlace = ()) -> bool:
        """Whether an object that is missing in the list, or a value that is missing in the settings, does not exist."""
        return Key(noun, place) in self.known

    @cached_property
    def _by_name(self) -> dict[Key, dict[str, NamedItem]]:
        return {key: {item.name: item for item in reversed(items)} for key, items in self.lists.items()}


def frozen(value: Any) -> Any:
    """A value that nobody can change: lists as tuples, dictionaries as views of copies."""
    if isinstance(value, Mapping):
        return MappingProxyType({name: frozen(one) for name, one in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(frozen(one) for one in value)
    return value


def thawed(value: Any) -> Any:
    """A copy of a frozen value that can be changed: lists and dictionaries."""
    if isinstance(value, Mapping):
        return {name: thawed(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [thawed(one) for one in value]
    return value
