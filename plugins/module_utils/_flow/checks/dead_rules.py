# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Rules that never run (U01 to U04, U08, U09, U12, U13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from ..call import Call, Caller
from ..conditions import Condition
from ..explore_callers import callers
from ..menus import LeaveMessage, Menu, MenuRule, PlayDigits, PlaySilence, PlaySound, Transfer, Webhook
from ..plan import Extension, IncomingRule
from ..schedule import Schedule
from ..world import Device, World
from .claims import both, happens, runs, runs_not
from .examples import ANNA, BARE, HOLIDAYS, HOURS, agent, menu, phone, queue, tenant
from .kinds import NOTICE, WARNING, Candidate, Witness, check
from .program import (
    calls_others,
    counts,
    ends,
    group_of,
    inside,
    mailbox,
    own_conditions_hold,
    taken_by,
    taker,
    witnesses,
)
from .program import named as named_rule
from .subject import Rule, RuleList, Subject

_TAKES = "vm_enabled: true, vm_mailto: ben@example.com"
_NONE, _BUSY, _NO_ANSWER = "", "busy", "no_answer"
_CONDITIONS = (
    "interval", "call_status", "extension_status", "extension_call_status", "caller_id_action", "caller_id",
    "match_variable_name", "match_variable_value", "control_code", "enabled",
)  # fmt: skip
_SAYS = (PlaySound, PlaySilence, PlayDigits)


def _alive(one: RuleList) -> list[Rule]:
    return [rule for rule in one.rules if not rule.dead]


@check(
    "U12",
    "dead-rule",
    NOTICE,
    title="A rule is switched off, and no control code switches it on.",
    remedy="Take the rule out, switch it on, or give it a control_code.",
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
    title="A rule has the conditions of an earlier one, and never runs or does the same again.",
    remedy="Take one of the two out, or give it other conditions.",
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
        rules = _alive(one)
        for position, rule in enumerate(rules):
            for before in rules[:position]:
                if _conditions(rule) != _conditions(before):
                    continue
                between = rules[rules.index(before) + 1 : position]
                steady = not rule.about_status or not any(calls_others(other) for other in between)
                if rule.conditional and steady and ends(subject, before):
                    text = f"never runs: {named_rule(before)} has the same conditions, and ends the list"
                    shows = taken_by(before, rule)
                elif _says_the_same(rule, before):
                    text = f"does the same as {named_rule(before)}, under the same conditions"
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
    title="A rule stands behind one without conditions that always ends the list.",
    remedy="Move the rule up, give the earlier one a condition, or make it not final.",
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
        rules = _alive(one)
        last = next((rule for rule in rules if not rule.conditional and counts(rule) and ends(subject, rule)), None)
        if last is None:
            continue
        for rule in rules[rules.index(last) + 1 :]:
            text = f"never runs: {named_rule(last)} has no conditions, and always ends the list"
            yield Candidate(rule.place, text, witnesses(subject.ways.firing(last.place), taken_by(last, rule)))


@check(
    "U02",
    "shadowed",
    WARNING,
    title="Earlier rules together cover every time, caller and status of a rule.",
    remedy="Move the rule up, or narrow the conditions of the earlier ones.",
    example=tenant(
        ANNA,
        phone(
            "103", '{type: transfer, transfer_dst: "101", interval: Hours}',
            '{type: transfer, transfer_dst: "101", interval: Mondays, caller_id_action: anonymous}',
            settings=_TAKES,
        ),
        intervals=HOURS + "\n- {name: Mondays, timezone: Europe/Berlin, "
        'conditions: [{start_dow: 2, end_dow: 2, start_time: "10:00:00", end_time: "12:00:00"}]}',
    ),
    place='extensions[1] "103" > incom_rules[1]',
    close=tenant(
        ANNA,
        phone(
            "103", '{type: transfer, transfer_dst: "101", interval: Hours}',
            '{type: transfer, transfer_dst: "101", interval: Mondays, caller_id_action: anonymous}',
            settings=_TAKES,
        ),
        intervals=HOURS + "\n- {name: Mondays, timezone: Europe/Berlin, "
        'conditions: [{start_dow: 2, end_dow: 2, start_time: "10:00:00", end_time: "20:00:00"}]}',
    ),
)  # fmt: skip
def shadowed(subject: Subject) -> Iterator[Candidate]:
    for one in subject.lists:
        rules = _alive(one)
        for position, rule in enumerate(rules):
            covering = [each for each in rules[:position] if counts(each) and ends(subject, each) and _sure(each)]
            if not covering or not one.known:
                continue
            if _covers(subject, covering, rule, rules[:position]):
                listed = ", ".join(named_rule(each) for each in covering)
                text = f"never runs: whenever its conditions hold, one of {listed} has taken the call"
                yield Candidate(rule.place, text, _inside_conditions(subject, covering, rule))


def _sure(rule: Rule) -> bool:
    """Whether its conditions can be judged by the time, the caller and the status of calls alone."""
    compiled = rule.compiled
    return isinstance(compiled, IncomingRule) or not compiled.variable


class Case(NamedTuple):
    """One of the cases that conditions tell apart. own, last: statuses of calls, "" before any."""

    at: int
    caller: Caller
    registered: bool
    own: str
    last: str


def _covers(subject: Subject, covering: Sequence[Rule], rule: Rule, before: Sequence[Rule]) -> bool:
    """Whether one of the rules holds in every case in which another one does, of which there is one at least."""
    met = False
    for case in _cases(subject, [*covering, rule], before):
        if not _holds(subject, rule, case):
            continue
        met = True
        steady = [each for each in covering if not each.about_status or not _changes(before, each)]
        if not any(_holds(subject, each, case) for each in steady):
            return False
    return met


def _changes(before: Sequence[Rule], rule: Rule) -> bool:
    """Whether the status of calls may be another one behind a rule than it was there."""
    behind = before[before.index(rule) + 1 :] if rule in before else ()
    return any(calls_others(one) for one in behind)


def _cases(subject: Subject, rules: Sequence[Rule], before: Sequence[Rule]) -> Iterator[Case]:
    guards = [rule.compiled.guard for rule in rules if rule.compiled.guard]
    schedules: dict[int, Schedule] = {id(one.schedule): one.schedule for one in guards if one.schedule}
    if any(one.no_interval or one.no_pattern for one in guards):
        return
    patterns = {one.pattern for one in guards if one.caller}
    who = callers(subject.plan, patterns, subject.budget).each if patterns else (Caller(),)
    times = subject.ways.states(tuple(schedules.values())).values() if schedules else (subject.now,)
    registered = (True, False) if any(_of_registration(rule) for rule in rules) else (True,)
    statuses = _statuses(subject, rules, before)
    for at, caller, there, (own, last) in product(times, who, registered, statuses):
        subject.budget.spend("cases of rules")
        yield Case(at, caller, there, own, last)


def _of_registration(rule: Rule) -> bool:
    return isinstance(rule.compiled, IncomingRule) and rule.compiled.extension_status != "any"


def _statuses(subject: Subject, rules: Sequence[Rule], before: Sequence[Rule]) -> list[tuple[str, str]]:
    if not any(rule.about_status for rule in rules):
        return [(_NONE, _NONE)]
    found = [(_BUSY, _BUSY), (_NO_ANSWER, _NO_ANSWER)]
    own_first = rules[0].incoming and subject.plan.extensions[rules[0].number].type == "phone"
    asked = any(rule.about_status and not _judged(rule) and counts(rule) for rule in before)
    if any(calls_others(rule) for rule in before):
        found += [(_BUSY, _NO_ANSWER), (_NO_ANSWER, _BUSY), (_NONE, _BUSY), (_NONE, _NO_ANSWER)]
    return found if own_first and asked else [*found, (_NONE, _NONE)]


def _judged(rule: Rule) -> bool:
    return isinstance(rule.compiled, IncomingRule) and rule.compiled.judged


def _holds(subject: Subject, rule: Rule, case: Case) -> bool:
    compiled = rule.compiled
    wanted = compiled.guard.call_status if compiled.guard else "any"
    if wanted not in ("any", case.last):
        return False
    if isinstance(compiled, IncomingRule) and compiled.extension_call_status not in ("any", case.own):
        return False
    return own_conditions_hold(subject, rule, case.at, case.caller, case.registered)


def _inside_conditions(subject: Subject, covering: Sequence[Rule], rule: Rule) -> Iterator[Witness]:
    """Calls at times, and by callers, for whom the rule is meant."""
    for first in covering:
        for tried in subject.ways.firing(first.place):
            if own_conditions_hold(subject, rule, tried.call.at, tried.call.caller):
                yield from witnesses([tried], taken_by(first, rule))


@check(
    "U03",
    "holiday-after-weekly",
    WARNING,
    title="A rule for days of the year stands behind one for weekly hours, which takes its calls.",
    remedy="Move the rule for the days of the year in front of the one for weekly hours.",
    example=tenant(
        ANNA,
        phone(
            "103", '{type: transfer, transfer_dst: "101", interval: Hours}', "{type: voicemail, interval: Holidays}",
            settings=_TAKES,
        ),
        intervals=f"{HOURS}\n{HOLIDAYS}",
    ),
    place='extensions[1] "103" > incom_rules[1]',
    close=tenant(
        ANNA,
        phone(
            "103", "{type: voicemail, interval: Holidays}", '{type: transfer, transfer_dst: "101", interval: Hours}',
            settings=_TAKES,
        ),
        intervals=f"{HOURS}\n{HOLIDAYS}",
    ),
)  # fmt: skip
def holiday_after_weekly(subject: Subject) -> Iterator[Candidate]:
    for one in subject.lists:
        rules = _alive(one)
        for position, rule in enumerate(rules):
            schedule = _schedule(rule)
            if schedule is None or not _yearly(schedule.conditions):
                continue
            for before in rules[:position]:
                weekly = _schedule(before)
                if weekly is None or _yearly(weekly.conditions) or not ends(subject, before):
                    continue
                if (True, True) in subject.ways.states((weekly, schedule)) and not _says_alike(rule, before):
                    text = f"on these days {named_rule(before)} takes the calls that its interval covers too"
                    calls = [
                        tried
                        for tried in subject.ways.firing(before.place)
                        if tried.call.at is not None and subject.ways.active(schedule, tried.call.at)
                    ]
                    yield Candidate(rule.place, text, witnesses(calls, taken_by(before, rule)))
                    break


def _schedule(rule: Rule) -> Schedule | None:
    return rule.compiled.guard.schedule if rule.compiled.guard else None


def _yearly(conditions: Sequence[Condition]) -> bool:
    """Whether every condition names days of the year."""
    return bool(conditions) and all(one.month or one.mdays or one.moments for one in conditions)


def _says_alike(rule: Rule, before: Rule) -> bool:
    """Whether two rules lead to the same place."""
    names = (
        "type",
        "action",
        "transfer_dst",
        "context",
        "context_option",
        "playfile_sound",
        "sound",
        "cascade_numbers",
    )
    return all(rule.item.values.get(name) == before.item.values.get(name) for name in names)


_ALWAYS = "sound_type: music, sound: Hold, max_wait_time: 120, vm_enabled: true, vm_mailto: anna@example.com"


@check(
    "U04",
    "behind-answered",
    WARNING,
    title="A rule could run only after a transfer failed, and what is called there always answers.",
    remedy="Put what the rule does where it is missed: into the queue's timeout, say; or let the queue refuse callers "
    "while no agent is there (exit_with_no_av_agents).",
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
        rules = _alive(one)
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
                    text = f"never runs: {named_rule(transfer)} reaches {who.number}, which takes every call"
                    shows = taken_by(transfer, rule)
                    yield Candidate(rule.place, text, witnesses(subject.ways.firing(transfer.place), shows))


def _others_fail(subject: Subject, rules: Sequence[Rule], transfer: Rule, rule: Rule) -> bool:
    """Whether anything else leaves a status behind for a rule."""
    if rule.incoming and subject.plan.extensions[rule.number].type == "phone":
        return True
    position = rules.index(rule)
    if any(calls_others(one) for one in rules[:position] if one is not transfer):
        return True
    return not rule.incoming and _status_before(subject, rule, rules, leaving=transfer)


@check(
    "U08",
    "status-never",
    WARNING,
    title="A rule asks for a status of calls that can never be there.",
    remedy="Take the condition out, or put the rule behind the call that it is about.",
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
        rules = _alive(one)
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
            elif not _status_before(subject, rule, rules):
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
                return f"{named_rule(transfer)} rings {number}, which is never busy, so that all together are not"
        return ""
    return ""


def _is_never_busy(extension: Extension) -> bool:
    return extension.blocked or (extension.type in ("queue", "ivr", "fax") and not extension.rules)


def _status_before(subject: Subject, rule: Rule, rules: Sequence[Rule], leaving: Rule | None = None) -> bool:
    """Whether a call in a menu may have failed before a rule runs. leaving: a rule whose calls do not count."""
    menu = subject.plan.extensions[rule.number].own
    if not isinstance(menu, Menu):
        return True
    if any(_leaves_status(subject, one) for one in rules[: rules.index(rule)] if one is not leaving):
        return True
    for context in menu.contexts.values():
        if context.unknown or context.others or context.any_dial:
            return True
    # A call that failed anywhere may come back to this option.
    left = leaving.compiled if leaving else None
    return any(
        isinstance(one.action, Webhook) or (one is not left and _may_go_on(subject, rule.number, one))
        for context in menu.contexts.values()
        for option in context.options.values()
        for one in option.rules or ()
    )


def _leaves_status(subject: Subject, rule: Rule) -> bool:
    compiled = rule.compiled
    return isinstance(compiled, MenuRule) and _may_go_on(subject, rule.number, compiled)


def _may_go_on(subject: Subject, number: str, rule: MenuRule) -> bool:
    """Whether a rule of a menu may fail, and the menu goes on."""
    if rule.final and subject.assume.menu_final_failed == "hangup":
        return False
    if isinstance(rule.action, Transfer):
        return bool(rule.action.variable) or taker(subject, rule.action.group) is None
    return isinstance(rule.action, LeaveMessage) and mailbox(subject, number) is not True


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
    title="The conditions of a rule contradict each other, or what the document sets.",
    remedy="Correct the value or the pattern, or take the condition out.",
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
        for rule in _alive(one):
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
