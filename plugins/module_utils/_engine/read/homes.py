# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The places of all lists of a kind, as far as they stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._state.objects import Item
from ..._state.place import Id, Place
from .reader import Reader

# An object by its kind, its place and its id.
Key = tuple[str, Place, Id]


class Homes:
    """gone: the objects that a plan deletes, in which nothing lives any more."""

    def __init__(self, reader: Reader, gone: Collection[Key] = ()) -> None:
        self._reader = reader
        self._gone = gone

    def of(self, noun: Noun, place: Place | None = None) -> Iterator[Place]:
        """The places of all lists, or settings, of a kind. place: only those in the extension that it lies in."""
        for root in self.roots(noun, place):
            yield from self._below(noun, root)

    def roots(self, noun: Noun, place: Place | None = None) -> Iterator[Place]:
        """The insides of the extensions in which a kind lives, or the tenant. place: as above."""
        if not noun.parents:
            yield Place()
        elif place is None or not place.ids:
            for item in self._reader.extensions():
                if noun.fits(item.values.get("type")) and not item.inside.pending and not self.is_deleted(item):
                    yield item.inside
        else:
            home = Place(place.ids[:1], place.names[:1])
            if noun.fits(self._reader.type_of(home)):
                yield home

    def is_deleted(self, item: Item) -> bool:
        return (item.noun.name, item.place, item.id) in self._gone

    def within(self, place: Place) -> bool:
        """Whether a place lies inside of a deleted object."""
        home = Place()
        for name, identity in place.ids:
            if (name, home, identity) in self._gone:
                return True
            home = Place((*home.ids, (name, identity)))
        return False

    def _below(self, noun: Noun, home: Place) -> Iterator[Place]:
        if len(noun.parents) == len(home.ids):
            yield home
            return
        if settings_around(noun) and len(home.ids) == 1:
            self._reader.menus(home)
        parent = NOUNS[noun.parents[len(home.ids)]]
        for item in self._reader.all(parent, home):
            if not self.is_deleted(item):
                yield from self._below(noun, item.inside)


def settings_around(noun: Noun) -> Noun | None:
    """The settings with which everything around a noun can be read at once: those of the IVR of a menu's rules."""
    parents = noun.parents[1:2]
    return next(
        (one for one in NOUNS.values() if one.singleton and {kind for _n, kind in one.contains} & {*parents}), None
    )
