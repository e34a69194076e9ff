# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Where an object lives, and the placeholder for the id of an object that does not exist yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Union
from urllib.parse import quote

from .._model.kind import Kind
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._model.operations import OPERATIONS


@dataclass(frozen=True)
class Pending:
    """The id of an object that an earlier step creates. number tells apart objects of one name.

    known: the part of the path where it is known before (an option's digits).
    """

    noun: str
    name: str
    parents: tuple[tuple[str, Any], ...] = ()
    number: int = 0
    known: str = ""

    def __str__(self) -> str:
        kind = OPERATIONS.get(self.noun) or NOUNS[self.noun]
        return self.known or f"<{kind.title} {self.name}>"


Id = Union[int, str, Pending]


def pending_of(identity: Any) -> Pending | None:
    """The object whose id a preview could only stand in for, where this is such a stand-in and no id."""
    found = _STAND_IN.fullmatch(str(identity).strip())
    return Pending(_BY_TITLE[found["title"]], found["name"]) if found else None


# Sounds of the tenant are called as those of its extensions.
_BY_TITLE = {kind.title: name for name, kind in reversed([*OPERATIONS.items(), *NOUNS.items()])}
_STAND_IN = re.compile(
    rf"<(?P<title>{'|'.join(map(re.escape, sorted(_BY_TITLE, key=len, reverse=True)))}) (?P<name>.*)>", re.DOTALL
)


@dataclass(frozen=True)
class Place:
    """The parents of a list or of a singleton: their ids, and the names that people know them by."""

    ids: tuple[tuple[str, Id], ...] = ()
    names: tuple[str, ...] = field(default=(), compare=False)

    def inside(self, noun: Kind, identity: Id, name: str) -> Place:
        """The place inside of one object that lives here."""
        return Place((*self.ids, (noun.name, identity)), (*self.names, f'{noun.title} "{name}"'))

    def up_to(self, noun: Kind) -> Place:
        """The part of this place where the given noun lives."""
        count = len(noun.parents)
        return Place(self.ids[:count], self.names[:count])

    def home_of(self, noun: Noun) -> Place:
        """Where objects of a noun are looked for from here."""
        return Place() if noun.across else self.up_to(noun)

    @property
    def pending(self) -> bool:
        """Whether a parent does not exist yet, so that nothing can be read here."""
        return any(isinstance(identity, Pending) for _name, identity in self.ids)

    def get(self, noun: str) -> Id:
        return dict(self.ids)[noun]

    def path(self, noun: Kind, *tail: Id) -> str:
        """The path of the noun's list or singleton here, or of one object in it; pending ids are shown by name."""
        return self.fill(noun.path) + "/".join(segment(part) for part in tail)

    def fill(self, path: str) -> str:
        """A path with the ids of this place for the names in braces."""
        return path.format(**{name: segment(identity) for name, identity in self.ids})

    def where(self, noun: Kind, given: Mapping[str, Any]) -> str:
        """The words that a sentence about one declared object begins with."""
        name = noun.name_of(given)
        return str(self.inside(noun, "", name)) if name else str(self) or noun.title

    def __str__(self) -> str:
        return " > ".join(self.names)


def segment(identity: Id) -> str:
    """One part of a path; ``#`` is a key that callers press and must not become a fragment (RFC 3986, 3.5)."""
    if isinstance(identity, Pending) and not identity.known:
        return str(identity)
    return quote(str(identity), safe="@*", errors="replace")
