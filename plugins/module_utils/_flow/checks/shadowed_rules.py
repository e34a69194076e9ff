# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Rules whose times and callers are taken by earlier ones (U02, U03)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from ..call import Caller
from ..conditions import Condition
from ..explore_callers import callers
from ..plan import IncomingRule
from ..schedule import Schedule
from .examples import ANNA, HOLIDAYS, HOURS, phone, tenant
from .kinds import WARNING, Candidate, Witness, check
from .program import (
    alive,
    calls_others,
    counts,
    ends,
    own_conditions_hold,
    rule_name,
    taken_by,
    witnesses,
)
from .subject import Rule, Subject

_TAKES = "vm_enabled: true, vm_mailto: ben@example.com"
_NONE, _BUSY, _NO_ANSWER = "", "busy", "no_answer"


@check(
    "U02",
    "shadowed",
    WARNING,
    title="A rule never runs, because earlier rules together cover all its times, callers and statuses.",
    remedy="Move the rule up, or narrow the conditions of the earlier rules.",
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
        rules = alive(one)
        for position, rule in enumerate(rules):
            covering = [each for each in rules[:position] if counts(each) and ends(subject, each) and _sure(each)]
            if not covering or not one.known:
                continue
            if _covers(subject, covering, rule, rules[:position]):
                listed = ", ".join(rule_name(each) for each in covering)
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
        steady = [each for each in covering if not each.about_status or not _changes(subject, before, each)]
        if not any(_holds(subject, each, case) for each in steady):
            return False
    return met


def _changes(subject: Subject, before: Sequence[Rule], rule: Rule) -> bool:
    """Whether the status of calls may be another one behind a rule than it was there."""
    behind = before[before.index(rule) + 1 :] if rule in before else ()
    return any(_leaves_status(subject, one) for one in behind)


def _leaves_status(subject: Subject, rule: Rule) -> bool:
    """Whether rules behind it may run and meet the status that it leaves behind."""
    return calls_others(rule) and not ends(subject, rule)


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
    if any(_leaves_status(subject, rule) for rule in before):
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
    title="A rule for days of the year comes after a rule for weekly hours, which takes its calls.",
    remedy="Move the rule for days of the year in front of the rule for weekly hours.",
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
        rules = alive(one)
        for position, rule in enumerate(rules):
            schedule = _schedule(rule)
            if schedule is None or not _yearly(schedule.conditions):
                continue
            for before in rules[:position]:
                weekly = _schedule(before)
                if weekly is None or _yearly(weekly.conditions) or not ends(subject, before):
                    continue
                if (True, True) in subject.ways.states((weekly, schedule)) and not _says_alike(rule, before):
                    text = f"on these days {rule_name(before)} takes the calls that its interval covers too"
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
