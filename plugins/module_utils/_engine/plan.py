# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A plan: which requests change what is there into what was asked for, in which order, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .._model.noun import Noun
from .._model.values import sent
from .place import Id, Pending, Place

METHODS = {"create": "POST", "update": "PUT", "order": "PUT", "delete": "DELETE"}

# What is pointed at comes before what points at it (design: never drop a call). Deletions go the other way round.
ORDER_OF_CREATION = (
    "extension",
    "interval",
    "agent",
    "phone",
    "event",
    "queue",
    "queue_agent",
    "ivr_context",
    "ivr_option",
    "ivr_rule",
    "ivr",
    "incom_rule",
)

HIDDEN = "********"


@dataclass(frozen=True)
class Change:
    """One field that a step changes, in the words of the user: names for ids, and no secrets."""

    field: str
    before: Any
    after: Any


@dataclass
class Step:
    """Exactly one request.

    name: what people call the object. id: what the path takes, None for a list or a singleton.
    body: under the API's names; ids of objects that do not exist yet are Pending.
    values: what the object will hold afterwards as far as it is known, under the options' names.
    creates: what stands for the new object's id in later steps.
    """

    action: str
    noun: Noun
    place: Place
    name: str
    values: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    id: Id | None = None
    creates: Pending | None = None
    changes: tuple[Change, ...] = ()

    @property
    def method(self) -> str:
        return METHODS[self.action]

    @property
    def tail(self) -> tuple[Id, ...]:
        if self.action == "order":
            return ("order", "")
        return () if self.id is None else (self.id,)

    @property
    def phase(self) -> tuple[int, int]:
        rank = ORDER_OF_CREATION.index(self.noun.name)
        return (1, -rank) if self.action == "delete" else (0, rank)

    @property
    def title(self) -> str:
        """The object with its place: ``extension "101" > agent "Anna"``."""
        own = f'{self.noun.title} "{self.name}"' if self.name else self.noun.title
        if self.action == "order":
            own = f"order of {self.noun.title}s"
        return " > ".join((*self.place.names, own))


@dataclass(frozen=True)
class Listing:
    """A program as people read it, before and after: one dictionary a rule, without what is unset or default."""

    before: tuple[dict[str, Any], ...]
    after: tuple[dict[str, Any], ...]


@dataclass
class Plan:
    """Steps in the order in which they are sent.

    programs: the rules that were declared for an option that the plan creates, for what the server adds by itself.
    listings: the programs that were planned as a whole, by their place.
    """

    steps: list[Step] = field(default_factory=list)
    programs: dict[Place, list[dict[str, Any]]] = field(default_factory=dict)
    listings: dict[Place, Listing] = field(default_factory=dict)

    def add(self, step: Step) -> Step:
        self.steps.append(step)
        return step

    def arranged(self) -> list[Step]:
        """The steps in the safe order; those of one phase stay as they were added."""
        return sorted(self.steps, key=lambda step: step.phase)


def body_of(noun: Noun, values: dict[str, Any], null_choice: str) -> dict[str, Any]:
    """Values as a request body, in the order in which the noun declares its fields."""
    return {f.sent_as: sent(f, values[f.name], null_choice) for f in noun.writable if f.name in values}
