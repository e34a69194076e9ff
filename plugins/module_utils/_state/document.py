# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A tenant document as a snapshot, and a snapshot as the document that would make it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from .._model.document import PLACEHOLDER, TENANT, Declared, sections_of
from .._model.field import UNSET, Field
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._model.types import Json
from .._model.values import ValueProblem, normal
from .._text.secret import Secret
from .._text.yaml_text import Path
from .snapshot import Key, NamedItem, NamedPlace, Snapshot, frozen, thawed

One = TypeVar("One")
Home = TypeVar("Home")


def of_document(root: Declared, complete: bool, purged: Collection[str] = ()) -> Snapshot:
    """The tenant that a document describes.

    complete: the document is the whole tenant, so that omitted objects do not exist. Otherwise it is a part of the
    tenant: of a declared program, an empty list, and a section that is to be purged every object is known; of other
    lists those that are declared, and of these the fields that are declared. purged: names of sections.
    """
    items: list[NamedItem] = []
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


class Contents(Protocol[One, Home]):
    """The source of a document. path: of a section, or of an object in it, as the document writes it."""

    def sections(self, noun: Noun, holder: One | None) -> Iterable[tuple[str, str]]:
        """The sections inside of an object. holder: the object; None for settings and for the tenant."""

    def settings(self, noun: Noun, home: Home, path: Path) -> One | None:
        """The settings of an extension; None where the document says nothing of them."""

    def rules(self, noun: Noun, home: Home, path: Path) -> Sequence[One] | None:
        """A program as it runs; None where the document says nothing of it."""

    def objects(self, noun: Noun, home: Home, path: Path) -> Iterable[One]:
        """The objects of a list that a document can name, in the order of their names."""

    def said(self, one: One, path: Path) -> Json | None:
        """The fields of one object; None where it cannot be said which one it is."""

    def inside(self, one: One) -> Home:
        """The place of an object's content."""

    def is_kept(self, one: One, held: Json, path: Path) -> bool:
        """Whether an object of a list stands in the document. held: its inside in the document."""


def written(contents: Contents[One, Home], noun: Noun, holder: One | None, home: Home, path: Path = ()) -> Json:
    """Return the contents of an object as the document writes them."""
    found: Json = {}
    for section, kind in contents.sections(noun, holder):
        child = NOUNS[kind]
        value = section_written(contents, child, home, (*path, section))
        # An option without rules says so: it does nothing.
        if value or (value == [] and child.ordered and noun.program):
            found[section] = value
    return found


def section_written(contents: Contents[One, Home], noun: Noun, home: Home, path: Path) -> Any:
    """Return one list, or settings, as the document writes them; None where it leaves them out. Settings with a
    single field are written as its value."""
    if noun.ordered:
        rules = contents.rules(noun, home, path)
        return None if rules is None else [contents.said(rule, path) for rule in rules]
    if noun.singleton:
        one = contents.settings(noun, home, path)
        if one is None:
            return None
        values = {**(contents.said(one, path) or {}), **written(contents, noun, None, home, path)}
        return next(iter(values.values()), None) if len(noun.writable) == 1 else values
    found: list[Json] = []
    for one in contents.objects(noun, home, path):
        here = (*path, len(found))
        said = contents.said(one, here)
        if said is not None:
            held = written(contents, noun, one, contents.inside(one), here)
            if contents.is_kept(one, held, here):
                found.append({**said, **held})
    return found


def document_of(state: Snapshot) -> Json:
    """The document of all that is known of a tenant.

    Secrets are placeholders. It omits values that a document cannot express: objects without a name of their own, and
    programs of which a rule cannot be said, since a list without one of them would delete it.
    """
    return written(_Known(state), TENANT, None, ())


@dataclass(frozen=True)
class _Known:
    """The known part of a tenant, as the source of a document."""

    state: Snapshot

    def sections(self, noun: Noun, holder: NamedItem | None) -> Iterable[tuple[str, str]]:
        return sections_of(noun, holder.values.get("type") if holder else None)

    def settings(self, noun: Noun, home: NamedPlace, path: Path) -> NamedItem | None:
        return self.state.settings(noun.name, home)

    def rules(self, noun: Noun, home: NamedPlace, path: Path) -> Sequence[NamedItem] | None:
        items = self.state.all(noun.name, home)
        unsaid = any(set(item.hidden) - set(_secrets(noun)) for item in items)
        return None if unsaid or not (items or self.state.knows(noun.name, home)) else items

    def objects(self, noun: Noun, home: NamedPlace, path: Path) -> Iterable[NamedItem]:
        return [item for item in self.state.all(noun.name, home) if item.name == name_in(noun, item.values)]

    def said(self, one: NamedItem, path: Path) -> Json:
        noun = NOUNS[one.key.noun]
        values = {n: PLACEHOLDER if isinstance(value, Secret) else thawed(value) for n, value in one.values.items()}
        values.update({name: PLACEHOLDER for name in one.hidden if name in _secrets(noun)})
        return {field.name: values[field.name] for field in noun.writable if field.name in values}

    def inside(self, one: NamedItem) -> NamedPlace:
        return one.inside

    def is_kept(self, one: NamedItem, held: Json, path: Path) -> bool:
        return True


def _secrets(noun: Noun) -> tuple[str, ...]:
    return tuple(one.name for one in noun.fields if one.secret)


def _holders(one: Declared, place: NamedPlace) -> Iterator[tuple[NamedPlace, Declared]]:
    """The object and all in it that may hold others, each with the place of its content."""
    if one.noun.contains:
        yield place, one
    for objects in one.inside.values():
        for child in objects:
            name = name_in(child.noun, child.given)
            yield from _holders(child, (*place, name) if name else place)


def _item(one: Declared, key: Key, whole: bool) -> NamedItem:
    values = {}
    for name, raw in one.given.items():
        value = sensible_value(one.noun.by_name[name], raw)
        if value is not UNSET:
            values[name] = frozen(value)
    return NamedItem(key, name_in(one.noun, one.given), frozen(values), one.where, whole, one.hidden)


def name_in(noun: Noun, given: Mapping[str, Any]) -> str:
    """The name that a document gives an object; "" for settings and for a rule without a name."""
    parts = (sensible_value(noun.by_name[name], given.get(name)) for name in noun.key)
    return " ".join(str(part) for part in parts if part not in (None, "", UNSET))


def sensible_value(field: Field, raw: Any) -> Any:
    """The value in its one spelling; UNSET for one that makes no sense, which parse() has told of."""
    if raw is None:
        return None
    try:
        return str(raw) if field.refers_to else normal(field, raw)
    except (ValueProblem, TypeError):
        return UNSET
