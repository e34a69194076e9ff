# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Reads the lists of a document, before it is planned: each list once, and several at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Callable

from ..._api.parallel import Read, at_once
from ..._model.document import Declared, sections_of
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._state.place import Place
from .reader import Reader

# The declared objects of one list or one singleton, and the place where they live.
Level = list[tuple[Noun, Place, Sequence[Declared]]]


class Ahead:
    """Fills a reader with all that the objects of a document need, level by level from the tenant inwards."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, root: Declared, place: Place) -> None:
        """Read the declared inside of an object and all that it refers to by name. place: the object's inside."""
        level: Level = [(noun, place, objects) for dummy, noun, objects in root.sections()]
        level += _own_intervals(root, place)
        self._at_once(level, self._lookups(root))
        while level:
            level = list(self._inside(level))
            self._at_once(level)

    def _at_once(self, level: Level, besides: Iterable[Read] = ()) -> None:
        wholes = {(noun.name, place): any(one.inside for one in declared) for noun, place, declared in level}
        there = [(noun, place) for noun, place, dummy in level if not place.pending]
        reader = self._reader
        read_level(reader, there, lambda noun, place: reading(reader, noun, place, wholes[noun.name, place]), besides)

    def _lookups(self, root: Declared) -> Iterator[Read]:
        """The lists of the tenant in which names are looked up."""
        kinds = _kinds_by_name(root)
        held = {noun.name for dummy, noun, dummy_objects in root.sections()}
        for noun in (NOUNS[kind] for kind in sorted(kinds)):
            if noun.mirrors and noun.mirrors not in held:
                yield partial(self._reader.tenant_list, noun)
            elif noun.across:
                yield partial(self._reader.everywhere, noun)
            elif not noun.parents and noun.name not in held:
                yield reading(self._reader, noun, Place())

    def _inside(self, level: Level) -> Iterator[tuple[Noun, Place, Sequence[Declared]]]:
        """Yield the declared contents of the objects that exist; nothing can be read inside of the others."""
        for noun, place, declared in level:
            for one in declared if not place.pending else ():
                if noun.singleton:
                    yield from ((kind, place, objects) for dummy, kind, objects in one.sections())
                elif one.inside:
                    yield from self._below(noun, place, one)

    def _below(self, noun: Noun, place: Place, one: Declared) -> Iterator[tuple[Noun, Place, Sequence[Declared]]]:
        found = self._reader.index(noun, place).with_name(noun.name_of(one.given))
        if len(found) == 1:
            # Another type of extension than its sections are for is said where it is planned.
            held = dict(sections_of(noun, found[0].values.get("type")))
            yield from ((kind, found[0].inside, objects) for name, kind, objects in one.sections() if name in held)
            if not noun.parents:
                yield from _own_intervals(one, found[0].inside)


def _kinds_by_name(root: Declared) -> set[str]:
    """The kinds of the objects that an object, or anything inside of it, refers to by name."""
    return {
        f.refers_to
        for one in root.walk()
        for f in one.noun.writable
        if f.refers_to and one.given.get(f.name) is not None
    }


def _own_intervals(one: Declared, inside: Place) -> Level:
    """The intervals of an extension, where a name is looked for before those of the tenant."""
    noun = NOUNS["interval"]
    declared = any(kind is noun for dummy, kind, dummy_objects in one.sections())
    return [(noun, inside.up_to(noun), ())] if inside.ids and not declared and "interval" in _kinds_by_name(one) else []


def reading(reader: Reader, noun: Noun, place: Place, whole: bool = False) -> Read:
    """Return the function that reads a list, a program with its order, or a singleton. whole: with its contents."""
    if noun.ordered:
        return lambda: reader.order(noun, place)
    if noun.singleton and noun.contains and whole:
        return lambda: reader.whole(noun, place)
    if noun.singleton:
        return lambda: reader.settings(noun, place)
    return lambda: reader.index(noun, place)


def read_level(
    reader: Reader,
    level: Sequence[tuple[Noun, Place]],
    read: Callable[[Noun, Place], Read],
    besides: Iterable[Read] = (),
) -> None:
    """Read lists and singletons that do not wait for one another; those of several extensions as one list, where the
    tenant has one. besides: further lists that are read at the same time."""
    kinds = Counter(noun.name for noun, dummy in level if noun.tenant_path)
    wide = [name for name, count in kinds.items() if count > 1]
    others = [read(noun, place) for noun, place in level if noun.name not in wide]
    parallel = reader.client.settings.parallel
    at_once([*(partial(reader.wide.says_all, NOUNS[name]) for name in wide), *others, *besides], parallel)
    behind = [(noun, place) for noun, place in level if noun.name in wide]
    at_once([read(noun, place) for noun, place in behind if not reader.wide.tells(noun, place)], parallel)
    # Threads are for waiting, and nothing is waited for here.
    for noun, place in behind:
        if reader.wide.tells(noun, place):
            read(noun, place)()
