# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Numbers that are dialled and lead to nobody (R05, R09, R11)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Callable

from ..call import Call
from ..calltest.seen import Seen
from ..compile_queue import EXIT_KEY, NO_AGENT_TIMEOUT, NO_AGENTS, TIMEOUT
from ..explore_worlds import FAIR
from ..numbers import DID, NOWHERE, OUTSIDE
from .claims import Shows, both, ends, happens, runs
from .examples import ANNA, phone, tenant
from .kinds import ERROR, WARNING, Candidate, Witness, check
from .program import inside, witnesses
from .subject import Destination, Subject

_TO_ANNA = '{type: transfer, transfer_dst: "101", interval: Hours}'
_HAS_MAILBOX = "vm_enabled: true, vm_mailto: ben@example.com"
_QUEUE = "sound_type: music, sound: Hold, max_wait_time: 120, vm_enabled: true, vm_mailto: anna@example.com"

_SPEECH = '{{action: voice_helper, sound: Menu, voice_helper_rules: [{{transcription: doctor, to_option: "{}"}}]}}'
# The reasons for which a queue dials each of its destinations.
_REASONS = {
    "timeout_transfer_dst": (TIMEOUT,),
    "no_agent_timeout_transfer_dst": (NO_AGENTS, NO_AGENT_TIMEOUT),
    "exit_transfer_dst": (EXIT_KEY,),
}


@check(
    "R05",
    "no-such-number",
    ERROR,
    title="A destination is as long as the numbers of extensions, but no extension has this number: no phone rings.",
    remedy="Correct the number, or declare the extension.",
    example=tenant(ANNA, phone("103", '{type: transfer, transfer_dst: "109", final: false}', settings=_HAS_MAILBOX)),
    place='extensions[1] "103" > incom_rules[0]',
    close=tenant(ANNA, phone("103", '{type: transfer, transfer_dst: "101", final: false}', settings=_HAS_MAILBOX)),
)
def no_such_number(subject: Subject) -> Iterator[Candidate]:
    yield from suspected(
        subject,
        lambda one: one.leg.kind == NOWHERE,
        lambda one: f"{one.field} {one.text}: no extension has this number, and nobody is rung",
        lambda one: lambda seen: one.leg.number not in seen.rung,
    )


@check(
    "R09",
    "blocked-destination",
    ERROR,
    title="A DID or a destination leads to a blocked extension: the PBX refuses the call.",
    remedy="Set the extension active, or use another destination.",
    example=tenant(
        '- {number: "101", type: phone, status: blocked, phone: {vm_enabled: false}}',
        phone("103", '{type: transfer, transfer_dst: "101", final: false}', settings=_HAS_MAILBOX),
    ),
    place='extensions[1] "103" > incom_rules[0]',
    close=tenant(ANNA, phone("103", '{type: transfer, transfer_dst: "101", final: false}', settings=_HAS_MAILBOX)),
)
def blocked_destination(subject: Subject) -> Iterator[Candidate]:
    blocked = {number for number, one in subject.plan.extensions.items() if one.blocked}
    for item in subject.state.all("did"):
        if str(item.value("extension")) in blocked:
            text = f"callers are refused: extension {item.value('extension')} is blocked"
            yield Candidate(item.where, text, [Witness(Call(item.name), ends("hangup", cause="blocked"))])

    def refused(one: Destination) -> Shows:
        return lambda seen: all(event.details["number"] != one.leg.number for event in seen.events("extension"))

    yield from suspected(
        subject,
        lambda one: one.leg.number in blocked and inside(subject, one.leg) is not None,
        lambda one: f"{one.field} {one.text}: extension {one.leg.number} is blocked, and refuses the call",
        refused,
    )


@check(
    "R11",
    "stale-number",
    WARNING,
    title="A destination is a DID of the same tenant: the call may leave the PBX and come in again.",
    remedy="Use the extension of this DID as the destination.",
    example=tenant(
        ANNA,
        phone("103", '{type: transfer, transfer_dst: "74950000101", final: false}', settings=_HAS_MAILBOX),
        did="101",
    ),
    place='extensions[1] "103" > incom_rules[0]',
    close=tenant(
        ANNA, phone("103", '{type: transfer, transfer_dst: "101", final: false}', settings=_HAS_MAILBOX), did="101"
    ),
)
def stale_number(subject: Subject) -> Iterator[Candidate]:
    numbers = subject.plan.numbers
    plain = {_plain(did): did for did, number in numbers.dids.items() if number in subject.plan.extensions}

    def did_of(one: Destination) -> str:
        return plain.get(_plain(one.text), "") if one.leg.kind in (DID, OUTSIDE) else ""

    yield from suspected(
        subject,
        lambda one: bool(did_of(one)),
        lambda one: (
            f"{one.field} {one.text} is the tenant's own DID {did_of(one)}, which leads to extension "
            f"{numbers.dids[did_of(one)]}"
        ),
        lambda one: lambda seen: True,
    )


def _plain(number: str) -> str:
    """A number without the prefixes that people write: +, 00, and 8 in place of 7."""
    digits = re.sub(r"^(\+|00)", "", number)
    return f"7{digits[1:]}" if len(digits) == 11 and digits.startswith("8") else digits


def suspected(
    subject: Subject,
    wrong: Callable[[Destination], bool],
    text: Callable[[Destination], str],
    claim: Callable[[Destination], Shows],
) -> Iterator[Candidate]:
    """The places with destinations that are wrong, one candidate for each place.

    claim: returns the claim of a call that dials a destination.
    """
    places: dict[str, list[Destination]] = {}
    for one in subject.destinations:
        if wrong(one):
            places.setdefault(one.place, []).append(one)
    for place, found in places.items():
        message = "; ".join(text(one) for one in found)
        if found[0].rule and found[0].rule.dead:
            yield Candidate(place, f"{message}; the rule is switched off")
        else:
            yield Candidate(place, message, dialled(subject, found, claim))


def dialled(subject: Subject, found: Sequence[Destination], claim: Callable[[Destination], Shows]) -> Iterator[Witness]:
    """Calls in which one of some destinations of a place is dialled."""
    for one in found:
        if one.rule:
            yield from witnesses(subject.ways.firing(one.place), both(runs(one.place), claim(one)))
        elif one.field == "agent_hangup_transfer_dst":
            yield Witness(Call(one.number, agent_hangs_up=True), both(happens("answered_by"), claim(one)))
        elif one.field == "lifetime_exp_transfer_dst":
            lifetime = getattr(subject.plan.extensions[one.number].own, "lifetime", 0)

            def expired(seen: Seen, lifetime: int = lifetime) -> bool:
                return bool(lifetime) and seen.outcome.at >= lifetime

            shows = both(expired, claim(one))
            yield from witnesses(subject.ways.all(one.number), shows)
            yield from _staying(subject, one.number, lifetime, shows)
        else:
            for reason in _REASONS[one.field]:
                left = happens("leave", queue=one.number, reason=reason)
                yield from witnesses(subject.ways.all(one.number), both(left, claim(one)))


def _staying(subject: Subject, number: str, lifetime: int, shows: Shows) -> Iterator[Witness]:
    """Calls in which the same is pressed again and again until the lifetime of a menu (in ms) is over."""
    rounds = min(lifetime // 1000 + 1, subject.assume.max_steps)
    for tried in subject.ways.all(number, (FAIR,)):
        if len(tried.call.press) == 1:
            yield Witness(replace(tried.call, press=tried.call.press * rounds, hang_up_after=None), shows, tried.world)
