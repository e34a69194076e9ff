# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Who points at whom in a tenant, and where nothing is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .._model.destination import prefix_of, short_number
from .._model.edges import BY_NUMBER, BY_OPTION, EDGES, Edge
from .._model.nouns import NOUNS
from .snapshot import Key, NamedItem, NamedPlace, Snapshot

# There is an object where a link points; there is none; or the known data does not tell.
FOUND, DANGLING, UNKNOWN = "found", "dangling", "unknown"


@dataclass(frozen=True)
class Link:
    """One object that points at another.

    edge: the way in which it does. item: the object that points. inside: where in the field's value, as in
    ``[0].number``. value: the one in the field; of a destination, one number.
    to: the list that holds, or should hold, the target; None where that is not known. name: of what is pointed at, or
    of what is missing. state: FOUND, DANGLING or UNKNOWN.
    """

    edge: Edge
    item: NamedItem
    inside: str
    value: str
    to: Key | None
    name: str
    state: str

    @property
    def field(self) -> str:
        """The field that points, with the place in its value: ``cascade_numbers[0].number``."""
        return f"{self.edge.field.name}{self.inside}"

    @property
    def where(self) -> str:
        """The words that a sentence about it begins with."""
        return f"{self.item.where}: {self.field}"


def links(state: Snapshot) -> Iterator[Link]:
    """Every link of a tenant, in the order of the table of edges and of the objects.

    A number that can only be one of the outside, such as one that is longer than those of extensions, is no link.
    """
    finder = _Finder(state)
    items: dict[str, list[NamedItem]] = {}
    for key, found in state.lists.items():
        items.setdefault(key.noun, []).extend(found)
    for edge in EDGES:
        for item in items.get(edge.noun.name, ()):
            for inside, value in edge.values(item.values):
                link = finder.link(edge, item, inside, value)
                if link:
                    yield link


class _Finder:
    def __init__(self, state: Snapshot) -> None:
        self._state = state
        self._extensions = frozenset(item.name for item in state.all("extension"))
        self._dids = frozenset(item.name for item in state.all("did"))
        lengths = Counter(map(len, self._extensions))
        self._length = max(lengths, key=lengths.__getitem__, default=0)
        self._names: dict[Key, frozenset[str]] = {}
        self._across: dict[str, dict[str, list[Key]]] = {}

    def link(self, edge: Edge, item: NamedItem, inside: str, value: Any) -> Link | None:
        """Where a value leads; None for a number of the outside."""
        text = str(value)
        if edge.by == BY_NUMBER:
            found = self._number(edge, text)
        elif edge.by == BY_OPTION:
            found = self._option(edge, item, text)
        elif edge.target.across:
            found = self._anywhere(edge, text)
        else:
            found = self._named(edge, item.key.place, text)
        return Link(edge, item, inside, text, *found) if found else None

    def _number(self, edge: Edge, text: str) -> tuple[Key | None, str, str] | None:
        number = short_number(text)
        known = {"extension": self._extensions, "did": self._dids}
        for kind in edge.to:
            if number in known[kind]:
                return Key(kind, ()), number, FOUND
        own = Key(edge.to[0], ())
        if edge.to[0] == "did":
            return own, number, DANGLING if own in self._state.known else UNKNOWN
        if prefix_of(text) or not number.isdecimal():
            return None
        if own not in self._state.known:
            return None, number, UNKNOWN
        return (own, number, DANGLING) if len(number) == self._length else None

    def _option(self, edge: Edge, item: NamedItem, text: str) -> tuple[Key | None, str, str]:
        place = item.key.place[:2]
        if edge.part.within:
            context = item.value(edge.part.within)
            if not context:
                return None, text, UNKNOWN
            place = (*place[:1], str(context))
        home = Key(edge.to[0], place)
        there = self._state.find("ivr_context", place[:1], place[-1]) is not None
        if text in self._of(home) or (there and text in edge.target.permanent):
            return home, text, FOUND
        return home, text, DANGLING if home in self._state.known else UNKNOWN

    def _named(self, edge: Edge, place: NamedPlace, text: str) -> tuple[Key | None, str, str]:
        homes = [Key(kind, place[: len(NOUNS[kind].parents)]) for kind in edge.to]
        for home in homes:
            if text in self._of(home):
                return home, text, FOUND
        is_id = text.isdecimal() and edge.target.key != ("number",)
        if is_id or any(home not in self._state.known for home in homes):
            return None, text, UNKNOWN
        return homes[0], text, DANGLING

    def _anywhere(self, edge: Edge, text: str) -> tuple[Key | None, str, str]:
        kind = edge.to[0]
        if kind not in self._across:
            self._across[kind] = {}
            for key, items in self._state.lists.items():
                for item in items if key.noun == kind else ():
                    self._across[kind].setdefault(item.name, []).append(key)
        number, slash, name = text.partition("/")
        if slash and Key(kind, (number,)) in self._across[kind].get(name, ()):
            return Key(kind, (number,)), name, FOUND
        homes = self._across[kind].get(text, [])
        if len(homes) == 1:
            return homes[0], text, FOUND
        owners = [item for item in self._state.all("extension") if edge.target.fits(item.values.get("type"))]
        known = self._state.knows("extension") and all(self._state.knows(kind, (one.name,)) for one in owners)
        if homes or text.isdecimal() or not known:
            return None, text, UNKNOWN
        return (Key(kind, (number,)), name, DANGLING) if slash else (None, text, DANGLING)

    def _of(self, key: Key) -> frozenset[str]:
        """The names in a list; an object without a name of its own is called by its action."""
        if key not in self._names:
            found = self._state.all(*key)
            nameless = any(NOUNS[key.noun].by_name[name].parts for name in NOUNS[key.noun].key)
            self._names[key] = frozenset(
                NOUNS[key.noun].name_of(item.values) if nameless else item.name for item in found
            )
        return self._names[key]
