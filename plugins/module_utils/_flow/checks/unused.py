# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Parts of a call flow that no call reaches (U05 to U07, U10, U11, U14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..._model.nouns.ivr import MANDATORY_OPTIONS
from ..answer import UNKNOWN, VOICEMAIL
from ..asks import MENU
from ..call import Press
from ..calltest.seen import Seen
from ..explore_keys import KEYS
from ..menus import Context, Jump, Menu, VoiceHelper, Webhook
from ..numbers import DID, EXTENSION
from .claims import happens
from .examples import ANNA, BARE, agent, context, menu, phone, queue, tenant
from .kinds import ERROR, NOTICE, WARNING, Candidate, Witness, check
from .program import ends, mailbox, witnesses
from .subject import RuleList, Subject
from .ways import GONE, WORLDS

_TAKES = "vm_enabled: true, vm_mailto: ben@example.com"
_QUEUE = "sound_type: music, sound: Hold, max_wait_time: 120, vm_enabled: true, vm_mailto: anna@example.com"


@check(
    "U05",
    "unreached",
    WARNING,
    title="No call reaches a context of a menu.",
    remedy="Let an option lead to the context, or remove the context.",
    example=tenant(
        ANNA, menu({}, others=context("lost", {
            "start": "{action: play_sound, sound: Menu}", "timeout": "{action: voicemail}",
            "invalid": "{action: jump_to_context, context: lost}",
        })), did="300",
    ),
    place='extensions[1] "300" > ivr > contexts[1] "lost"',
    close=tenant(
        ANNA, menu({"2": "{action: jump_to_context, context: lost}"}, others=context("lost", {
            "start": "{action: play_sound, sound: Menu}", "timeout": "{action: voicemail}",
            "invalid": "{action: jump_to_context, context: lost}",
        })), did="300",
    ),
)  # fmt: skip
def unreached(subject: Subject) -> Iterator[Candidate]:
    lists = {(one.number, one.context, one.option): one for one in subject.lists if one.context}
    for extension, own, dummy in subject.menus:
        reached = _reached(subject, extension.number, own, lists)
        for name, one in own.contexts.items() if reached else ():
            if name not in reached:
                text = f'no call ever comes here: nothing that runs from entry_context "{own.entry}" on jumps to it'
                yield Candidate(one.place, text)


def _reached(subject: Subject, number: str, own: Menu, lists: dict[tuple[str, str, str], RuleList]) -> set[str]:
    """The contexts that calls may come to, whatever conditions hold; none where that is not known."""
    found, waiting = {own.entry}, [own.entry]
    while waiting:
        name = waiting.pop()
        here = own.contexts.get(name)
        if here is None or here.unknown or here.others:
            return set()
        for digits, option in here.options.items():
            if option.rules is None:
                return set()
            listed = lists.get((number, name, digits))
            for rule in listed.rules if listed else ():
                action = rule.compiled.action
                if isinstance(action, Webhook) or action is None:
                    return set()
                if isinstance(action, Jump) and action.context not in found:
                    found.add(action.context)
                    waiting.append(action.context)
                if not rule.conditional and ends(subject, rule):
                    break
    return found


@check(
    "U06",
    "untypeable-option",
    ERROR,
    title="Callers cannot type an option: it is longer than its context allows, or has characters that no phone has.",
    remedy="Set digit_len to the length of the longest option, or shorten the option.",
    example=tenant(ANNA, menu({"22": "{action: voicemail}"}), did="300"),
    place='extensions[1] "300" > ivr > contexts[0] "main" > options[4] "22"',
    close=tenant(ANNA, menu({"22": "{action: voicemail}"}, context="digit_len: 2"), did="300"),
)
def untypeable_option(subject: Subject) -> Iterator[Candidate]:
    for number, own, here in subject.contexts:
        length = here.digit_len or subject.ways.usual_length
        targets = _targets(own, here)
        for digits, option in here.options.items():
            if digits in MANDATORY_OPTIONS or digits in targets or not digits:
                continue
            strange = digits.strip(KEYS)
            if strange or len(digits) > length:
                what = "no phone has such keys" if strange else f"the context takes {length}"
                text = f'nobody can type option "{digits}": {what}'
                typed = "".join(key for key in digits if key in KEYS)
                yield Candidate(option.place, text, _typing(subject, number, here, typed, digits))


def _targets(own: Menu, context: Context) -> set[str]:
    """The options of a context that jumps and words lead to."""
    found: set[str] = set()
    for other in own.contexts.values():
        for option in other.options.values():
            for rule in option.rules or ():
                if isinstance(rule.action, Jump) and rule.action.context == context.name:
                    found.add(rule.action.option)
                elif isinstance(rule.action, VoiceHelper) and other is context:
                    found.update(target for dummy, target in rule.action.rules)
    return found


def _typing(subject: Subject, number: str, context: Context, typed: str, digits: str) -> Iterator[Witness]:
    def shows(seen: Seen) -> bool:
        entered = [event.details for event in seen.events("menu")]
        missed = all((one["context"], one["option"]) != (context.name, digits) for one in entered)
        return missed and happens("keys", ask=MENU)(seen)

    for tried in subject.ways.entering(number, context.name)[:5]:
        for ask in tried.looks.asks:
            if ask.kind == MENU and ask.about is context:
                before = (*tried.call.press[: ask.item], *(Press(),) * (ask.item - len(tried.call.press)))
                yield Witness(
                    replace(tried.call, press=(*before, Press(typed)), hang_up_after=None), shows, tried.world
                )


@check(
    "U07",
    "hidden-extension",
    NOTICE,
    title="Callers can dial any extension in a menu, and an option has the number of one of them.",
    remedy="Give the option other digits, or the extension another number.",
    example=tenant(
        ANNA, menu({"1": None, "101": "{action: voicemail}"}, context="digit_len: 3, allow_any_dial: true"), did="300"
    ),
    place='extensions[1] "300" > ivr > contexts[0] "main" > options[3] "101"',
    close=tenant(
        ANNA, menu({"1": None, "102": "{action: voicemail}"}, context="digit_len: 3, allow_any_dial: true"), did="300"
    ),
)
def hidden_extension(subject: Subject) -> Iterator[Candidate]:
    for number, dummy, here in subject.contexts:
        for digits, option in here.options.items() if here.any_dial else ():
            if digits in subject.plan.extensions:
                text = f"a caller who dials extension {digits} here reaches the option instead"
                shows = happens("menu", extension=number, context=here.name, option=digits)
                yield Candidate(option.place, text, witnesses(subject.ways.entering(number, here.name, digits), shows))


@check(
    "U10",
    "idle-mailbox",
    NOTICE,
    title="A mailbox is on, and no call can reach it.",
    remedy="Send unanswered calls to the mailbox, or switch it off.",
    example=tenant(ANNA, phone("103", '{type: transfer, transfer_dst: "101"}', settings=_TAKES)),
    place='extensions[1] "103"',
    close=tenant(BARE, phone("103", '{type: transfer, transfer_dst: "102", final: false}', settings=_TAKES)),
)
def idle_mailbox(subject: Subject) -> Iterator[Candidate]:
    if not subject.whole:
        return
    used: set[str] = set()
    for number in subject.plan.extensions:
        for tried in subject.ways.all(number, (*WORLDS, GONE)):
            end = tried.answer.outcome
            if end.kind == UNKNOWN:
                # The call went on nobody knows how.
                return
            if end.kind == VOICEMAIL:
                used.add(end.extension)
    for number, extension in subject.plan.extensions.items():
        rules = [rule for rule in subject.rules if rule.number == number and not rule.dead]
        # A rule may need a mixture of times and people that was not tried.
        doubtful = any(rule.action in ("voicemail", "call_interactive") for rule in rules)
        idle = number not in used and not doubtful and not extension.blocked
        if idle and extension.mailbox.enabled and mailbox(subject, number):
            yield Candidate(extension.place, "has a mailbox that no call can reach")


@check(
    "U11",
    "orphan",
    NOTICE,
    title="A queue, menu, fax or conference is out of reach: no DID, rule, queue or menu leads to it.",
    remedy="Let a DID or a rule lead to it, or delete the extension.",
    example=tenant(agent("101", "Anna"), queue("200", settings=_QUEUE)),
    place='extensions[1] "200"',
    close=tenant(agent("101", "Anna"), queue("200", settings=_QUEUE), did="200"),
)
def orphan(subject: Subject) -> Iterator[Candidate]:
    anywhere = any(rule.action in ("call_interactive", "transfer_from_variable") for rule in subject.rules)
    if anywhere or not subject.knows("did", "incom_rule") or not subject.whole:
        return
    led = {str(item.value("extension") or "") for item in subject.state.all("did")}
    for number, dummy, here in subject.contexts:
        if here.any_dial:
            length = here.digit_len or subject.ways.usual_length
            led.update(one for one in subject.plan.extensions if len(one) <= length and one != number)
    led |= {
        one.leg.number
        for one in subject.destinations
        if one.leg.kind in (EXTENSION, DID) and one.leg.number != one.number
    }
    for number, extension in subject.plan.extensions.items():
        if extension.type in ("queue", "ivr", "fax", "conference") and number not in led:
            yield Candidate(
                extension.place, f"nothing leads to this {extension.type}; only a caller who dials {number} reaches it"
            )


@check(
    "U14",
    "agent-without-queue",
    NOTICE,
    title="An agent is in no queue.",
    remedy="Put the agent into a queue, or delete the agent.",
    example=tenant(agent("101", "Anna", "Ben"), queue("200", settings=_QUEUE), did="200"),
    place='extensions[0] "101" > agents[1] "Ben"',
    close=tenant(
        agent("101", "Anna", "Ben"),
        queue("200", settings=_QUEUE, agents="[{agent: 101/Anna}, {agent: 101/Ben}]"),
        did="200",
    ),
)
def agent_without_queue(subject: Subject) -> Iterator[Candidate]:
    if not subject.knows("extension", "queue_agent", "agent"):
        return
    lists = subject.state.lists
    if any(key.noun == "queue_agent_remote" for key in lists):
        return
    serving = {item.name for key, items in lists.items() if key.noun == "queue_agent" for item in items}
    for key, items in lists.items():
        for item in items if key.noun == "agent" else ():
            if not {item.name, f"{key.place[0]}/{item.name}"} & serving:
                yield Candidate(item.where, "is an agent of no queue")
