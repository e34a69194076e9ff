# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A call that was simulated, as the words of a test look at it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ..answer import ENDLESS, Answer, Event
from ..assumptions import Assumptions
from ..call import Call
from ..run import Run
from ..stay import counts
from ..world import World
from .subject import Subject


class Stay(NamedTuple):
    """A stay in a queue. ms: from the moment when the wait clock starts. ends: whether it has an end."""

    queue: str
    ms: int
    ends: bool


class Seen:
    """One call and its answer."""

    def __init__(self, subject: Subject, call: Call, world: World, assume: Assumptions, answer: Answer) -> None:
        self.subject = subject
        self.call = call
        self.world = world
        self.assume = assume
        self.answer = answer
        self.outcome = answer.outcome

    @cached_property
    def trace(self) -> list[Event]:
        return self.answer.trace

    def events(self, kind: str) -> Iterator[Event]:
        return (event for event in self.trace if event.event == kind)

    @property
    def heard(self) -> list[str]:
        return [event.details["title"] for event in self.events("sound") if event.details["ms"] > 0]

    @property
    def rung(self) -> set[str]:
        """Who was rung: numbers, and for agents also number/name."""
        found: set[str] = set()
        for event in self.events("ring"):
            if event.details["result"] not in ("unregistered", "busy"):
                found.add(event.details["who"])
                if agent := event.details.get("agent"):
                    found.add(agent)
        return found

    @property
    def menus(self) -> list[tuple[str, str]]:
        """The contexts that were entered, with their extensions."""
        return [(event.details["extension"], event.details["context"]) for event in self.events("menu")]

    @property
    def queues(self) -> list[str]:
        return [event.details["number"] for event in self.events("queue")]

    @property
    def rules(self) -> list[str]:
        """The names of the rules that ran."""
        return [self.subject.rules[place] for place in self.answer.fired if place in self.subject.rules]

    @property
    def shown(self) -> str:
        """The number of the caller as it is shown at the end, "" for a hidden one."""
        shown = self.call.caller.shown.number
        for event in self.events("caller"):
            shown = event.details["number"]
        return str(shown)

    @cached_property
    def stays(self) -> list[Stay]:
        """The stays in queues, each from its wait clock to its ``leave`` or the outcome."""
        found: list[Stay] = []
        # The stays that have not ended yet, and when their clocks start.
        opened: dict[str, int] = {}
        for event in self.trace:
            if event.event == "queue":
                number = event.details["number"]
                opened[number] = event.t + self._start_sound(number)
            elif event.event == "leave":
                number = event.details["queue"]
                opened.pop(number, None)
                found.append(Stay(number, event.details["ms"], True))
        end = self.outcome
        endless = end.kind == ENDLESS and end.where == "queue"
        last = list(opened)[-1:]
        for number, start in opened.items():
            found.append(Stay(number, max(0, end.at - start), not (endless and [number] == last)))
        return found

    def _start_sound(self, number: str) -> int:
        queue = self.subject.queues.get(number)
        if queue is None or not queue.start_sound:
            return 0
        length = self.world.sounds.get(queue.start_sound, self.subject.plan.sounds.get(queue.start_sound))
        return self.assume.sound_seconds * 1000 if length is None else length

    def empty(self, number: str) -> bool:
        """Whether no agent of a queue counts as available, which does not change during a call."""
        queue = self.subject.queues.get(number)
        run = Run(self.subject.plan, self.call, self.world, self.assume, None)
        return queue is None or not counts(run, queue, 0)

    @cached_property
    def silence(self) -> int:
        """The longest stretch before the outcome in which the caller hears nothing, in milliseconds."""
        end, longest, heard = self.outcome.at, 0, 0
        for start, over in sorted(self._audible()):
            longest = max(longest, min(start, end) - heard)
            heard = max(heard, over)
        return max(longest, end - heard)

    def _audible(self) -> Iterator[tuple[int, int]]:
        """From when to when the caller hears something, or talks."""
        music: dict[str, int] = {}
        for event in self.trace:
            if event.event in ("sound", "digits", "ring"):
                if event.details["ms"]:
                    yield event.t, event.t + event.details["ms"]
            elif event.event == "queue" and event.details["number"] not in self.subject.silent:
                music.setdefault(event.details["number"], event.t)
            elif event.event == "leave" and event.details["queue"] in music:
                yield music.pop(event.details["queue"]), event.t
            elif event.event == "answered_by":
                yield event.t, event.t + self.assume.talk_seconds * 1000
        for start in music.values():
            yield start, self.outcome.at
