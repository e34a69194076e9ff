# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The call plan: the rules of a tenant for calls, compiled once from a snapshot, and never changed.

Times are milliseconds, 0 where none is set. Parts refer to extensions, contexts and options by name, so that the plan
holds no circle. A ``place`` is where a part stands in the document of the user. ``unknown`` is the place of a value
that a call needs and the snapshot does not have, "" or absent if there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .menus import Guard, Menu
from .numbers import Group, Numbers


@dataclass(frozen=True)
class IncomingRule:
    """A rule for incoming calls. judged: it has a condition on something else than a status of calls. asks: it has one
    on such a status. sound: of playfile."""

    place: str
    action: str
    enabled: bool
    code: str
    final: bool
    guard: Guard | None
    extension_status: str
    extension_call_status: str
    judged: bool
    asks: bool
    group: Group | None
    sound: str


@dataclass(frozen=True)
class Phone:
    """static: it needs no registration. limit: calls at a time, 0 for any number. timeout: how long it rings."""

    static: bool
    limit: int
    timeout: int
    screening: bool


@dataclass(frozen=True)
class Mailbox:
    """enabled: None where it is not set."""

    enabled: bool | None
    greeting: str


@dataclass(frozen=True)
class Member:
    """An agent of a queue. name: number/name. index: its place by position within its level. pauses: by the result of
    a ring; that of no_answer is for all others."""

    name: str
    phone: str
    level: int
    index: int
    available: bool
    timeout: int
    pauses: Mapping[str, int]


@dataclass(frozen=True)
class Exit:
    """One way out of a queue. group: None without a destination."""

    sound: str
    group: Group | None


@dataclass(frozen=True)
class Queue:
    """members: the agents, by level and position; available: those who are logged in. opening: when each level opens;
    by_level: the same if each counts from the one before, None where that is no other. exits: by reason."""

    strategy: str
    opening: Mapping[int, int]
    by_level: Mapping[int, int] | None
    members: Mapping[str, Member]
    available: tuple[Member, ...]
    start_sound: str
    longest_wait: int
    longest_without_agent: int
    exit_without_agents: bool
    exit_key: str
    exits: Mapping[str, Exit]
    skip_busy: bool
    same_agent: int
    disable_answer: bool
    hangup_action: str
    hangup_group: Group | None
    rate_sound: str
    rate_finish_sound: str
    rate_most: int


@dataclass(frozen=True)
class Conference:
    """pins: those that open it, none for all. most: members, 0 for any number."""

    pins: frozenset[str]
    most: int
    sound: str


@dataclass(frozen=True)
class Extension:
    """own: the extension's behaviour without rules; None for a fax, or where it is not known. phone: the same of a
    phone, if all of its settings are known. asks: a rule of it that is enabled has a condition on a status. notes: the
    parts that the simulation leaves out. unknown: the places of its parts that are not known, by "type", "rules", "own"
    and "mailbox"."""

    number: str
    type: str
    place: str
    blocked: bool
    rules: tuple[IncomingRule, ...]
    asks: bool
    own: Phone | Queue | Menu | Conference | None
    phone: Phone | None
    mailbox: Mailbox
    notes: tuple[str, ...]
    unknown: Mapping[str, str]


@dataclass(frozen=True)
class CallPlan:
    """A whole tenant. problems: why a part cannot be simulated, by place. dial_rules: the tenant has some.

    sounds: lengths by title, where they are known.
    """

    numbers: Numbers
    extensions: Mapping[str, Extension]
    sounds: Mapping[str, int]
    problems: Mapping[str, str]
    dial_rules: bool
