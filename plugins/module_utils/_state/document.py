# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What a tenant document says that a tenant holds, as a snapshot."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from .._model.document import Declared, sections_of
from .._model.field import UNSET, Field
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._model.values import ValueProblem, normal
from .snapshot import Item, Key, Place, Snapshot, frozen


def of_document(root: Declared, complete: bool, purged: Collection[str] = ()) -> Snapshot:
    """The tenant that a document describes.

    complete: the document is all there is, so that what it leaves out is not there. Otherwise it is a part of what the
    PBX holds: of a declared program, an empty list, and a section that is to be purged every object is known; of other
    lists those that are declared, and of these the fields that are declared. purged: names of sections.
    """
    items: list[Item] = []
    known: list[Key] = []
    ordered: list[Key] = []
    for place, one in _holders(root, ()):
        for section, noun_name in sections_of(one.noun, one.given.get("type")):
            noun, key = NOUNS[noun_name], Key(noun_name, place)
            declared = one.inside.get(section)
            if complete or (declared is not None and (noun.ordered or not declared or section in purged)):
                known.append(key)
            if noun.ordered and (complete or declared is not None):
                ordered.append(key)
            items.extend(_item(child, key, complete or noun.ordered) for child in declared or ())
    return Snapshot.of(items, known, ordered)


def _holders(one: Declared, place: Place) -> Iterator[tuple[Place, Declared]]:
    """The object and all in it that may hold others, each with the place of what it holds."""
    if one.noun.contains:
        yield place, one
    for objects in one.inside.values():
        for child in objects:
            name = "" if child.noun.singleton else name_in(child.noun, child.given)
            yield from _holders(child, (*place, name) if name else place)


def _item(one: Declared, key: Key, whole: bool) -> Item:
    values = {}
    for name, raw in one.given.items():
        value = spelled(one.noun.by_name[name], raw)
        if value is not UNSET:
            values[name] = frozen(value)
    name = "" if one.noun.singleton else name_in(one.noun, one.given)
    return Item(key, name, frozen(values), one.where, whole, one.untold)


def name_in(noun: Noun, given: dict[str, Any]) -> str:
    parts = (spelled(noun.by_name[name], given.get(name)) for name in noun.key)
    return " ".join(str(part) for part in parts if part not in (None, "", UNSET))


def spelled(field: Field, raw: Any) -> Any:
    """The value in its one spelling; UNSET for one that makes no sense, which parse() has told of."""
    if raw is None:
        return None
    try:
        if field.type != "list":
            return str(raw) if field.refers_to else normal(field, raw)
        # The PBX knows no order of these elements; who reads the document sees one.
        return normal(replace(field, ordered=True), [_set_parts(field, element) for element in raw])
    except (ValueProblem, TypeError):
        return UNSET


def _set_parts(field: Field, element: Any) -> Any:
    """The element of a list without the parts for which 0 stands, which is no value of theirs."""
    if not field.parts or not isinstance(element, Mapping):
        return element
    required = {part.name for part in field.parts if part.required}
    return {name: part for name, part in element.items() if name in required or part not in (0, "0")}
