# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What is there now: every list is read once, and looks as if the earlier tasks of a preview had already run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .._api.client import Client
from .._api.errors import AccessDenied, BadAnswer, NotFound, Rejected
from .._model.dialect import Dialect
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._model.nouns.extension import short_number
from .._model.values import read
from .memory import Memory, as_ids
from .place import Id, Pending, Place

# Lists that are read to find out what a name means. The items of a loop follow one another within seconds, so they
# share them; a name that is not in a shared list is looked for in a fresh one before it counts as missing.
LOOKUPS = ("extension", "sound")
Lookups = dict[tuple[str, str], list[dict[str, Any]]]

# One list with the agents of all phones (semantics.md section 6, agents).
TENANT_AGENTS = "agent/local/"
TENANT_INTERVALS = "interval/"


@dataclass
class Live:
    """One object that exists, or that an earlier step of the same plan or preview creates."""

    noun: Noun
    place: Place
    id: Id
    values: dict[str, Any]
    answer: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.noun.name_of(self.values)

    @property
    def inside(self) -> Place:
        return self.place.inside(self.noun, self.id, self.name)


class Reader:
    """Reads lists, singletons and orders through one client, each once.

    memory: what earlier tasks of a preview would have done; None outside of one.
    lookups: the answers that the items of one loop share, by noun and path; see LOOKUPS.
    """

    def __init__(
        self, client: Client, dialect: Dialect, memory: Memory | None = None, lookups: Lookups | None = None
    ) -> None:
        self._lookups = {} if lookups is None else lookups
        self.client = client
        self.dialect = dialect
        self._remembered = memory.steps() if memory else []
        self._lists: dict[Any, list[Live]] = {}
        self._shared: set[tuple[str, str]] = set()

    def path(self, noun: Noun, place: Place, *tail: Id) -> str:
        path = place.path(noun, *tail)
        return path if path.startswith("/") else self.client.tenant(path)

    def all(self, noun: Noun, place: Place) -> list[Live]:
        """The objects of one list. The caller must not change the answer."""
        key = (noun.name, place)
        if key not in self._lists:
            self._lists[key] = self._overlay(noun, place, self._read_list(noun, place))
        return self._lists[key]

    def known(self, noun: Noun, place: Place) -> list[Live]:
        """The objects of a list if it has been read already, at no request."""
        return self._lists.get((noun.name, place), [])

    def forget(self, noun: Noun, place: Place) -> None:
        """Let the next look at a list ask the server again."""
        self._lists.pop((noun.name, place), None)

    def one(self, noun: Noun, place: Place) -> Live:
        """A singleton."""
        answer = {} if place.pending else self.client.get_object(self.path(noun, place))
        live = Live(noun, place, "", read(noun, answer), answer)
        for step in self._planned(noun, place):
            live.values.update(step["values"])
        return live

    def order(self, noun: Noun, place: Place) -> list[Id]:
        """The ids of a program's rules in the order in which they run; only order/ is authoritative
        (semantics.md section 9 (20))."""
        rules = self.all(noun, place)
        ids: list[Id] = [rule.id for rule in rules]
        if len([rule for rule in rules if rule.answer]) > 1:
            answer = self.client.get_object(self.path(noun, place) + "order/")
            listed = [identity for identity in answer.get("rules_ids") or [] if identity in ids]
            ids = self._with_new(listed, [identity for identity in ids if identity not in listed])
        for step in self._planned(noun, place):
            if step["action"] == "order":
                listed = step["values"]["rules"]
                ids = [i for i in listed if i in ids] + [i for i in ids if i not in listed]
        return ids

    def extensions(self) -> list[Live]:
        return self.all(NOUNS["extension"], Place())

    def agents(self) -> list[Live]:
        """The agents of all phones of the tenant."""
        noun, everywhere = NOUNS["agent"], Place()
        key = (noun.name, everywhere)
        if key not in self._lists:
            found = [
                self._live(noun, self.extension_place(answer.get("extension_id")), answer)
                for answer in self._all_agents()
            ]
            for step in self._remembered:
                if step["noun"] == noun.name:
                    place = Place(as_ids(step["place"]), tuple(step["names"]))
                    found = self._after(noun, place, found, step)
            self._lists[key] = found
        return self._lists[key]

    def tenant_intervals(self) -> list[Live]:
        """The intervals of the tenant itself (semantics.md sections 5 and 6, intervals)."""
        noun = NOUNS["interval"]
        key = (noun.name, Place())
        if key not in self._lists:
            try:
                answers = self._tenant_list(TENANT_INTERVALS)
            except (NotFound, AccessDenied):
                answers = []
            self._lists[key] = [self._live(noun, Place(), answer) for answer in answers]
        return self._lists[key]

    def extension_place(self, identity: Any) -> Place:
        """The inside of an extension, named by its number where the extensions have been read."""
        noun = NOUNS["extension"]
        for live in self.known(noun, Place()):
            if live.id == identity:
                return live.inside
        return Place().inside(noun, identity, str(identity))

    def _all_agents(self) -> list[dict[str, Any]]:
        try:
            return self._tenant_list(TENANT_AGENTS)
        except (NotFound, AccessDenied):
            noun = NOUNS["agent"]
            phones = [live for live in self.extensions() if live.values.get("type") == "phone" and live.answer]
            return [
                {"extension_id": phone.id, **answer}
                for phone in phones
                for answer in self.client.get_list(self.path(noun, phone.inside))
            ]

    def _tenant_list(self, path: str) -> list[dict[str, Any]]:
        """A list of the whole tenant. Whether these come in pages is not documented: a server that does not know of
        pages may refuse them."""
        try:
            return self.client.get_list(self.client.tenant(path), paged=True)
        except Rejected:
            return self.client.get_list(self.client.tenant(path))

    def _read_list(self, noun: Noun, place: Place) -> list[Live]:
        if place.pending:
            return self._born_with(noun, place)
        answers = self._answers(noun, self.path(noun, place))
        found = [self._live(noun, place, answer) for answer in answers]
        if noun.name == "extension":
            for live in found:
                live.values["name"] = short_number(str(live.values.get("name", "")))
        if noun.name == "queue_agent":
            self._agents_of_rows(found)
        return found

    def _answers(self, noun: Noun, path: str) -> list[dict[str, Any]]:
        if noun.name not in LOOKUPS:
            return self.client.get_list(path, paged=noun.paged)
        if (noun.name, path) not in self._lookups:
            self._lookups[noun.name, path] = self.client.get_list(path, paged=noun.paged)
        else:
            self._shared.add((noun.name, path))
        return self._lookups[noun.name, path]

    def refresh(self, noun: Noun, place: Place) -> bool:
        """Let the next look at a list ask the server, if what is known of it was read for an earlier item."""
        if noun.name not in LOOKUPS:
            return False
        key = (noun.name, self.path(noun, place))
        if key not in self._shared:
            return False
        self._shared.discard(key)
        del self._lookups[key]
        self.forget(noun, place)
        return True

    @staticmethod
    def _live(noun: Noun, place: Place, answer: Mapping[str, Any]) -> Live:
        values = read(noun, answer)
        identity = values.get(noun.identity, answer.get(noun.identity))
        if identity is None:
            raise BadAnswer(f"the PBX listed one {noun.title} without {noun.identity}")
        return Live(noun, place, identity, values, answer)

    def _born_with(self, noun: Noun, place: Place) -> list[Live]:
        """What a parent that does not exist yet will hold as soon as it does (semantics.md section 5, ivr)."""
        key = noun.key[0] if noun.key else ""
        found = [
            Live(noun, place, Pending(noun.name, name, place.ids, known=name), {key: name}) for name in noun.permanent
        ]
        if noun.name == "ivr_rule" and self.dialect.option_default_rule == "visible":
            found.append(Live(noun, place, Pending(noun.name, "default hangup", place.ids), {noun.variant: "hangup"}))
        return found

    def _agents_of_rows(self, rows: list[Live]) -> None:
        """Spell the agent of every row of a queue as the agent's own id (semantics.md section 9 (18))."""
        ref = self.dialect.queue_agent_ref
        if ref == "agent" or not rows:
            return
        agents = [agent for agent in self.agents() if agent.answer]
        own = {agent.id for agent in agents}
        if ref == "auto" and all(row.values.get("agent") in own for row in rows):
            return
        by_extension: dict[Any, Id] = {agent.place.get("extension"): agent.id for agent in agents}
        for row in rows:
            row.id = row.values["agent"] = by_extension.get(row.id, row.id)

    def _planned(self, noun: Noun, place: Place) -> list[dict[str, Any]]:
        return [s for s in self._remembered if s["noun"] == noun.name and as_ids(s["place"]) == place.ids]

    def _overlay(self, noun: Noun, place: Place, found: list[Live]) -> list[Live]:
        for step in self._planned(noun, place):
            found = self._after(noun, place, found, step)
        return found

    def _with_new(self, found: list[Any], new: list[Any]) -> list[Any]:
        return [*new, *found] if self.dialect.new_rule_position == "first" else [*found, *new]

    def _after(self, noun: Noun, place: Place, found: list[Live], step: Mapping[str, Any]) -> list[Live]:
        if step["action"] == "create":
            return self._with_new(found, [Live(noun, place, step["id"], dict(step["values"]))])
        if step["action"] == "delete":
            return [live for live in found if live.id != step["id"]]
        if step["action"] == "update":
            for live in found:
                if live.id == step["id"]:
                    live.values.update(step["values"])
        return found
