# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The state that was read, as a snapshot: objects by the names that people use, and references by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..._api.errors import PbxError
from ..._model.document import PLACEHOLDER, TENANT, sections_of
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._state.document import name_in, sensible_value
from ..._state.objects import Item, TenantObjects
from ..._state.place import Place
from ..._state.snapshot import Key, NamedItem, NamedPlace, Snapshot, frozen
from .document_values import DocumentValues, natural
from .references import References


def snapshot_of(objects: TenantObjects) -> Snapshot:
    """All these objects, each list at the place where its objects live; see overlay."""
    return _Naming(objects).snapshot()


class _Naming:
    def __init__(self, objects: TenantObjects) -> None:
        self._objects = objects
        self._references = References(objects, wide=True)
        nameless: dict[tuple[str, Place], PbxError] = {}
        self._values = DocumentValues(objects, self._references, nameless)
        self._names: dict[Place, NamedPlace] = {Place(): ()}
        self._titles: dict[int, str] = {}

    def snapshot(self) -> Snapshot:
        found: list[NamedItem] = []
        known: list[Key] = []
        ordered: list[Key] = []
        # From the outside inwards, so that the names of the objects that hold a list are known before it.
        for (name, place), items in sorted(self._lists(), key=lambda one: len(one[0][1].ids)):
            key = Key(name, self._place(place))
            known.append(key)
            if NOUNS[name].ordered and place in self._objects.orders:
                ordered.append(key)
            elif key in ordered and len(items) > 1:
                # A task before this one has made the rules, and nobody has asked for their order since.
                ordered.remove(key)
            for item, named in self._named(key, self._in_order(NOUNS[name], place, items)):
                found.append(named)
                if item.inside.pending:
                    inside = [*_keys_inside(item.noun, named)]
                    known += inside
                    ordered += [one for one in inside if NOUNS[one.noun].ordered]
        for (name, place), item in self._objects.settings.items():
            key = Key(name, self._place(place))
            named = self._name(key, item, "", whole=bool(item.answer) or place.pending)
            if item.answer or place.pending:
                known.append(key)
            if named.values or named.hidden:
                found.append(named)
        return Snapshot.of(found, known, ordered)

    def _lists(self) -> Iterator[tuple[tuple[str, Place], Sequence[Item]]]:
        """The lists that a document has, too."""
        for key, items in self._objects.by_place().items():
            if key[0] in _SAID:
                yield key, items

    def _in_order(self, noun: Noun, place: Place, items: Sequence[Item]) -> Sequence[Item]:
        """Rules as they run, where that is known, and all else by name."""
        if noun.ordered:
            ids = self._objects.orders.get(place, ())
            return sorted(items, key=lambda rule: ids.index(rule.id)) if ids else items
        return sorted(items, key=lambda item: natural(item, self._references.name_of(item)))

    def _named(self, key: Key, items: Sequence[Item]) -> Iterator[tuple[Item, NamedItem]]:
        noun, taken = NOUNS[key.noun], set()
        for item in items:
            # The plan of a new object states all of its values.
            named = self._name(key, item, None, whole=True)
            if not noun.ordered and (not named.name or named.name in taken):
                # Two objects of one name must not be taken for one.
                named = self._name(key, item, f"id {item.id}", named.whole)
            taken.add(named.name)
            self._names[item.inside] = named.inside
            yield item, named

    def _name(self, key: Key, item: Item, name: str | None, whole: bool) -> NamedItem:
        said, gaps = self._values.of(item)
        fields = item.noun.by_name
        hidden = tuple(one for one, value in said.items() if fields[one].secret and value == PLACEHOLDER)
        values = {one: sensible_value(fields[one], value) for one, value in said.items() if one not in hidden}
        name = name_in(item.noun, values) if name is None else name
        title = self._references.title(item)
        unsaid = tuple(field for field, dummy in gaps)
        return NamedItem(key, name, frozen(values), title, whole, (*hidden, *unsaid))

    def _place(self, place: Place) -> NamedPlace:
        """The names of the objects that hold a list; of an unknown one, its id."""
        if place not in self._names:
            outer = Place(place.ids[:-1])
            self._names[place] = (*self._place(outer), str(place.ids[-1][1]))
        return self._names[place]


def _keys_inside(noun: Noun, named: NamedItem) -> Iterator[Key]:
    """The lists and settings of a new object, in which there are only the plan's objects."""
    kind = named.values.get("type")
    for dummy, name in sections_of(noun, str(kind) if kind else None):
        yield Key(name, named.inside)
        if NOUNS[name].singleton:
            yield from (Key(inner, named.inside) for dummy, inner in NOUNS[name].contains)


def _sections(noun: Noun) -> Iterator[str]:
    for dummy, kind in noun.contains:
        yield kind
        yield from _sections(NOUNS[kind])


# The nouns that a document speaks of.
_SAID = frozenset(_sections(TENANT))
