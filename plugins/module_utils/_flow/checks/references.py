# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""References to objects that do not exist (R01 to R04, R06 to R08, R10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..._model.field import UNSET
from ..._model.nouns import NOUNS
from ..._model.nouns.ivr import MANDATORY_OPTIONS
from ..answer import UNKNOWN
from ..asks import SPEECH
from ..call import Call, Press
from ..compile_queue import EXIT_KEY, NO_AGENT_TIMEOUT, NO_AGENTS, TIMEOUT
from ..menus import Context, Jump, Menu, VoiceHelper
from .claims import both, ends, happens, hung_up, runs
from .examples import ANNA, HOURS, agent, menu, phone, queue, tenant
from .kinds import ERROR, Candidate, Witness, check
from .program import witnesses
from .subject import Rule, Subject

_TO_ANNA = '{type: transfer, transfer_dst: "101", interval: Hours}'
_HAS_MAILBOX = "vm_enabled: true, vm_mailto: ben@example.com"
_QUEUE = "sound_type: music, sound: Hold, max_wait_time: 120, vm_enabled: true, vm_mailto: anna@example.com"

_SPEECH = '{{action: voice_helper, sound: Menu, voice_helper_rules: [{{transcription: doctor, to_option: "{}"}}]}}'
# The reasons for which a queue dials each of its destinations.
_REASONS = {
    "timeout_transfer_dst": (TIMEOUT,),
    "no_agent_timeout_transfer_dst": (NO_AGENTS, NO_AGENT_TIMEOUT),
    "exit_transfer_dst": (EXIT_KEY,),
}


@check(
    "R01",
    "no-such-interval",
    ERROR,
    title="A rule uses an interval that does not exist.",
    remedy="Declare the interval for the extension or the tenant, or correct the name.",
    example=tenant(ANNA, phone("103", _TO_ANNA, settings=_HAS_MAILBOX)),
    place='extensions[1] "103" > incom_rules[0]',
    close=tenant(ANNA, phone("103", _TO_ANNA, settings=_HAS_MAILBOX), intervals=HOURS),
)
def no_such_interval(subject: Subject) -> Iterator[Candidate]:
    for rule in subject.rules:
        name = rule.text("interval")
        keys = (("interval", (rule.number,)), ("tenant_interval", ()))
        if name and all(subject.state.knows(*key) and not subject.state.find(key[0], key[1], name) for key in keys):
            yield Candidate(rule.place, f'there is no interval "{name}", so that nobody can say when the rule applies')


@check(
    "R02",
    "no-such-context",
    ERROR,
    title="A menu jumps to a context that does not exist, or begins with one.",
    remedy="Declare the context, or correct the name.",
    example=tenant(ANNA, menu({"1": "{action: jump_to_context, context: sales}"}), did="300"),
    place='extensions[1] "300" > ivr > contexts[0] "main" > options[1] "1" > rules[0]',
    close=tenant(ANNA, menu({"1": "{action: jump_to_context, context: main}"}), did="300"),
)
def no_such_context(subject: Subject) -> Iterator[Candidate]:
    for extension, own, settings in subject.menus:
        if not subject.state.knows("ivr_context", (extension.number,)):
            continue
        if own.entry and own.entry not in own.contexts:
            shows = ends(UNKNOWN, place=own.place)
            text = f'entry_context "{own.entry}" is not there, so that the sounds for callers are unknown'
            yield Candidate(settings.where, text, witnesses(subject.ways.all(extension.number), shows))
        for rule in _menu_rules(subject, extension.number):
            action = rule.compiled.action
            if isinstance(action, Jump) and action.context not in own.contexts:
                shows = ends(UNKNOWN, place=rule.place)
                text = f'there is no context "{action.context}" to jump to'
                yield Candidate(rule.place, text, witnesses(subject.ways.firing(rule.place), shows))


def _menu_rules(subject: Subject, number: str) -> Iterator[Rule]:
    return (rule for rule in subject.rules if rule.number == number and not rule.incoming)


@check(
    "R03",
    "no-such-option",
    ERROR,
    title="A jump leads to an option that its context does not have: the PBX hangs up on the caller.",
    remedy="Jump to an option that exists; start, timeout and invalid always do.",
    example=tenant(ANNA, menu({"1": '{action: jump_to_context, context: main, context_option: "7"}'}), did="300"),
    place='extensions[1] "300" > ivr > contexts[0] "main" > options[1] "1" > rules[0]',
    close=tenant(ANNA, menu({"1": "{action: jump_to_context, context: main, context_option: timeout}"}), did="300"),
)
def no_such_option(subject: Subject) -> Iterator[Candidate]:
    for rule in subject.rules:
        action = rule.compiled.action
        target = _context(subject, rule.number, action.context) if isinstance(action, Jump) else None
        if not isinstance(action, Jump) or target is None or target.others:
            continue
        if action.option not in (*target.options, *MANDATORY_OPTIONS):
            there = ", ".join(dict.fromkeys([*MANDATORY_OPTIONS, *target.options]))
            text = f'"{action.option}" is no option of context "{action.context}"; there are: {there}'
            yield Candidate(rule.place, text, witnesses(subject.ways.firing(rule.place), runs(rule.place)))


@check(
    "R04",
    "no-such-sound",
    ERROR,
    title="A rule or a setting plays a sound that the tenant does not have: callers hear nothing.",
    remedy="Declare the sound with its file, or correct the title. A document without sounds gives no such finding.",
    example="sounds: [{title: Menu, file: menu.wav}]\n"
    + tenant(
        ANNA, menu({"start": "{action: play_sound, sound: Menu}, {action: play_sound, sound: Wellcome}"}), did="300"
    ),
    place='extensions[1] "300" > ivr > contexts[0] "main" > options[0] "start" > rules[1]',
    close="sounds: [{title: Menu, file: menu.wav}]\n" + tenant(ANNA, menu({}), did="300"),
)
def no_such_sound(subject: Subject) -> Iterator[Candidate]:
    titles = {item.name for item in subject.state.all("tenant_sound")}
    if not titles or not subject.state.knows("tenant_sound"):
        return
    for key, items in subject.state.lists.items():
        named_here = [field.name for field in NOUNS[key.noun].fields if field.refers_to == "sound"]
        owned = {item.name for item in subject.state.all("sound", key.place[:1])}
        for item in items if named_here else ():
            missing = [
                (name, str(item.values[name]))
                for name in named_here
                if item.values.get(name) not in (None, UNSET) and str(item.values[name]) not in titles | owned
            ]
            if missing:
                text = ", ".join(f'{name} "{title}"' for name, title in missing)
                yield Candidate(item.where, f"{text} is no sound of the tenant", _hearing(subject, item.where, missing))


def _hearing(subject: Subject, place: str, missing: Sequence[tuple[str, str]]) -> Iterator[Witness] | None:
    rule = subject.rule_at.get(place)
    if rule is None or rule.dead:
        # Where settings are heard, and whether, depends on more than a call.
        return None
    return witnesses(subject.ways.firing(place), runs(place))


@check(
    "R06",
    "no-such-agent",
    ERROR,
    title="A queue has an agent who does not exist.",
    remedy="Declare the agent at a phone, correct the name, or remove the agent from the queue.",
    example=tenant(
        agent("101", "Anna"), queue("200", settings=_QUEUE, agents="[{agent: 101/Anna}, {agent: 101/Ben}]"), did="200"
    ),
    place='extensions[1] "200" > queue_agents[1] "101/Ben"',
    close=tenant(
        agent("101", "Anna", "Ben"),
        queue("200", settings=_QUEUE, agents="[{agent: 101/Anna}, {agent: 101/Ben}]"),
        did="200",
    ),
)
def no_such_agent(subject: Subject) -> Iterator[Candidate]:
    if not subject.knows("agent"):
        return
    there = set(subject.names.agents) | {name.partition("/")[2] for name in subject.names.agents}
    for key, items in subject.state.lists.items():
        for item in items if key.noun == "queue_agent" else ():
            if item.name not in there:
                text = f'there is no agent "{item.name}", so that nobody can say who is rung in the queue'
                number = key.place[0]
                shows = both(happens("extension", number=number), lambda seen: seen.outcome.kind == UNKNOWN)
                yield Candidate(item.where, text, witnesses(subject.ways.all(number), shows))


@check(
    "R07",
    "no-such-word-option",
    ERROR,
    title="A voice_helper leads to an option that its context does not have.",
    remedy="Use an option of the same context for the words, or declare the option.",
    example=tenant(ANNA, menu({"start": _SPEECH.format(3)}), did="300"),
    place='extensions[1] "300" > ivr > contexts[0] "main" > options[0] "start" > rules[0]',
    close=tenant(ANNA, menu({"start": _SPEECH.format(1)}), did="300"),
)
def no_such_word_option(subject: Subject) -> Iterator[Candidate]:
    for one in subject.lists:
        context = _context(subject, one.number, one.context)
        if context is None or context.others:
            continue
        for rule in one.rules:
            action = rule.compiled.action
            heard = action.rules if isinstance(action, VoiceHelper) else ()
            for words, option in heard:
                if words and option not in (*context.options, *MANDATORY_OPTIONS):
                    text = f'the word "{words[0]}" leads to option "{option}", which the context does not have'
                    yield Candidate(rule.place, text, _saying(subject, rule, words[0]))
                    break


def _context(subject: Subject, number: str, name: str) -> Context | None:
    own = subject.plan.extensions[number].own
    return own.contexts.get(name) if isinstance(own, Menu) else None


def _saying(subject: Subject, rule: Rule, word: str) -> Iterator[Witness]:
    for tried in subject.ways.firing(rule.place)[:5]:
        for ask in tried.looks.asks:
            if ask.kind == SPEECH and ask.about[0] is rule.compiled.action:
                press = (*tried.call.press[: ask.item], *(Press(),) * (ask.item - len(tried.call.press)))
                call = replace(tried.call, press=(*press, Press(say=word)), hang_up_after=None)
                yield Witness(call, both(runs(rule.place), happens("keys", ask=SPEECH, keys=word)), tried.world)


@check(
    "R08",
    "did-to-nowhere",
    ERROR,
    title="A DID has no extension, or one that does not exist.",
    remedy="Assign an extension that exists, or let your operator take the DID back.",
    example='dids: [{name: "74950000101"}]\n' + tenant(ANNA),
    place='dids[0] "74950000101"',
    close=tenant(ANNA, did="101"),
)
def did_to_nowhere(subject: Subject) -> Iterator[Candidate]:
    if not subject.knows("extension"):
        return
    for item in subject.state.all("did"):
        extension = item.value("extension")
        if extension is not UNSET and str(extension or "") not in subject.plan.extensions:
            reason = f"there is no extension {extension}" if extension else "it leads to no extension"
            shows = ends("hangup", cause="unallocated")
            yield Candidate(
                item.where,
                f"callers are told that the number does not exist: {reason}",
                [Witness(Call(item.name), shows)],
            )


@check(
    "R10",
    "no-entry",
    ERROR,
    title="A menu has no entry_context: it answers and hangs up.",
    remedy="Set entry_context to the first context of the menu.",
    example=tenant(ANNA, menu({}, entry=""), did="300"),
    place='extensions[1] "300" > ivr',
    close=tenant(ANNA, menu({}), did="300"),
)
def no_entry(subject: Subject) -> Iterator[Candidate]:
    for extension, own, settings in subject.menus:
        if not own.entry and settings.value("entry_context") is not UNSET:
            text = "there is no entry_context, so that callers are hung up on at once"
            shows = both(hung_up, lambda seen: not seen.menus)
            yield Candidate(settings.where, text, witnesses(subject.ways.all(extension.number), shows))
