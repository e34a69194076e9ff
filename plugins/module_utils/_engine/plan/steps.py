# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A plan: which requests change the current state into the desired state, in which order, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from ..._model.kind import Kind
from ..._model.noun import Noun
from ..._model.nouns import ORDER_OF_CREATION
from ..._model.types import Json, Values
from ..._model.values import sent
from ..._state.announced import Change
from ..._state.objects import Item
from ..._state.overlay import Effect
from ..._state.place import Id, Pending, Place

METHODS = {
    "create": "POST",
    "replace": "POST",
    "update": "PUT",
    "order": "PUT",
    "delete": "DELETE",
    "empty": "DELETE",
}


@dataclass
class Step:
    """Exactly one request.

    name: the object's name for people. id: the one in the path, None for a list or a singleton.
    body: under the API's names; ids of objects that do not exist yet are Pending.
    values: those of the object afterwards as far as they are known, under the options' names.
    query: what the request carries in its query.
    file: the path of the file that is sent with the body, as a form.
    creates: what stands for the new object's id in later steps.
    once: sending it twice does harm, whatever its method.
    """

    action: str
    noun: Kind
    place: Place
    name: str
    values: Json = field(default_factory=dict)
    body: Json | None = None
    id: Id | None = None
    query: Values = field(default_factory=dict)
    file: str = ""
    creates: Pending | None = None
    changes: tuple[Change, ...] = ()
    once: bool = False

    @property
    def object_noun(self) -> Noun:
        """The noun, of a step about an object on the PBX. Raises TypeError for an operation."""
        if not isinstance(self.noun, Noun):
            raise TypeError(f"{self.noun.name} is an operation")
        return self.noun

    @property
    def method(self) -> str:
        return METHODS[self.action]

    @property
    def tail(self) -> tuple[Id, ...]:
        if self.action == "order":
            return ("order", "")
        return () if self.id is None else (self.id,)

    @property
    def query_text(self) -> str:
        """The query as it follows the path; flags are spelled as in JSON."""
        spelled = {n: str(v).lower() if isinstance(v, bool) else v for n, v in self.query.items()}
        return f"?{urlencode(spelled)}" if spelled else ""

    @property
    def phase(self) -> tuple[int, int]:
        rank = ORDER_OF_CREATION.index(self.noun.name)
        return (1, -rank) if self.method == "DELETE" else (0, rank)

    @property
    def changed_values(self) -> Values:
        """The values that the step changes. An update sends more, which may be something else by the time it is
        looked at."""
        if self.action != "update":
            return self.values
        changed = {change.field for change in self.changes}
        return {name: value for name, value in self.values.items() if name in changed}

    @property
    def effect(self) -> Effect:
        """The effect of the step on the state of the tenant."""
        return Effect(self.action, self.noun.name, self.place, self.creates or self.id, self.changed_values)

    @property
    def title(self) -> str:
        """The object with its place: ``extension "101" > agent "Anna"``."""
        own = f'{self.noun.title} "{self.name}"' if self.name else self.noun.title
        if self.action in ("order", "empty"):
            own = f"{'order of' if self.action == 'order' else 'all'} {self.noun.plural_title}"
        return " > ".join((*self.place.names, own))


@dataclass(frozen=True)
class Listing:
    """A program as people read it, before and after: one dictionary a rule, without unset and default values."""

    before: tuple[Json, ...]
    after: tuple[Json, ...]


@dataclass(frozen=True)
class Program:
    """The rules that were declared for one place."""

    noun: Noun
    place: Place
    rules: list[Json]


@dataclass
class Plan:
    """Steps in the order in which they are sent.

    programs: those that were declared below an object that the plan creates, by the placeholder of that object's
        id: the server may have added rules by itself.
    listings: the programs that were planned as a whole, by their place.
    created: what stands for the ids of all that the plan creates.
    """

    steps: list[Step] = field(default_factory=list)
    programs: dict[Pending, list[Program]] = field(default_factory=dict)
    listings: dict[Place, Listing] = field(default_factory=dict)
    created: set[Pending] = field(default_factory=set)

    def add(self, step: Step) -> Step:
        self.steps.append(step)
        if step.creates:
            self.created.add(step.creates)
        return step

    def foresee(self, noun: Noun, place: Place, rules: list[Json]) -> None:
        """Note a program in a place that an object of this plan brings into being."""
        for dummy, identity in reversed(place.ids):
            if isinstance(identity, Pending) and identity in self.created:
                self.programs.setdefault(identity, []).append(Program(noun, place, rules))
                return

    def step_of(self, item: Item) -> Step | None:
        """The step that creates or changes an object."""
        for step in self.steps:
            if step.noun is item.noun and item.id in (step.id, step.creates) and step.action in ("create", "update"):
                return step
        return None

    def ordered(self) -> list[Step]:
        """The steps in the safe order; those of one phase stay as they were added."""
        return sorted(self.steps, key=lambda step: step.phase)


def body_of(noun: Kind, values: Json, null_choice: str) -> Json:
    """Values as a request body, in the order in which the noun declares its fields; files are no part of it."""
    return {
        f.sent_as: sent(f, values[f.name], null_choice) for f in noun.writable if f.name in values and f.type != "file"
    }


def file_of(noun: Kind, values: Values) -> str:
    """The path of the file that goes with these values; empty where none does."""
    return next((values[f.name] for f in noun.writable if f.type == "file" and values.get(f.name)), "")
