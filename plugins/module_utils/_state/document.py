# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A tenant document as a snapshot, and a snapshot as the document that would make it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from .._model.document import PLACEHOLDER, TENANT, Declared, sections_of
from .._model.field import UNSET, Field
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._model.values import ValueProblem, normal
from .._text.secret import Secret
from .snapshot import Item, Key, Place, Snapshot, frozen, thawed


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


def document_of(state: Snapshot) -> dict[str, Any]:
    """The document of all that is known of a tenant.

    Secrets are placeholders. Left out is what a document cannot say: objects without a name of their own, and programs
    of which a rule cannot be said, since a list without one of them would delete it.
    """
    return _inside(state, TENANT, None, ())


def _inside(state: Snapshot, noun: Noun, kind: Any, place: Place) -> dict[str, Any]:
    """What is known of the inside of an object. kind: the type of an extension."""
    found: dict[str, Any] = {}
    for section, name in sections_of(noun, kind):
        child = NOUNS[name]
        items = state.all(name, place)
        if child.singleton:
            said = {**_said(items[0]), **_inside(state, child, None, place)} if items else {}
            value: Any = next(iter(said.values()), None) if len(child.writable) == 1 else said
        elif child.ordered and any(set(item.untold) - set(_secrets(child)) for item in items):
            continue
        else:
            named = [item for item in items if child.ordered or item.name == name_in(child, item.values)]
            value = [{**_said(item), **_inside(state, child, item.values.get("type"), item.inside)} for item in named]
        # An option without rules says so: it does nothing.
        if value or (value == [] and child.ordered and noun.program and state.knows(name, place)):
            found[section] = value
    return found


def _said(item: Item) -> dict[str, Any]:
    noun = NOUNS[item.key.noun]
    secrets = {name: PLACEHOLDER for name in item.untold if name in _secrets(noun)}
    told = {name: PLACEHOLDER if isinstance(value, Secret) else thawed(value) for name, value in item.values.items()}
    values = {**told, **secrets}
    return {one.name: values[one.name] for one in noun.writable if one.name in values}


def _secrets(noun: Noun) -> tuple[str, ...]:
    return tuple(one.name for one in noun.fields if one.secret)


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


def name_in(noun: Noun, given: Mapping[str, Any]) -> str:
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
