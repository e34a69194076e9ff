# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Where a task means: the inside of the extension, and of the objects in it, that its options name."""

from __future__ import annotations

from typing import Any

from ..._api.errors import AccessDenied
from ..._model.given import LOST_ZEROS
from ..._model.kind import Kind
from ..._model.nouns import NOUNS
from ..._state.objects import Live
from ..._state.place import Place, spelled_id, stood_for
from ..errors import InputError
from .references import References


class Places:
    """Finds places by names and ids."""

    def __init__(self, references: References) -> None:
        self._references = references

    def of(self, noun: Kind, extension: str | int | None, extension_id: Any | None) -> Place:
        """The inside of the extension that a task names by its number or by its id."""
        if extension_id is not None:
            identity = picked("extension_id", extension_id, "extension")
            if not stood_for(identity):
                return Place().inside(NOUNS["extension"], spelled_id(identity), identity)
            live = self._references.resolve("extension", identity, Place(), "extension_id")
        else:
            live = self._numbered(extension)
        found = live.values.get("type")
        if found and noun.extension_types and found not in noun.extension_types:
            raise InputError([noun.misplaced(live.name, found)])
        return live.inside

    def _numbered(self, extension: str | int | None) -> Live:
        try:
            return self._references.extension(str(extension))
        except AccessDenied as error:
            # Who may see one extension only, may not list them (semantics.md section 2).
            raise AccessDenied(f'{error}; the user of one extension names it by extension_id: "@me"') from None
        except InputError as error:
            if not isinstance(extension, int):
                raise
            raise InputError(f"{sentence}; extension {LOST_ZEROS}" for sentence in error.sentences) from None

    def inside(self, place: Place, kind: str, name: str) -> Place:
        """The inside of an object that lives at a place."""
        return self._references.resolve(kind, name, place, str(place)).inside


def picked(option: str, value: Any, title: str) -> str:
    """An id as a path takes it. A path that ends with one of the others would be that of another object."""
    identity = str(value).strip()
    if identity in ("", ".", ".."):
        raise InputError([f'{option} "{identity}" is not the id of any {title}'])
    return identity
