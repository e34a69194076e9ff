# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Rules behind others that take all their calls (U01, U04, U12, U13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..menus import MenuRule, PlayDigits, PlaySilence, PlaySound
from .claims import runs
from .examples import ANNA, BARE, HOURS, agent, phone, queue, tenant
from .kinds import NOTICE, WARNING, Candidate, check
from .program import (
    alive,
    calls_others,
    counts,
    ends,
    group_of,
    rule_name,
    status_before,
    taken_by,
    taker,
    witnesses,
)
from .subject import Rule, Subject

_TAKES = "vm_enabled: true, vm_mailto: ben@example.com"
_CONDITIONS = (
    "interval", "call_status", "extension_status", "extension_call_status", "caller_id_action", "caller_id",
    "match_variable_name", "match_variable_value", "control_code", "enabled",
)  # fmt: skip
_SAYS = (PlaySound, PlaySilence, PlayDigits)


@check(
    "U12",
    "dead-rule",
    NOTICE,
    title="A rule is switched off, and no control code switches it on.",
    remedy="Remove the rule, switch it on, or give it a control_code.",
    example=tenant(ANNA, phone("103", '{type: transfer, transfer_dst: "101", enabled: false}', settings=_TAKES)),
    place='extensions[1] "103" > incom_rules[0]',
    close=tenant(
        ANNA,
        phone("103", '{type: transfer, transfer_dst: "101", enabled: false, control_code: "*91"}', settings=_TAKES),
    ),
)
def dead_rule(subject: Subject) -> Iterator[Candidate]:
    for rule in subject.rules:
        if rule.dead:
            yield Candidate(rule.place, "is switched off, and no control code switches it on")


@check(
    "U13",
    "duplicate-rule",
    WARNING,
    title="A rule has the same conditions as an earlier one: it never runs, or does the same again.",
    remedy="Remove one of the two, or change its conditions.",
    example=tenant(
        ANNA,
        phone(
            "103", '{type: transfer, transfer_dst: "101", interval: Hours}', "{type: voicemail, interval: Hours}",
            settings=_TAKES,
        ),
        intervals=HOURS,
    ),
    place='extensions[1] "103" > incom_rules[1]',
    close=tenant(
        ANNA,
        phone(
            "103", '{type: transfer, transfer_dst: "101", interval: Hours, final: false}',
            "{type: voicemail, interval: Hours}", settings=_TAKES,
        ),
        intervals=HOURS,
    ),
)  # fmt: skip
def duplicate_rule(subject: Subject) -> Iterator[Candidate]:
    for one in subject.lists:
        rules = alive(one)
        for position, rule in enumerate(rules):
            for before in rules[:position]:
                if _conditions(rule) != _conditions(before):
                    continue
                between = rules[rules.index(before) + 1 : position]
                steady = not rule.about_status or not any(calls_others(other) for other in between)
                if steady and ends(subject, before):
                    text = f"never runs: {rule_name(before)} has the same conditions, and ends the list"
                    shows = taken_by(before, rule)
                elif _says_the_same(rule, before):
                    text = f"does the same as {rule_name(before)}, under the same conditions"
                    shows = runs(before.place)
                else:
                    continue
                yield Candidate(rule.place, text, witnesses(subject.ways.firing(before.place), shows))
                break


def _conditions(rule: Rule) -> tuple[object, ...]:
    values = {name: rule.item.value(name) for name in _CONDITIONS}
    return tuple(None if value in (None, "", "any") else value for value in values.values())


def _says_the_same(rule: Rule, before: Rule) -> bool:
    if isinstance(rule.compiled, MenuRule) and not rule.conditional and isinstance(rule.compiled.action, _SAYS):
        # To say something twice is no mistake.
        return False
    left_out = ("name", "id")
    one, two = (
        {name: value for name, value in each.item.values.items() if name not in left_out} for each in (rule, before)
    )
    return one == two


@check(
    "U01",
    "never-runs",
    WARNING,
    title="A rule never runs, because an earlier rule without conditions always ends the list.",
    remedy="Move the rule up, give the earlier rule a condition, or let the list go on after it.",
    example=tenant(
        ANNA,
        phone(
            "103", '{type: transfer, transfer_dst: "101"}', "{type: voicemail, call_status: no_answer}", settings=_TAKES
        ),
    ),
    place='extensions[1] "103" > incom_rules[1]',
    close=tenant(
        ANNA,
        phone(
            "103", '{type: transfer, transfer_dst: "102", final: false}', "{type: voicemail, call_status: no_answer}",
            settings=_TAKES,
        ),
        BARE,
    ),
)  # fmt: skip
def never_runs(subject: Subject) -> Iterator[Candidate]:
    for one in subject.lists:
        rules = alive(one)
        last = next((rule for rule in rules if not rule.conditional and counts(rule) and ends(subject, rule)), None)
        if last is None:
            continue
        for rule in rules[rules.index(last) + 1 :]:
            text = f"never runs: {rule_name(last)} has no conditions, and always ends the list"
            yield Candidate(rule.place, text, witnesses(subject.ways.firing(last.place), taken_by(last, rule)))


_ALWAYS = "sound_type: music, sound: Hold, max_wait_time: 120, vm_enabled: true, vm_mailto: anna@example.com"


@check(
    "U04",
    "behind-answered",
    WARNING,
    title="A rule runs only after a failed transfer, but the called number always answers.",
    remedy="Move the action of the rule to its right place, such as the queue's timeout; or let the queue refuse "
    "callers while no agent is there (exit_with_no_av_agents).",
    example=tenant(
        agent("101", "Anna"),
        queue("200", settings=_ALWAYS),
        phone(
            "103", '{type: transfer, transfer_dst: "200", final: false}', "{type: voicemail, call_status: no_answer}",
            settings=_TAKES,
        ),
    ),
    place='extensions[2] "103" > incom_rules[1]',
    close=tenant(
        agent("101", "Anna"),
        queue("200", settings=f"{_ALWAYS}, exit_with_no_av_agents: true"),
        phone(
            "103", '{type: transfer, transfer_dst: "200", final: false}', "{type: voicemail, call_status: no_answer}",
            settings=_TAKES,
        ),
    ),
)  # fmt: skip
def behind_answered(subject: Subject) -> Iterator[Candidate]:
    for one in subject.lists:
        rules = alive(one)
        for position, transfer in enumerate(rules):
            group = group_of(transfer)
            who = taker(subject, group) if group and counts(transfer) and not transfer.compiled.final else None
            if who is None:
                continue
            for rule in rules[position + 1 :]:
                needs = not transfer.conditional or (
                    rule.about_status and not _others_fail(subject, rules, transfer, rule)
                )
                if needs:
                    text = f"never runs: {rule_name(transfer)} reaches {who.number}, which takes every call"
                    shows = taken_by(transfer, rule)
                    yield Candidate(rule.place, text, witnesses(subject.ways.firing(transfer.place), shows))


def _others_fail(subject: Subject, rules: Sequence[Rule], transfer: Rule, rule: Rule) -> bool:
    """Whether anything else leaves a status behind for a rule."""
    if rule.incoming and subject.plan.extensions[rule.number].type == "phone":
        return True
    position = rules.index(rule)
    if any(calls_others(one) for one in rules[:position] if one is not transfer):
        return True
    return not rule.incoming and status_before(subject, rule, rules, leaving=transfer)
