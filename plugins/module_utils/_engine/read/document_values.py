# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The values of an object as a document says them: names for ids, in one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from typing import Any

from ..._api.errors import AccessDenied, BadAnswer, NotFound, PbxError, Rejected, ServerFailed
from ..._model.destination import local
from ..._model.document import PLACEHOLDER
from ..._model.field import Field
from ..._model.nouns import NOUNS
from ..._model.types import Json
from ..._model.values import ValueProblem, normal
from ..._state.objects import Item
from ..._state.place import Id, Place
from ..._text.secret import Secret
from .numbers import Numbers
from .references import References, Source

# A server that fails in one of these ways on one list may well give the others.
REFUSALS = (AccessDenied, BadAnswer, NotFound, Rejected, ServerFailed)
MAY_READ = "export again when it can be read, or with credentials that may read it; it stays as it is until then"


class Unsayable(Exception):
    """A value that cannot stand in a document."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


class DocumentValues:
    """Says the values of objects.

    nameless: the lists that could not be read for the names in them, by noun and place.
    """

    def __init__(
        self, source: Source, references: References, nameless: MutableMapping[tuple[str, Place], PbxError]
    ) -> None:
        self._references = references
        self._numbers = Numbers(source, references)
        self._nameless = nameless

    def of(self, item: Item) -> tuple[Json, list[tuple[str, Unsayable]]]:
        """The fields in the document, and those that cannot be said there."""
        found: Json = {}
        gaps = []
        for field in item.noun.writable:
            if not item.noun.applies(field, item.values):
                continue
            try:
                for value in self._value(field, item):
                    found[field.name] = value
            except Unsayable as gap:
                gaps.append((field.name, gap))
        return found, gaps

    def _value(self, field: Field, item: Item) -> Iterator[Any]:
        """The field's value in the document, or nothing where it has none. Raises Unsayable."""
        value = item.values.get(field.name)
        if field.type == "file" or field.volatile:
            return
        if field.write_only:
            if field.secret and field.required:
                yield PLACEHOLDER
        elif value in (None, "", []):
            # The server may have a default of its own for omitted values.
            if field.name in item.noun.clearable and field.defaults and value is None and field.name in item.values:
                yield None
            elif field.required and value == []:
                yield value
        elif isinstance(value, Secret):
            yield PLACEHOLDER
        else:
            yield self._name(field, value, item.place) if field.refers_to else self._local(field, value)

    def _local(self, field: Field, value: Any) -> Any:
        """A value that means something, and that another tenant can have too: destinations without the prefix of this
        one."""
        value = _sensible(field, value)
        if field.parts:
            return [{name: self._local(part, one[name]) for part in field.parts for name in [part.name] if name in one}
                    for one in value]  # fmt: skip
        own = self._numbers.own_prefix() if field.kind in ("destination", "destinations") else None
        return local(value, own) if own and isinstance(value, str) else value

    def _name(self, field: Field, value: Id, place: Place) -> str:
        """The name of the object that a field refers to."""
        noun = NOUNS[field.refers_to]
        key = (noun.name, place.home_of(noun))
        refusal = self._nameless.get(key)
        name = None
        if not refusal:
            try:
                name = self._references.unique_name(field, value, place)
            except REFUSALS as error:
                refusal = self._nameless[key] = error
        if refusal:
            raise Unsayable(f"refers to the id {value}, and no {noun.title} could be read: {refusal}", MAY_READ)
        if name is None:
            known = self._references.label(field, value, place) != f"id {value}"
            remedy = f"give each {noun.title} a name of its own" if known else f"choose another {noun.title}, or none,"
            raise Unsayable(f"nothing that has a name of its own has the id {value}", f"{remedy} on the PBX")
        return name


def _sensible(field: Field, value: Any) -> Any:
    """A value that means something; another one is only kept as it is for as long as nobody declares it."""
    try:
        normal(field, value)
    except ValueProblem as problem:
        raise Unsayable(f"{field.name}{problem.inside} {problem}", "correct it on the PBX") from None
    return value


def natural(item: Item, name: str) -> list[tuple[int, int, str]]:
    """Numbers by their value, and the options that every menu has before the keys."""
    if name in item.noun.permanent:
        return [(0, item.noun.permanent.index(name), "")]
    parts = [(part, part.lstrip("0")) for part in re.findall(r"[0-9]+|[^0-9]+", name)]
    found = [(1, len(value), value) if part.isdecimal() and part.isascii() else (2, 0, part) for part, value in parts]
    return [*found, (3, 0, name)]
