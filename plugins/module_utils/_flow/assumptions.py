# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The assumptions of a simulated call about the platform where its documentation is silent, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from .raw import InputProblem, quoted


@dataclass(frozen=True)
class Switch:
    """One assumption: its values, the first of which is the default, and the calls that hang on it."""

    values: tuple[str, ...]
    decides: str


SWITCHES: dict[str, Switch] = {
    "interval_clock": Switch(("now", "call_start"), "rules that run after a call has rung across a closing time"),
    "interval_end": Switch(("inclusive", "exclusive"), "calls in the second that a condition names as its end"),
    "time_wrap": Switch(("never", "wraps"), "conditions whose start is after their end, such as 22:00 to 06:00"),
    "sched_before_start": Switch(("never", "repeats"), "shift patterns before their first day"),
    "empty_condition": Switch(("always", "never"), "conditions with nothing set"),
    "anonymous_not_matches": Switch(("holds", "fails"), "hidden callers where a rule has not_matches"),
    "did_as_destination": Switch(("internal", "external"), "destinations that are a DID of the tenant itself"),
    "blocked_extension": Switch(("refuse", "normal"), "calls to blocked extensions"),
    "own_call": Switch(("lazy", "eager"), "whether a phone rings before a list of rules that asks for a status"),
    "status_of_nonphone": Switch(("never", "ignored"), "status conditions on extensions that are no phones"),
    "rules_exhausted": Switch(("own", "hangup"), "after incoming rules that ran and failed, none of them final"),
    "final_failed": Switch(("hangup", "voicemail"), "after a final incoming rule that failed"),
    "phone_voicemail": Switch(("after_failure", "by_rule_only"), "the mailbox of a phone without a rule for it"),
    "voicemail_disabled": Switch(("fail", "record"), "voicemail rules of extensions whose mailbox is off"),
    "vm_default": Switch(("false", "true"), "mailboxes for which vm_enabled is not set"),
    "own_number": Switch(("ring", "rules"), "a phone's own number in one of its rules"),
    "reentry": Switch(("fail", "allow"), "extensions that forward in a ring"),
    "group_status": Switch(("all_busy", "any_busy", "last"), "busy or no_answer after several numbers have failed"),
    "cascade_delays": Switch(("first_zero", "shifted"), "a cascade whose smallest delay is not 0"),
    "dnd": Switch(("busy", "no_answer"), "phones in do not disturb"),
    "digit_len_default": Switch(("extension_len", "one"), "menus without digit_len"),
    "early_match": Switch(("never", "unambiguous"), "whether an option that no other begins with is taken at once"),
    "missing_option": Switch(("hangup", "invalid"), "jumps to options that are not there"),
    "menu_final_failed": Switch(("hangup", "wait"), "a final transfer of a menu that failed"),
    "set_caller_scope": Switch(("redirects", "everywhere"), "caller conditions of a menu that has set the number"),
    "webhook_failure": Switch(("next_rule", "hangup"), "call_interactive that fails"),
    "agents_count": Switch(("logged_in", "registered", "free"), "which agents count where a queue needs one"),
    "queue_answers": Switch(("unless_disabled", "never", "always"), "whether a queue takes the call as its own"),
    "tier_clock": Switch(("joined", "level"), "when the third level of a queue opens"),
    "queue_without_destination": Switch(("voicemail", "hangup"), "the mailbox of a queue that lets a caller go"),
}


@dataclass(frozen=True)
class Number:
    """One assumed number: its default, the least and the most that it can be, and its meaning."""

    default: int
    least: int
    most: int
    means: str


_DAY = 86_400
NUMBERS: dict[str, Number] = {
    "phone_ring": Number(60, 1, _DAY, "seconds that a phone without hangup_timeout rings"),
    "agent_ring": Number(60, 1, _DAY, "seconds that an agent without call_timeout is rung"),
    "ring_seconds": Number(60, 1, _DAY, "seconds that destinations without transfer_timeout ring"),
    "sound_seconds": Number(5, 0, _DAY, "length of a sound, in seconds, that is not known"),
    "talk_seconds": Number(60, 1, _DAY, "seconds of a conversation with an agent who hangs up first"),
    "phone_answers": Number(5, 0, _DAY, "seconds after which a phone answers, where the world does not say"),
    "external_answers": Number(10, 0, _DAY, "the same for external numbers"),
    "digit_ms": Number(1000, 0, _DAY * 1000, "milliseconds for each digit that is read out"),
    "rate_ms": Number(5000, 1, _DAY * 1000, "milliseconds in which a rating must be pressed"),
    "pin_ms": Number(5000, 1, _DAY * 1000, "milliseconds in which a PIN must be pressed"),
    "max_steps": Number(1000, 1, 100_000, "rules run and options entered, after which a call is endless"),
    "max_seconds": Number(14_400, 1, 7 * _DAY, "seconds after which a call is endless"),
    "max_forwards": Number(20, 0, 50, "lists of incoming rules that may lead to one another"),
}


@dataclass(frozen=True)
class Assumptions:
    """One value for each of SWITCHES and of NUMBERS."""

    interval_clock: str = "now"
    interval_end: str = "inclusive"
    time_wrap: str = "never"
    sched_before_start: str = "never"
    empty_condition: str = "always"
    anonymous_not_matches: str = "holds"
    did_as_destination: str = "internal"
    blocked_extension: str = "refuse"
    own_call: str = "lazy"
    status_of_nonphone: str = "never"
    rules_exhausted: str = "own"
    final_failed: str = "hangup"
    phone_voicemail: str = "after_failure"
    voicemail_disabled: str = "fail"
    vm_default: str = "false"
    own_number: str = "ring"
    reentry: str = "fail"
    group_status: str = "all_busy"
    cascade_delays: str = "first_zero"
    dnd: str = "busy"
    digit_len_default: str = "extension_len"
    early_match: str = "never"
    missing_option: str = "hangup"
    menu_final_failed: str = "hangup"
    set_caller_scope: str = "redirects"
    webhook_failure: str = "next_rule"
    agents_count: str = "logged_in"
    queue_answers: str = "unless_disabled"
    tier_clock: str = "joined"
    queue_without_destination: str = "voicemail"
    phone_ring: int = 60
    agent_ring: int = 60
    ring_seconds: int = 60
    sound_seconds: int = 5
    talk_seconds: int = 60
    phone_answers: int = 5
    external_answers: int = 10
    digit_ms: int = 1000
    rate_ms: int = 5000
    pin_ms: int = 5000
    max_steps: int = 1000
    max_seconds: int = 14_400
    max_forwards: int = 20

    @cached_property
    def reading(self) -> int:
        """How intervals are read, as a number: one bit for each of the four assumptions about them."""
        return (
            8 * (self.interval_end == "inclusive")
            + 4 * (self.time_wrap == "wraps")
            + 2 * (self.sched_before_start == "repeats")
            + (self.empty_condition == "always")
        )

    @classmethod
    def of(cls, given: Mapping[str, Any], base: Assumptions | None = None) -> Assumptions:
        """The assumptions with these overrides. base: the assumptions to override. Raises InputProblem."""
        names = [one.name for one in fields(cls)]
        for name in given:
            if name not in names:
                raise InputProblem("assumptions", f"there is no {name}; there are: {', '.join(names)}")
        checked = {name: _checked(name, value) for name, value in given.items() if value is not None}
        return replace(base or cls(), **checked)


def _checked(name: str, value: Any) -> Any:
    if name in SWITCHES:
        # YAML reads the words true and false as something else.
        word = str(value).lower() if isinstance(value, bool) else value
        if word not in SWITCHES[name].values:
            raise InputProblem(f"assumptions.{name}", f"{quoted(value)} is none of {', '.join(SWITCHES[name].values)}")
        return word
    number = NUMBERS[name]
    if isinstance(value, bool) or not isinstance(value, int) or not number.least <= value <= number.most:
        raise InputProblem(
            f"assumptions.{name}", f"{quoted(value)} is not a whole number from {number.least} to {number.most}"
        )
    return value
