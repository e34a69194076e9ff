# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The results of modules that only read: objects as they are, with names beside their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .._model.kind import Readable
from .._model.noun import Noun
from .._model.types import Json, Values
from .._state.objects import Live
from .._state.place import Id, Place
from .plan.declarations import Declarations
from .plan.report import as_read
from .read.named import Names
from .read.reader import Reader
from .read.references import picked
from .read.selection import some, told


class Finding:
    """names: see Names. given: takes the value that was given for an id."""

    def __init__(self, reader: Reader, names: Names, given: Declarations) -> None:
        self.names = names
        self._reader = reader
        self._given = given

    def find(
        self,
        noun: Readable,
        place: Place,
        identity: Id | None,
        wanted: Mapping[str, Sequence[str]],
        query: Values,
        limit: int | None,
    ) -> list[Json]:
        """The objects of a list; see some. identity: an id, or the name of its object."""
        if identity is not None:
            option = noun.picker.name
            identity = picked(option, identity, noun.title)
            if noun.picker.refers_to:
                identity = self._given.declare(noun, {option: identity}, place, str(place))[option]
        if not isinstance(noun, Noun):
            answers = told(self._reader, noun, place, identity, wanted, query, limit)
            return [self.names.beside(noun, place, answer) for answer in answers]
        return [self.with_names(live) for live in some(self._reader, noun, place, identity, wanted, query, limit)]

    def settings(self, noun: Noun, place: Place) -> Json:
        """A singleton as it is."""
        return self.with_names(self._reader.one(noun, place))

    def with_names(self, live: Live) -> Json:
        """An object as it is, with names beside its ids."""
        return self.names.beside(live.noun, live.place, as_read(live), values=live.values)
