# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The extensions that calls can come to, with any keys and at any time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .menus import Menu, MenuRule, Transfer
from .numbers import DID, EXTENSION, Group
from .plan import CallPlan, Extension, Queue


def menu_rules(extension: Extension) -> Iterator[MenuRule]:
    """The rules of all options of a menu, as far as they are known."""
    if isinstance(extension.own, Menu):
        for context in extension.own.contexts.values():
            for option in context.options.values():
                yield from option.rules or ()


def destinations(plan: CallPlan, extension: Extension) -> set[str]:
    """The extensions that an extension leads to by itself. The answers of webhooks are not known, and not included."""
    own, groups = extension.own, [rule.group for rule in extension.rules]
    found: set[str] = set()
    if isinstance(own, Queue):
        found.update(member.phone for member in own.members.values())
        groups += [one.group for one in own.exits.values()] + [own.hangup_group]
    elif isinstance(own, Menu):
        groups.append(own.expiry)
        if any(context.any_dial for context in own.contexts.values()):
            return set(plan.extensions)
        for rule in menu_rules(extension):
            if isinstance(rule.action, Transfer):
                if rule.action.variable:
                    return set(plan.extensions)
                groups.append(rule.action.group)
    for group in groups:
        found.update(numbers_of(group))
    return found


def numbers_of(group: Group | None) -> Iterator[str]:
    """The extensions among some destinations."""
    if group is not None:
        for leg in (*group.legs, *(group.shifted or ())):
            if leg.kind in (EXTENSION, DID) and leg.number:
                yield leg.number


def reachable(plan: CallPlan, first: Iterable[str] = ()) -> set[str]:
    """The extensions that calls to DIDs can come to, as far as it is known. first: more where calls begin."""
    found: set[str] = set()
    waiting = [*plan.numbers.dids.values(), *first]
    while waiting:
        number = waiting.pop()
        extension = plan.extensions.get(number)
        if extension is not None and number not in found:
            found.add(number)
            waiting += destinations(plan, extension)
    return found
