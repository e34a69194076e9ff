# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The steps that a preview cannot promise: the PBX is known to refuse them in some extensions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..._api.errors import PbxError
from ..._model.nouns import NOUNS
from ..._state.place import Id, Pending, Place
from ..read.reader import Reader
from .steps import Step


class Doubts:
    """Describes such steps. The type of an extension is asked for where it has not been read."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._types: dict[Id, str | None] = {}

    def sentences(self, steps: Iterable[Step]) -> Iterator[str]:
        for step in steps:
            if step.action not in ("create", "update"):
                continue
            for doubt in step.object_noun.doubts:
                if doubt.about(step.values) and self._type(step.place) in doubt.types:
                    yield f"{step.title}: {doubt.says}"

    def _type(self, place: Place) -> str | None:
        """The type of the extension that something lives in, None where nobody can tell."""
        noun, identity = NOUNS["extension"], place.get("extension")
        if self._reader.has(noun, Place()):
            item = self._reader.index(noun, Place()).with_id(identity)
            if item:
                return item.values.get("type")
        if isinstance(identity, Pending):
            return None
        if identity not in self._types:
            try:
                self._types[identity] = self._reader.client.get_object(noun.one_path.format(id=identity)).get("type")
            except PbxError:
                self._types[identity] = None
        return self._types[identity]
