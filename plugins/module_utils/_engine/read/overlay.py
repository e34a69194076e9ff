# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What the earlier tasks of a preview would have done, laid over what the server answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._model.noun import Noun
from ..._state.objects import Live
from ..._state.place import Id, Place
from .memory import as_ids


class Overlay:
    """steps: see Memory. new_first: where the server puts a new rule among the others."""

    def __init__(self, steps: Sequence[dict[str, Any]], new_first: bool) -> None:
        self._steps = steps
        self._new_first = new_first

    def planned(self, kind: str) -> list[dict[str, Any]]:
        """What would have been done with one kind of thing."""
        return [step for step in self._steps if step["noun"] == kind]

    def on_list(self, noun: Noun, place: Place, found: list[Live]) -> list[Live]:
        """A list as it would be."""
        for step in self._at(noun, place):
            found = self._after(noun, place, found, step)
        return found

    def on_all(self, noun: Noun, found: list[Live]) -> list[Live]:
        """The objects of a kind in all places, as they would be."""
        for step in self.planned(noun.name):
            found = self._after(noun, Place(as_ids(step["place"]), tuple(step["names"])), found, step)
        return found

    def on_settings(self, live: Live) -> Live:
        """A singleton as it would be."""
        for step in self._at(live.noun, live.place):
            live.values.update(step["values"])
            live.changed = True
        return live

    def on_order(self, noun: Noun, place: Place, ids: list[Id]) -> list[Id]:
        """The order of rules as it would be."""
        for step in self._at(noun, place):
            if step["action"] == "order":
                listed = step["values"]["rules"]
                ids = [i for i in listed if i in ids] + [i for i in ids if i not in listed]
        return ids

    def gone(self, noun: Noun, place: Place) -> set[Id]:
        """The ids of what the earlier tasks would have deleted from a list."""
        return {step["id"] for step in self._at(noun, place) if step["action"] == "delete"}

    def with_new(self, found: list[Any], new: list[Any]) -> list[Any]:
        """Rules with new ones where they land."""
        return [*new, *found] if self._new_first else [*found, *new]

    def _at(self, noun: Noun, place: Place) -> list[dict[str, Any]]:
        found = [step for step in self.planned(noun.name) if as_ids(step["place"]) == place.ids]
        # Every extension can use the sounds that its tenant has.
        return found + (self.planned("tenant_sound") if noun.name == "sound" else [])

    def _after(self, noun: Noun, place: Place, found: list[Live], step: Mapping[str, Any]) -> list[Live]:
        if step["action"] == "create":
            return self.with_new(found, [Live(noun, place, step["id"], dict(step["values"]))])
        if step["action"] == "empty":
            return []
        if step["action"] == "delete":
            return [live for live in found if live.id != step["id"]]
        if step["action"] in ("update", "replace"):
            for live in found:
                if live.id == step["id"]:
                    live.values.update(step["values"])
                    live.changed = True
        return found
