# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A tenant that is judged: its state, and every call that has to be tried to judge it, each tried once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from ..._model.nouns import NOUNS
from ..._state.snapshot import Key, NamedItem, Snapshot
from ..assumptions import Assumptions
from ..budget import Budget
from ..calltest.subject import Subject as Names
from ..compile import NO_LENGTHS
from ..menus import Context, Menu, MenuRule
from ..numbers import Leg
from ..plan import CallPlan, Extension, IncomingRule, Queue
from .ways import Ways

Own = TypeVar("Own", Queue, Menu)

# How many calls are tried at most to judge one tenant.
MOST_CALLS = 50_000
TRANSFERS = ("transfer", "simple_transfer")
CASCADES = ("cascade", "simple_cascade")
_DEFAULT = Assumptions()
# The destinations of settings, and where one is needed the field and the value with which it counts.
_OF_SETTINGS: dict[str, dict[str, tuple[str, str] | None]] = {
    "queue": {
        "timeout_transfer_dst": None,
        "no_agent_timeout_transfer_dst": None,
        "exit_transfer_dst": None,
        "agent_hangup_transfer_dst": ("agent_hangup_action", "transfer"),
    },
    "ivr": {"lifetime_exp_transfer_dst": ("lifetime_exp_action", "transfer")},
}


@dataclass(frozen=True)
class Rule:
    """A rule with conditions, of an extension or of an option. compiled: as it stands in the call plan.

    dead: it is switched off, and no control code switches it on.
    """

    item: NamedItem
    number: str
    index: int
    compiled: IncomingRule | MenuRule

    @property
    def place(self) -> str:
        return self.item.where

    @property
    def short_place(self) -> str:
        """The place as it is seen from its extension."""
        return self.place.split(" > ", 1)[-1]

    @property
    def incoming(self) -> bool:
        return isinstance(self.compiled, IncomingRule)

    @property
    def action(self) -> str:
        return str(self.item.value("type" if self.incoming else "action") or "")

    @property
    def code(self) -> str:
        return self.compiled.code if isinstance(self.compiled, IncomingRule) else ""

    @property
    def dead(self) -> bool:
        return isinstance(self.compiled, IncomingRule) and not (self.compiled.enabled or self.compiled.code)

    @property
    def optional(self) -> bool:
        """Whether a control code switches it."""
        return bool(self.code)

    def text(self, field: str) -> str:
        """A field as text, "" where it is unset or not known."""
        value = self.item.values.get(field)
        return "" if value is None else str(value)

    @property
    def conditional(self) -> bool:
        """Whether it has any condition but to be switched on."""
        if isinstance(self.compiled, MenuRule):
            return self.compiled.conditional
        return self.compiled.judged or self.compiled.asks

    @property
    def about_status(self) -> bool:
        """Whether it asks for the status of a call."""
        if isinstance(self.compiled, IncomingRule):
            return self.compiled.asks
        return bool(self.compiled.guard and self.compiled.guard.call_status != "any")


class RuleList(NamedTuple):
    """Rules in the order in which they run. place: of the option, or of the incom_rules of an extension.

    option: "" for incoming rules. known: all rules and their order are known.
    """

    place: str
    number: str
    context: str
    option: str
    rules: tuple[Rule, ...]
    known: bool


class Destination(NamedTuple):
    """A number that is dialled. place: of the rule or the setting that names it. rule: None for a setting.

    number: of the extension that has it. text: as it is declared.
    """

    place: str
    field: str
    number: str
    text: str
    leg: Leg
    rule: Rule | None


class Subject:
    """A tenant that is judged.

    state: its snapshot. today: the day from which on findings about time count. sounds: lengths in milliseconds by
    title, where they are known. dates_ahead: how many days the last date of an interval has to be ahead.
    whole: everything of the tenant is known. ways: the calls that were tried.
    """

    def __init__(
        self,
        state: Snapshot,
        today: date,
        assume: Assumptions = _DEFAULT,
        sounds: Mapping[str, int] = NO_LENGTHS,
        budget: Budget | None = None,
        dates_ahead: int = 90,
    ) -> None:
        self.state = state
        self.today = today
        self.assume = assume
        self.budget = budget or Budget(MOST_CALLS)
        self.dates_ahead = dates_ahead
        self.names = Names.of(state, sounds)
        self.plan = _open(self.names.plan)
        self.now = int(datetime(today.year, today.month, today.day, tzinfo=timezone.utc).timestamp())

    @cached_property
    def ways(self) -> Ways:
        return Ways(self.plan, self.assume, self.now, self.budget, self._named_by)

    @cached_property
    def extensions(self) -> tuple[tuple[NamedItem, Extension], ...]:
        """All extensions with their compiled forms."""
        return tuple((item, self.plan.extensions[item.name]) for item in self.state.all("extension"))

    @cached_property
    def queues(self) -> tuple[tuple[Extension, Queue, NamedItem], ...]:
        """The queues of which the settings are known, with these."""
        return tuple(self._with_settings("queue", Queue))

    @cached_property
    def menus(self) -> tuple[tuple[Extension, Menu, NamedItem], ...]:
        """The menus of which the settings are known, with these."""
        return tuple(self._with_settings("ivr", Menu))

    def _with_settings(self, noun: str, kind: type[Own]) -> Iterator[tuple[Extension, Own, NamedItem]]:
        """The extensions of one kind of which the settings are known."""
        for dummy, one in self.extensions:
            settings = self.state.settings(noun, (one.number,))
            if isinstance(one.own, kind) and settings and "own" not in one.unknown:
                yield one, one.own, settings

    @cached_property
    def contexts(self) -> tuple[tuple[str, Menu, Context], ...]:
        """The contexts of all menus, each with the number of its extension."""
        return tuple(
            (number, one.own, context)
            for number, one in self.plan.extensions.items()
            if isinstance(one.own, Menu)
            for context in one.own.contexts.values()
        )

    @cached_property
    def lists(self) -> tuple[RuleList, ...]:
        """Every list of rules, empty ones aside, in the order of the document."""
        found = []
        for item, one in self.extensions:
            place = (item.name,)
            incoming = self.state.all("incom_rule", place)
            if incoming:
                rules = tuple(
                    Rule(rule, one.number, index, compiled)
                    for index, (rule, compiled) in enumerate(zip(incoming, one.rules))
                )
                known = "rules" not in one.unknown
                found.append(RuleList(f"{item.where} > incom_rules", one.number, "", "", rules, known))
            if isinstance(one.own, Menu):
                found += list(self._of_menu(one.number, one.own))
        return tuple(found)

    def _of_menu(self, number: str, menu: Menu) -> Iterator[RuleList]:
        for context in menu.contexts.values():
            for name, option in context.options.items():
                key = Key("ivr_rule", (number, context.name, name))
                compiled = {rule.place: rule for rule in option.rules or ()}
                rules = tuple(
                    Rule(item, number, index, compiled[item.where])
                    for index, item in enumerate(self.state.all(*key))
                    if item.where in compiled
                )
                if rules:
                    yield RuleList(option.place, number, context.name, name, rules, option.rules is not None)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for one in self.lists for rule in one.rules)

    @cached_property
    def rule_at(self) -> Mapping[str, Rule]:
        """The rules by their places."""
        return {rule.place: rule for rule in self.rules}

    @cached_property
    def destinations(self) -> tuple[Destination, ...]:
        """Every number that is dialled by a rule, a queue, or a menu whose lifetime is over."""
        found = []
        for rule in self.rules:
            for field, text in _dialled(rule):
                found += self._legs(rule.place, field, rule.number, text, rule)
        for item, one in self.extensions:
            settings = self.state.settings(one.type, (one.number,)) if one.type in _OF_SETTINGS else None
            if settings:
                for field, needed in _OF_SETTINGS[one.type].items():
                    if not needed or settings.values.get(needed[0]) == needed[1]:
                        text = str(settings.values.get(field) or "")
                        found += self._legs(settings.where, field, item.name, text, None)
        return tuple(found)

    def _legs(self, place: str, field: str, number: str, text: str, rule: Rule | None) -> list[Destination]:
        numbers = self.plan.numbers
        return [Destination(place, field, number, word, numbers.leg(word), rule) for word in text.split()]

    @cached_property
    def _named_by(self) -> Mapping[str, frozenset[str]]:
        """The extensions that each extension dials."""
        found: dict[str, set[str]] = {}
        for one in self.destinations:
            if one.leg.kind in ("extension", "did"):
                found.setdefault(one.number, set()).add(one.leg.number)
        for item in self.state.all("did"):
            found.setdefault(item.name, set()).add(str(item.value("extension") or ""))
        return {number: frozenset(named) for number, named in found.items()}

    def knows(self, *nouns: str) -> bool:
        """Whether the whole lists of these nouns are known, everywhere in the tenant."""
        for noun in nouns:
            if noun in ("extension", "did", "tenant_interval", "tenant_sound"):
                if not self.state.knows(noun):
                    return False
                continue
            types = NOUNS[noun].extension_types
            for dummy, one in self.extensions:
                if (not types or not one.type or one.type in types) and not self.state.knows(noun, (one.number,)):
                    return False
        return True

    @cached_property
    def whole(self) -> bool:
        """Whether nothing that a call could meet is unknown."""
        return self.names.whole


def _open(plan: CallPlan) -> CallPlan:
    """The plan in which calls to a menu come into it where its incoming rules are not known: events inside of the menu
    do not depend on them."""
    found = dict(plan.extensions)
    for number, one in plan.extensions.items():
        if one.type == "ivr" and "rules" in one.unknown and not one.rules:
            found[number] = replace(
                one, unknown={part: place for part, place in one.unknown.items() if part != "rules"}
            )
    return replace(plan, extensions=found)


def _dialled(rule: Rule) -> Iterator[tuple[str, str]]:
    if rule.action in TRANSFERS:
        yield "transfer_dst", rule.text("transfer_dst")
    elif rule.action in CASCADES:
        listed: Any = rule.item.values.get("cascade_numbers") or ()
        for index, one in enumerate(listed):
            yield f"cascade_numbers[{index}].number", str(one.get("number") or "")
