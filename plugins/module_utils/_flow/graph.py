# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What a caller experiences in an IVR: where a call can be, and what takes it on from there.

The rules of an option run in order, then its context waits for a key; without one it goes on with the option
``timeout``, after a key that it does not have with ``invalid``. An option without rules hangs up. (semantics.md
section 5, ivr.) Whether an option other than ``start`` hangs up or waits at the end of its rules is not documented:
both are taken for possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from .._model.document import Declared
from .._model.nouns.ivr import MANDATORY_OPTIONS
from .._model.values import ValueProblem, normal

TRANSFERS = ("transfer", "simple_transfer", "transfer_from_variable", "cascade", "simple_cascade")
# What ends the rules of a list without a call that could fail.
ENDINGS = ("hangup", "busy", "voicemail", "jump_to_context")
# For each condition of a rule, the value with which it is none.
_CONDITIONS = {
    "interval": None,
    "call_status": "any",
    "extension_status": "any",
    "extension_call_status": "any",
    "caller_id_action": "any",
    "match_variable_name": None,
    "control_code": None,
}


class Spot(NamedTuple):
    """Where a call can be: at the first rule of an option or, without an option, in a context that waits for a key."""

    context: str
    option: str = ""


# The IVR is done with the call.
OUT = Spot("", "out")
# What the document does not tell: what is not declared, or decided by a program elsewhere.
ELSEWHERE = Spot("", "elsewhere")


class Way(NamedTuple):
    """What takes a call from one spot to another. pressed: the caller has to do something for it.

    by: an action, the digits of an option, or words. rule: the rule that does it.
    """

    to: Spot
    by: str
    pressed: bool = False
    rule: Declared | None = None


@dataclass(eq=False)
class Context:
    """A menu, as far as the document declares it.

    options: by their digits. whole: it says how it starts, so that what is not listed is not there.
    """

    declared: Declared
    options: dict[str, Declared]

    @property
    def whole(self) -> bool:
        return "start" in self.options


class Graph:
    """One IVR. ways: from every spot of the declared contexts. entry: the first spot, where the document tells it.

    limited: whether the IVR ends every call after a time.
    """

    def __init__(self, ivr: Declared) -> None:
        self.limited = (value(ivr, "lifetime") or 0) > 0
        self.contexts: dict[str, Context] = {}
        for one in ivr.inside.get("contexts", []):
            options = {str(value(option, "digits")): option for option in one.inside.get("options", [])}
            self.contexts[str(value(one, "name"))] = Context(one, options)
        entry = value(ivr, "entry_context")
        self.entry = Spot(entry, "start") if entry in self.contexts else None
        self.ways: dict[Spot, list[Way]] = {}
        for name, context in self.contexts.items():
            self.ways[Spot(name)] = list(self._waiting(name, context))
            for digits in {**context.options, **dict.fromkeys(MANDATORY_OPTIONS)}:
                self.ways[Spot(name, digits)] = list(self._running(name, context, digits))

    def reached(self, starts: Iterable[Spot]) -> set[Spot]:
        """Every spot that a call can come to."""
        return spread(starts, {spot: [way.to for way in ways] for spot, ways in self.ways.items()})

    def leading(self, goals: Iterable[Spot], pressing: bool = True) -> set[Spot]:
        """Every spot from which a call can come to one of the goals. pressing: the caller does something."""
        back: dict[Spot, list[Spot]] = {}
        for spot, ways in self.ways.items():
            for way in ways:
                if pressing or not way.pressed:
                    back.setdefault(way.to, []).append(spot)
        return spread(goals, back)

    def _waiting(self, name: str, context: Context) -> Iterator[Way]:
        for digits in context.options:
            if digits not in MANDATORY_OPTIONS:
                yield Way(Spot(name, digits), digits, pressed=True)
        yield Way(Spot(name, "timeout"), "timeout")
        # Nobody is told to press a key that is not there, so that the hangup by default is no way that is offered.
        if "invalid" in context.options:
            yield Way(Spot(name, "invalid"), "invalid", pressed=True)
        if value(context.declared, "allow_any_dial"):
            yield Way(OUT, "the number of an extension", pressed=True)
        if not context.whole:
            yield Way(ELSEWHERE, "an option that is not declared", pressed=True)

    def _running(self, name: str, context: Context, digits: str) -> Iterator[Way]:
        option = context.options.get(digits)
        rules = option.inside.get("rules") if option else None
        if (option and rules is None) or not (option or context.whole):
            yield Way(ELSEWHERE, "rules that are not declared")
            return
        for rule in rules or ():
            yield from self._ruled(name, rule)
            if ends(rule):
                return
        if rules:
            yield Way(Spot(name), "the end of the rules")
        if not rules or digits != "start":
            yield Way(OUT, "hangup")

    def _ruled(self, name: str, rule: Declared) -> Iterator[Way]:
        action = value(rule, "action")
        if action == "jump_to_context":
            yield Way(self.target(value(rule, "context"), value(rule, "context_option")), action, rule=rule)
        elif action == "call_interactive" or action not in rule.noun.variants:
            yield Way(ELSEWHERE, action, rule=rule)
        elif action == "voice_helper":
            for heard in value(rule, "voice_helper_rules") or ():
                yield Way(self.target(name, heard.get("to_option")), action, pressed=True, rule=rule)
        elif action in TRANSFERS or action in ENDINGS:
            yield Way(OUT, str(action), rule=rule)

    def target(self, context: str | None, option: str | None) -> Spot:
        """Where a jump goes: without an option, to the start of the context."""
        found = self.contexts.get(context or "")
        wanted = option or "start"
        if found and (wanted in found.options or wanted in MANDATORY_OPTIONS):
            return Spot(context or "", wanted)
        return ELSEWHERE


def spread(starts: Iterable[Spot], steps: Mapping[Spot, Iterable[Spot]]) -> set[Spot]:
    """Everything that steps lead to from anywhere in the beginning, that included."""
    found = set(starts)
    open_ends = list(found)
    while open_ends:
        for spot in steps.get(open_ends.pop(), ()):
            if spot not in found:
                found.add(spot)
                open_ends.append(spot)
    return found


def value(one: Declared, name: str) -> Any:
    """A declared value in its one spelling; None where it is not declared, cleared, or makes no sense."""
    raw = one.given.get(name)
    field = one.noun.by_name.get(name)
    if raw is None or field is None:
        return None
    try:
        return str(raw) if field.refers_to else normal(field, raw)
    except ValueProblem:
        return None


def ends(rule: Declared) -> bool:
    """Whether no rule behind this one ever runs, as far as the document tells."""
    action = value(rule, rule.noun.variant)
    return (
        (action in ENDINGS or (action in TRANSFERS and value(rule, "final") is True))
        and value(rule, "enabled") is not False
        and all(value(rule, name) in (None, none) for name, none in _CONDITIONS.items())
    )
