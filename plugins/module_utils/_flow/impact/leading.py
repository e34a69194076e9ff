# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The extensions and menus that can lead a call to a goal with any keys, found without a call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..menus import Context, Jump, Menu, MenuRule, Transfer, Webhook
from ..numbers import Group
from ..plan import CallPlan, Extension
from ..reach import destinations, menu_rules, numbers_of
from ..world import World


def leads_anywhere(world: World) -> bool:
    """Whether a webhook may be answered with any number."""
    return any(
        verb.name in ("transfer", "simple_transfer")
        for listed in world.webhooks.values()
        for reply in listed
        for verb in reply.verbs or ()
    )


def leading(plan: CallPlan, goals: Iterable[str], world: World) -> set[str]:
    """The extensions whose calls can come to one of the goals, these included."""
    anywhere = leads_anywhere(world)
    back: dict[str, list[str]] = {}
    for number, extension in plan.extensions.items():
        targets = set(plan.extensions) if anywhere and _asks_webhook(extension) else _targets(plan, extension)
        for target in targets:
            back.setdefault(target, []).append(number)
    return set(_backwards(set(goals), back))


class LeadingMenus:
    """The menus of a plan that can lead to one of some extensions, or of some menus, which count themselves.

    menus: by the number of the extension and the name of the context.
    """

    def __init__(
        self, plan: CallPlan, extensions: Collection[str], menus: Collection[tuple[str, ...]], world: World
    ) -> None:
        goals = {*extensions, *(one[0] for one in menus)}
        led = leading(plan, goals, world)
        self._menus: set[int] = set()
        for number, extension in plan.extensions.items():
            own = extension.own
            if not goals or not isinstance(own, Menu):
                continue
            expires = _leads(own.expiry, led)
            back: dict[str, list[str]] = {}
            found = set()
            for name, context in own.contexts.items():
                rules = list(_rules_of(context))
                for rule in rules:
                    if isinstance(rule.action, Jump):
                        back.setdefault(rule.action.context, []).append(name)
                if (
                    expires
                    or number in extensions
                    or (number, name) in menus
                    or extension.unknown
                    or _goes_anywhere(context, rules)
                    or any(isinstance(one.action, Transfer) and _leads(one.action.group, led) for one in rules)
                ):
                    found.add(name)
            self._menus.update(id(own.contexts[name]) for name in _backwards(found, back) if name in own.contexts)

    def __contains__(self, context: Context) -> bool:
        return id(context) in self._menus


def _backwards(found: set[str], back: dict[str, list[str]]) -> set[str]:
    waiting = list(found)
    while waiting:
        for name in back.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _goes_anywhere(context: Context, rules: Iterable[MenuRule]) -> bool:
    """Whether the destination of a menu is open: dialled keys or a webhook decide it, or it is not known."""
    if context.any_dial or _menu_partly_known(context):
        return True
    return any(
        rule.action is None
        or isinstance(rule.action, Webhook)
        or (isinstance(rule.action, Transfer) and bool(rule.action.variable))
        for rule in rules
    )


def _leads(group: Group | None, goals: Collection[str]) -> bool:
    return any(number in goals for number in numbers_of(group))


def _rules_of(context: Context) -> Iterator[MenuRule]:
    for option in context.options.values():
        yield from option.rules or ()


def _asks_webhook(extension: Extension) -> bool:
    return any(isinstance(rule.action, Webhook) for rule in menu_rules(extension))


def _menu_partly_known(context: Context) -> bool:
    return bool(context.others or context.unknown) or any(one.rules is None for one in context.options.values())


def _partly_known(extension: Extension) -> bool:
    """Whether it may lead to any other one, for all that is known."""
    if extension.unknown:
        return True
    return isinstance(extension.own, Menu) and any(map(_menu_partly_known, extension.own.contexts.values()))


def _targets(plan: CallPlan, extension: Extension) -> set[str]:
    """The extensions that one can lead to by itself."""
    return set(plan.extensions) if _partly_known(extension) else destinations(plan, extension)
