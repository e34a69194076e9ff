# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The calls that have to be tried so that each thing in a tenant is met that callers can meet.

Times are chosen so that every list of rules is met with all its intervals in every combination in which they can be.
Keys are chosen by the place that waits for them: each key of a place is pressed once, on the shortest way to it. This
leaves out effects that depend on two places at once; a claim that something never happens needs more than this.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, product
from typing import Any

from ..answer import Answer
from ..asks import MENU, SPEECH
from ..assumptions import Assumptions
from ..budget import Budget
from ..call import Call, Caller, Press
from ..explore_callers import callers
from ..explore_keys import Answers
from ..explore_plan import Variables, menu_rules
from ..explore_worlds import BUSY_ALL, FAIR, NO_AGENTS, NOBODY, UNLIKE_FAIR, Everyone, world_of
from ..guards import ANY
from ..looks import PHONE, REGISTERED, Asked, Looks
from ..menus import Guard, Menu
from ..plan import CallPlan, Extension
from ..schedule import Schedule
from ..simulate import simulate
from ..world import Device, World
from ..zone import DAY
from .states import States

# No phone is registered.
GONE = "unregistered"
WORLDS = (FAIR, NOBODY, BUSY_ALL, NO_AGENTS)
_UNLIKE_FAIR = {**UNLIKE_FAIR, GONE: frozenset((PHONE, REGISTERED))}
# How long a caller waits for something to happen, in milliseconds.
PATIENCE = 900_000
_ANYBODY = Caller()
_MOST_ASKS = 30
_MOST_STEPS = 150
# As many events as a usual call has, and a few more.
_EVENTS = 50
_MOST_CASES = 200


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
        # A caller who goes round in a menu meets nothing new. The replay of a claimed call does not have this limit.
        self._assume = replace(assume, max_steps=min(assume.max_steps, _MOST_STEPS))
        self._now = now
        self._budget = budget
        self._named_by = named_by
        self._worlds = {word: world_of(word, World()) for word in WORLDS}
        self._worlds[GONE] = World(phones=Everyone(Device(registered=False)))
        self._answers = Answers(plan, World(), assume)
        self._uses = Variables.of(plan)
        self._status_matters = any(rule.guard and rule.guard.call_status != ANY for rule in menu_rules(plan))
        self._walked: dict[tuple[str, str], tuple[Tried, ...]] = {}
        # The calls in fair weather that were tried: most of them are the same in other worlds.
        self._fair: dict[Call, Tried] = {}
        self._listed: dict[str, tuple[tuple[tuple[str, str], tuple[Guard, ...]], ...]] = {}
        self._moments: dict[str, tuple[int, ...]] = {}
        self._states = States(assume.reading, now, budget)

    def try_call(self, call: Call, word: str = FAIR) -> Tried:
        """Simulate one call. Raises BudgetReached."""
        world = self.world(word)
        if word in _UNLIKE_FAIR:
            fair = self._fair.get(call)
            if fair is not None and _UNLIKE_FAIR[word].isdisjoint(kind for kind, dummy in fair.looks.parts):
                return replace(fair, word=word, world=world)
        self._budget.spend(f"calls to {call.to}")
        looks = Looks()
        answer = simulate(self._plan, call, world, self._assume, looks)
        # All calls are kept: one of many events takes the time and the room of several.
        self._budget.spend(f"calls to {call.to}", len(answer.raw) // _EVENTS)
        tried = Tried(call, word, world, answer, looks)
        if word == FAIR:
            self._fair[call] = tried
        return tried

    def world(self, word: str) -> World:
        """The world of a word; a control code is one in which it was dialled."""
        return self._worlds[word] if word in self._worlds else World(codes=(word,))

    def all(self, to: str, words: Sequence[str] = WORLDS) -> Iterator[Tried]:
        """The calls to a number in these worlds, and those that control codes make. Raises BudgetReached."""
        for word in (*words, *self.codes(to)):
            yield from self._met(to, word)

    def _met(self, to: str, word: str) -> tuple[Tried, ...]:
        """The calls to a number in one world."""
        found = self._walked.get((to, word))
        if found is None:
            found = self._walked[to, word] = tuple(self._walk(to, word))
        return found

    def _walk(self, to: str, word: str) -> Iterator[Tried]:
        seen: set[Hashable] = set()
        covered: set[Hashable] = set()
        # The shortest way to each option that was met so far.
        paths: dict[tuple[str, str], tuple[Press, ...]] = {}
        number = self._plan.numbers.dids.get(to, to)
        lists = tuple(self._lists(number)) if number in self._plan.extensions else ()
        for caller, at in product(self.callers(to), self.moments(to)):
            waiting: deque[tuple[Press, ...]] = deque([()])
            for option, rules in lists:
                case = (option, *(self._case(rule, caller, at) for rule in rules))
                if case not in covered:
                    covered.add(case)
                    if paths.get(option):
                        waiting.append(paths[option])
            for tried in self._spread(Call(to, caller, at, hang_up_after=PATIENCE), word, waiting, seen):
                yield tried
                for event in tried.answer.raw:
                    if event[1] == "menu" and event[2] == number:
                        paths.setdefault((event[3], event[4]), tried.call.press)

    def walk(self, to: str, at: int, word: str = FAIR, caller: Caller = _ANYBODY) -> Iterator[Tried]:
        """The calls of one caller to a number at one time, with every key that matters. Raises BudgetReached."""
        return self._spread(Call(to, caller, at, hang_up_after=PATIENCE), word, deque([()]), set())

    def _spread(self, call: Call, word: str, waiting: deque[tuple[Press, ...]], seen: set[Hashable]) -> Iterator[Tried]:
        """A call with some lists of keys, and with all that can be pressed on where nobody has pressed before."""
        while waiting:
            tried = self.try_call(replace(call, press=waiting.popleft()), word)
            yield tried
            waiting.extend(self._following(tried, seen))

    def _following(self, tried: Tried, seen: set[Hashable]) -> Iterator[tuple[Press, ...]]:
        """Lists of keys that answer those asks of a call for which it has no key yet."""
        press = tried.call.press
        for ask in tried.looks.asks:
            if ask.item < len(press) or ask.item >= _MOST_ASKS or ask.t > PATIENCE:
                continue
            state = self._state(ask, tried.answer)
            if state not in seen:
                seen.add(state)
                silent = (*press, *(Press() for dummy in range(ask.item - len(press))))
                for one in self._answers.to(ask):
                    yield (*silent, one)

    def _state(self, ask: Asked, answer: Answer) -> Hashable:
        """The state that decides how a call continues after an ask, except the time: who listens, and the past."""
        about = tuple(map(id, ask.about)) if ask.kind == SPEECH else id(ask.about) if ask.kind == MENU else ask.about
        variables: dict[str, str] = {}
        status = caller = ""
        for event in answer.raw:
            if event[0] > ask.t:
                break
            kind = event[1]
            if kind == "variable":
                variables[event[2]] = self._matters(event[2], event[3])
            elif kind == "ring":
                status = "busy" if event[4] == "busy" else "no_answer"
            elif kind == "caller":
                caller = event[2]
        found = tuple(sorted((name, value) for name, value in variables.items() if value))
        return ask.kind, about, found, status if self._status_matters else "", caller

    def _matters(self, name: str, value: str) -> str:
        """The value of a variable as far as rules tell it from others."""
        uses = self._uses
        if name in uses.dialled or name in uses.read_out or value in uses.compared.get(name, ()):
            return f"={value}"
        return "other" if "" in uses.compared.get(name, ()) else ""

    def _case(self, guard: Guard, caller: Caller, at: int) -> Hashable:
        """The values of conditions for a caller at a time."""
        active = self.active(guard.schedule, at) if guard.schedule else None
        shown = caller.shown.number
        return active, (bool(shown), bool(shown and guard.found and guard.found(shown))) if guard.caller else None

    def silent(self, to: str, word: str) -> tuple[Tried, ...]:
        """The calls to a number in which nothing is pressed, at all times and by all callers that they tell apart.

        Raises BudgetReached.
        """
        schedules: dict[int, Schedule] = {}
        patterns: set[str | None] = set()
        while True:
            times = self.states(tuple(schedules.values())).values() if schedules else (self._now + DAY // 2,)
            who = self._callers(patterns)
            found = [
                self.try_call(Call(to, caller, at, hang_up_after=PATIENCE), word)
                for caller, at in islice(product(who, times), _MOST_CASES)
            ]
            known = len(schedules) + len(patterns)
            for tried in found:
                schedules.update((id(schedule), schedule) for schedule, dummy in tried.answer.reads)
                patterns |= tried.looks.patterns
            if len(schedules) + len(patterns) == known:
                return tuple(found)

    @cached_property
    def everything(self) -> tuple[Tried, ...]:
        """The calls to all extensions. Raises BudgetReached."""
        return tuple(tried for number in self._plan.extensions for tried in self.all(number))

    @cached_property
    def _firing(self) -> Mapping[str, list[Tried]]:
        found: dict[str, list[Tried]] = {}
        for tried in self.everything:
            for place in dict.fromkeys(tried.answer.fired):
                found.setdefault(place, []).append(tried)
        for listed in found.values():
            listed.sort(key=_presses)
        return found

    def firing(self, place: str) -> list[Tried]:
        """Those of these calls that run a rule, the shortest first. Raises BudgetReached."""
        return self._firing.get(place, [])

    @cached_property
    def _entering(self) -> Mapping[tuple[str, str, str], list[Tried]]:
        found: dict[tuple[str, str, str], list[Tried]] = {}
        for tried in self.everything:
            for option in dict.fromkeys(event[2:5] for event in tried.answer.raw if event[1] == "menu"):
                found.setdefault(option, []).append(tried)
        for listed in found.values():
            listed.sort(key=_presses)
        return found

    def entering(self, number: str, context: str, option: str = "start") -> list[Tried]:
        """Those of these calls that come to an option of a menu, the shortest first. Raises BudgetReached."""
        return self._entering.get((number, context, option), [])

    @cached_property
    def usual_length(self) -> int:
        """How many keys a context takes that does not say it."""
        return 1 if self._assume.digit_len_default == "one" else self._plan.numbers.length or 3

    # -- who and when

    def callers(self, to: str) -> tuple[Caller, ...]:
        """One caller of each kind that the rules of an extension tell apart. to: its number, or a DID."""
        return self._callers({guard.pattern for guard in self._guards(to) if guard.caller})

    def _callers(self, patterns: set[str | None]) -> tuple[Caller, ...]:
        if not patterns:
            return (_ANYBODY,)
        return (_ANYBODY, *(one for one in callers(self._plan, patterns, self._budget) if one != _ANYBODY))

    def moments(self, to: str) -> tuple[int, ...]:
        """Times at which every list of rules of an extension is met in all states of its intervals."""
        number = self._plan.numbers.dids.get(to, to)
        found = self._moments.get(number)
        if found is None:
            found = self._moments[number] = tuple(self._covering(number)) or (self._now + DAY // 2,)
        return found

    def _covering(self, number: str) -> Iterator[int]:
        lists: dict[tuple[int, ...], tuple[Schedule, ...]] = {}
        for dummy, guards in self._lists(number) if number in self._plan.extensions else ():
            schedules = {id(guard.schedule): guard.schedule for guard in guards if guard.schedule}
            if schedules:
                lists.setdefault(tuple(schedules), tuple(schedules.values()))
        done: set[Hashable] = set()
        for key, asked in lists.items():
            for at in self.states(asked).values():
                if (key, self._vector(asked, at)) not in done:
                    done.update((other, self._vector(listed, at)) for other, listed in lists.items())
                    yield at

    def _vector(self, schedules: tuple[Schedule, ...], at: int) -> tuple[bool, ...]:
        return tuple(self.active(one, at) for one in schedules)

    def states(self, schedules: tuple[Schedule, ...]) -> Mapping[tuple[bool, ...], int]:
        """The combinations in which intervals are active within a year, each with the middle of its first stretch.

        Raises BudgetReached.
        """
        return self._states.of(schedules)

    def active(self, schedule: Schedule, at: int) -> bool:
        return schedule.active(at, self._assume.reading)

    def codes(self, to: str) -> tuple[str, ...]:
        """The control codes of the rules that a call may meet."""
        reached = self._reached(self._plan.numbers.dids.get(to, to))
        found = (rule.code for number in reached for rule in self._plan.extensions[number].rules)
        return tuple(sorted({code for code in found if code}))

    def _reached(self, to: str) -> set[str]:
        """The extensions that calls to a number may meet."""
        found, waiting = {to}, [to]
        while waiting:
            for number in self._named_by.get(waiting.pop(), ()):
                if number not in found:
                    found.add(number)
                    waiting.append(number)
        return found & set(self._plan.extensions)

    def _guards(self, to: str) -> Iterator[Guard]:
        number = self._plan.numbers.dids.get(to, to)
        for dummy, guards in self._lists(number) if number in self._plan.extensions else ():
            yield from guards

    def _lists(self, number: str) -> tuple[tuple[tuple[str, str], tuple[Guard, ...]], ...]:
        """The lists of rules of an extension that have conditions, each with its context and option, and these."""
        found = self._listed.get(number)
        if found is None:
            found = self._listed[number] = tuple(
                (option, guards)
                for option, rules in _rules(self._plan.extensions[number])
                if (guards := tuple(rule.guard for rule in rules if rule.guard))
            )
        return found


def _rules(extension: Extension) -> Iterator[tuple[tuple[str, str], tuple[Any, ...]]]:
    """The lists of rules of an extension, each with its context and option."""
    yield ("", ""), extension.rules
    if isinstance(extension.own, Menu):
        for context in extension.own.contexts.values():
            for name, option in context.options.items():
                yield (context.name, name), option.rules or ()


def _presses(tried: Tried) -> int:
    return len(tried.call.press)
