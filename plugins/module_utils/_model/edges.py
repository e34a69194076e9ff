# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Every way in which one object of a tenant points at another, as the nouns declare their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .destination import parts_of
from .field import Field
from .given import leaves
from .noun import Noun
from .nouns import NOUNS

# How a value names its target: by its id, or a name that stands for it; as an option of a context; as a number.
BY_ID, BY_OPTION, BY_NUMBER = "id", "option", "number"
# The targets of each kind of text.
_BY_KIND = {
    "option": (BY_OPTION, ("ivr_option",)),
    "destination": (BY_NUMBER, ("extension", "did")),
    "destinations": (BY_NUMBER, ("extension", "did")),
    "own_number": (BY_NUMBER, ("did",)),
    "did": (BY_NUMBER, ("did",)),
}


@dataclass(frozen=True, eq=False)
class Edge:
    """One field by which the objects of a noun point at others.

    field: of the noun. part: the field itself, or of the elements of its list the field that points.
    by: one of BY_ID, BY_OPTION and BY_NUMBER. to: the nouns that it can point at, in the order in which a name is
    looked for.
    """

    noun: Noun
    field: Field
    part: Field
    by: str
    to: tuple[str, ...]

    @property
    def target(self) -> Noun:
        """The noun that it points at in the first place."""
        return NOUNS[self.to[0]]

    @property
    def scope(self) -> int:
        """How many of the objects that hold the one that points hold the other one too; 0 for the whole tenant."""
        return 0 if self.target.across else len(self.target.parents)

    @property
    def missed(self) -> str:
        """The effect on callers when the target does not exist."""
        return self.target.missed

    def values(self, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield the targets that an object names in this field, each with its place in the field's value.

        values: those of the object by the names of their fields. Each number of a destination is a value.
        """
        for inside, part, value in leaves(self.field, values.get(self.field.name)):
            if part.name == self.part.name and value != "":
                for one in parts_of(value) if self.by == BY_NUMBER else [value]:
                    yield inside, one


def edges_of(noun: Noun) -> tuple[Edge, ...]:
    """The ways in which the objects of one noun point at others."""
    return _BY_NOUN[noun.name] if noun is NOUNS.get(noun.name) else tuple(_edges(noun))


def _edges(noun: Noun) -> Iterator[Edge]:
    for field in noun.writable:
        for part in field.parts or (field,):
            if part.refers_to:
                target = NOUNS[part.refers_to]
                also = tuple(filter(None, (target.shared, target.mirrors)))
                yield Edge(noun, field, part, BY_ID, (target.name, *also))
            elif part.kind in _BY_KIND:
                yield Edge(noun, field, part, *_BY_KIND[part.kind])


def led_by_options(noun: Noun) -> bool:
    """Whether an object, or the program that can be declared with it, points at options of a context."""
    nouns = (noun, NOUNS[noun.program[1]]) if noun.program else (noun,)
    return any(edge.by == BY_OPTION for one in nouns for edge in edges_of(one))


def is_pointed_at(noun: Noun) -> bool:
    """Whether anything can point at the objects of a noun."""
    return any(noun.name in edge.to for edge in EDGES)


_BY_NOUN = {noun.name: tuple(_edges(noun)) for noun in NOUNS.values()}
EDGES: tuple[Edge, ...] = tuple(edge for edges in _BY_NOUN.values() for edge in edges)
