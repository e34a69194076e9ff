# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The nodes of pictures: the name of each, and all that it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._text.plain import plain, value
from ..menus import Context, Menu, PlaySound
from ..plan import CallPlan, Queue
from .picture import HANGUP, HOURS, KEY, MENU, NUMBER, OUTSIDE, RULE, UNKNOWN, VOICEMAIL, WEBHOOK, Name, Node
from .ways import OF_TYPE, Way
from .words import Names

_HUNG_UP = "Hang up"
# The nouns below an extension that share its node.
_HELD = ("phone", "queue", "ivr", "fax", "conference", "queue_agent")


class Nodes:
    """Makes each node once. made: those that are made, by name."""

    def __init__(self, plan: CallPlan, names: Names, opened: bool) -> None:
        self._plan = plan
        self._names = names
        self._opened = opened
        self.made: dict[Name, Node] = {}

    def make(self, name: Name) -> None:
        kind = name[0]
        if kind == "extension":
            node = self._extension(name)
        elif kind == "own":
            node = self._own(name)
        elif kind == MENU:
            node = self._menu(name)
        elif kind == KEY:
            node = self._key(name)
        elif kind == NUMBER:
            node = Node(name, NUMBER, (plain(name[1]),), places=self._of("did", name[1]))
        elif kind == VOICEMAIL:
            facts = self._plan.extensions[name[1]].mailbox
            node = Node(name, VOICEMAIL, (f"Voicemail of {self._names.extension(name[1])}",), facts)
        elif kind == HANGUP and name[1] == "nowhere":
            node = Node(name, HANGUP, (f"{value(name[2])} is not there", _HUNG_UP))
        elif kind == HANGUP:
            node = Node(name, HANGUP, (_HUNG_UP,))
        elif kind == OUTSIDE:
            node = Node(name, OUTSIDE, (self._outside(name),))
        elif kind == WEBHOOK:
            node = Node(name, WEBHOOK, (f"Webhook {name[1]}".strip(),))
        else:
            node = Node(name, UNKNOWN, ("Not known", plain(name[1])))
        self.made[name] = node

    def hours(self, name: Name, ways: Sequence[Way], extension: str) -> None:
        """The intervals that decide in a list of rules."""
        intervals = list(dict.fromkeys(way.interval for way in ways))
        items = [self._names.interval(one, extension) for one in intervals]
        lines = ("Hours", *(self._names.hours(one, extension) for one in intervals))
        facts = tuple(item.values if item else None for item in items)
        places = {item.where for item in items if item} | {way.place for way in ways}
        self.made[name] = Node(name, HOURS, lines, facts, frozenset(places))

    def rule(self, name: Name, way: Way, extension: str) -> None:
        """A rule of its own."""
        lines = list(way.title)
        item = self._names.item(way.place)
        facts: Any = item.values if item else ()
        places = {way.place}
        if way.interval:
            lines.append(self._names.hours(way.interval, extension))
            interval = self._names.interval(way.interval, extension)
            if interval:
                facts, places = (facts, interval.values), places | {interval.where}
        lines += way.when
        self.made[name] = Node(name, RULE, tuple(lines), facts, frozenset(places))

    def _extension(self, name: Name) -> Node:
        number = name[1]
        one = self._plan.extensions[number]
        lines = [self._names.extension(number)]
        if one.blocked:
            lines.append("blocked")
        if isinstance(one.own, Queue) and not one.own.members:
            lines.append("no agents")
        place = (number,)
        held = [*_HELD, *(() if self._opened else ("incom_rule",))]
        facts = tuple(self._names.values(noun, place) for noun in held)
        item = self._names.item(one.place)
        places = {one.place}.union(*(self._names.places(noun, place) for noun in held))
        values = item.values if item else None
        return Node(name, OF_TYPE.get(one.type, UNKNOWN), tuple(lines), (values, facts), frozenset(places))

    def _own(self, name: Name) -> Node:
        one = self._plan.extensions[name[1]]
        kind = OF_TYPE.get(one.type, UNKNOWN)
        return Node(name, kind, (f"{self._names.extension(name[1])} itself",))

    def _context(self, name: Name) -> Context | None:
        own = self._plan.extensions[name[1]].own
        return own.contexts.get(name[2]) if isinstance(own, Menu) else None

    def _menu(self, name: Name) -> Node:
        context = self._context(name)
        lines = [f"{name[1]} menu {value(name[2])}"]
        if context is None:
            return Node(name, UNKNOWN, tuple(lines))
        start = context.options.get("start")
        sounds = [one.action.title for one in (start.rules if start else ()) or () if isinstance(one.action, PlaySound)]
        if sounds and not self._opened:
            lines.append(plain(f"plays {', '.join(filter(None, sounds))}"))
        place = name[1:3]
        facts: list[Any] = [self._names.item(context.place) and self._names.item(context.place).values]  # type: ignore[union-attr]
        places = {context.place}
        if not self._opened:
            for digits, option in context.options.items():
                inside = (*place, digits)
                facts.append((digits, self._names.values("ivr_rule", inside)))
                places |= {option.place, *self._names.places("ivr_rule", inside)}
        return Node(name, MENU, tuple(lines), tuple(facts), frozenset(places))

    def _key(self, name: Name) -> Node:
        context = self._context(name)
        option = context.options.get(name[3]) if context else None
        places = frozenset({option.place}) if option else frozenset()
        return Node(name, KEY, (f"{value(name[2])}, {value(name[3])}",), places=places)

    def _of(self, noun: str, called: str) -> frozenset[str]:
        return frozenset(place for place in self._names.places(noun) if f'"{called}"' in place)

    @staticmethod
    def _outside(name: Name) -> str:
        if name[1] == "any":
            return "The extension that is dialled"
        return plain(f"The number in {name[2]}") if name[1] == "$" else value(name[1])
