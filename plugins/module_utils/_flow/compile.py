# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""From a snapshot of a tenant to its call plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from .._state.snapshot import Key, NamedItem, Snapshot
from .compile_menu import Menus
from .compile_queue import Queues
from .fields import Fields
from .guards import ANY, Guards
from .menus import Menu
from .numbers import Group, Numbers
from .plan import CallPlan, Conference, Extension, IncomingRule, Mailbox, Phone, Queue

_NO_PART: Mapping[str, str] = MappingProxyType({})
NO_LENGTHS: Mapping[str, int] = MappingProxyType({})
_WITH_MAILBOX = ("phone", "queue", "ivr")
_CASCADES = ("cascade", "simple_cascade")
_TRANSFERS = ("transfer", "simple_transfer")
# The fields of an extension that affect a call, and that the simulation leaves out, with their words.
_LEFT_OUT = {
    "external_number": "external_number of a phone",
    "intercom": "intercom of a phone",
    "replace_pin": "replace_pin of a phone",
    "append_to_cid_name_on_transfer": "names of callers (append_to_cid_name_on_transfer)",
}
REMOTE_AGENTS = "remote agents of a queue"


def call_plan(state: Snapshot, sounds: Mapping[str, int] = NO_LENGTHS) -> CallPlan:
    """The call plan of a tenant. sounds: lengths in milliseconds by title, where they are known."""
    return _Compiler(state).plan(sounds)


def like_another(state: Snapshot, other: CallPlan, numbers_of: Collection[str]) -> CallPlan:
    """The call plan of a tenant that differs from another only in these extensions, by their numbers, and not in the
    meaning of numbers."""
    return _Compiler(state).changed(other, frozenset(numbers_of))


class _Compiler:
    def __init__(self, state: Snapshot) -> None:
        self._state = state
        self._problems: dict[str, str] = {}
        self._numbers = numbers(state)
        self._guards = Guards(state, self._problems)
        self._menus = Menus(state, self._numbers, self._guards, self._problems)
        self._queues = Queues(state, self._numbers, self._problems)

    def plan(self, sounds: Mapping[str, int]) -> CallPlan:
        return CallPlan(
            self._numbers,
            {item.name: self._extension(item) for item in self._state.all("extension")},
            dict(sounds),
            MappingProxyType(self._problems),
            bool(self._state.all("dial_rule")),
        )

    def changed(self, other: CallPlan, numbers_of: frozenset[str]) -> CallPlan:
        extensions = {
            item.name: self._extension(item) if item.name in numbers_of else other.extensions[item.name]
            for item in self._state.all("extension")
        }
        return replace(other, extensions=extensions, problems=MappingProxyType({**other.problems, **self._problems}))

    def _extension(self, item: NamedItem) -> Extension:
        place = (item.name,)
        fields = Fields(item)
        kind = fields.text("type")
        unknown = {"type": fields.unknown} if fields.unknown else {}
        rules = Key("incom_rule", place)
        found = self._state.all(*rules)
        if rules not in self._state.known or (len(found) > 1 and rules not in self._state.ordered):
            unknown["rules"] = f"{item.where} > incom_rules"
        own, mailbox = self._own(item, kind, unknown), Mailbox(False, "")
        if kind in _WITH_MAILBOX:
            settings = Fields.of(self._state, Key(kind, place), item.where)
            enabled = settings.get("vm_enabled")
            mailbox = Mailbox(None if enabled is None else bool(enabled), settings.text("vm_greeting"))
            if settings.unknown:
                unknown["mailbox"] = settings.unknown
        compiled = tuple(self._rule(rule) for rule in found)
        return Extension(
            item.name,
            kind,
            item.where,
            fields.text("status") == "blocked",
            compiled,
            any(rule.asks and rule.enabled for rule in compiled),
            own,
            own if isinstance(own, Phone) and "own" not in unknown else None,
            mailbox,
            self._notes(place, kind),
            unknown or _NO_PART,
        )

    def _own(self, item: NamedItem, kind: str, unknown: dict[str, str]) -> Phone | Queue | Menu | Conference | None:
        place = (item.name,)
        fields = Fields.of(self._state, Key(kind, place), item.where)
        own: Phone | Queue | Menu | Conference | None = None
        if kind == "phone":
            own = Phone(
                bool(fields.text("static_reg_address")),
                fields.number("incoming_limit"),
                fields.seconds("hangup_timeout"),
                fields.flag("call_screening_enabled"),
            )
        elif kind == "queue":
            own = self._queues.queue(item, fields)
        elif kind == "ivr":
            own = self._menus.menu(item, fields)
        elif kind == "conference":
            pins = frozenset(filter(None, (fields.text("pin"), fields.text("moderator_pin"))))
            own = Conference(pins, fields.number("max_members"), fields.text("enter_sound"))
        if own is not None and fields.unknown:
            unknown["own"] = fields.unknown
        return own

    def _notes(self, place: tuple[str, ...], kind: str) -> tuple[str, ...]:
        settings = self._state.settings(kind, place) if kind in _WITH_MAILBOX else None
        notes = [
            text
            for name, text in _LEFT_OUT.items()
            if settings and (settings.values.get(name) or name in settings.hidden)
        ]
        if self._state.all("queue_agent_remote", place):
            notes.append(REMOTE_AGENTS)
        return tuple(notes)

    def _rule(self, item: NamedItem) -> IncomingRule:
        fields = Fields(item)
        action = fields.text("type")
        guard = self._guards.guard(item, item.key.place)
        extension_call_status = fields.text("extension_call_status") or ANY
        group = None
        if action in (*_TRANSFERS, *_CASCADES):
            shifted = None
            if action in _TRANSFERS:
                legs = self._numbers.legs(fields.text("transfer_dst"))
            else:
                listed = fields.get("cascade_numbers") or ()
                legs, shifted = self._numbers.cascade(
                    tuple((str(one.get("number") or ""), int(one.get("delay") or 0) * 1000) for one in listed)
                )
            group = Group(
                legs,
                fields.seconds("transfer_timeout"),
                action in ("simple_transfer", "simple_cascade"),
                fields.flag("enable_call_screening"),
                shifted,
            )
        return IncomingRule(
            item.where,
            action,
            fields.flag("enabled", True),
            fields.text("control_code"),
            fields.flag("final", True),
            guard,
            fields.text("extension_status") or ANY,
            extension_call_status,
            fields.text("extension_status") not in ("", ANY) or bool(guard and guard.judges),
            extension_call_status != ANY or bool(guard and guard.call_status != ANY),
            group,
            fields.text("playfile_sound"),
        )


def numbers(state: Snapshot) -> Numbers:
    """The numbers of the tenant and their meaning."""
    names = [item.name for item in state.all("extension")]
    lengths = Counter(len(name) for name in names)
    # The commonest length; of several, the one that comes first.
    length = max(lengths, key=lengths.__getitem__, default=0)
    return Numbers(
        frozenset(names),
        {item.name: str(item.value("extension") or "") for item in state.all("did")},
        length,
        frozenset(name[:end] for name in names for end in range(1, len(name))),
        state.knows("extension"),
        state.knows("did"),
    )
