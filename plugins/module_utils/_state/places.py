# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Where the objects of a tenant stand: in the document of the user, else where an export would have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Union

from .._model.document import TENANT, Declared
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .document import of_document
from .snapshot import Key, NamedItem, NamedPlace, Snapshot

# An object of a list by its name, a rule by its position, settings by nothing.
Spot = tuple[Key, Union[str, int]]


def placed(state: Snapshot, document: Declared | None = None) -> Snapshot:
    """Return the same tenant, with the place of each object as documents write it.

    document: the user's document. An object that it does not declare has no position there, and none in its place.
    """
    declared = dict(_declared(document)) if document and document.inside else {}
    lists = dict(state.lists)
    for key, items in _placed(state, TENANT, (), "", declared):
        lists[key] = items
    return replace(state, lists=lists)


def _declared(document: Declared) -> Iterator[tuple[Spot, str]]:
    for key, items in of_document(document, complete=False).lists.items():
        for index, item in enumerate(items):
            yield _spot(key, item, index), item.where


def _spot(key: Key, item: NamedItem, index: int) -> Spot:
    return key, index if NOUNS[key.noun].ordered else item.name


def _placed(
    state: Snapshot, holder: Noun, place: NamedPlace, where: str, declared: Mapping[Spot, str]
) -> Iterator[tuple[Key, tuple[NamedItem, ...]]]:
    """The lists inside of an object. where: the object's own place."""
    for section, kind in holder.contains:
        noun, key = NOUNS[kind], Key(kind, place)
        here = f"{where} > {section}" if where else section
        found = []
        for index, item in enumerate(state.lists.get(key, ())):
            position = f"[{index}]" if noun.ordered or not declared else ""
            name = f' "{item.name}"' if item.name else ""
            own = here if noun.singleton else f"{here}{position}{name}"
            found.append(replace(item, where=declared.get(_spot(key, item, index), own)))
            if not noun.singleton:
                yield from _placed(state, noun, item.inside, found[-1].where, declared)
        if noun.singleton:
            # The contents of settings live in their extension, whether or not the settings are known.
            yield from _placed(state, noun, place, found[0].where if found else here, declared)
        if found:
            yield key, tuple(found)
