# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Mailboxes, groups and faxes that do not take the calls that they seem to take (V)."""

from __future__ import annotations

from collections.abc import Iterator

from ..answer import ANSWERED, FAX, VOICEMAIL
from ..calltest.seen import Seen
from ..explore_worlds import NOBODY, world_of
from ..fields import Fields
from ..numbers import OUTSIDE, Group, Leg
from ..world import ANSWERS, Does, World
from .claims import Shows, both, ends, happens, runs
from .kinds import ERROR, NOTICE, WARNING, Candidate, Witness, check
from .program import group_of, inside, mailbox
from .seeking import anywhere, direct, firing
from .subject import TRANSFERS, Rule, Subject

# `transfer` takes so many numbers, `simple_transfer` more.
_MOST_NUMBERS = 10
# When an outside number is answered by its mailbox, in milliseconds.
_FOREIGN = (20_000, 5_000)

_TENANT = """
dids: [{{name: "74950000101", extension: "101"}}]
extensions:
  - number: "101"
    type: phone
    phone: {{{first}}}
    incom_rules: [{rules}]
  - {{number: "102", type: phone, phone: {{{second}, vm_mailto: b@example.com}}}}
  - {{number: "103", type: phone, phone: {{vm_enabled: true, vm_mailto: c@example.com, hangup_timeout: 40}}}}
"""
_PHONE = 'extensions[0] "101"'
_RULE = 'extensions[0] "101" > incom_rules[0]'
_REST = "{type: voicemail}"
_MAILBOX = "vm_enabled: true, vm_mailto: a@example.com"


def _tenant(rules: str, first: str = _MAILBOX, second: str = "vm_enabled: true, hangup_timeout: 20") -> str:
    return _TENANT.format(rules=rules, first=first, second=second)


@check(
    "V01",
    "no-mailbox",
    ERROR,
    title="A rule leads to the mailbox of an extension whose mailbox is off.",
    remedy="Switch the mailbox on (vm_enabled), or use another destination.",
    example=_tenant("{type: voicemail}", first="vm_enabled: false"),
    place=_PHONE,
    close=_tenant("{type: voicemail}"),
    also=("H03", "H04"),
)
def no_mailbox(subject: Subject) -> Iterator[Candidate]:
    for rule in subject.rules:
        extension = subject.plan.extensions[rule.number]
        if rule.action != "voicemail" or rule.dead or mailbox(subject, rule.number) is not False:
            continue
        off = "off" if extension.mailbox.enabled is not None else "not on"
        message = f"{rule.short_place} leads to its mailbox, which is {off}: it does not take the call"
        yield Candidate(extension.place, message, firing(subject, rule, _no_message(rule.number)))


def _no_message(number: str) -> Shows:
    return lambda found: found.outcome.extension != number and found.outcome.kind != "unknown"


@check(
    "V02",
    "nobody-told",
    WARNING,
    title="Nobody is notified of the messages in a mailbox.",
    remedy="Give the mailbox an address (vm_mailto), or the extension a webhook for voicemail.",
    example=_tenant("", first="vm_enabled: true"),
    place=_PHONE,
    close=_tenant("", first="vm_enabled: true").replace(
        "incom_rules: []", 'events: [{event_type: voicemail, url: "https://example.com/told", method: POST}]'
    ),
)
def nobody_told(subject: Subject) -> Iterator[Candidate]:
    for item, extension in subject.extensions:
        number = extension.number
        settings = subject.state.settings(extension.type, (number,))
        if not settings or not mailbox(subject, number) or not subject.state.knows("event", (number,)):
            continue
        fields = Fields(settings)
        notified = any(Fields(event).text("event_type") == VOICEMAIL for event in subject.state.all("event", (number,)))
        if not notified and not fields.text("vm_mailto") and not fields.unknown:
            sentence = "nobody is told of messages in its mailbox: neither by mail nor by a webhook"
            yield Candidate(item.where, sentence, anywhere(subject, number, ends(VOICEMAIL, extension=number)))


@check(
    "V03",
    "mailbox-wins",
    WARNING,
    title="The mailbox of one destination takes the call while others still ring, or before they ring.",
    remedy="Let the others ring first, or use simple_transfer, which rings phones without their mailboxes.",
    example=_tenant('{type: transfer, transfer_dst: "102 103", transfer_timeout: 50, final: false}'),
    place=_PHONE,
    close=_tenant('{type: simple_transfer, transfer_dst: "102 103", transfer_timeout: 50, final: false}'),
)
def mailbox_wins(subject: Subject) -> Iterator[Candidate]:
    for rule, group in _groups(subject):
        extension = subject.plan.extensions[rule.number]
        if len(group.legs) > 1 and not group.simple:
            message = (
                f"{rule.short_place} rings several numbers, and the mailbox of one takes the call before the others"
            )
            yield Candidate(
                extension.place, message, firing(subject, rule, _taken_early(subject, rule, group), (NOBODY,))
            )


def _groups(subject: Subject) -> Iterator[tuple[Rule, Group]]:
    """The rules that ring somebody, with whom."""
    for rule in subject.rules:
        group = group_of(rule)
        if group is not None and not rule.dead:
            yield rule, group


def _taken_early(subject: Subject, rule: Rule, group: Group) -> Shows:
    """A mailbox takes the call while a destination of the group rings, or before it starts."""
    numbers = {there.number for there in (inside(subject, leg) for leg in group.legs) if there}

    def shows(found: Seen) -> bool:
        if found.outcome.kind != VOICEMAIL:
            return False
        begin = [event.t for event in found.events("rule") if event.details["place"] == rule.place]
        took = next((event.t for event in found.events("voicemail")), 0) - _greeting(found)
        cut = any(
            event.details["result"] == "cancelled" and event.t + event.details["ms"] == took
            for event in found.events("ring")
        )
        late = any(begin[-1] + leg.delay > took for leg in group.legs)
        return (cut or late) and found.outcome.extension in numbers

    return shows


def _greeting(found: Seen) -> int:
    """How long the greeting of the mailbox was that took a call."""
    sounds = [event for event in found.trace if event.event == "sound"]
    end = next((event.t for event in found.events(VOICEMAIL)), 0)
    greeting = found.subject.plan.extensions[found.outcome.extension].mailbox.greeting
    last = sounds[-1].details if sounds else {}
    return last["ms"] if greeting and last.get("title") == greeting and sounds[-1].t + last["ms"] == end else 0


@check(
    "V04",
    "cut-before-mailbox",
    NOTICE,
    title="A rule gives up before the mailbox of its destination can take the call.",
    remedy="If you want the mailbox, make transfer_timeout of the rule longer than hangup_timeout of the phone.",
    example=_tenant('{type: transfer, transfer_dst: "102", transfer_timeout: 20, final: false}'),
    place=_PHONE,
    close=_tenant('{type: transfer, transfer_dst: "102", transfer_timeout: 30, final: false}'),
)
def cut_before_mailbox(subject: Subject) -> Iterator[Candidate]:
    for rule, group in _groups(subject):
        longest = group.timeout or subject.assume.ring_seconds * 1000
        owner = subject.plan.extensions[rule.number]
        for leg in group.legs:
            there = inside(subject, leg)
            phone = there.phone if there and there is not owner and not group.simple else None
            if there is None or phone is None or not mailbox(subject, there.number):
                continue
            rings = phone.timeout or subject.assume.phone_ring * 1000
            if longest <= leg.delay + rings:
                message = (
                    f"{rule.short_place} rings for {longest // 1000} s, and {leg.number} for {rings // 1000} s: "
                    "its mailbox is never reached"
                )
                yield Candidate(owner.place, message, firing(subject, rule, _rung_in_vain(leg), (NOBODY,)))


def _rung_in_vain(leg: Leg) -> Shows:
    def shows(found: Seen) -> bool:
        rung = any(event.details["who"] == leg.number for event in found.events("ring"))
        return rung and found.outcome.extension != leg.number

    return shows


@check(
    "V05",
    "too-many",
    ERROR,
    title="A transfer has more than 10 numbers.",
    remedy="Remove some, or use simple_transfer, which takes more.",
    example=_tenant('{type: transfer, transfer_dst: "1021 1022 1023 1024 1025 1026 1027 1028 1029 1030 1031"}'),
    place=_RULE,
    close=_tenant('{type: simple_transfer, transfer_dst: "1021 1022 1023 1024 1025 1026 1027 1028 1029 1030 1031"}'),
    also=("H03", "H04"),
)
def too_many(subject: Subject) -> Iterator[Candidate]:
    for rule, group in _groups(subject):
        if rule.action == TRANSFERS[0] and len(group.legs) > _MOST_NUMBERS:
            yield Candidate(rule.place, f"{len(group.legs)} numbers ring at once; a transfer takes {_MOST_NUMBERS}")


@check(
    "V06",
    "late-number",
    WARNING,
    title="A number of a cascade never rings: its delay is as long as the cascade, or longer.",
    remedy="Make the delay shorter, or transfer_timeout of the rule longer.",
    example=_tenant(
        "{type: simple_cascade, transfer_timeout: 30, final: false, "
        'cascade_numbers: [{delay: 0, number: "102"}, {delay: 30, number: "103"}]}'
    ),
    place=_RULE,
    close=_tenant(
        "{type: simple_cascade, transfer_timeout: 30, final: false, "
        'cascade_numbers: [{delay: 0, number: "102"}, {delay: 20, number: "103"}]}'
    ),
)
def late_number(subject: Subject) -> Iterator[Candidate]:
    for rule, group in _groups(subject):
        legs = group.shifted if group.shifted and subject.assume.cascade_delays == "shifted" else group.legs
        longest = group.timeout or subject.assume.ring_seconds * 1000
        for leg in legs:
            if leg.delay >= longest:
                message = f"{leg.number} never rings: it would begin after {leg.delay // 1000} s, and all ends after "
                shows = _not_rung(legs, leg)
                yield Candidate(rule.place, message + f"{longest // 1000} s", firing(subject, rule, shows, (NOBODY,)))


def _not_rung(legs: tuple[Leg, ...], late: Leg) -> Shows:
    early = any(leg.number == late.number and leg.delay < late.delay for leg in legs)

    def shows(found: Seen) -> bool:
        reached = {event.details["number"] for event in found.events("extension")}
        reached |= {event.details["who"] for event in found.events("ring")}
        return early or late.number not in reached

    return shows


@check(
    "V07",
    "foreign-mailbox",
    NOTICE,
    title="An outside number rings with others, and nobody has to accept the call: its own mailbox may take it.",
    remedy="Switch enable_call_screening on, so that the person who answers accepts the call with a key.",
    example=_tenant('{type: simple_transfer, transfer_dst: "102 79161234567", final: false}'),
    place=_RULE,
    close=_tenant(
        '{type: simple_transfer, transfer_dst: "102 79161234567", enable_call_screening: true, final: false}'
    ),
)
def foreign_mailbox(subject: Subject) -> Iterator[Candidate]:
    for rule, group in _groups(subject):
        if group.screening or len(group.legs) < 2:
            continue
        for leg in group.legs:
            if leg.kind == OUTSIDE and not leg.number.startswith("*"):
                message = f"{leg.number} is an outside number whose own mailbox may take the call from the others"
                yield Candidate(rule.place, message, _taken_outside(subject, rule, leg.number))
                break


def _taken_outside(subject: Subject, rule: Rule, number: str) -> Iterator[Witness]:
    nobody = world_of(NOBODY, World())
    for tried in firing(subject, rule, happens("ring", who=number), (NOBODY,)):
        for after in _FOREIGN:
            world = World(phones=nobody.phones, external={number: Does(ANSWERS, after)})
            yield Witness(tried.call, both(runs(rule.place), ends(ANSWERED, by=number)), world)


@check(
    "V08",
    "fax-to-nobody",
    WARNING,
    title="A fax extension sends received faxes to nobody.",
    remedy="Give it an address (fax_mailto).",
    example='\ndids: [{name: "74950000101", extension: "400"}]\nextensions: [{number: "400", type: fax}]\n',
    place='extensions[0] "400"',
    close="""
dids: [{name: "74950000101", extension: "400"}]
extensions: [{number: "400", type: fax, fax: {fax_mailto: fax@example.com}}]
""",
)
def fax_to_nobody(subject: Subject) -> Iterator[Candidate]:
    for item, extension in subject.extensions:
        if extension.type != "fax":
            continue
        settings = subject.state.settings("fax", (extension.number,))
        fields = Fields(settings)
        known = settings is not None or subject.state.knows("fax", (extension.number,))
        if known and not fields.text("fax_mailto") and not fields.unknown:
            message = "faxes that arrive are sent to nobody: fax_mailto is not set"
            shows = ends(FAX, extension=extension.number)
            yield Candidate(item.where, message, direct(subject, extension.number, shows))
