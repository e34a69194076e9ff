# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Callers: one of each class that rules can tell apart, with the shortest number."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .budget import Budget
from .call import Caller
from .explore_patterns import CHARACTERS, LONGEST, Automaton, State
from .explore_plan import patterns as patterns_of
from .pattern import PatternProblem, search
from .plan import CallPlan

_OF_NUMBERS = CHARACTERS[:13]
HIDDEN = Caller(anonymous=True)


@dataclass(frozen=True)
class Callers:
    """each: one caller of each class, a hidden one among them. not_exact: the patterns that are no regular expressions,
    so that a class of callers may be missing."""

    each: tuple[Caller, ...]
    not_exact: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Caller]:
        return iter(self.each)


def callers(plan: CallPlan, patterns: Iterable[str | None] | None = None, budget: Budget | None = None) -> Callers:
    """One caller of each class. patterns: those that matter, where they are known; else all of the plan.

    Raises BudgetReached.
    """
    wanted = patterns_of(plan) if patterns is None else set(patterns)
    if not wanted:
        return Callers((Caller(),))
    exact: list[tuple[str, Automaton]] = []
    not_exact: list[tuple[str, Automaton]] = []
    for pattern in sorted(one for one in wanted if one is not None):
        try:
            automaton = _automaton(pattern)
        except PatternProblem:
            # A rule with such a pattern is unknown for every caller.
            continue
        (exact if automaton.exact else not_exact).append((pattern, automaton))
    found = tuple(map(Caller, _numbers(exact, not_exact, budget or Budget()))) if exact or not_exact else (Caller(),)
    return Callers((*found, HIDDEN), tuple(pattern for pattern, dummy in not_exact))


@lru_cache(maxsize=512)
def _automaton(pattern: str) -> Automaton:
    return Automaton(pattern)


def class_of(caller: Caller, patterns: Iterable[str | None]) -> Hashable:
    """The class of a caller: whether each pattern fits the caller; None for a caller without a number."""
    if not caller.shown.number:
        return None
    return tuple(fits(pattern, caller.number) for pattern in sorted(one for one in patterns if one is not None))


def fits(pattern: str, number: str) -> bool:
    """Whether a pattern is found in a number; of one that is no pattern, never."""
    try:
        return search(pattern)(number)
    except PatternProblem:
        return False


def _numbers(
    exact: list[tuple[str, Automaton]], not_exact: list[tuple[str, Automaton]], budget: Budget
) -> Iterator[str]:
    """The shortest number of each class: all automata at once, breadth first."""
    automata = [automaton for dummy, automaton in (*exact, *not_exact)]
    searches = [search(pattern) for pattern, dummy in not_exact]
    characters = _told_apart(automata, single=bool(not_exact))
    start: tuple[State, ...] = tuple(automaton.start for automaton in automata)
    seen, classes = {start}, set()
    waiting = deque([("", start)])
    while waiting:
        number, states = waiting.popleft()
        for char in characters:
            longer = number + char
            following = tuple(automaton.step(state, char) for automaton, state in zip(automata, states))
            new = following not in seen
            if not new and not searches:
                continue
            shape = tuple(automaton.found(state) for (dummy, automaton), state in zip(exact, following))
            shape += tuple(found(longer) for found in searches)
            if shape not in classes:
                classes.add(shape)
                yield longer
                if len(classes) == 1 << len(automata):
                    return
            if new:
                budget.spend("callers")
                seen.add(following)
                if len(longer) < LONGEST:
                    waiting.append((longer, following))


def _told_apart(automata: list[Automaton], single: bool) -> list[str]:
    """One character of each kind that the patterns tell apart; single: all of numbers by themselves."""
    sets = sorted({tuple(sorted(one)) for automaton in automata for one in automaton.sets})
    found: dict[tuple[object, ...], str] = {}
    for char in CHARACTERS:
        kind = (char if single and char in _OF_NUMBERS else "", *(char in one for one in sets))
        found.setdefault(kind, char)
    return list(found.values())
