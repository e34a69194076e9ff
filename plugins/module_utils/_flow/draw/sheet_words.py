# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The steps and the end of a call in one line: who rings, which queue and level, which mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..._text.plain import plain
from ..answer import ABANDONED, ANSWERED, CONFERENCE, ENDLESS, FAX, HANGUP, VOICEMAIL, Answer, Event, Outcome
from ..plan import CallPlan, Queue
from .words import Names


class Ending(NamedTuple):
    """The end of a call. short: where it ends if everybody answers. steps: those on the way if nobody answers."""

    short: str
    steps: tuple[str, ...]


class Telling:
    """Tells the answers of one tenant."""

    def __init__(self, plan: CallPlan, names: Names) -> None:
        self._plan = plan
        self._names = names

    def ending(self, fair: Answer, nobody: Answer) -> Ending:
        """The answers to the same call when everybody answers, and when nobody does."""
        steps = tuple(self._steps(nobody))
        return Ending(self._short(fair), steps)

    def _short(self, answer: Answer) -> str:
        end = answer.outcome
        if end.queue:
            return f"queue {self._names.extension(end.queue)}"
        if end.kind == ANSWERED:
            return self._who(end.by)
        return self._end(end)

    def _steps(self, answer: Answer) -> Iterator[str]:
        """Menus in which something is left to the caller, who rings, queues with their levels, and the end."""
        trace = answer.trace
        waited = _menus_that_wait(trace)
        ringing: list[str] = []
        queue, entered = "", 0
        levels: dict[int, list[str]] = {}
        since: dict[int, int] = {}
        for index, event in enumerate(trace):
            details = event.details
            if event.event == "menu" and index in waited:
                yield from self._flushed(ringing, queue, levels, since)
                queue = ""
                yield plain(f"menu {details['context']} of {self._names.extension(details['extension'])}")
            elif event.event == "queue":
                yield from self._flushed(ringing, queue, levels, since)
                queue, entered = details["number"], event.t
            elif event.event == "leave":
                yield from self._flushed(ringing, queue, levels, since)
                queue = ""
            elif event.event == "ring" and details["result"] != "unregistered":
                agent = str(details.get("agent") or "")
                if agent and queue:
                    level = self._level(queue, agent)
                    since.setdefault(level, (event.t - entered) // 1000)
                    ringers = levels.setdefault(level, [])
                else:
                    ringers = ringing
                called = self._agent(agent) if agent else self._who(details["who"])
                if called not in ringers:
                    ringers.append(called)
        yield from self._flushed(ringing, queue, levels, since)
        yield self._end(answer.outcome)

    def _flushed(
        self, ringing: list[str], queue: str, levels: dict[int, list[str]], since: dict[int, int]
    ) -> Iterator[str]:
        if queue:
            own = self._plan.extensions[queue].own
            several = isinstance(own, Queue) and len(own.opening) > 1
            parts = []
            for level in sorted(levels):
                later = f" after {since[level]} s" if since[level] else ""
                words = f"level {level}{later}: " if several or later else ""
                parts.append(words + ", ".join(levels[level]))
            yield f"queue {self._names.extension(queue)}, {'; '.join(parts) or 'nobody is rung'}"
        elif ringing:
            yield f"{', '.join(ringing)} {'rings' if len(ringing) == 1 else 'ring'}"
        ringing.clear()
        levels.clear()
        since.clear()

    def _level(self, queue: str, agent: str) -> int:
        own = self._plan.extensions[queue].own
        member = own.members.get(agent) if isinstance(own, Queue) else None
        return member.level if member else 0

    def _agent(self, agent: str) -> str:
        number, dummy, name = agent.partition("/")
        return plain(f"{name} ({number})")

    def _who(self, who: str) -> str:
        return self._names.extension(who) if who in self._plan.extensions else plain(who)

    def _end(self, end: Outcome) -> str:
        extension = self._names.extension(end.extension) if end.extension else ""
        if end.kind == VOICEMAIL:
            return f"voicemail of {extension}"
        if end.kind in (FAX, CONFERENCE):
            return f"{end.kind} {extension}"
        if end.kind == HANGUP:
            causes = {"normal": "", "no_answer": ", nobody answered", "unallocated": ", the number leads nowhere"}
            return f"hung up{causes.get(end.cause, f', {end.cause}')}"
        if end.kind == ABANDONED:
            return f"waits for more than {end.at // 60_000} min ({end.where})"
        if end.kind == ENDLESS:
            return "goes round for ever" if end.where == "circle" else "waits for ever"
        if end.kind == ANSWERED:
            return f"{self._who(end.by)} answers"
        return plain(f"not known: {end.place}")


def _menus_that_wait(trace: list[Event]) -> set[int]:
    """The events of menus in which the caller is asked for a key before the next menu; once for each menu."""
    found: set[int] = set()
    seen: set[tuple[str, str]] = set()
    last = -1
    for index, event in enumerate(trace):
        if event.event == "menu":
            last = index
        elif event.event == "keys" and event.details["ask"] == "menu" and last >= 0:
            menu = (str(trace[last].details["extension"]), str(trace[last].details["context"]))
            if menu not in seen:
                seen.add(menu)
                found.add(last)
    return found
