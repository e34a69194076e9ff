# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Calls that end without a word, and silence (H)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..answer import ABANDONED, HANGUP, RawEvent
from ..calltest.seen import Seen
from ..explore_worlds import BUSY_ALL, NOBODY
from ..plan import Queue
from .claims import Shows, both, happens, hung_up
from .examples import ANNA, BARE, HOURS, menu, phone, tenant
from .kinds import NOTICE, WARNING, Candidate, Witness, check
from .program import witnesses
from .subject import Subject
from .ways import GONE, WORLDS, Tried, Ways

# How long callers may hear nothing, in milliseconds.
_DEAD_AIR = 10_000
_FIRST, _TIMEOUT, _INVALID = "start", "timeout", "invalid"


@check(
    "H01",
    "hung-up-untold",
    WARNING,
    title="A menu or a queue answers, and later hangs up without a word.",
    remedy="Play a sound before the end, take a message, or transfer the call.",
    example=tenant(
        BARE, menu({"1": '{action: transfer, transfer_dst: "102", transfer_timeout: 20}'}), did="300"
    ),
    place='extensions[1] "300" > ivr > contexts[0] "main"',
    close=tenant(
        BARE, menu({"1": '{action: transfer, transfer_dst: "102", transfer_timeout: 20, final: false}, '
                         "{action: play_sound, sound: Sorry}, {action: hangup}"}), did="300"
    ),
)  # fmt: skip
def hung_up_untold(subject: Subject) -> Iterator[Candidate]:
    places = {(number, one.name): one.place for number, dummy, one in subject.contexts}
    shortest: dict[str, Tried] = {}
    for tried in subject.ways.everything:
        end = tried.answer.outcome
        if end.kind != HANGUP or end.told or end.cause not in ("normal", "busy", "no_answer"):
            continue
        where = _hanging_up(subject, tried.answer.raw)
        place = places.get((where[1], where[2]), "") if where and where[0] == "menu" else ""
        if where and where[0] == "queue":
            place = subject.plan.extensions[where[1]].place
        if place and (place not in shortest or _shorter(tried, shortest[place])):
            shortest[place] = tried

    def shows(seen: Seen) -> bool:
        return hung_up(seen) and not seen.outcome.told

    for place, tried in shortest.items():
        last = tried.answer.fired[-1] if tried.answer.fired else ""
        rule = subject.rule_at.get(last)
        after = f" after {rule.action} of rule {rule.index}" if rule else ""
        yield Candidate(place, f"callers are hung up on without a word{after}", witnesses([tried], shows))


def _shorter(one: Tried, other: Tried) -> bool:
    return (len(one.call.press), one.answer.outcome.at) < (len(other.call.press), other.answer.outcome.at)


def _hanging_up(subject: Subject, events: Sequence[RawEvent]) -> tuple[str, ...]:
    """The menu or queue that had the call last: its kind, number and context; () if the PBX had never answered."""
    where: tuple[str, ...] = ()
    for event in events:
        kind = event[1]
        if kind == "menu":
            where = ("menu", event[2], event[3])
        elif kind == "queue":
            own = subject.plan.extensions[event[2]].own
            if isinstance(own, Queue) and not own.disable_answer:
                where = ("queue", event[2])
        elif kind == "leave" and event[3] == "no_agents" and where[:2] == ("queue", event[2]):
            # It has refused the call, and so never had it.
            where = _hanging_up(subject, [one for one in events if one[0] <= event[0] and one[1] == "menu"])
    return where


@check(
    "H02",
    "dead-air",
    WARNING,
    title="Callers hear nothing for more than ten seconds.",
    remedy="Shorten the wait, or play something meanwhile.",
    example=tenant(ANNA, menu({}, context="digit_len: 1, timeout: 15000"), did="300"),
    place='extensions[1] "300" > ivr > contexts[0] "main"',
    close=tenant(ANNA, menu({}, context="digit_len: 1, timeout: 9000"), did="300"),
)
def dead_air(subject: Subject) -> Iterator[Candidate]:
    places = {(number, one.name): one.place for number, dummy, one in subject.contexts}
    longest: dict[str, tuple[int, Tried]] = {}
    for tried in subject.ways.everything:
        gap = _gap(subject, tried)
        if gap.ms > _DEAD_AIR and gap.where:
            kind, number, *rest = gap.where
            place = subject.plan.extensions[number].place if kind == "queue" else places.get((number, rest[0]), "")
            if place and (place not in longest or gap.ms > longest[place][0]):
                longest[place] = (gap.ms, tried)
    for place, (ms, tried) in longest.items():
        text = f"callers hear nothing for {ms / 1000:g} seconds"
        witness = Witness(tried.call, lambda seen: seen.silence > _DEAD_AIR, tried.world)
        yield Candidate(place, text, [witness])


class Gap(NamedTuple):
    """A stretch in which a caller hears nothing. where: the menu or the queue that has the call."""

    ms: int
    where: tuple[str, ...]


def _gap(subject: Subject, tried: Tried) -> Gap:
    """The longest silence of a call."""
    heard, longest = 0, Gap(0, ())
    where: tuple[str, ...] = ()
    music = False
    for event in tried.answer.raw:
        t, kind = event[0], event[1]
        if music:
            heard = max(heard, t)
        if kind in ("sound", "digits", "ring", "answered_by", "hangup", "voicemail", "leave"):
            if t - heard > longest.ms:
                longest = Gap(t - heard, where)
            if kind in ("sound", "digits", "ring"):
                heard = max(heard, t + event[3])
            elif kind == "leave":
                music = False
        elif kind == "menu":
            where = ("menu", event[2], event[3])
        elif kind == "extension" and event[3] == "conference":
            # It asks for a PIN there.
            where = ()
        elif kind == "queue":
            where = ("queue", event[2])
            music = event[2] not in subject.names.silent
    end = tried.answer.outcome
    left = end.kind == ABANDONED and end.where != "queue"
    # If the caller cuts a wait short, an earlier call has met the whole wait.
    return Gap(end.at - heard, where) if not (music or left) and end.at - heard > longest.ms else longest


@check(
    "H03",
    "no-fallback",
    WARNING,
    title="The PBX hangs up without a word on callers of a DID if nobody answers.",
    remedy="Switch a mailbox on, or add a rule for unanswered calls.",
    example=tenant(BARE, did="102"),
    place='dids[0] "74950000102"',
    close=tenant(ANNA, did="101"),
    also=("H04",),
)
def no_fallback(subject: Subject) -> Iterator[Candidate]:
    yield from _bare(subject, NOBODY, "when nobody answers")


@check(
    "H04",
    "no-busy-fallback",
    WARNING,
    title="The PBX hangs up without a word on callers of a DID if everybody is busy.",
    remedy="Switch a mailbox on, or add a rule for busy phones.",
    example=tenant(ANNA, phone("103", '{type: transfer, transfer_dst: "101", call_status: no_answer}'), did="103"),
    place='dids[0] "74950000103"',
    close=tenant(ANNA, phone("103", '{type: transfer, transfer_dst: "101", final: false}'), did="103"),
)
def no_busy_fallback(subject: Subject) -> Iterator[Candidate]:
    yield from _bare(subject, BUSY_ALL, "when everybody is busy")


def _bare(subject: Subject, word: str, when: str) -> Iterator[Candidate]:
    for item in subject.state.all("did"):
        shows = both(hung_up, _never_answered, lambda seen: not _meant(subject, seen.answer.fired))
        found = [tried for tried in subject.ways.silent(item.name, word) if tried.answer.outcome.kind == HANGUP]
        yield Candidate(
            item.where, f"{when}, callers are hung up on: no mailbox, no further rule", witnesses(found, shows)
        )


def _never_answered(seen: Seen) -> bool:
    """Whether the PBX has never answered the call, and had nothing against it."""
    answered = any(True for kind in ("menu", "sound") for dummy in seen.events(kind))
    queued = any(event.details["reason"] not in ("no_agents", "answered") for event in seen.events("leave"))
    return not answered and not queued and seen.outcome.cause in ("busy", "no_answer")


def _meant(subject: Subject, fired: tuple[str, ...]) -> bool:
    """Whether the last rule that ran is there to refuse calls."""
    rule = subject.rule_at.get(fired[-1]) if fired else None
    return rule is not None and rule.action in ("busy", "hangup")


@check(
    "H05",
    "wrong-key-hangs-up",
    WARNING,
    title="A menu hangs up on a caller who presses a wrong key: its option invalid is missing or empty.",
    remedy="Let the option invalid play a sound and return to the menu.",
    example=tenant(ANNA, menu({"invalid": None}), did="300"),
    place='extensions[1] "300" > ivr > contexts[0] "main"',
    close=tenant(ANNA, menu({}), did="300"),
)
def wrong_key_hangs_up(subject: Subject) -> Iterator[Candidate]:
    yield from _without(subject, _INVALID, "a caller who presses a wrong key is hung up on")


@check(
    "H06",
    "timeout-hangs-up",
    WARNING,
    title="A menu hangs up on a caller who presses nothing: its option timeout is missing or empty.",
    remedy="Let the option timeout transfer the call or take a message.",
    example=tenant(ANNA, menu({"timeout": None, "2": "{action: voicemail}"}), did="300"),
    place='extensions[1] "300" > ivr > contexts[0] "main"',
    close=tenant(ANNA, menu({}), did="300"),
)
def timeout_hangs_up(subject: Subject) -> Iterator[Candidate]:
    yield from _without(subject, _TIMEOUT, "a caller who presses nothing is hung up on")


def _without(subject: Subject, option: str, text: str) -> Iterator[Candidate]:
    for number, dummy, context in subject.contexts:
        found = context.options.get(option)
        if context.others or (found and found.rules != ()):
            continue
        shows = both(hung_up, happens("menu", extension=number, context=context.name, option=option))
        calls = subject.ways.entering(number, context.name, option)
        what = "empty" if found else "missing"
        yield Candidate(context.place, f"{text}: option {option} is {what}", witnesses(calls, shows))


@check(
    "H07",
    "lifetime-too-short",
    WARNING,
    title="The lifetime of a menu ends before a caller who listens to all announcements can choose an option.",
    remedy="Make the lifetime longer, or the announcements shorter.",
    example=tenant(
        ANNA, menu({"start": "{action: play_sound, sound: Menu}, {action: play_sound, sound: More}"},
                   settings="lifetime: 9, vm_enabled: true, vm_mailto: anna@example.com"), did="300",
    ),
    place='extensions[1] "300" > ivr > contexts[0] "main"',
    close=tenant(
        ANNA, menu({"start": "{action: play_sound, sound: Menu}, {action: play_sound, sound: More}"},
                   settings="lifetime: 120, vm_enabled: true, vm_mailto: anna@example.com"), did="300",
    ),
)  # fmt: skip
def lifetime_too_short(subject: Subject) -> Iterator[Candidate]:
    for extension, own, dummy in subject.menus:
        if not own.lifetime:
            continue
        endless = replace(extension, own=replace(own, lifetime=0))
        plan = replace(subject.plan, extensions={**subject.plan.extensions, extension.number: endless})
        ways = Ways(plan, subject.assume, subject.now, subject.budget, {})
        first: dict[tuple[str, str], tuple[int, Tried]] = {}
        for tried in ways.all(extension.number, WORLDS[:1]):
            begin = next((event[0] for event in tried.answer.raw if event[1] == "menu"), 0) - own.sleep
            for event in tried.answer.raw:
                if event[1] == "menu" and event[2] == extension.number:
                    spot, took = (event[3], event[4]), event[0] - begin
                    if spot not in first or took < first[spot][0]:
                        first[spot] = (took, tried)
        for name, context in own.contexts.items():
            late = [
                (option, first[name, option])
                for option in context.options
                if option not in (_TIMEOUT, _INVALID) and first.get((name, option), (0,))[0] >= own.lifetime
            ]
            if late:
                option, (took, tried) = late[0]
                text = (
                    f'a caller who listens reaches option "{option}" after {took / 1000:g} s at the earliest, and '
                    f"the lifetime of the menu is {own.lifetime / 1000:g} s"
                )
                missed = _not_entered(extension.number, name, option)
                yield Candidate(context.place, text, witnesses([tried], missed))


def _not_entered(number: str, context: str, option: str) -> Shows:
    there = happens("menu", extension=number, context=context, option=option)
    return lambda seen: seen.outcome.kind != "unknown" and not there(seen)


@check(
    "H08",
    "silent-start",
    WARNING,
    title="All rules of an option start have conditions, and at some times none of them is true.",
    remedy="Add a rule without conditions at the end of the option.",
    example=tenant(
        ANNA, menu({"start": "{action: play_sound, sound: Menu, interval: Hours}"}), did="300", intervals=HOURS
    ),
    place='extensions[1] "300" > ivr > contexts[0] "main"',
    close=tenant(
        ANNA, menu({"start": "{action: play_sound, sound: Menu, interval: Hours}, "
                             "{action: play_sound, sound: Closed}"}), did="300", intervals=HOURS,
    ),
)  # fmt: skip
def silent_start(subject: Subject) -> Iterator[Candidate]:
    places = {(number, one.name): one.place for number, dummy, one in subject.contexts}
    for one in subject.lists:
        if one.option != _FIRST or not one.rules or not all(rule.conditional for rule in one.rules):
            continue
        shows = _none_runs(one.number, one.context, frozenset(rule.place for rule in one.rules))
        calls = [
            tried
            for tried in subject.ways.entering(one.number, one.context)
            if not set(tried.answer.fired) & {rule.place for rule in one.rules}
        ]
        text = "at this time no rule of the option start applies, so that callers hear nothing"
        yield Candidate(places[one.number, one.context], text, witnesses(calls, shows))


def _none_runs(number: str, context: str, rules: frozenset[str]) -> Shows:
    entered = happens("menu", extension=number, context=context, option=_FIRST)
    return lambda seen: entered(seen) and seen.outcome.kind != "unknown" and not rules & set(seen.answer.fired)


@check(
    "H09",
    "unreachable-phone",
    NOTICE,
    title="The rules of a phone that is not registered hang up on its callers without a word.",
    remedy="Add a rule with extension_status unreachable, or switch the mailbox on.",
    example=tenant(ANNA, phone("103", '{type: transfer, transfer_dst: "101", call_status: busy}')),
    place='extensions[1] "103"',
    close=tenant(ANNA, phone("103", '{type: transfer, transfer_dst: "101", extension_status: unreachable}')),
)
def unreachable_phone(subject: Subject) -> Iterator[Candidate]:
    for number, extension in subject.plan.extensions.items():
        if extension.type != "phone" or not any(rule.enabled for rule in extension.rules):
            continue
        calls = [tried for tried in subject.ways.all(number, (GONE,)) if tried.answer.outcome.kind == HANGUP]
        shows = both(
            hung_up, _never_answered, happens("ring", who=number, result="unregistered"),
            lambda seen: not _meant(subject, seen.answer.fired),
        )  # fmt: skip
        text = "while the phone is not registered, its callers are hung up on"
        yield Candidate(extension.place, text, witnesses(calls, shows))
