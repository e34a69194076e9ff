# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""All that ceases to exist by a plan: the deleted objects, their content, and the places of its agents in queues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ..._api.errors import AccessDenied, NotFound
from ..._model.document import sections_of
from ..._model.edges import EDGES
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._state.objects import Item
from ..._state.place import Id, Place
from ..read.ahead import read_level, reading
from ..read.homes import Homes, Key
from ..read.reader import Reader
from .steps import Step


@dataclass(frozen=True)
class Gone:
    """One object that ceases to exist. step: the deletion that it goes with. along: it is not the deleted object
    itself."""

    item: Item
    step: Step
    along: bool


class Ceasing:
    """Reads the lists that it needs: those inside of deleted objects; for deleted agents, those of all queues."""

    def __init__(self, steps: Sequence[Step], reader: Reader) -> None:
        self.deleted = [step for step in steps if step.action == "delete"]
        self._reader = reader
        self._homes = Homes(reader, {(s.noun.name, s.place, s.id or "") for s in self.deleted})
        self._unread: dict[tuple[str, Place], str] = {}

    def with_contents(self) -> list[Gone]:
        """Everything that goes, each once."""
        owners = [(item, step) for step in self.deleted for item in self._items(step)]
        self._read_sections([item for item, dummy in owners])
        found: dict[Key, Gone] = {
            (item.noun.name, item.place, item.id): Gone(item, step, along=False) for item, step in owners
        }
        for item, step in owners:
            for held in self._inside(item.noun, item.inside, item.values.get("type")):
                found.setdefault((held.noun.name, held.place, held.id), Gone(held, step, along=True))
        for row, step in self.rows([(gone.item, gone.step) for gone in found.values()]):
            found.setdefault((row.noun.name, row.place, row.id), Gone(row, step, along=True))
        return list(found.values())

    def rows(self, gone: Sequence[tuple[Item, Step]] | None = None) -> Iterator[tuple[Item, Step]]:
        """The places in queues that agents leave without being told to: a PBX takes a deleted agent out of its queues
        (operations.json, remove_from_queues)."""
        if gone is None:
            gone = [(item, step) for step in self.deleted for item in self._items(step)]
        for edge in EDGES:
            left: dict[Id, Step] = {}
            if edge.part.leaves_with:
                left = {item.id: step for item, step in gone if item.noun is edge.target}
            homes = list(self._homes.of(edge.noun)) if left else []
            read_level(self._reader, [(edge.noun, home) for home in homes], partial(reading, self._reader))
            for home in homes:
                for row in self._reader.all(edge.noun, home):
                    if row.values.get(edge.field.name) in left and not self._homes.is_deleted(row):
                        yield row, left[row.values[edge.field.name]]

    @property
    def unread(self) -> list[str]:
        """The lists and settings that could not be read, one sentence each."""
        return list(self._unread.values())

    def _items(self, step: Step) -> list[Item]:
        return self._reader.index(step.object_noun, step.place).with_ids(step.id)

    def _read_sections(self, owners: Sequence[Item]) -> None:
        """Ahead, several at a time."""
        level = [
            (NOUNS[kind], item.inside)
            for item in owners
            if not item.inside.pending
            for dummy, kind in sections_of(item.noun, item.values.get("type"))
            if not NOUNS[kind].singleton or NOUNS[kind].contains
        ]
        read_level(self._reader, level, lambda noun, place: lambda: self._look(noun, place))

    def _look(self, noun: Noun, place: Place) -> list[Item]:
        """Return the objects of a list; none where it cannot be read, which is noted."""
        if (noun.name, place) in self._unread:
            return []
        try:
            if noun.singleton:
                self._reader.whole(noun, place)
                return []
            return self._reader.all(noun, place)
        except (NotFound, AccessDenied) as error:
            self._unread[noun.name, place] = f"{place}: {noun.plural_title} could not be counted: {error}"
            return []

    def _inside(self, noun: Noun, place: Place, kind: str | None = None) -> Iterator[Item]:
        for dummy, name in () if place.pending else sections_of(noun, kind):
            child = NOUNS[name]
            if child.singleton:
                yield from self._inside(child, place) if child.contains else ()
                continue
            for item in self._look(child, place):
                # The PBX keeps some objects by itself: they are no more than a part of the object that holds them.
                if item.name not in child.permanent:
                    yield item
                yield from self._inside(child, item.inside)
