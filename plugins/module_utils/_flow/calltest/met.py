# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The parts of a tenant that calls have met: rules, options, the edges of intervals, the ways out of queues."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from typing import Any, NamedTuple

from ..answer import Answer
from ..assumptions import Assumptions
from ..conditions import Day
from ..menus import Menu
from ..plan import CallPlan, Queue
from ..schedule import READINGS, Schedule
from ..zone import DAY
from .seen import Seen
from .subject import Subject

_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
RULES, OPTIONS, EDGES, EXITS = "rules", "options", "interval_edges", "queue_exits"
KINDS = (RULES, OPTIONS, EDGES, EXITS)
_FOUR_HOURS = 4 * 3600
_EPOCH = date(1970, 1, 1).toordinal()


class Edge(NamedTuple):
    """A change of an interval. day: the date of one that is about dates, else the weekday. second: of the local day,
    the first after the change. begins: it becomes active, or else ends."""

    place: str
    day: str
    second: int
    begins: bool

    def __str__(self) -> str:
        minutes, seconds = divmod(self.second, 60)
        clock = f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
        return f"{self.place}: {'begins' if self.begins else 'is over'} {self.day} {clock}"


class Met:
    """Filled while calls are followed. A call has met the change of an interval that it has asked in the last second
    before it, or in the first after it."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._options = {
            (number, context, digits): option.place
            for number, extension in subject.plan.extensions.items()
            if isinstance(extension.own, Menu)
            for context, menu in extension.own.contexts.items()
            for digits, option in menu.options.items()
        }
        self._queues = {number: one.place for number, one in subject.plan.extensions.items()}
        self._found: dict[str, set[str]] = {kind: set() for kind in KINDS}

    def see(self, seen: Seen) -> None:
        """Add the parts that one call has met."""
        answer, at, assume = seen.answer, seen.call.at, seen.assume
        self._found[RULES].update(answer.fired)
        for event in answer.trace:
            if event.event == "menu":
                place = self._options.get(tuple(event.details.values()))
                if place:
                    self._found[OPTIONS].add(place)
            elif event.event == "leave":
                self._found[EXITS].add(_exit(self._queues[event.details["queue"]], event.details["reason"]))
        if at is not None:
            near = (edges(schedule, instant, assume.reading) for schedule, instant in asked(answer, at, assume))
            self._found[EDGES].update(str(edge) for found in near for edge, dummy in found)

    def coverage(self, begin: int, end: int, assume: Assumptions) -> dict[str, Any]:
        """For each kind, the number of parts, the number that calls have met, and the places of the others.

        begin, end: changes of intervals count only between these instants.
        """
        found = {}
        for kind, places in all_parts(self._subject.plan, begin, end, assume).items():
            missed = [place for place in places if place not in self._found[kind]]
            found[kind] = {"total": len(places), "met": len(places) - len(missed), "missed": missed}
        return found


def asked(answer: Answer, at: int, assume: Assumptions) -> Iterator[tuple[Schedule, int]]:
    """The intervals that a call has asked, and the instants that they were asked about. at: when the call came."""
    for schedule, t in answer.reads:
        yield schedule, at + t // 1000 if assume.interval_clock == "now" else at


def edges(schedule: Schedule, instant: int, read: int) -> Iterator[tuple[Edge, bool]]:
    """The changes of an interval that an instant is near: whether it is the first second after, or the last before.

    read: an index of READINGS.
    """
    for one in (instant, instant + 1):
        begins = schedule.active(one, read)
        if begins != schedule.active(one - 1, read):
            yield _edge(schedule, one, begins), one == instant


def reasons(schedule: Schedule, instant: int, read: int) -> Iterator[tuple[Hashable, ...]]:
    """Why conditions of an interval do not hold where it is a single part of them: which one, on which weekday; and of
    those that hold, also at which time of the day, in four hours."""
    number, second = divmod(schedule.zone.local(instant), DAY)
    day = Day.of(number)
    for index, one in enumerate(schedule.conditions):
        wrong = [name for name, holds in one.parts(day, second, READINGS[read]) if not holds]
        if not wrong:
            yield schedule.place, index, second // _FOUR_HOURS, day.weekday
        elif len(wrong) == 1:
            yield schedule.place, index, wrong[0], day.weekday


def all_parts(plan: CallPlan, begin: int, end: int, assume: Assumptions) -> dict[str, list[str]]:
    """The places of everything that calls can meet, by kind, in the order of the document."""
    rules: list[str] = []
    options: list[str] = []
    exits: list[str] = []
    intervals: dict[int, Schedule] = {}
    for extension in plan.extensions.values():
        running = [rule for rule in extension.rules if rule.enabled or rule.code]
        rules += (rule.place for rule in running)
        guards = [rule.guard for rule in running]
        if isinstance(extension.own, Menu):
            for context in extension.own.contexts.values():
                for option in context.options.values():
                    options.append(option.place)
                    rules += (rule.place for rule in option.rules or ())
                    guards += (rule.guard for rule in option.rules or ())
        elif isinstance(extension.own, Queue):
            exits += (_exit(extension.place, reason) for reason in _exits(extension.own))
        intervals.update({id(one.schedule): one.schedule for one in guards if one and one.schedule})
    return {
        RULES: rules,
        OPTIONS: options,
        EDGES: [str(one) for schedule in intervals.values() for one in _edges_of(schedule, begin, end, assume.reading)],
        EXITS: exits,
    }


def _exits(queue: Queue) -> Iterator[str]:
    yield "answered"
    if queue.exit_without_agents:
        yield "no_agents"
    if queue.longest_without_agent:
        yield "no_agent_timeout"
    if queue.longest_wait:
        yield "timeout"
    if queue.exit_key:
        yield "exit_key"


def _exit(place: str, reason: str) -> str:
    return f"{place} > queue: {reason}"


def _edges_of(schedule: Schedule, begin: int, end: int, read: int) -> Iterator[Edge]:
    found: dict[Edge, None] = {}
    for day in range(begin // DAY, (end - 1) // DAY + 1):
        for instant in schedule.changes(day, read):
            if begin < instant < end:
                found.setdefault(_edge(schedule, instant, schedule.active(instant, read)))
    yield from found


def _edge(schedule: Schedule, instant: int, begins: bool) -> Edge:
    day, second = divmod(schedule.zone.local(instant), DAY)
    named = any(one.month or one.mdays or one.moments or one.shift for one in schedule.conditions)
    return Edge(schedule.place, _date(day) if named else _WEEKDAYS[(day + 4) % 7], second, begins)


def _date(day: int) -> str:
    return date.fromordinal(day + _EPOCH).isoformat()
