# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The results of modules that only read: objects as they are, with names beside their ids."""

from __future__ import annotations

from dataclasses import replace

from .._model.noun import Noun
from .._model.types import Json
from .._state.objects import Item
from .._state.place import Id, Place
from .plan.declarations import Declarations
from .plan.report import as_read
from .read.named import Names
from .read.reader import Reader
from .read.references import id_in_path
from .read.selection import Query, items_of, reports_of


class Search:
    """names: see Names. given: takes the value that was given for an id."""

    def __init__(self, reader: Reader, names: Names, given: Declarations) -> None:
        self.names = names
        self._reader = reader
        self._given = given

    def find(self, query: Query) -> list[Json]:
        """The objects that are asked for. The identity may also be the name of what the id is of."""
        noun, place = query.noun, query.place
        if query.identity is not None:
            option = noun.picker.name
            identity: Id = id_in_path(option, query.identity, noun.title)
            if noun.picker.refers_to:
                identity = self._given.declare(noun, {option: identity}, place, str(place))[option]
            query = replace(query, identity=identity)
        if not isinstance(noun, Noun):
            return [self.names.beside(noun, place, answer) for answer in reports_of(self._reader, query)]
        return [self.with_names(item) for item in items_of(self._reader, noun, query)]

    def settings(self, noun: Noun, place: Place) -> Json:
        """A singleton as it is."""
        return self.with_names(self._reader.settings(noun, place))

    def with_names(self, item: Item) -> Json:
        """An object as it is, with names beside its ids."""
        return self.names.beside(item.noun, item.place, as_read(item), values=item.values)
