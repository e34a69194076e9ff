# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Calls that go in circles between extensions (L01, L02, L06)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from ..answer import ANSWERED, CONFERENCE, FAX, VOICEMAIL
from ..calltest.seen import Seen
from ..explore_worlds import NO_AGENTS, NOBODY
from ..plan import IncomingRule
from .claims import happens
from .destinations import dialled
from .examples import agent, phone, queue, tenant
from .kinds import ERROR, WARNING, Candidate, Witness, check
from .program import inside, mailbox, witnesses
from .subject import Destination, Subject
from .ways import Tried

T = TypeVar("T", bound=Hashable)
# A menu of an extension, by the number and the name of the context; or one of its options, which is the third.
Spot = tuple[str, ...]

_REACHED = (ANSWERED, VOICEMAIL, FAX, CONFERENCE)
_MOST_NAMES = 5
# How often a key is pressed again, and how long callers wait for queues to pass them on, in milliseconds.
_ROUNDS = 8
_HOURS = 7_200_000


@check(
    "L01",
    "forward-circle",
    ERROR,
    title="Extensions forward a call to each other in a circle before anybody answers.",
    remedy="Let one of the extensions ring its own phone, take a message, or forward to somebody outside the circle.",
    example=tenant(
        phone("102", '{type: transfer, transfer_dst: "103"}'), phone("103", '{type: transfer, transfer_dst: "102"}')
    ),
    place='extensions[0] "102"',
    close=tenant(
        phone("102", '{type: transfer, transfer_dst: "103"}', settings="vm_enabled: true, vm_mailto: b@example.com"),
        phone("103"),
    ),
)
def forward_circle(subject: Subject) -> Iterator[Candidate]:
    forwards: dict[str, list[str]] = {}
    for one in subject.destinations:
        extension = inside(subject, one.leg)
        if extension and one.rule and one.rule.incoming and extension.number != one.number:
            forwards.setdefault(one.number, []).append(extension.number)
    order = list(subject.plan.extensions)
    rings = {number: ring for ring in circles(forwards) for number in ring}
    met: dict[str, list[Tried]] = {}
    for tried in subject.ways.everything:
        for event in tried.answer.raw:
            if event[1] == "loop" and event[2] in rings:
                met.setdefault(min(rings[event[2]], key=order.index), []).append(tried)
    for first, calls in met.items():
        bad = [tried for tried in calls if tried.answer.outcome.kind not in _REACHED]
        others = [number for number in sorted(rings[first], key=order.index) if number != first]
        text = f"calls are forwarded in a circle, to {', '.join(others)} and back"
        text += "" if bad else "; they still reach somebody in the end"
        claim = happens("loop")
        yield Candidate(
            _place(subject, first), text, witnesses(sorted(bad or calls, key=by_keys), claim), "" if bad else WARNING
        )


def by_keys(tried: Tried) -> int:
    return len(tried.call.press)


def _place(subject: Subject, number: str) -> str:
    return subject.plan.extensions[number].place


@check(
    "L02",
    "self-transfer",
    WARNING,
    title="A rule, or the exit of a queue or a menu, leads only to its own extension.",
    remedy="Use another destination, or take a message.",
    example=tenant(phone("102", '{type: transfer, transfer_dst: "102", transfer_timeout: 30}')),
    place='extensions[0] "102" > incom_rules[0]',
    close=tenant(
        phone(
            "102", '{type: transfer, transfer_dst: "102", transfer_timeout: 30, final: false}', "{type: voicemail}",
            settings="vm_enabled: true, vm_mailto: b@example.com",
        )
    ),
)  # fmt: skip
def self_transfer(subject: Subject) -> Iterator[Candidate]:
    places: dict[str, list[Destination]] = {}
    for one in subject.destinations:
        places.setdefault(f"{one.place} {one.field.partition('[')[0]}", []).append(one)
    for found in places.values():
        own = [one for one in found if inside(subject, one.leg) and one.leg.number == one.number]
        rule = found[0].rule
        if len(own) < len(found) or (rule and (rule.dead or _goes_on(subject, found[0]))):
            continue
        text = f"{found[0].field} leads to {found[0].number} itself, and to nobody else"
        yield Candidate(found[0].place, text, dialled(subject, found, lambda one: lambda seen: True))


def _goes_on(subject: Subject, one: Destination) -> bool:
    """Whether a phone that rings by its own rule is helped out afterwards."""
    extension, rule = subject.plan.extensions[one.number], one.rule
    if rule is None or extension.type != "phone":
        return False
    compiled = rule.compiled
    follows = isinstance(compiled, IncomingRule) and not compiled.final and len(extension.rules) > rule.index + 1
    return follows or mailbox(subject, one.number) is not False


def circles(steps: Mapping[T, Iterable[T]]) -> list[set[T]]:
    """The sets of nodes that lead to one another, also those of one node that leads to itself."""
    reach = {one: _reach(steps, one) for one in steps}
    found: list[set[T]] = []
    done: set[T] = set()
    for one in steps:
        if one not in done and one in reach[one]:
            ring = {other for other in reach[one] if one in reach.get(other, ())}
            done |= ring
            found.append(ring)
    return found


def _reach(steps: Mapping[T, Iterable[T]], start: T) -> set[T]:
    found: set[T] = set()
    waiting = [start]
    while waiting:
        for one in steps.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


_FULL = "sound_type: music, sound: Hold, max_wait_time: 60, vm_enabled: false"


@check(
    "L06",
    "queue-circle",
    WARNING,
    title="Queues pass callers to each other in a circle if nobody answers.",
    remedy="Let one of the queues take a message, or send the caller to somebody outside the circle.",
    example=tenant(
        agent("101", "Anna"), queue("200", settings=f'{_FULL}, timeout_transfer_dst: "201"'),
        queue("201", settings=f'{_FULL}, timeout_transfer_dst: "200"'), did="200",
    ),
    place='extensions[1] "200"',
    close=tenant(
        agent("101", "Anna"), queue("200", settings=f'{_FULL}, timeout_transfer_dst: "201"'),
        queue("201", settings=f'{_FULL}, timeout_transfer_dst: "101"'), did="200",
    ),
)  # fmt: skip
def queue_circle(subject: Subject) -> Iterator[Candidate]:
    steps: dict[str, list[str]] = {}
    queues = {one.number: own for one, own, dummy in subject.queues}
    for number, own in queues.items():
        for way in own.exits.values():
            legs = way.group.legs if way.group else ()
            steps.setdefault(number, []).extend(leg.number for leg in legs if leg.number in queues)
    for ring in circles(steps):
        if len(ring) == 1:
            continue
        first, *others = [number for number in queues if number in ring]
        calls = [tried for word in (NOBODY, NO_AGENTS) for tried in subject.ways.all(first, (word,))]

        def shows(seen: Seen, first: str = first) -> bool:
            return seen.queues.count(first) > 1

        text = f"callers whom nobody answers are passed on to {', '.join(others)} and back"
        patient = [Witness(replace(one.call, hang_up_after=_HOURS), shows, one.world) for one in calls[:10]]
        yield Candidate(_place(subject, first), text, patient, explains=tuple(_place(subject, one) for one in ring))
