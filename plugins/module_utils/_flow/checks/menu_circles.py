# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Calls that go in circles inside of menus (L03 to L05, L07)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from ..answer import ABANDONED, ANSWERED, CONFERENCE, ENDLESS, FAX, VOICEMAIL
from ..asks import MENU
from ..call import Press
from ..calltest.seen import Seen
from ..explore_worlds import FAIR, NOBODY
from ..looks import WEBHOOK
from .circles import by_keys, circles
from .claims import Shows, endless
from .examples import ANNA, BARE, context, menu, tenant
from .kinds import ERROR, WARNING, Candidate, Witness, check
from .program import witnesses
from .subject import Subject
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
    "L03",
    "no-way-out",
    ERROR,
    title="Neither a key nor waiting leads out of a menu, to a person, to a mailbox or to the end of the call.",
    remedy="Let an option transfer the call, take a message or hang up, or give the menu a lifetime.",
    example=tenant(
        ANNA, menu({"1": "{action: jump_to_context, context: trap}"}, others=context("trap", {
            "start": "{action: play_sound, sound: Sorry}",
            "timeout": "{action: jump_to_context, context: trap}",
            "invalid": "{action: jump_to_context, context: trap}",
        })),
        did="300",
    ),
    place='extensions[1] "300" > ivr > contexts[1] "trap"',
    close=tenant(
        ANNA, menu({"1": "{action: jump_to_context, context: trap}"}, others=context("trap", {
            "start": "{action: play_sound, sound: Sorry}",
            "timeout": "{action: jump_to_context, context: main}",
            "invalid": "{action: jump_to_context, context: main}",
        })),
        did="300",
    ),
    also=("L04",),
)  # fmt: skip
def no_way_out(subject: Subject) -> Iterator[Candidate]:
    steps, out = _steps(subject.ways.everything)
    caught = set(steps) - _leading(steps, out)
    yield from _trapped(
        subject,
        {spot: [one for one in steps[spot] if one in caught] for spot in caught},
        "this menu can never be left: every way leads back to it",
    )


@check(
    "L04",
    "silence",
    WARNING,
    title="A caller who presses nothing never leaves a menu.",
    remedy="Let the option timeout transfer the call, take a message or hang up, or give the menu a lifetime.",
    example=tenant(
        ANNA, menu({"timeout": "{action: jump_to_context, context: main}", "2": "{action: voicemail}"}), did="300"
    ),
    place='extensions[1] "300" > ivr > contexts[0] "main"',
    close=tenant(ANNA, menu({"timeout": "{action: voicemail}", "2": "{action: voicemail}"}), did="300"),
)
def silence(subject: Subject) -> Iterator[Candidate]:
    quiet, out = _steps((tried for tried in subject.ways.everything if tried.word == FAIR), silent=True)
    caught = set(quiet) - _leading(quiet, out)
    yield from _trapped(
        subject,
        {spot: [one for one in quiet[spot] if one in caught] for spot in caught},
        "a caller who presses nothing never leaves it: without a key, every way leads back",
    )


def _steps(calls: Iterable[Tried], silent: bool = False) -> tuple[dict[Spot, set[Spot]], set[Spot]]:
    """From each menu those that calls come to next, and the menus that calls leave, or about which too little is known.

    silent: from each option, the next one when the caller presses nothing.
    """
    steps: dict[Spot, set[Spot]] = {}
    out: set[Spot] = set()
    # Calls that are the same in several worlds share their answer.
    for tried in {id(one.answer): one for one in calls}.values():
        last: Spot | None = None
        pressed = False
        for event in tried.answer.raw:
            kind = event[1]
            if kind == "keys":
                pressed = pressed or bool(event[3])
            elif kind == "menu":
                spot = event[2:5] if silent else event[2:4]
                steps.setdefault(spot, set())
                if last and not (silent and pressed):
                    steps[last].add(spot)
                last, pressed = spot, False
            elif kind == WEBHOOK and last:
                # The answer of the webhook decides where the call goes.
                out.add(last)
        ended = tried.answer.outcome.kind not in (ABANDONED, ENDLESS)
        if last and (ended or tried.answer.outcome.where == "queue") and not (silent and pressed):
            out.add(last)
    return steps, out


def _leading(steps: Mapping[Spot, Iterable[Spot]], goals: Iterable[Spot]) -> set[Spot]:
    """Everything from which steps lead to one of the goals, these included."""
    back: dict[Spot, list[Spot]] = {}
    for spot, targets in steps.items():
        for target in targets:
            back.setdefault(target, []).append(spot)
    found = set(goals)
    waiting = list(found)
    while waiting:
        for spot in back.get(waiting.pop(), ()):
            if spot not in found:
                found.add(spot)
                waiting.append(spot)
    return found


def _trapped(subject: Subject, steps: Mapping[Spot, Sequence[Spot]], text: str) -> Iterator[Candidate]:
    """One candidate for each circle, at its first menu."""
    order = {(number, one.name): index for index, (number, dummy, one) in enumerate(subject.contexts)}
    places = {(number, one.name): one.place for number, dummy, one in subject.contexts}
    rings = [{(spot[0], spot[1]) for spot in ring} for ring in circles(steps)]
    for ring in sorted(rings, key=lambda ring: min(order[spot] for spot in ring)):
        first, *others = sorted(ring, key=order.__getitem__)
        options = {spot[2] for spot in steps if spot[:2] == first and len(spot) > 2} or ("start", "timeout")
        calls = [tried for option in options for tried in subject.ways.entering(*first, option)]
        calls.sort(key=by_keys)
        names = tuple(places[spot] for spot in ring)
        shows = _round_in(frozenset(ring))
        yield Candidate(places[first], text + _also(others), witnesses(calls, shows), explains=names)


def _round_in(ring: frozenset[tuple[str, str]]) -> Shows:
    def shows(seen: Seen) -> bool:
        return endless(seen) and seen.outcome.where == "circle" and seen.menus[-1] in ring

    return shows


def _also(others: Sequence[tuple[str, str]]) -> str:
    names = [f'"{name}"' for dummy, name in others]
    if len(names) > _MOST_NAMES:
        names = [*names[:_MOST_NAMES], f"{len(names) - _MOST_NAMES} more"]
    return "".join(f" or to {name}" for name in names)


@check(
    "L05",
    "jump-circle",
    ERROR,
    title="Options jump to each other in a circle, without a sound, a wait or an end: the call hangs in the PBX.",
    remedy="Put a sound or a wait between the jumps, or let one of them leave the circle.",
    example=tenant(
        ANNA, menu({"1": '{action: jump_to_context, context: main, context_option: "2"}',
                    "2": '{action: jump_to_context, context: main, context_option: "1"}'}), did="300",
    ),
    place='extensions[1] "300" > ivr > contexts[0] "main"',
    close=tenant(
        ANNA, menu({"1": '{action: jump_to_context, context: main, context_option: "2"}',
                    "2": "{action: jump_to_context, context: main, context_option: start}"}), did="300",
    ),
)  # fmt: skip
def jump_circle(subject: Subject) -> Iterator[Candidate]:
    order = {(number, one.name): index for index, (number, dummy, one) in enumerate(subject.contexts)}
    places = {(number, one.name): one.place for number, dummy, one in subject.contexts}
    for tried in subject.ways.everything:
        raw = tried.answer.raw
        if len(raw) < 100 or raw[-1][0] != raw[-100][0]:
            continue
        ring = {(event[2], event[3]) for event in raw[-60:] if event[1] == "menu"}
        if ring:
            first = min(ring, key=order.__getitem__)
            at = raw[-1][0]

            def shows(seen: Seen, at: int = at) -> bool:
                return endless(seen) and seen.outcome.at == at

            text = "options jump in a circle in which no time passes"
            yield Candidate(
                places[first], text, witnesses([tried], shows), explains=tuple(map(places.__getitem__, ring))
            )


@check(
    "L07",
    "callback-circle",
    WARNING,
    title="If nobody answers, the caller returns to the same menu, again and again.",
    remedy="Take a message after an unanswered transfer.",
    example=tenant(
        BARE, menu({"1": '{action: transfer, transfer_dst: "102", transfer_timeout: 20, final: false}, '
                         "{action: jump_to_context, context: main}"}), did="300",
    ),
    place='extensions[1] "300"',
    close=tenant(
        BARE, menu({"1": '{action: transfer, transfer_dst: "102", transfer_timeout: 20, final: false}, '
                         "{action: voicemail}"}), did="300",
    ),
)  # fmt: skip
def callback_circle(subject: Subject) -> Iterator[Candidate]:
    for extension, own, dummy in subject.menus:
        if own.lifetime or "own" in extension.unknown:
            continue
        for tried in subject.ways.all(extension.number, (NOBODY,)):
            found = _returned(tried, extension.number)
            # A caller who has dialled an extension that does not answer may well try another one.
            if found is None or any(press.keys in subject.plan.extensions for press in found[1]):
                continue
            name, press = found

            def shows(seen: Seen, number: str = extension.number, name: str = name) -> bool:
                return _rounds(seen, number, name) >= _ROUNDS

            call = replace(tried.call, press=press, hang_up_after=_HOURS)
            text = f'nobody answers, and the caller is led back to context "{name}", as often as he tries'
            yield Candidate(extension.place, text, [Witness(call, shows, tried.world)])
            break


def _returned(tried: Tried, number: str) -> tuple[str, tuple[Press, ...]] | None:
    """The menu to which a call comes back after its last ring, and the keys that bring it back again and again."""
    rang = False
    seen: list[tuple[str, int]] = []
    used = 0
    for event in tried.answer.raw:
        kind = event[1]
        listens = kind == "keys" and event[2] == MENU
        if rang and seen and (listens or (kind == "menu" and event[2] == number)):
            # After its last rule an option listens in the menu that the caller is in.
            name = seen[-1][0] if listens else event[3]
            before = [start for other, start in seen if other == name]
            if before:
                again = tried.call.press[before[0] : used]
                again += (Press(),) * (used - before[0] - len(again))
                return name, (*tried.call.press[: before[0]], *again * (_ROUNDS + 2))
            rang = False
        if kind == "keys":
            used += 1
        elif kind == "ring":
            rang = bool(seen)
        elif kind == "menu" and event[2] == number:
            seen.append((event[3], used))
    return None


def _rounds(seen: Seen, number: str, name: str) -> int:
    """How often the call has come back to a menu after it has rung somebody."""
    found, rang = 0, False
    here = ("", "")
    for event in seen.trace:
        if event.event == "ring":
            rang = True
            continue
        if event.event == "menu":
            here = (event.details["extension"], event.details["context"])
        elif event.event != "keys" or event.details["ask"] != MENU:
            continue
        if rang and here == (number, name):
            found += 1
        rang = False
    return found
