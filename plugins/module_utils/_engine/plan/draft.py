# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The source of a plan: the objects that were read, and beside them those that the plan has made so far."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import Callable

from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._state.objects import Index, Item, ListKey, TenantObjects
from ..._state.place import Id, Place
from ..read.reader import Reader

Read = Callable[[], object]


class Unread(Exception):
    """A plan needs a list that was not read. reads: the functions that read such lists, by their nouns."""

    def __init__(self, reads: Mapping[Hashable, Read]) -> None:
        super().__init__(f"not read: {', '.join(map(str, reads))}")
        self.reads = reads


class Draft(Reader):
    """Looks like the reader that it is a draft upon, and leaves that as it is.

    asks: whether lists that were not read are asked for at once. Otherwise it raises Unread, so that planning sends no
    request: who plans has it read, and plans again.
    """

    def __init__(self, reader: Reader, asks: bool = False) -> None:
        # No call of super: all but the objects is shared with the reader.
        self.__dict__.update(reader.__dict__)
        self.asks = asks
        self._reader = reader
        self._new: dict[ListKey, list[Item]] = {}
        self._settings: dict[ListKey, Item] = {}
        self._starts: dict[Place, list[Id]] = {}
        self.objects = TenantObjects(
            ChainMap(self._new, reader.objects.lists),
            ChainMap(self._settings, reader.objects.settings),
            ChainMap(self._starts, reader.objects.orders),
        )

    def add(self, item: Item) -> None:
        """Let everything that is planned from here on find an object that the plan creates."""
        self._own((item.noun.name, item.place)).append(item)
        across = (item.noun.name, Place())
        if item.noun.parents and across in self.objects.lists:
            self._own(across).append(item)

    def starts_with(self, noun: Noun, place: Place, born: Sequence[Item], order: Sequence[Id]) -> None:
        """Let everything that is planned from here on find these objects in a place that has just come into being."""
        self._new[noun.name, place] = [Item(noun, place, item.id, item.values, item.answer) for item in born]
        self._starts[place] = list(order)

    def all(self, noun: Noun, place: Place) -> list[Item]:
        if (noun.name, place) not in self.objects.lists:
            if place.pending:
                return super().all(noun, place)
            self._need(("list", noun.name, place), partial(self._reader.all, noun, place))
        return self.objects.lists[noun.name, place]

    def index(self, noun: Noun, place: Place) -> Index:
        self.all(noun, place)
        return (self.objects if (noun.name, place) in self._new else self._reader.objects).index(noun, place)

    def settings(self, noun: Noun, place: Place) -> Item:
        if (noun.name, place) not in self.objects.settings:
            if place.pending:
                return super().settings(noun, place)
            self._need(("settings", noun.name, place), partial(self._reader.settings, noun, place))
        return self.objects.settings[noun.name, place]

    def whole(self, noun: Noun, place: Place) -> Item:
        if not place.pending:
            self._need(("whole", noun.name, place), partial(self._reader.whole, noun, place))
        return self.settings(noun, place)

    def menus(self, place: Place) -> None:
        self._reader.menus(place)

    def order(self, noun: Noun, place: Place) -> list[Id]:
        if place not in self.objects.orders:
            if place.pending:
                return super().order(noun, place)
            self._need(("order", noun.name, place), partial(self._reader.order, noun, place))
        return self.objects.orders[place]

    def everywhere(self, noun: Noun) -> list[Item]:
        if not self.has(noun, Place()):
            self._need(("everywhere", noun.name), partial(self._reader.everywhere, noun))
        return self.objects.lists[noun.name, Place()]

    def may_read(self, noun: Noun) -> bool:
        if noun.name not in self._denied and not self.has(noun, Place()):
            self._need(("may_read", noun.name), partial(self._reader.may_read, noun))
        return noun.name not in self._denied

    def refresh(self, noun: Noun, place: Place) -> bool:
        if not noun.looked_up or (noun.name, self.path(noun, place)) not in self._shared:
            return False
        self._need(("refresh", noun.name, place), partial(self._reader.refresh, noun, place))
        self._new.pop((noun.name, place), None)
        return True

    def _need(self, what: Hashable, read: Read) -> None:
        if not self.asks:
            raise Unread({what: read})
        read()

    def _own(self, key: ListKey) -> list[Item]:
        """A list that the draft may add to."""
        if key not in self._new:
            self._new[key] = list(self._reader.objects.all(NOUNS[key[0]], key[1]))
        return self._new[key]
