# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The calls that have to be tried so that each thing in a tenant is met that callers can meet.

Times are chosen so that every list of rules is met with all its intervals in every combination in which they can be.
Keys are chosen by what waits for them: what a caller can press in a place is pressed once, on the shortest way to it.
That leaves out what hangs on two places at once; whoever claims that something never happens needs more than this.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ..answer import Answer
from ..asks import MENU, SPEECH
from ..assumptions import Assumptions
from ..budget import Budget
from ..call import Call, Caller, Press
from ..explore_callers import callers
from ..explore_keys import Answers
from ..explore_time import day_classes
from ..explore_worlds import BUSY_ALL, FAIR, NO_AGENTS, NOBODY, named
from ..looks import Asked, Looks
from ..menus import Guard, Menu
from ..plan import CallPlan, Extension
from ..schedule import ACTIVE, Schedule
from ..simulate import simulate
from ..world import World
from ..zone import DAY

WORLDS = (FAIR, NOBODY, BUSY_ALL, NO_AGENTS)
# How long a caller waits for something to happen, in milliseconds.
PATIENCE = 900_000
_ANYBODY = Caller()
_MOST_ASKS = 30
_DAYS = 366
_MOST_DAY_CLASSES = 200


@dataclass(frozen=True)
class Tried:
    """A call that was tried. word: of the world."""

    call: Call
    word: str
    world: World
    answer: Answer
    looks: Looks


class Ways:
    """Tries calls, each once. named_by: the extensions that an extension, or a DID, dials."""

    def __init__(
        self,
        plan: CallPlan,
        assume: Assumptions,
        now: int,
        budget: Budget,
        named_by: Mapping[str, frozenset[str]],
    ) -> None:
        self._plan = plan
        self._assume = assume
        self._now = now
        self._budget = budget
        self._named_by = named_by
        self._worlds = {word: named(word, World()) for word in WORLDS}
        self._answers = Answers(plan, World(), assume)
        self._walked: dict[tuple[str, str, Caller, int], tuple[Tried, ...]] = {}
        self._moments: dict[str, tuple[int, ...]] = {}

    def try_call(self, call: Call, word: str = FAIR) -> Tried:
        """Simulate one call. Raises BudgetReached."""
        self._budget.spend(f"calls to {call.to}")
        looks, world = Looks(), self._worlds[word]
        return Tried(call, word, world, simulate(self._plan, call, world, self._assume, looks), looks)

    def walk(self, to: str, at: int, word: str = FAIR, caller: Caller = _ANYBODY) -> tuple[Tried, ...]:
        """The calls to a number at one time, those with fewer asks first. Raises BudgetReached."""
        key = (to, word, caller, at)
        found = self._walked.get(key)
        if found is None:
            found = self._walked[key] = tuple(self._walk(Call(to, caller, at, hang_up_after=PATIENCE), word))
        return found

    def _walk(self, call: Call, word: str) -> Iterator[Tried]:
        seen: set[Hashable] = set()
        waiting: deque[tuple[Press, ...]] = deque([()])
        while waiting:
            press = waiting.popleft()
            tried = self.try_call(replace(call, press=press), word)
            yield tried
            for ask in tried.looks.asks:
                if ask.item < len(press) or ask.item >= _MOST_ASKS or ask.t > PATIENCE:
                    continue
                state = _state(ask, tried.answer)
                if state in seen:
                    continue
                seen.add(state)
                silent = (*press, *(Press() for dummy in range(ask.item - len(press))))
                waiting.extend((*silent, one) for one in self._answers.to(ask))

    def all(self, to: str, words: tuple[str, ...] = WORLDS) -> Iterator[Tried]:
        """The calls to a number in these worlds, at all times and by all callers that rules tell apart."""
        for caller in self.callers(to):
            for at in self.moments(to):
                for word in words:
                    yield from self.walk(to, at, word, caller)

    @cached_property
    def everything(self) -> tuple[Tried, ...]:
        """The calls to all extensions. Raises BudgetReached."""
        return tuple(tried for number in self._plan.extensions for tried in self.all(number))

    @cached_property
    def fired(self) -> Mapping[str, Tried]:
        """The shortest of these calls that runs a rule, by the place of the rule."""
        found: dict[str, Tried] = {}
        for tried in self.everything:
            for place in tried.answer.fired:
                held = found.get(place)
                if held is None or len(tried.call.press) < len(held.call.press):
                    found[place] = tried
        return found

    @cached_property
    def entered(self) -> Mapping[tuple[str, str, str], Tried]:
        """The shortest of these calls that comes to an option: by extension, context and option."""
        found: dict[tuple[str, str, str], Tried] = {}
        for tried in self.everything:
            for event in tried.answer.raw:
                if event[1] == "menu":
                    held = found.get(event[2:5])
                    if held is None or len(tried.call.press) < len(held.call.press):
                        found[event[2:5]] = tried
        return found

    # -- who and when

    def callers(self, to: str) -> tuple[Caller, ...]:
        """One caller of each kind that the rules which a call can meet tell apart."""
        patterns = {guard.pattern for number in self._reached(to) for guard in self._guards(number) if guard.caller}
        if not patterns:
            return (Caller(),)
        return (Caller(), *(one for one in callers(self._plan, patterns, self._budget) if one != Caller()))

    def moments(self, to: str) -> tuple[int, ...]:
        """Times at which every list of rules that a call can meet is met in all states of its intervals."""
        found = self._moments.get(to)
        if found is None:
            found = self._moments[to] = tuple(self._covering(to)) or (self._now + DAY // 2,)
        return found

    def _covering(self, to: str) -> Iterator[int]:
        lists: dict[tuple[int, ...], list[Schedule]] = {}
        for number in sorted(self._reached(to)):
            for schedules in self._lists(number):
                lists.setdefault(tuple(map(id, schedules)), schedules)
        done: set[Hashable] = set()
        for key, schedules in lists.items():
            for at in self.states(tuple(schedules)).values():
                vectors = [(other, tuple(self.active(one, at) for one in listed)) for other, listed in lists.items()]
                if any(vector not in done for vector in vectors if vector[0] == key):
                    done.update(vectors)
                    yield at

    def states(self, schedules: tuple[Schedule, ...]) -> dict[tuple[bool, ...], int]:
        """The combinations in which intervals are active within a year, each with the middle of its first stretch."""
        found: dict[tuple[bool, ...], int] = {}
        read = self._assume.reading
        for days in day_classes(schedules, read, self._now, _DAYS)[:_MOST_DAY_CLASSES]:
            self._budget.spend("days")
            day = days[0]
            tables = [one.table(day, read) for one in schedules]
            edges = sorted({edge for table in tables for edge in table[0]} | {0, DAY})
            for first, last in zip(edges, edges[1:]):
                vector = tuple(bool(table[1][bisect_right(table[0], first)] & ACTIVE) for table in tables)
                at = day * DAY + (first + last) // 2
                if vector not in found and at >= self._now:
                    found[vector] = at
        return found

    def active(self, schedule: Schedule, at: int) -> bool:
        return schedule.active(at, self._assume.reading)

    def _reached(self, to: str) -> set[str]:
        """The extensions that calls to a number may meet."""
        found, waiting = {to}, [to]
        while waiting:
            for number in self._named_by.get(waiting.pop(), ()):
                if number not in found:
                    found.add(number)
                    waiting.append(number)
        return found & set(self._plan.extensions)

    def _guards(self, number: str) -> Iterator[Guard]:
        for rules in _rules(self._plan.extensions[number]):
            yield from (rule.guard for rule in rules if rule.guard)

    def _lists(self, number: str) -> Iterator[list[Schedule]]:
        for rules in _rules(self._plan.extensions[number]):
            schedules = {id(rule.guard.schedule): rule.guard.schedule for rule in rules if rule.guard}
            if listed := [one for one in schedules.values() if one]:
                yield listed


def _rules(extension: Extension) -> Iterator[tuple[Any, ...]]:
    """The lists of rules of an extension."""
    yield extension.rules
    if isinstance(extension.own, Menu):
        for context in extension.own.contexts.values():
            for option in context.options.values():
                yield option.rules or ()


def _state(ask: Asked, answer: Answer) -> Hashable:
    """What decides how a call goes on from an ask, apart from the time: who listens, and what has happened before."""
    about = tuple(map(id, ask.about)) if ask.kind == SPEECH else id(ask.about) if ask.kind == MENU else ask.about
    variables: dict[str, str] = {}
    status = caller = ""
    for event in answer.raw:
        if event[0] > ask.t:
            break
        kind = event[1]
        if kind == "variable":
            variables[event[2]] = event[3]
        elif kind == "ring":
            status = event[4]
        elif kind == "caller":
            caller = event[2]
    return ask.kind, about, tuple(sorted(variables.items())), status, caller
