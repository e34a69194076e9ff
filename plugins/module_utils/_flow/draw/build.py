# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The picture of the flow of a number, an extension or a tenant, out of its call plan and its snapshot."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from ..._model.nouns.ivr import MANDATORY_OPTIONS
from ..._state.snapshot import Snapshot
from ..._text.plain import plain
from ..compile import call_plan
from ..compile_queue import EXIT_KEY, NO_AGENT_TIMEOUT, TIMEOUT
from ..menus import Context, Menu
from ..plan import CallPlan, Extension, Queue
from .nodes import Nodes
from .picture import HANGUP, HOURS, KEY, MENU, NUMBER, OUTSIDE, RULE, UNKNOWN, VOICEMAIL, Edge, Name, Picture
from .ways import SIMPLE, WAITING, Way, incoming, menu_rules, to_group
from .words import Names

START = "start"
OTHERWISE, UNANSWERED = "otherwise", "if nobody answers"
_PRESSED = {START: "", "timeout": "nothing pressed", "invalid": "other keys"}
EXTENSION, OWN = "extension", "own"


def picture(state: Snapshot, starts: Iterable[Name] | None = None, opened: bool = False) -> Picture:
    """The flows that begin at some nodes, ("number", "7495...") or ("extension", "300"); for None, those of the tenant.

    opened: every rule is shown; otherwise numbers, hours, menus, queues, people and voicemail.
    """
    plan = call_plan(state)
    builder = _Builder(plan, Names(state), opened)
    return builder.picture(tenant(plan) if starts is None else starts)


def tenant(plan: CallPlan) -> list[Name]:
    """Where the flows of a tenant begin: its numbers, and the extensions that are more than phones, or have rules."""
    found: list[Name] = [(NUMBER, number) for number in plan.numbers.dids]
    found += [(EXTENSION, one.number) for one in plan.extensions.values() if one.type != "phone" or one.rules]
    return found or [(EXTENSION, number) for number in plan.extensions]


class _Builder:
    def __init__(self, plan: CallPlan, names: Names, opened: bool) -> None:
        self._plan = plan
        self._names = names
        self._opened = opened
        self._nodes = Nodes(plan, names, opened)
        self._ways: dict[tuple[Name, Name], list[str]] = {}
        self._open: deque[Name] = deque()
        # The menus that wait for a key, as far as a call can come to that.
        self._waiting: dict[Name, None] = {}

    def picture(self, starts: Iterable[Name]) -> Picture:
        for name in starts:
            self._reach(name)
        while self._open:
            name = self._open.popleft()
            kind = name[0]
            if kind == NUMBER:
                self._number(name)
            elif kind == EXTENSION:
                self._extension(name, self._plan.extensions[name[1]])
            elif kind == OWN:
                self._own(name, self._plan.extensions[name[1]])
            elif kind in (MENU, KEY, WAITING):
                self._in_menu(name)
        edges = (
            Edge(source, target, "; ".join(filter(None, labels))) for (source, target), labels in self._ways.items()
        )
        return Picture(tuple(self._nodes.made.values()), tuple(edges))

    def _reach(self, name: Name) -> None:
        if name not in self._nodes.made:
            self._nodes.make(name)
            self._open.append(name)

    def _lead(self, source: Name, target: Name, *words: str) -> None:
        if target[0] == WAITING:
            target = (MENU, *target[1:])
            if target not in self._waiting:
                self._waiting[target] = None
                self._open.append((WAITING, *target[1:]))
        elif target[0] == SIMPLE:
            target = (EXTENSION if self._has_no_rules(target[1]) else OWN, target[1])
        elif target[0] == NUMBER and target[1] not in self._plan.numbers.dids:
            target = (UNKNOWN, target[1])
        self._reach(target)
        labels = self._ways.setdefault((source, target), [])
        label = " ".join(filter(None, words))
        if label not in labels:
            labels.append(label)

    def _has_no_rules(self, number: str) -> bool:
        """Whether an extension that is rung without its rules behaves as always."""
        extension = self._plan.extensions[number]
        return extension.type == "phone" or not (extension.rules or "rules" in extension.unknown)

    def _number(self, name: Name) -> None:
        to = self._plan.numbers.dids.get(name[1], "")
        if to in self._plan.extensions:
            self._lead(name, (EXTENSION, to))
        elif to and not self._plan.numbers.extensions_whole:
            self._lead(name, (UNKNOWN, to))
        else:
            self._lead(name, (HANGUP, "nowhere", to or name[1]))

    # -- extensions

    def _extension(self, name: Name, extension: Extension) -> None:
        number = extension.number
        ways = list(incoming(extension, self._names))
        if "rules" in extension.unknown:
            self._lead(name, (UNKNOWN, extension.unknown["rules"]))
        if not ways:
            self._own(name, extension)
        elif self._opened:
            self._chain(name, ways, (number,), "", (OWN, number))
        elif not self._spread(name, ways, (number,), "", None):
            self._own(name, extension)

    def _own(self, source: Name, extension: Extension) -> None:
        """Draw an extension's own behaviour, when none of its rules has taken the call."""
        number, own = extension.number, extension.own
        for part in ("own", "type", "mailbox"):
            if part in extension.unknown:
                self._lead(source, (UNKNOWN, extension.unknown[part]))
        if isinstance(own, Menu):
            self._lead(source, (MENU, number, own.entry) if own.entry in own.contexts else (HANGUP, number))
            for target, words in to_group(own.expiry) if own.expiry else ():
                self._lead(source, target, f"after {own.lifetime // 1000} s", words)
        elif isinstance(own, Queue):
            self._queue(source, number, own)
        if extension.mailbox.enabled and not isinstance(own, Menu):
            self._lead(source, (VOICEMAIL, number), UNANSWERED)

    def _queue(self, source: Name, number: str, queue: Queue) -> None:
        several = len(queue.opening) > 1
        for member in queue.members.values():
            opening = queue.opening[member.level] // 1000
            level = f"level {member.level}{f' after {opening} s' if opening else ''}: " if several else ""
            self._lead(source, (EXTENSION, member.phone), level + plain(member.name.partition("/")[2]))
        reasons = {
            TIMEOUT: f"after {queue.longest_wait // 1000} s" if queue.longest_wait else "",
            NO_AGENT_TIMEOUT: "without agents" if queue.exit_without_agents or queue.longest_without_agent else "",
            EXIT_KEY: f"presses {queue.exit_key}" if queue.exit_key else "",
        }
        for reason, words in reasons.items():
            group = queue.exits[reason].group
            for target, more in to_group(group) if group and words else ():
                self._lead(source, target, words, more)
        if queue.hangup_group is not None:
            for target, more in to_group(queue.hangup_group):
                self._lead(source, target, "after the agent hangs up", more)

    # -- menus

    def _in_menu(self, name: Name) -> None:
        kind, number, context_name = name[:3]
        own = self._plan.extensions[number].own
        context = own.contexts.get(context_name) if isinstance(own, Menu) else None
        if context is None:
            self._lead(name, (UNKNOWN, context_name))
        elif kind == MENU:
            self._option(name, number, context, START, "", ())
        elif kind == KEY:
            self._option(name, number, context, name[3], "", ())
        else:
            self._keys((MENU, number, context_name), number, context)

    def _keys(self, name: Name, number: str, context: Context) -> None:
        """Draw the ways from a menu that waits for keys."""
        typed = sorted(one for one in context.options if one not in MANDATORY_OPTIONS)
        for digits in (*typed, "timeout", "invalid"):
            words = _PRESSED.get(digits, plain(digits))
            if self._opened and digits in context.options:
                self._lead(name, (KEY, number, context.name, digits), words)
            else:
                self._option(name, number, context, digits, words, ())
        if context.any_dial:
            self._lead(name, (OUTSIDE, "any", ""), "the number of an extension")
        if context.others:
            self._lead(name, (UNKNOWN, f"{context.place} > options"), "keys that are not declared")

    def _option(
        self, source: Name, number: str, context: Context, digits: str, words: str, seen: tuple[Name, ...]
    ) -> None:
        """Draw an option of a menu. source: the node at which its ways begin."""
        option = context.options.get(digits)
        if option is None and context.others:
            self._lead(source, (UNKNOWN, f"{context.place} > options"), words)
        elif option is not None and option.rules is None:
            self._lead(source, (UNKNOWN, option.place), words)
        elif option is None or not option.rules:
            self._lead(source, (HANGUP, number, context.name), words)
        else:
            ways = list(menu_rules(number, context.name, option, self._names))
            key, rest = (number, context.name, digits), (WAITING, number, context.name)
            if self._opened:
                self._chain(source, ways, key, words, rest)
            else:
                self._spread(source, ways, key, words, rest, seen)

    # -- lists of rules

    def _spread(
        self, owner: Name, ways: Sequence[Way], key: Name, words: str, rest: Name | None, seen: tuple[Name, ...] = ()
    ) -> bool:
        """Ways from one node to wherever rules lead, in the order of the rules. rest: where all others go on.

        Whether every call ends with one of the rules, or goes on where it leads.
        """
        leading, ended = [], False
        for way in ways:
            if way.to:
                leading.append(way)
            if way.always and way.ends:
                ended = True
                break
        source, base = owner, words
        if any(way.interval for way in leading):
            source, base = (HOURS, *owner, *key), ""
            self._nodes.hours(source, [way for way in leading if way.interval], key[0])
            self._lead(owner, source, words)
        failed = left = False
        for way in leading:
            parts = [way.interval, *way.when]
            if not way.interval and left:
                parts.insert(0, OTHERWISE)
            if failed and not way.asks:
                parts.append(UNANSWERED)
            label = ", ".join(filter(None, [base, *map(plain, parts)]))
            for target, more in way.to:
                self._follow(source, target, ", ".join(filter(None, (label, more))), (*seen, key))
            left = left or bool(way.interval and way.ends)
            failed = failed or (way.may_fail and way.always)
        if rest is not None and not ended:
            parts = [OTHERWISE if left else "", UNANSWERED if failed else ""]
            starts = rest[1:] == owner[1:] and source == owner and not words
            if starts:
                # The sounds at the start of a menu are left out, because the menu waits after them.
                self._await(rest)
            else:
                self._lead(source, rest, ", ".join(filter(None, [base, *parts])))
        return ended

    def _follow(self, source: Name, target: Name, label: str, seen: tuple[Name, ...]) -> None:
        """A way to an option of a menu is one to wherever this option leads."""
        if target[0] != KEY:
            self._lead(source, target, label)
            return
        number, context_name, digits = target[1:]
        own = self._plan.extensions[number].own
        context = own.contexts.get(context_name) if isinstance(own, Menu) else None
        if context is None:
            self._lead(source, (UNKNOWN, context_name), label)
        elif target[1:] in seen:
            self._lead(source, (MENU, number, context_name), label)
        else:
            self._option(source, number, context, digits, label, seen)

    def _await(self, waiting: Name) -> None:
        target = (MENU, *waiting[1:])
        if target not in self._waiting:
            self._waiting[target] = None
            self._reach(target)
            self._open.append(waiting)

    def _chain(self, owner: Name, ways: Sequence[Way], key: Name, words: str, rest: Name) -> None:
        """Every rule of a list as a node of its own, one after the other."""
        previous, label = owner, words
        names: dict[Name, int] = {}
        for way in ways:
            # A rule is the same before and after a change if it is called the same, wherever it stands in the list.
            called = (RULE, *key, *way.title[:1])
            names[called] = names.get(called, 0) + 1
            name = (*called, str(names[called]))
            self._nodes.rule(name, way, key[0])
            self._lead(previous, name, label)
            for target, more in way.to:
                self._lead(name, target, more)
            if way.always:
                label = "never" if way.ends else UNANSWERED if way.may_fail else ""
            else:
                label = OTHERWISE
            previous = name
        if label != "never":
            self._lead(previous, rest, label)
