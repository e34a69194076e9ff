# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Objects that exist, or that the same run brings into being, with their ids: one, how it is found among many, and all
that was read."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._model.kind import Kind
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .place import Id, Pending, Place


@dataclass
class Item:
    """One object that exists, or that an earlier step of the same plan or preview creates.

    born: it comes into being by itself together with its parent.
    changed: an earlier task of the same preview would have changed it.
    """

    noun: Noun
    place: Place
    id: Id
    values: dict[str, Any]
    answer: Mapping[str, Any] = field(default_factory=dict)
    born: bool = False
    changed: bool = False

    @property
    def name(self) -> str:
        return self.noun.name_of(self.values)

    @property
    def is_named(self) -> bool:
        """Whether each part of its name says something."""
        return all(str(self.values.get(part) or "").strip() for part in self.noun.key)

    @property
    def inside(self) -> Place:
        return self.place.inside(self.noun, self.id, self.name)


def born_with(noun: Noun, place: Place, default_rule: bool) -> list[Item]:
    """Return the objects that a new parent holds as soon as it exists (semantics.md section 5, ivr).

    default_rule: whether the rule with which a server may fill a new program is listed.
    """
    key = noun.key[0] if noun.key else ""
    found = [
        Item(noun, place, Pending(noun.name, name, place.ids, known=name), {key: name}, born=True)
        for name in noun.permanent
    ]
    if noun.may_start_with and default_rule:
        pending = Pending(noun.name, f"default {noun.may_start_with}", place.ids)
        found.append(Item(noun, place, pending, {noun.variant: noun.may_start_with}, born=True))
    return found


class Index:
    """The objects of one list by id, by name and by key; it follows a list that grows."""

    def __init__(self, objects: Sequence[Item]) -> None:
        self.objects = objects
        self._size = 0
        self._by_id: dict[str, list[Item]] = {}
        self._by_name: dict[str, list[Item]] = {}
        self._by_key: dict[Hashable, list[Item]] = {}

    def with_id(self, identity: Any) -> Item | None:
        return next(iter(self.with_ids(identity)), None)

    def with_ids(self, identity: Any) -> list[Item]:
        """Return the objects with an id; a placeholder for an id may have several."""
        self._follow()
        return self._by_id.get(str(identity), [])

    def with_name(self, name: str) -> list[Item]:
        self._follow()
        return self._by_name.get(name, [])

    def with_key(self, values: Mapping[str, Any], key: tuple[str, ...]) -> list[Item]:
        """The objects whose key has these values."""
        self._follow()
        return self._by_key.get(_key(values, key), [])

    def _follow(self) -> None:
        for item in self.objects[self._size :]:
            self._by_id.setdefault(str(item.id), []).append(item)
            self._by_name.setdefault(item.name, []).append(item)
            self._by_key.setdefault(_key(item.values, item.noun.key), []).append(item)
        self._size = len(self.objects)


def _key(values: Mapping[str, Any], key: tuple[str, ...]) -> Hashable:
    return tuple(_hashable(values.get(name)) for name in key)


def _hashable(value: Any) -> Hashable:
    if isinstance(value, Mapping):
        return tuple(sorted((name, _hashable(part)) for name, part in value.items()))
    if isinstance(value, (list, tuple)):
        return tuple(map(_hashable, value))
    found: Hashable = value
    return found


# The name of a noun, and where the objects live.
ListKey = tuple[str, Place]


@dataclass
class TenantObjects:
    """The objects of one tenant, with their ids. Nothing is asked for here: a list that was not read is empty.

    lists: the objects of each list; those of a kind in all extensions are at the place of the tenant.
    settings: the singletons. orders: the ids of rules in the order in which they run, by their place.
    """

    lists: MutableMapping[ListKey, list[Item]] = field(default_factory=dict)
    settings: MutableMapping[ListKey, Item] = field(default_factory=dict)
    orders: MutableMapping[Place, list[Id]] = field(default_factory=dict)
    _across: dict[str, list[Item]] = field(default_factory=dict, repr=False)
    _indices: dict[ListKey, Index] = field(default_factory=dict, repr=False)

    def has(self, noun: Kind, place: Place) -> bool:
        """Whether a list was read."""
        return (noun.name, place) in self.lists

    def all(self, noun: Kind, place: Place) -> list[Item]:
        """The objects of a list, as far as they are known. The caller must not change the answer."""
        return self.lists.get((noun.name, place), [])

    def index(self, noun: Noun, place: Place) -> Index:
        """The objects of a list, to be found fast; at the place of the tenant, those of all extensions."""
        objects, key = self.all(noun, place), (noun.name, place)
        if key not in self.lists and noun.parents and not place.ids:
            objects = self._across.setdefault(noun.name, self.of_kind(noun))
        if key not in self._indices or self._indices[key].objects is not objects:
            self._indices[key] = Index(objects)
        return self._indices[key]

    def everywhere(self, noun: Noun) -> list[Item]:
        """All objects of a kind, wherever they live."""
        return self.of_kind(noun)

    def tenant_list(self, kind: Noun) -> Index:
        """The tenant's own list for its extensions, as far as it is known."""
        return self.index(NOUNS[kind.of_tenant], Place())

    def may_read(self, noun: Noun) -> bool:
        """Whether a list of the tenant may be read; lists that were not read are not looked at."""
        return self.has(noun, Place())

    def add(self, item: Item) -> None:
        """Let an object be found that comes into being."""
        self.lists.setdefault((item.noun.name, item.place), []).append(item)
        if item.noun.parents and self.has(item.noun, Place()):
            self.lists[item.noun.name, Place()].append(item)

    def refresh(self, noun: Noun, place: Place) -> bool:
        """Whether a list can be read once more; never here."""
        return False

    def of_kind(self, noun: Noun) -> list[Item]:
        """All objects of a kind, wherever they live."""
        if self.has(noun, Place()):
            return self.all(noun, Place())
        return [item for (name, dummy), items in self.lists.items() if name == noun.name for item in items]

    def everything(self) -> list[Item]:
        """All objects, settings included."""
        return [*self.settings.values(), *(item for items in self.lists.values() for item in items)]

    def by_place(self) -> Mapping[ListKey, Sequence[Item]]:
        """Every list at the place where its objects live; those that were read for all extensions at once, too."""
        found: dict[ListKey, Sequence[Item]] = {}
        for (name, place), items in self.lists.items():
            if NOUNS[name].parents and not place.ids:
                found = {**{(name, home): part for home, part in self._apart(NOUNS[name], items)}, **found}
            else:
                found[name, place] = items
        return found

    def _apart(self, noun: Noun, items: Sequence[Item]) -> Iterator[tuple[Place, list[Item]]]:
        """The objects of all extensions, for each extension that can have some."""
        parts: dict[Place, list[Item]] = {}
        for owner in self.all(NOUNS["extension"], Place()):
            if noun.fits(owner.values.get("type")):
                parts[owner.inside] = []
        for item in items:
            parts.setdefault(item.place, []).append(item)
        yield from parts.items()
