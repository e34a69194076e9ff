# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Rules that tell callers apart by their numbers, and not as meant (C)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from ..answer import ANSWERED, HANGUP, VOICEMAIL
from ..assumptions import Assumptions
from ..call import Call, Caller
from ..calltest.seen import Seen
from ..explore_callers import HIDDEN, callers
from ..explore_patterns import LONGEST, Automaton
from ..explore_worlds import FAIR
from ..guards import ANONYMOUS, MATCHES, NOT_MATCHES
from ..menus import Guard
from ..pattern import NotSupported, PatternProblem, search
from .claims import Shows, ends, runs, runs_not
from .kinds import ERROR, NOTICE, WARNING, Candidate, Witness, check
from .seeking import seen
from .subject import Rule, Subject

_TENANT = """
dids: [{{name: "74950000101", extension: "101"}}]
extensions:
  - number: "101"
    type: phone
    phone: {{vm_enabled: true, vm_mailto: desk@example.com}}
    incom_rules: [{{type: {action}, {caller}}}]
"""
_PHONE = 'extensions[0] "101"'


def _tenant(caller: str, action: str = "voicemail") -> str:
    return _TENANT.format(caller=caller, action=action)


def _matching(pattern: str) -> str:
    return _tenant(f"caller_id_action: matches, caller_id: '{pattern}'")


def fits(guard: Guard, caller: Caller, assume: Assumptions) -> bool:
    """Whether the condition of a rule on the caller holds; False where the pattern cannot be judged."""
    number = caller.shown.number
    if not guard.caller:
        return True
    if guard.caller == ANONYMOUS:
        return not number
    if guard.found is None:
        return False
    if not number:
        return guard.caller == NOT_MATCHES and assume.anonymous_not_matches == "holds"
    return guard.found(number) == (guard.caller == MATCHES)


def both_fit(subject: Subject, one: Rule, other: Rule) -> bool:
    """Whether some caller fits the conditions of two rules."""
    guards = [rule.compiled.guard for rule in (one, other)]
    conditions = [guard for guard in guards if guard and guard.caller]
    if len(conditions) < 2:
        return True
    found = callers(subject.plan, {guard.pattern for guard in conditions}, subject.budget)
    return any(all(fits(guard, caller, subject.assume) for guard in conditions) for caller in found)


def _searching(subject: Subject) -> Iterator[tuple[Rule, str, str]]:
    """The rules that search a pattern in the number of the caller: with the pattern, and the place of the extension."""
    for rule in subject.rules:
        guard = rule.compiled.guard
        if guard and not rule.dead and guard.caller in (MATCHES, NOT_MATCHES) and guard.pattern:
            yield rule, guard.pattern, subject.plan.extensions[rule.number].place


def _usable(subject: Subject) -> Iterator[tuple[Rule, str, str]]:
    for rule, pattern, place in _searching(subject):
        if rule.compiled.guard and rule.compiled.guard.found is not None:
            yield rule, pattern, place


def _calling(subject: Subject, rule: Rule, caller: Caller) -> Iterator[Witness]:
    """Calls by somebody that a rule lets pass or takes, as its condition says; at least one that arrives."""
    guard = rule.compiled.guard
    shows: Shows = runs(rule.place) if guard and fits(guard, caller, subject.assume) else runs_not(rule.place)
    for at in subject.ways.moments(rule.number):
        for tried in subject.ways.walk(rule.number, at, FAIR, caller):
            if shows(seen(subject, tried)):
                yield Witness(tried.call, shows)
    yield Witness(Call(rule.number, caller, subject.ways.moments(rule.number)[0]), lambda found: True)


@check(
    "C01",
    "bad-pattern",
    ERROR,
    title="A caller_id is not a valid pattern.",
    remedy=r"Correct the regular expression (PCRE). Write a literal plus as \+.",
    example=_matching("+49"),
    place=_PHONE,
    close=_matching(r"^\+49"),
)
def bad_pattern(subject: Subject) -> Iterator[Candidate]:
    for rule, pattern, place in _searching(subject):
        try:
            search(pattern)
        except NotSupported:
            continue
        except PatternProblem as problem:
            yield Candidate(place, f'caller_id "{pattern}" of {rule.short_place} {problem}')


@check(
    "C02",
    "all-or-none",
    WARNING,
    title="A pattern matches the number of every caller, or of none.",
    remedy="Write a pattern for the callers that you mean, or remove the condition.",
    example=_matching("^.*$"),
    place=_PHONE,
    close=_matching(r"^\+?49"),
)
def all_or_none(subject: Subject) -> Iterator[Candidate]:
    for rule, pattern, place in _usable(subject):
        found = callers(subject.plan, {pattern}, subject.budget)
        numbers = [caller for caller in found if caller.shown.number]
        results = {search(pattern)(caller.number) for caller in numbers}
        if len(results) == 1 and not found.not_exact:
            who = "every number" if results == {True} else "no number at all"
            message = f'the pattern "{pattern}" of {rule.short_place} matches {who}'
            yield Candidate(place, message, _calling(subject, rule, numbers[0]))


@check(
    "C03",
    "unanchored",
    WARNING,
    title="A pattern of digits matches anywhere in a number; probably the beginning was meant.",
    remedy=r"Begin the pattern with ^, or with ^\+? if numbers may arrive with a plus.",
    example=_matching("4930"),
    place=_PHONE,
    close=_matching(r"^\+?4930"),
)
def unanchored(subject: Subject) -> Iterator[Candidate]:
    for rule, pattern, place in _usable(subject):
        if pattern.isdigit() and pattern.isascii():
            number = ("1" if pattern[0] != "1" else "2") + pattern
            message = f'the pattern "{pattern}" of {rule.short_place} matches anywhere in a number, such as {number}'
            yield Candidate(place, message, _calling(subject, rule, Caller(number)))


@check(
    "C04",
    "plus-or-not",
    NOTICE,
    title="A pattern matches a number only with a leading plus, or only without, and numbers arrive in both forms.",
    remedy=r"Write \+? in front of the digits, which matches both.",
    example=_matching("^49"),
    place=_PHONE,
    close=_matching(r"^\+?49"),
)
def plus_or_not(subject: Subject) -> Iterator[Candidate]:
    for rule, pattern, place in _usable(subject):
        found = _one_way(pattern, subject.plan.numbers.length)
        if found:
            fitting, other = (found, f"+{found}") if search(pattern)(found) else (f"+{found}", found)
            message = f'the pattern "{pattern}" of {rule.short_place} matches {fitting}, but not {other}'
            yield Candidate(place, message, _calling(subject, rule, Caller(other)))


def _one_way(pattern: str, short: int) -> str:
    """A number in which a pattern is found only with a leading plus, or only without, "" if there is none.

    short: the length of numbers inside the tenant, which have no plus.
    """
    automaton = Automaton(pattern)
    if not automaton.exact:
        return ""
    start = ("", automaton.start, automaton.step(automaton.start, "+"))
    waiting, met = deque([start]), set()
    while waiting:
        number, without, with_plus = waiting.popleft()
        if len(number) > short and automaton.found(without) != automaton.found(with_plus):
            return number
        for digit in "0123456789" if number else "123456789":
            following = (automaton.step(without, digit), automaton.step(with_plus, digit))
            key = (min(len(number), short), following)
            if key not in met and len(number) < LONGEST - 1:
                met.add(key)
                waiting.append((number + digit, *following))
    return ""


@check(
    "C05",
    "hidden-callers",
    NOTICE,
    title="The PBX hangs up on callers who hide their number, and everybody else reaches a person or a mailbox.",
    remedy="Send hidden callers to a person, a mailbox or an announcement, unless you mean to refuse them.",
    example=_tenant("caller_id_action: anonymous", "hangup"),
    place=_PHONE,
    close=_tenant("caller_id_action: anonymous", "voicemail"),
)
def hidden_callers(subject: Subject) -> Iterator[Candidate]:
    telling = {rule.number for rule in subject.rules if rule.compiled.guard and rule.compiled.guard.caller}
    for number, extension in subject.plan.extensions.items():
        if number not in telling:
            continue
        numbers = [caller for caller in subject.ways.callers(number) if caller.shown.number]
        for at in subject.ways.moments(number):
            hidden = seen(subject, subject.ways.try_call(Call(number, HIDDEN, at)))
            if not _refused_by(hidden, number):
                continue
            if all(_reaches(subject, Call(number, caller, at)) for caller in numbers):
                message = "callers who hide their number are hung up on, and all others reach somebody or a mailbox"
                yield Candidate(extension.place, message, [Witness(hidden.call, ends(HANGUP))])
                break


def _refused_by(found: Seen, number: str) -> bool:
    """Whether this extension is the last one that a caller has come to before the hang-up."""
    last = [event.details["number"] for event in found.events("extension")][-1:]
    return found.outcome.kind == HANGUP and last == [number]


def _reaches(subject: Subject, call: Call) -> bool:
    return subject.ways.try_call(call).answer.outcome.kind in (ANSWERED, VOICEMAIL)
