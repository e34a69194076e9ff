# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The ids of the objects that a run has made, in place of their placeholders in its plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._model.kind import Kind
from ..._state.place import Id, Pending, Place


class Ids:
    """Learns the id of each new object."""

    def __init__(self) -> None:
        self._known: dict[Pending, Id] = {}
        # Ids of rules are unique within their extension only, so that an id says nothing without its list.
        self._made: dict[tuple[str, Place], set[Id]] = {}

    def learn(self, pending: Pending, identity: Id) -> None:
        """An object that came into being by itself has this id."""
        self._known[pending] = identity

    def note(self, noun: Kind, place: Place, pending: Pending, identity: Id) -> None:
        """This run has made an object; place: where it lives, settled."""
        self.learn(pending, identity)
        self._made.setdefault((noun.name, place), set()).add(identity)

    def made_in(self, noun: Kind, place: Place) -> set[Id]:
        """The ids of the objects that this run has made in one list."""
        return self._made.get((noun.name, place), set())

    def is_new(self, place: Place) -> bool:
        """Whether this run has made one of the objects that a settled place lies in."""
        outer = Place()
        for kind, identity in place.ids:
            if identity in self._made.get((kind, outer), ()):
                return True
            outer = Place((*outer.ids, (kind, identity)))
        return False

    def settle(self, value: Any) -> Any:
        """A value with the ids of the objects that exist by now."""
        if isinstance(value, Pending):
            return self._known.get(value, value.known or value)
        if isinstance(value, Place):
            return Place(tuple((noun, self.settle(identity)) for noun, identity in value.ids), value.names)
        if isinstance(value, Mapping):
            return {name: self.settle(part) for name, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.settle(part) for part in value]
        return value
