# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Who is there: everybody answers, nobody does, all are busy, no agent is logged in, or every mixture of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from .looks import AGENT, EXTERNAL, MEMBERS, PHONE, REGISTERED, WEBHOOK, Part
from .plan import CallPlan, Conference, Extension
from .world import ANSWERS, BUSY, NO_ANSWER, Agent, Device, Does, Reply, World

FAIR, NOBODY, BUSY_ALL, NO_AGENTS, ALL = "fair", "nobody", "busy", "no_agents", "all"
WORLDS = (FAIR, NOBODY, BUSY_ALL, NO_AGENTS, ALL)
# The kinds of parts that are not in these worlds as they are in fair weather: calls that look at none are the same.
UNLIKE_FAIR: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        NOBODY: frozenset((PHONE, EXTERNAL)),
        BUSY_ALL: frozenset((PHONE, EXTERNAL)),
        NO_AGENTS: frozenset((AGENT,)),
    }
)

T = TypeVar("T")


class Everyone(Mapping[str, T], Generic[T]):
    """The same for every name there may be, but for some; it lists those."""

    def __init__(self, value: T, exceptions: Mapping[str, T] = MappingProxyType({})) -> None:
        self._value = value
        self._exceptions = exceptions

    def but(self, exceptions: Mapping[str, T]) -> Everyone[T]:
        """The same, but for these names, and those that were other already."""
        return Everyone(self._value, {**self._exceptions, **exceptions})

    def __getitem__(self, name: str) -> T:
        return self._exceptions.get(name, self._value)

    def __contains__(self, name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self._exceptions)

    def __len__(self) -> int:
        return 1 + len(self._exceptions)


def world_of(word: str, world: World) -> World:
    """A world of one of the words, with all else as in the one given. ``all`` begins as ``fair``."""
    if word in (NOBODY, BUSY_ALL):
        does = Does(NO_ANSWER if word == NOBODY else BUSY)
        return replace(world, phones=Everyone(Device(does=does)), external=Everyone(does))
    if word == NO_AGENTS:
        return replace(world, agents=Everyone(Agent(False)))
    return world


_DEVICES = (Does(ANSWERS), Does(NO_ANSWER), Does(BUSY))


def variants(plan: CallPlan, world: World, part: Part) -> list[World]:
    """The world with each way in which a part of it can be."""
    kind, name = part
    if kind == PHONE:
        device = world.phone(name)
        return [replace(world, phones=_with(world.phones, name, replace(device, does=does))) for does in _DEVICES]
    if kind == REGISTERED:
        device = world.phone(name)
        return [
            replace(world, phones=_with(world.phones, name, replace(device, registered=there)))
            for there in (True, False)
        ]
    if kind == EXTERNAL:
        return [replace(world, external=_with(world.external, name, does)) for does in _DEVICES]
    if kind == AGENT:
        agent = world.agent(name)
        return [
            replace(world, agents=_with(world.agents, name, replace(agent, logged_in=there))) for there in (True, False)
        ]
    if kind == WEBHOOK:
        # The replies that are given, an empty one, and an error.
        given = world.webhooks.get(name)
        replies = [given] if given else []
        replies += [one for one in ((Reply(),), (Reply(None),)) if one != given]
        return [replace(world, webhooks=_with(world.webhooks, name, one)) for one in replies]
    if kind == MEMBERS:
        room = plan.extensions[name]
        return [replace(world, conferences=_with(world.conferences, name, members)) for members in (0, _most(room))]
    raise ValueError(kind)


def _most(room: Extension) -> int:
    return room.own.most if isinstance(room.own, Conference) else 0


def _with(given: Mapping[str, Any], name: str, value: Any) -> Mapping[str, Any]:
    return MappingProxyType({**given, name: value})


def world_as_data(world: World, parts: Mapping[Part, int]) -> dict[str, Any]:
    """The parts of a world that a call has looked at, in the raw form of a world, where they are not fair weather."""
    found: dict[str, dict[str, Any]] = {}
    for kind, name in parts:
        if kind in (PHONE, REGISTERED):
            raw = _device(world.phone(name), (PHONE, name) in parts)
            if raw:
                found.setdefault("phones", {})[name] = raw
        elif kind == EXTERNAL and name in world.external:
            found.setdefault("external", {})[name] = _does(world.external[name])
        elif kind == AGENT and world.agent(name).logged_in is not None:
            status = "available" if world.agent(name).logged_in else "logged_out"
            found.setdefault("agents", {})[name] = {"status": status}
        elif kind == MEMBERS and world.conferences.get(name):
            found.setdefault("conferences", {})[name] = world.conferences[name]
        elif kind == WEBHOOK and name in world.webhooks:
            found.setdefault("webhooks", {})[name] = [_reply(one) for one in world.webhooks[name]]
    return dict(found)


def _device(device: Device, rang: bool) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    if not device.registered:
        raw["registered"] = False
    if not rang:
        return raw
    if device.does is not None:
        raw["does"] = _does(device.does)
    if device.calls:
        raw["calls"] = device.calls
    if not device.accepts:
        raw["accepts"] = False
    return raw


def _does(does: Does) -> Any:
    if does.how == ANSWERS:
        return does.after / 1000
    return {does.how: does.after / 1000} if does.after else does.how


def _reply(reply: Reply) -> Any:
    """A reply in its raw form; one with verbs only as their names."""
    verbs = "error" if reply.verbs is None else [verb.name for verb in reply.verbs]
    return {"after": reply.after / 1000, "verbs": verbs} if reply.after else verbs
