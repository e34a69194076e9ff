# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Lists of rules as ways that calls can take, as the call plan has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..._text.plain import plain
from ..menus import HangUp, Jump, LeaveMessage, MenuRule, Option, Transfer, VoiceHelper, Webhook
from ..numbers import DID, EXTENSION, NOT_KNOWN, NOWHERE, Group, Leg
from ..plan import Extension, IncomingRule
from .picture import (
    CONFERENCE,
    FAX,
    HANGUP,
    KEY,
    MENU,
    NUMBER,
    OUTSIDE,
    PHONE,
    QUEUE,
    UNKNOWN,
    VOICEMAIL,
    WEBHOOK,
    Name,
)  # fmt: skip
from .words import Names, action_in_words, group_in_words, host

BUSY, WAITING = "busy", "waiting"
# An extension that is called without its rules.
SIMPLE = "simple"
_ENDS = ("busy", "hangup")


@dataclass(frozen=True)
class Way:
    """One rule of a list.

    place: of the rule. title: its name or its action. interval: its name. when: its other conditions. to: where it
    leads, each with words. always: it has no condition. ends: no rule behind it runs after it. may_fail: it rings, and
    perhaps nobody answers. asks: about the result of a call before.
    """

    place: str
    title: tuple[str, ...]
    interval: str
    when: tuple[str, ...]
    to: tuple[tuple[Name, str], ...]
    always: bool
    ends: bool
    may_fail: bool
    asks: bool


def incoming(extension: Extension, names: Names) -> Iterator[Way]:
    """The incoming rules of an extension that can run."""
    for rule in extension.rules:
        if rule.enabled or rule.code:
            yield _incoming(extension, rule, names)


def _incoming(extension: Extension, rule: IncomingRule, names: Names) -> Way:
    number = extension.number
    to: tuple[tuple[Name, str], ...] = ()
    words = rule.action
    if rule.group is not None:
        to, words = tuple(to_group(rule.group)), f"rings {group_in_words(rule.group)}"
    elif rule.action == "voicemail":
        to, words = (((VOICEMAIL, number), ""),), "voicemail"
    elif rule.action == "playfile":
        to, words = (((HANGUP, "incoming", number), plain(f"after {rule.sound}")),), f"plays {rule.sound}"
    elif rule.action in _ENDS:
        to = (((HANGUP, "incoming", number), BUSY if rule.action == "busy" else ""),)
        words = "hangs up (busy)" if rule.action == "busy" else "hangs up"
    item = names.item(rule.place)
    interval = str(item.values.get("interval") or "") if item else ""
    when = tuple(names.conditions(item)) if item else ()
    return Way(
        rule.place,
        _title(item.name if item else "", words),
        interval,
        when,
        to,
        not (rule.guard or rule.judged or rule.asks or rule.code),
        rule.action in (*_ENDS, "playfile") or rule.final,
        rule.group is not None,
        rule.asks,
    )


def menu_rules(extension: str, context: str, option: Option, names: Names) -> Iterator[Way]:
    """The rules of an option."""
    for rule in option.rules or ():
        yield _of_menu(extension, context, rule, names)


def _of_menu(extension: str, context: str, rule: MenuRule, names: Names) -> Way:
    action = rule.action
    to: tuple[tuple[Name, str], ...] = ()
    ends = may_fail = False
    group_words = ""
    if isinstance(action, Jump):
        target = (MENU, extension, action.context)
        to = ((target if action.option == "start" else (KEY, extension, action.context, action.option), ""),)
        ends = True
    elif isinstance(action, Transfer):
        group_words = group_in_words(action.group)
        to = tuple(to_group(action.group))
        if action.variable:
            to = (((OUTSIDE, "$", action.variable), ""),)
        ends, may_fail = rule.final, True
    elif isinstance(action, LeaveMessage):
        to, ends, may_fail = (((VOICEMAIL, extension), ""),), rule.final, False
    elif isinstance(action, HangUp):
        cause = "" if action.cause == "normal" else action.cause
        to, ends = (((HANGUP, extension, context), cause),), True
    elif isinstance(action, VoiceHelper):
        to = tuple(
            ((KEY, extension, context, option), plain(f"says {' or '.join(words)}")) for words, option in action.rules
        )
        if action.typed:
            to += (((WAITING, extension, context), ""),)
    elif isinstance(action, Webhook):
        to = (((WEBHOOK, host(action.url)), ""),)
    elif action is None:
        to = (((UNKNOWN, rule.place), ""),)
    item = names.item(rule.place)
    return Way(
        rule.place,
        _title(item.name if item else "", action_in_words(action, group_words)),
        str(item.values.get("interval") or "") if item else "",
        tuple(names.conditions(item)) if item else (),
        to,
        not rule.conditional,
        ends,
        may_fail,
        bool(rule.guard and rule.guard.call_status != "any"),
    )


def to_group(group: Group) -> Iterator[tuple[Name, str]]:
    """Where the destinations of a group lead."""
    for leg in group.legs:
        yield _to(leg, group.simple), f"after {leg.delay // 1000} s" if leg.delay else ""


def _to(leg: Leg, simple: bool) -> Name:
    if leg.kind == EXTENSION:
        return (SIMPLE if simple else "extension", leg.number)
    if leg.kind == DID:
        return (NUMBER, leg.outside)
    if leg.kind == NOWHERE:
        return (HANGUP, "nowhere", leg.number)
    return (UNKNOWN, leg.number) if leg.kind == NOT_KNOWN else (OUTSIDE, leg.number)


def _title(name: str, words: str) -> tuple[str, ...]:
    return (plain(name), plain(words)) if name else (plain(words),)


# The kinds of extensions, as pictures call them.
OF_TYPE = {"phone": PHONE, "queue": QUEUE, "ivr": MENU, "fax": FAX, "conference": CONFERENCE}
