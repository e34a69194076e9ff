# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Names beside the ids in answers: ``agent: 101/Anna`` beside ``agent_id: 701``."""

from __future__ import annotations

from types import MappingProxyType

from ..._api.errors import AccessDenied, BadAnswer, NotFound, Rejected, ServerFailed
from ..._model.field import Field
from ..._model.kind import Kind
from ..._model.nouns import NOUNS
from ..._model.types import Json, Values
from ..._state.place import Id, Place
from .reader import Reader
from .references import References

EXTENSION = NOUNS["extension"]
# The id of the extension that something belongs to, or that takes part in it.
OWNER = "extension_id"


def name_key(field: Field) -> str:
    """Under which the name of a field's reference is returned."""
    return field.name if field.name != field.answered_as else f"{field.name}_name"


def name_keys(noun: Kind) -> dict[str, Field]:
    """The keys of names, each with the field that holds the id."""
    found = {name_key(field): field for field in noun.fields if field.refers_to and not field.write_only}
    owned = bool(noun.parents) or noun.identity == OWNER
    return {**found, **({"extension": noun.by_name[OWNER]} if owned and OWNER in noun.by_name else {})}


class Names:
    """Looks names up, in one list for each kind; a list that may not be read leaves its names unsaid."""

    def __init__(self, reader: Reader, references: References) -> None:
        self._reader = reader
        self._references = references
        self._refused: set[str] = set()

    def beside(
        self,
        noun: Kind,
        place: Place,
        found: Values,
        owner: bool = False,
        values: Values = MappingProxyType({}),
    ) -> Json:
        """An object as it was read, with the names for its ids; null where an id means nothing.

        owner: look the extension up that it belongs to; otherwise, who names that by its id spares the list of all.
        values: the ids by the names of their fields, where they are known better than from the answer: a queue may
            answer the id of an extension as that of its agent.
        """
        owner = owner or self._reader.has(EXTENSION, Place())
        names = {
            key: self._name(field, values.get(field.name, found.get(field.answered_as)), place)
            if owner or field.name != OWNER
            else None
            for key, field in name_keys(noun).items()
        }
        return dict(sorted({**found, **names}.items()))

    def _name(self, field: Field, value: Id | None, place: Place) -> str | None:
        kind = field.refers_to or EXTENSION.name
        if value in (None, "", 0) or kind in self._refused:
            return None
        try:
            # An agent is called by the number of its phone, too.
            extensions = (
                self._reader.index(EXTENSION, Place()) if NOUNS[kind].across or kind == EXTENSION.name else None
            )
            if extensions is not None and kind == EXTENSION.name:
                item = extensions.with_id(value)
            else:
                item = self._references.target_of(field, value, place)
        except (AccessDenied, BadAnswer, NotFound, Rejected, ServerFailed):
            self._refused.add(kind)
            return None
        return self._references.name_of(item) if item else None
