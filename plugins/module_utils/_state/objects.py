# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Objects that exist, or that the same run brings into being, and how one is found among many."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._model.noun import Noun
from .place import Id, Pending, Place


@dataclass
class Live:
    """One object that exists, or that an earlier step of the same plan or preview creates.

    born: it comes into being by itself together with its parent.
    changed: an earlier task of the same preview would have changed it.
    """

    noun: Noun
    place: Place
    id: Id
    values: dict[str, Any]
    answer: Mapping[str, Any] = field(default_factory=dict)
    born: bool = False
    changed: bool = False

    @property
    def name(self) -> str:
        return self.noun.name_of(self.values)

    @property
    def is_named(self) -> bool:
        """Whether each part of what names it says something."""
        return all(str(self.values.get(part) or "").strip() for part in self.noun.key)

    @property
    def inside(self) -> Place:
        return self.place.inside(self.noun, self.id, self.name)


def born_with(noun: Noun, place: Place, default_rule: bool) -> list[Live]:
    """What a parent that does not exist yet will hold as soon as it does (semantics.md section 5, ivr).

    default_rule: whether the rule with which a server may fill a new program is listed.
    """
    key = noun.key[0] if noun.key else ""
    found = [
        Live(noun, place, Pending(noun.name, name, place.ids, known=name), {key: name}, born=True)
        for name in noun.permanent
    ]
    if noun.may_start_with and default_rule:
        pending = Pending(noun.name, f"default {noun.may_start_with}", place.ids)
        found.append(Live(noun, place, pending, {noun.variant: noun.may_start_with}, born=True))
    return found


class Index:
    """The objects of one list by id, by name and by key; it follows a list that grows."""

    def __init__(self, objects: Sequence[Live]) -> None:
        self.objects = objects
        self._size = 0
        self._by_id: dict[str, list[Live]] = {}
        self._by_name: dict[str, list[Live]] = {}
        self._by_key: dict[Hashable, list[Live]] = {}

    def with_id(self, identity: Any) -> Live | None:
        return next(iter(self.with_ids(identity)), None)

    def with_ids(self, identity: Any) -> list[Live]:
        """What has an id; where that only stands in for an id, there may be several."""
        self._follow()
        return self._by_id.get(str(identity), [])

    def named(self, name: str) -> list[Live]:
        self._follow()
        return self._by_name.get(name, [])

    def with_key(self, values: Mapping[str, Any], key: tuple[str, ...]) -> list[Live]:
        """The objects whose key has these values."""
        self._follow()
        return self._by_key.get(_key(values, key), [])

    def _follow(self) -> None:
        for live in self.objects[self._size :]:
            self._by_id.setdefault(str(live.id), []).append(live)
            self._by_name.setdefault(live.name, []).append(live)
            self._by_key.setdefault(_key(live.values, live.noun.key), []).append(live)
        self._size = len(self.objects)


def _key(values: Mapping[str, Any], key: tuple[str, ...]) -> Hashable:
    return tuple(_hashable(values.get(name)) for name in key)


def _hashable(value: Any) -> Hashable:
    if isinstance(value, Mapping):
        return tuple(sorted((name, _hashable(part)) for name, part in value.items()))
    if isinstance(value, (list, tuple)):
        return tuple(map(_hashable, value))
    found: Hashable = value
    return found
