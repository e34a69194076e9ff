# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The values that all rules of a call plan name: intervals, patterns of callers, values of variables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .menus import Guard, Menu, MenuRule, PlayDigits, Transfer
from .plan import CallPlan
from .schedule import Schedule


def menu_rules(plan: CallPlan) -> Iterator[MenuRule]:
    """The rules of all menus."""
    for extension in plan.extensions.values():
        if isinstance(extension.own, Menu):
            for context in extension.own.contexts.values():
                for option in context.options.values():
                    yield from option.rules or ()


def guards(plan: CallPlan) -> Iterator[Guard]:
    """The conditions of all rules."""
    for extension in plan.extensions.values():
        yield from (rule.guard for rule in extension.rules if rule.guard)
    yield from (rule.guard for rule in menu_rules(plan) if rule.guard)


def schedules(plan: CallPlan) -> list[Schedule]:
    """The intervals that rules ask, each once."""
    return list({id(one.schedule): one.schedule for one in guards(plan) if one.schedule}.values())


def patterns(plan: CallPlan) -> set[str | None]:
    """The patterns that rules search in the numbers of callers, None for whether he is hidden."""
    return {one.pattern for one in guards(plan) if one.caller}


@dataclass
class Variables:
    """The uses of variables in rules, by name: the values that rules compare them with, and whether rules dial them or
    read them out."""

    compared: dict[str, set[str]] = field(default_factory=dict)
    dialled: set[str] = field(default_factory=set)
    read_out: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, plan: CallPlan) -> Variables:
        found = cls()
        for rule in menu_rules(plan):
            if rule.variable:
                found.compared.setdefault(rule.variable, set()).add(rule.value)
            if isinstance(rule.action, Transfer) and rule.action.variable:
                found.dialled.add(rule.action.variable)
            elif isinstance(rule.action, PlayDigits) and rule.action.variable:
                found.read_out.add(rule.action.variable)
        return found
