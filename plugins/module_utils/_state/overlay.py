# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Before, and after some steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .._model.document import sections_of
from .._model.edges import EDGES
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .objects import Item, ListKey, TenantObjects
from .place import Id, Place


@dataclass(frozen=True)
class Effect:
    """The effect of one step on one list, or on one singleton.

    action: as in Step. id: of the object, or its placeholder; None for a singleton and for a whole list.
    values: those of a created object; those that an update changes; for an order, the ids as ``rules``.
    """

    action: str
    noun: str
    place: Place
    id: Id | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


class Effects:
    """The effects of steps in their order, found by kind and by place, without a walk over the others.

    new_first: where a PBX puts a new rule among the others.
    """

    def __init__(self, effects: Iterable[Effect], new_first: bool) -> None:
        self._new_first = new_first
        self._of_kind: dict[str, list[Effect]] = {}
        self._at: dict[ListKey, list[Effect]] = {}
        for effect in effects:
            self._of_kind.setdefault(effect.noun, []).append(effect)
            self._at.setdefault((effect.noun, effect.place), []).append(effect)

    def of_kind(self, noun: str) -> Sequence[Effect]:
        """Return the effects on one kind of object, in any place."""
        return self._of_kind.get(noun, ())

    def at(self, noun: Noun, place: Place) -> Sequence[Effect]:
        """Return the effects on one list."""
        own = self._at.get((noun.name, place), [])
        # Every extension can use the sounds that its tenant has.
        return [*own, *self.of_kind(noun.mirrors)] if noun.mirrors else own

    def on_list(self, noun: Noun, place: Place, found: list[Item]) -> list[Item]:
        """The objects of a list after the steps."""
        return self._applied(noun, found, self.at(noun, place), place)

    def on_all(self, noun: Noun, found: list[Item]) -> list[Item]:
        """The objects of a kind in all places after the steps."""
        return self._applied(noun, found, self.of_kind(noun.name))

    def on_settings(self, item: Item) -> Item:
        """A singleton after the steps."""
        for effect in self.at(item.noun, item.place):
            item = _changed(item, effect)
        return item

    def on_order(self, noun: Noun, place: Place, ids: list[Id]) -> list[Id]:
        """The order of rules after the steps. ids: of all rules that are there then."""
        for effect in self.at(noun, place):
            if effect.action == "order":
                listed = effect.values["rules"]
                ids = [i for i in listed if i in ids] + [i for i in ids if i not in listed]
        return ids

    def deleted_ids(self, noun: Noun, place: Place) -> set[Id | None]:
        """The ids that are deleted from a list."""
        return {effect.id for effect in self.at(noun, place) if effect.action == "delete"}

    def with_new(self, found: list[Any], new: list[Any]) -> list[Any]:
        """Rules with new ones where they land."""
        return [*new, *found] if self._new_first else [*found, *new]

    def _applied(
        self, noun: Noun, found: list[Item], effects: Sequence[Effect], place: Place | None = None
    ) -> list[Item]:
        """place: of the list; None where the objects of all places are one list."""
        if not effects:
            return found
        objects: list[Item | None] = list(found)
        rows: dict[Id | None, list[int]] = {}
        for row, item in enumerate(found):
            rows.setdefault(item.id, []).append(row)
        for effect in effects:
            if effect.action == "create":
                home = effect.place if place is None else place
                rows.setdefault(effect.id, []).append(len(objects))
                objects.append(Item(noun, home, effect.id or "", dict(effect.values)))
            elif effect.action == "empty":
                emptied = effect.place if place is None else place
                objects = [None if one is not None and one.place == emptied else one for one in objects]
            elif effect.action in ("delete", "update", "replace"):
                for row in rows.get(effect.id, ()):
                    one = objects[row]
                    if one is not None:
                        objects[row] = None if effect.action == "delete" else _changed(one, effect)
        old = [one for one in objects[: len(found)] if one is not None]
        new = [one for one in objects[len(found) :] if one is not None]
        return self.with_new(old, new[::-1] if self._new_first else new)


def overlay(before: TenantObjects, effects: Sequence[Effect], new_first: bool) -> TenantObjects:
    """Return the known state after the steps, each list at the place where its objects live. The contents of a deleted
    object go with it; the lists inside of a new one hold only the objects that the steps put there."""
    done = Effects(effects, new_first)
    gone = {(effect.noun, effect.place, effect.id) for effect in effects if effect.action == "delete"}
    lists = {key: list(items) for key, items in before.by_place().items()}
    for effect in effects:
        if not NOUNS[effect.noun].singleton:
            lists.setdefault((effect.noun, effect.place), [])
        if effect.action == "create":
            lists.update({key: [] for key in _new_lists(effect) if key not in lists})
    after = TenantObjects()
    for (name, place), items in lists.items():
        if not _is_inside(place, gone):
            after.lists[name, place] = done.on_list(NOUNS[name], place, items)
    _settle_rows(before, after)
    for key, settings in before.settings.items():
        if not _is_inside(key[1], gone):
            after.settings[key] = done.on_settings(settings)
    for effect in effects:
        key, noun = (effect.noun, effect.place), NOUNS[effect.noun]
        if noun.singleton and key not in after.settings:
            after.settings[key] = done.on_settings(Item(noun, effect.place, "", {}))
    for (name, place), items in after.lists.items():
        noun = NOUNS[name]
        arranged = place in before.orders or any(effect.action == "order" for effect in done.at(noun, place))
        if noun.ordered and (arranged or len(items) < 2):
            there = {item.id for item in items}
            old = [identity for identity in before.orders.get(place, ()) if identity in there]
            new = [item.id for item in items if item.id not in set(old)]
            after.orders[place] = done.on_order(noun, place, done.with_new(old, new))
    return after


def _settle_rows(before: TenantObjects, after: TenantObjects) -> None:
    """A PBX takes a deleted agent out of its queues (operations.json, remove_from_queues)."""
    for edge in EDGES:
        if not edge.part.leaves_with:
            continue
        left = {item.id for item in before.of_kind(edge.target)} - {item.id for item in after.of_kind(edge.target)}
        for (name, dummy), items in after.lists.items():
            if name == edge.noun.name and left:
                items[:] = [item for item in items if item.values.get(edge.field.name) not in left]


def _new_lists(effect: Effect) -> Iterator[ListKey]:
    """The lists inside of a new object that surely start empty."""
    noun = NOUNS[effect.noun]
    if effect.id is None or not noun.contains:
        return
    inside = Place((*effect.place.ids, (noun.name, effect.id)))
    kinds = [kind for dummy, kind in sections_of(noun, effect.values.get("type"))]
    for kind in (
        *kinds,
        *(inner for outer in kinds if NOUNS[outer].singleton for dummy, inner in NOUNS[outer].contains),
    ):
        if not NOUNS[kind].singleton and not NOUNS[kind].permanent:
            yield kind, inside


def _changed(item: Item, effect: Effect) -> Item:
    if effect.action not in ("update", "replace"):
        return item
    return replace(item, values={**item.values, **effect.values}, changed=True)


def _is_inside(place: Place, gone: set[tuple[str, Place, Id | None]]) -> bool:
    home = Place()
    for name, identity in place.ids:
        if (name, home, identity) in gone:
            return True
        home = Place((*home.ids, (name, identity)))
    return False
