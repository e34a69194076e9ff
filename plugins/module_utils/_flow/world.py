# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The facts of a call that no document has: phones, agents, outside numbers, webhooks. By default, all is well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Callable, TypeVar

from .call import LONGEST_NUMBER
from .raw import InputProblem, choice, mapping, milliseconds, sequence, text, truth, whole

ANSWERS, NO_ANSWER, BUSY, REJECT, DND = "answers", "no_answer", "busy", "reject", "dnd"
MOST_VERBS = 1000

T = TypeVar("T")


@dataclass(frozen=True)
class Does:
    """The reaction of a device that rings. how: one of the words above. after: milliseconds, for answers and reject."""

    how: str
    after: int = 0


@dataclass(frozen=True)
class Device:
    """A phone. does: None for the assumed fair weather. accepts: presses 1 when the call is screened."""

    registered: bool = True
    does: Does | None = None
    calls: int = 0
    accepts: bool = True


@dataclass(frozen=True)
class Agent:
    """An agent. logged_in: None for the value of the document. idle, talk: milliseconds."""

    logged_in: bool | None = None
    idle: int = 0
    talk: int = 0
    calls: int = 0


@dataclass(frozen=True)
class LastServed:
    """Who served this caller last in a queue, and how many milliseconds ago."""

    agent: str
    ago: int


@dataclass(frozen=True)
class Verb:
    """One verb of a webhook's reply. arguments: as they are named in the reply, in one spelling."""

    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """The answer of a webhook. verbs: None is an error. after: milliseconds until the answer."""

    verbs: tuple[Verb, ...] | None = ()
    after: int = 0


FAIR_DEVICE, _FAIR_AGENT = Device(), Agent()
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class World:
    """Everything outside of the document that a call meets. Raw form: a dictionary with these names as keys.

    phones: by number. external: by number as it is dialled. agents: by number/name. queues: who served the caller
    last, by number. webhooks: by URL, the reply to each request, the last one again and again. conferences: members
    by number. variables: set before the call. codes: control codes dialled. sounds: milliseconds by title.
    """

    phones: Mapping[str, Device] = field(default_factory=lambda: _NOTHING)
    external: Mapping[str, Does] = field(default_factory=lambda: _NOTHING)
    agents: Mapping[str, Agent] = field(default_factory=lambda: _NOTHING)
    queues: Mapping[str, LastServed] = field(default_factory=lambda: _NOTHING)
    webhooks: Mapping[str, tuple[Reply, ...]] = field(default_factory=lambda: _NOTHING)
    conferences: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    variables: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    codes: tuple[str, ...] = ()
    sounds: Mapping[str, int] = field(default_factory=lambda: _NOTHING)

    @classmethod
    def of(cls, raw: Any, place: str = "world") -> World:
        """The world that a raw form describes. Raises InputProblem."""
        readers: dict[str, Callable[[Any, str], Any]] = {
            "phones": _device,
            "external": _does,
            "agents": _agent,
            "queues": _last_served,
            "webhooks": _replies,
            "conferences": whole,
            "variables": _variable,
            "sounds": milliseconds,
        }
        given = mapping(raw, place, (*readers, "codes"))
        parts = {
            name: _each(given[name], f"{place}.{name}", reader)
            for name, reader in readers.items()
            if given.get(name) is not None
        }
        codes = sequence(given.get("codes") or (), f"{place}.codes")
        return cls(**parts, codes=tuple(text(one, f"{place}.codes[{index}]") for index, one in enumerate(codes)))

    def phone(self, number: str) -> Device:
        return self.phones.get(number, FAIR_DEVICE)

    def agent(self, name: str) -> Agent:
        return self.agents.get(name, _FAIR_AGENT)

    @cached_property
    def flipped(self) -> frozenset[str]:
        """The control codes that were dialled an odd number of times."""
        return frozenset(code for code, times in Counter(self.codes).items() if times % 2)


def _each(raw: Any, place: str, reader: Callable[[Any, str], T]) -> Mapping[str, T]:
    found = {}
    for name, value in mapping(raw, place).items():
        found[text(name, place)] = reader(value, f"{place}.{name}")
    return found


def _given(raw: Any, place: str, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in mapping(raw, place, names).items() if value is not None}


def _device(raw: Any, place: str) -> Device:
    given = _given(raw, place, ("registered", "does", "calls", "accepts"))
    return Device(
        truth(given.get("registered", True), f"{place}.registered"),
        _does(given["does"], f"{place}.does") if "does" in given else None,
        whole(given.get("calls", 0), f"{place}.calls"),
        truth(given.get("accepts", True), f"{place}.accepts"),
    )


def _does(raw: Any, place: str) -> Does:
    """Seconds after which it answers, a word, or ``{reject: seconds}``; reject alone is at once."""
    if isinstance(raw, Mapping):
        given = mapping(raw, place, (REJECT,))
        if REJECT not in given:
            raise InputProblem(place, "an empty dictionary; write {reject: seconds}")
        return Does(REJECT, milliseconds(given[REJECT], f"{place}.{REJECT}"))
    if isinstance(raw, (int, float)):
        return Does(ANSWERS, milliseconds(raw, place))
    return Does(choice(raw, place, (NO_ANSWER, BUSY, REJECT, DND)))


def _agent(raw: Any, place: str) -> Agent:
    given = _given(raw, place, ("status", "idle", "talk", "calls"))
    status = given.get("status")
    return Agent(
        None if status is None else choice(status, f"{place}.status", ("available", "logged_out")) == "available",
        milliseconds(given.get("idle", 0), f"{place}.idle"),
        milliseconds(given.get("talk", 0), f"{place}.talk"),
        whole(given.get("calls", 0), f"{place}.calls"),
    )


def _last_served(raw: Any, place: str) -> LastServed:
    given = _given(raw, place, ("last_agent", "ago"))
    return LastServed(
        text(given.get("last_agent", ""), f"{place}.last_agent"), milliseconds(given.get("ago", 0), f"{place}.ago")
    )


def _variable(raw: Any, place: str) -> str:
    return "" if raw is None else text(raw, place)


def _replies(raw: Any, place: str) -> tuple[Reply, ...]:
    return tuple(_reply(one, f"{place}[{index}]") for index, one in enumerate(sequence(raw, place)))


def _reply(raw: Any, place: str) -> Reply:
    """``error``, a list of verbs, or ``{after: seconds, verbs: [...]}``, where verbs may be ``error`` too."""
    if isinstance(raw, Mapping):
        given = _given(raw, place, ("after", "verbs"))
        after = milliseconds(given.get("after", 0), f"{place}.after")
        return Reply(_reply(given.get("verbs", ()), f"{place}.verbs").verbs, after)
    if raw == "error":
        return Reply(None)
    verbs = sequence(() if raw is None else raw, place)
    if len(verbs) > MOST_VERBS:
        raise InputProblem(place, f"{len(verbs)} verbs; {MOST_VERBS} are the most")
    return Reply(tuple(_verb(one, f"{place}[{index}]") for index, one in enumerate(verbs)))


def _verb(raw: Any, place: str) -> Verb:
    """A dictionary with the verb's name and its arguments; hangup may stand as bare text."""
    if raw == "hangup":
        return Verb("hangup", _NOTHING)
    given = mapping(raw, place)
    found = [name for name in given if name in _VERBS]
    if len(found) != 1:
        raise InputProblem(place, f"a verb has one of the names {', '.join(_VERBS)}")
    name = found[0]
    arguments = _VERBS[name](given, place)
    return Verb(name, MappingProxyType({key: value for key, value in arguments.items() if value is not None}))


def _pause(given: Mapping[str, Any], place: str) -> dict[str, Any]:
    mapping(given, place, ("pause",))
    seconds = given["pause"]
    return {"ms": milliseconds(10 if seconds in (None, "", 0) else seconds, f"{place}.pause") or 10_000}


def _set(given: Mapping[str, Any], place: str) -> dict[str, Any]:
    mapping(given, place, ("set",))
    return {"values": _each(given["set"] or {}, f"{place}.set", _variable)}


def _jump(given: Mapping[str, Any], place: str) -> dict[str, Any]:
    target = _given(mapping(given, place, ("jump",))["jump"], f"{place}.jump", ("context", "option"))
    return {
        "context": text(target.get("context", ""), f"{place}.jump.context"),
        "option": text(target.get("option", "start"), f"{place}.jump.option"),
    }


def _redirected(given: Mapping[str, Any], place: str) -> dict[str, Any]:
    caller = _given(mapping(given, place, ("caller",))["caller"], f"{place}.caller", ("number", "name"))
    number, name = caller.get("number"), caller.get("name")
    if number is not None and len(text(number, f"{place}.caller.number")) > LONGEST_NUMBER:
        raise InputProblem(place, f"a number of {len(number)} characters; {LONGEST_NUMBER} are the most")
    return {"number": number, "name": None if name is None else text(name, f"{place}.caller.name")}


def _play(given: Mapping[str, Any], place: str) -> dict[str, Any]:
    mapping(given, place, ("play", "where", "digitvar"))
    variable = given.get("digitvar")
    where = given.get("where")
    return {
        "title": text(given["play"], f"{place}.play"),
        "where": choice("foreground" if where is None else where, f"{place}.where", ("foreground", "background")),
        "variable": None if variable in (None, "") else text(variable, f"{place}.digitvar"),
    }


def _transfer(given: Mapping[str, Any], place: str) -> dict[str, Any]:
    mapping(given, place, ("transfer", "simple_transfer"))
    name = next(iter(given))
    return {"to": "" if given[name] is None else text(given[name], f"{place}.{name}")}


def _nothing(given: Mapping[str, Any], place: str) -> dict[str, Any]:
    mapping(given, place, ("hangup",))
    return {}


_VERBS: dict[str, Callable[[Mapping[str, Any], str], dict[str, Any]]] = {
    "hangup": _nothing,
    "pause": _pause,
    "set": _set,
    "jump": _jump,
    "caller": _redirected,
    "play": _play,
    "transfer": _transfer,
    "simple_transfer": _transfer,
}
