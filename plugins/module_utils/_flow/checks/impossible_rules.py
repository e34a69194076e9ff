# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Rules whose conditions can never hold (U08, U09)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..call import Call, Caller
from ..menus import MenuRule
from ..plan import Extension
from ..world import Device, World
from .claims import both, happens, runs_not
from .examples import ANNA, BARE, menu, phone, tenant
from .kinds import WARNING, Candidate, Witness, check
from .program import (
    alive,
    calls_others,
    counts,
    group_of,
    inside,
    rule_name,
    status_before,
    witnesses,
)
from .subject import Rule, RuleList, Subject

_TAKES = "vm_enabled: true, vm_mailto: ben@example.com"
_BUSY = "busy"


@check(
    "U08",
    "status-never",
    WARNING,
    title="A rule depends on a status of the call that never occurs there.",
    remedy="Remove the condition, or move the rule behind the call whose status it needs.",
    example=tenant(
        ANNA, menu({"start": '{action: transfer, transfer_dst: "101", call_status: busy}, '
                             "{action: play_sound, sound: Menu}"}), did="300",
    ),
    place='extensions[1] "300" > ivr > contexts[0] "main" > options[0] "start" > rules[0]',
    close=tenant(
        ANNA, BARE, menu({"1": '{action: transfer, transfer_dst: "102", final: false}, '
                               '{action: transfer, transfer_dst: "101", call_status: busy}, {action: voicemail}'}),
        did="300",
    ),
)  # fmt: skip
def status_never(subject: Subject) -> Iterator[Candidate]:
    for one in subject.lists:
        rules = alive(one)
        extension = subject.plan.extensions[one.number]
        for position, rule in enumerate(rules):
            if not rule.about_status:
                continue
            reason = ""
            if rule.incoming:
                if extension.type in ("phone", ""):
                    reason = _never_busy(subject, rules[:position], rule)
                elif subject.assume.status_of_nonphone == "never":
                    reason = f"an extension of type {extension.type} has no status of calls to ask for"
            elif not status_before(subject, rule, rules):
                reason = "no call comes before it in the menu that could have this status"
            else:
                reason = _never_busy(subject, rules[:position], rule)
            if reason:
                yield Candidate(rule.place, f"never runs: {reason}", _skipping(subject, one, rule))


def _never_busy(subject: Subject, before: Sequence[Rule], rule: Rule) -> str:
    """Why a rule that asks for busy never sees it: the last call before it has a destination that is never busy."""
    guard = rule.compiled.guard
    if not guard or guard.call_status != _BUSY or subject.assume.group_status != "all_busy":
        return ""
    for transfer in reversed(before):
        group = group_of(transfer)
        if not calls_others(transfer):
            continue
        if group is None or transfer.conditional or not counts(transfer) or transfer.compiled.final:
            return ""
        for leg in group.legs:
            extension = inside(subject, leg)
            late = leg.delay >= (group.timeout or subject.assume.ring_seconds * 1000)
            if late or leg.kind == "nowhere" or (extension and _is_never_busy(extension)):
                number = leg.number or leg.outside
                return f"{rule_name(transfer)} rings {number}, which is never busy, so that all together are not"
        return ""
    return ""


def _is_never_busy(extension: Extension) -> bool:
    return extension.blocked or (extension.type in ("queue", "ivr", "fax") and not extension.rules)


def _skipping(subject: Subject, one: RuleList, rule: Rule) -> Iterator[Witness]:
    """Calls that come to the list of a rule, and do not run it."""
    if rule.incoming:
        shows = both(happens("extension", number=one.number), runs_not(rule.place))
        yield from witnesses(subject.ways.all(one.number), shows)
    else:
        shows = both(
            happens("menu", extension=one.number, context=one.context, option=one.option), runs_not(rule.place)
        )
        yield from witnesses(subject.ways.entering(one.number, one.context, one.option), shows)


@check(
    "U09",
    "contradiction",
    WARNING,
    title="The conditions of a rule contradict each other, or the document.",
    remedy="Correct the value or the pattern, or remove the condition.",
    example=tenant(
        ANNA, phone("103", '{type: transfer, transfer_dst: "101", extension_status: unreachable, '
                           "extension_call_status: busy}", settings=_TAKES),
    ),
    place='extensions[1] "103" > incom_rules[0]',
    close=tenant(
        ANNA, phone("103", '{type: transfer, transfer_dst: "101", extension_status: registered, '
                           "extension_call_status: busy}", settings=_TAKES),
    ),
)  # fmt: skip
def contradiction(subject: Subject) -> Iterator[Candidate]:
    given, elsewhere = _variables(subject)
    for one in subject.lists:
        for rule in alive(one):
            compiled = rule.compiled
            if isinstance(compiled, MenuRule):
                values = given.get(compiled.variable, set())
                if values and compiled.value and compiled.value not in values and compiled.variable not in elsewhere:
                    text = f'no rule sets variable {compiled.variable} to "{compiled.value}"'
                    yield Candidate(rule.place, text, _skipping(subject, one, rule))
                    continue
            elif compiled.extension_status == "unreachable" and compiled.extension_call_status == _BUSY:
                text = "an extension that is unreachable is never busy"
                world = World(phones={one.number: Device(registered=False)})
                at = subject.ways.moments(one.number)[0]
                yield Candidate(rule.place, text, [Witness(Call(one.number, at=at), runs_not(rule.place), world)])
                continue
            action = rule.text("caller_id_action")
            if action in ("matches", "not_matches") and not rule.text("caller_id") and rule.item.whole:
                text = f"{action} without a caller_id, so that " + (
                    "every number fits, and hidden callers never do" if action == "matches" else "no number ever fits"
                )
                yield Candidate(rule.place, text, _of_callers(subject, one, rule))


def _of_callers(subject: Subject, one: RuleList, rule: Rule) -> Iterator[Witness]:
    for witness in _skipping(subject, one, rule):
        yield witness
        yield witness._replace(call=replace(witness.call, caller=Caller(anonymous=True)))


def _variables(subject: Subject) -> tuple[dict[str, set[str]], set[str]]:
    """The values that rules set variables to, and the variables that something else may set too."""
    given: dict[str, set[str]] = {}
    elsewhere: set[str] = set()
    webhooks = False
    for rule in subject.rules:
        name = rule.text("set_variable_name")
        if rule.action == "set_variable":
            given.setdefault(name, set()).add(rule.text("set_variable_value"))
        elif rule.action == "record_digits":
            elsewhere.add(rule.text("record_digits_variable"))
        webhooks |= rule.action == "call_interactive"
    return given, elsewhere | (set(given) if webhooks or not subject.whole else set())
