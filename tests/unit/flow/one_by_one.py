# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The impact of an edit against calls that the second interpreter answers one by one, without any exploration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ansible_collections.telops.pbx.plugins.module_utils._flow.answer import Answer
from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Caller
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore_callers import class_of
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore_worlds import BUSY_ALL, FAIR, NO_AGENTS, NOBODY
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.compare import Different
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.days import within
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.impact import MOST_CALLS, WORDS, Impact
from tests.oracle.intervals import active
from tests.oracle.run import SWITCHES, interpret
from tests.unit.flow.calling import instant
from tests.unit.flow.impacting import (
    ASKS,
    CALLERS,
    DIDS,
    FIRST,
    LAST,
    PATIENCE,
    PHONES,
    YEAR_END,
    Chance,
    Thing,
    compared,
)


class Tried(NamedTuple):
    """A call that was interpreted. noticed: all that its caller can tell. keys: how many answers of his were heard."""

    noticed: Any
    keys: int


class Shape(NamedTuple):
    """A call apart from its time. word: of its world."""

    to: str
    caller: Caller
    keys: tuple[str, ...]
    word: str


class OneByOne:
    """Calls to one document, as the second interpreter of tests/oracle answers them, without any exploration.

    A call is not interpreted once more where one of the same shape has asked the same intervals, so long after its
    arrival, and all of them are as they were then: each of them is looked up in the document, second by second.
    """

    def __init__(self, document: Thing) -> None:
        self.interpreted = 0
        self._document = document
        self._intervals = {one["name"]: one for one in document["intervals"]}
        self._active: dict[tuple[str, int], bool] = {}
        self._known: dict[Shape, list[tuple[list[tuple[str, int, bool]], Tried]]] = {}

    def of(self, shape: Shape, at: int) -> Tried:
        known = self._known.setdefault(shape, [])
        for looked, tried in known:
            if all(self.active(name, at + later) is was for name, later, was in looked):
                return tried
        known.append(self._interpreted(shape, at))
        return known[-1][1]

    def active(self, name: str, instant: int) -> bool:
        found = self._active.get((name, instant))
        if found is None:
            found = self._active[name, instant] = active(self._intervals[name], instant, SWITCHES)
        return found

    def _interpreted(self, shape: Shape, at: int) -> tuple[list[tuple[str, int, bool]], Tried]:
        self.interpreted += 1
        caller, looked = shape.caller, []  # type: ignore[var-annotated]
        call = {
            "to": shape.to,
            "from": {"number": caller.number, "name": caller.name, "anonymous": caller.anonymous},
            "at": at,
            "press": list(shape.keys),
            "hang_up_after": PATIENCE // 1000,
        }
        found = interpret(self._document, call, _WORLDS[shape.word], _LIMITS, looked)
        # Nobody meets what is asked after he has hung up.
        once = {(one["name"], later): was for one, later, was in looked if later * 1000 <= PATIENCE}
        trace = found["trace"]
        return (
            [(name, later, was) for (name, later), was in once.items()],
            Tried(
                _told(found["outcome"], [_MET[one["event"]](one) for one in trace if one["event"] in _MET]),
                sum(one["event"] == "keys" for one in trace),
            ),
        )


# No caller stays for hours, so circles need not be followed for hours.
_LIMITS = {"max_seconds": 600}

# Events on the way of a caller: a title, who rings, a number; a context and an option, whosever they are.
_MET: dict[str, Callable[[Thing], tuple[Any, ...]]] = {
    "sound": lambda one: ("sound", one["title"]),
    "ring": lambda one: ("ring", one["who"]),
    "queue": lambda one: ("queue", one["number"]),
    "menu": lambda one: ("menu", one["context"], one["option"]),
}
OUTSIDE = ("+49301",)
_WORLDS: dict[str, Thing] = {
    FAIR: {},
    NOBODY: {"phones": {one: {"does": "no_answer"} for one in PHONES}, "external": dict.fromkeys(OUTSIDE, "no_answer")},
    BUSY_ALL: {"phones": {one: {"does": "busy"} for one in PHONES}, "external": dict.fromkeys(OUTSIDE, "busy")},
    NO_AGENTS: {"agents": {f"{one}/A": {"status": "logged_out"} for one in PHONES}},
}


def _told(outcome: Thing, met: list[tuple[Any, ...]]) -> Any:
    return {name: value for name, value in outcome.items() if name not in ("at", "told")}, met


def met(answer: Answer) -> Any:
    """The experience of a caller in a simulated call, in the form of one that was interpreted."""
    events = [event.as_dict() for event in answer.trace if event.event in _MET]
    return _told(answer.outcome.as_dict(), [_MET[one["event"]](one) for one in events])


# So many shapes of calls, moments of each, and rows are looked at; the impact may simulate so many calls.
WHOLE, SAMPLE = (30, 400, 40, MOST_CALLS), (10, 40, 8, 5_000)


@dataclass
class Compared:
    """An impact beside calls one by one. rows: of the impact. calls: how many were looked at. limit: the impact is not
    complete.

    missed: differences of calls that the impact does not have. invented: rows that calls do not bear out.
    """

    rows: int = 0
    calls: int = 0
    interpreted: int = 0
    limit: bool = False
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


def one_by_one(seed: int, shapes: int, most: int, rows: int, budget: int) -> Compared:
    """Compare the impact of an edit by chance with calls: so many shapes, each at so many moments, and so many rows."""
    chance, done = Chance(seed), Compared()
    document = chance.tenant()
    edited = chance.edited(document)
    found = compared(document, edited, most=budget, assume=Assumptions.of(_LIMITS))
    done.limit = bool(found.limit)
    if found.limit:
        return done
    before, after = OneByOne(document), OneByOne(edited)
    done.rows = len(found.found.different)
    told = [(one, met(one.before.answer), met(one.after.answer)) for one in found.found.different]
    times = chance.few(moments((document, edited)), most)
    for dummy in range(shapes):
        to, caller, word = chance.one(*DIDS), chance.one(*CALLERS), chance.one(*WORDS)
        shape = Shape(to, caller, tuple(chance.one(*ASKS) for dummy in range(chance.one(0, 1, 2, 3))), word)
        mine = [
            (one.times.spans(FIRST, YEAR_END), old, new)
            for one, old, new in told
            if one.one.call.to == to and word in one.one.words and _alike(caller, one)
        ]
        for at in times:
            done.calls += 1
            here, there = before.of(shape, at).noticed, after.of(shape, at).noticed
            if here != there and not any(
                old == here and new == there and within(at, spans) for spans, old, new in mine
            ):
                done.missed.append(f"edit {seed}: {shape} at {at}")
    # And the other way round: the calls of a row differ as the row says, and just then.
    for one, old, new in chance.few(told, rows):
        call, spans = one.one.call, one.times.spans(FIRST, YEAR_END)
        word = chance.one(*one.one.words)
        shape = Shape(call.to, call.caller, tuple(item.keys for item in call.press), word)
        for edge in [edge for span in chance.random.sample(spans, min(3, len(spans))) for edge in span]:
            for at in (edge - 1, edge):
                if FIRST <= at < YEAR_END:
                    done.calls += 1
                    here, there = before.of(shape, at), after.of(shape, at)
                    same = here.noticed == old and there.noticed == new
                    inside = within(at, spans)
                    if inside is not same and (inside or not _elsewhere(found, one, word, at, shape, here, there)):
                        done.invented.append(f"edit {seed}: {shape} at {at}")
    done.interpreted = before.interpreted + after.interpreted
    return done


def _alike(caller: Caller, one: Different) -> bool:
    patterns = one.node.patterns
    return not patterns or class_of(caller, patterns) == class_of(one.one.call.caller, patterns)


def _elsewhere(found: Impact, one: Different, word: str, at: int, shape: Shape, here: Tried, there: Tried) -> bool:
    """Whether a call beside the times of a row goes its way for another reason: it belongs to callers who were silent
    until then, or calls are told apart in other worlds there. The rows join these."""
    if shape.keys and all(tried.keys < len(shape.keys) for tried in (here, there)):
        return True
    return any(
        other.one.call == one.one.call and word in other.one.words and within(at, other.times.spans(FIRST, YEAR_END))
        for other in found.found.different
    )


def moments(documents: tuple[Thing, ...]) -> Iterator[int]:
    """Every 15 minutes of the two weeks, and every second around each time of day that a condition names, on each day
    of them and on the holidays of the year, also shifted by the ringing, in both folds."""
    clocks = {"00:00:00"}
    for document in documents:
        for interval in document["intervals"]:
            for one in interval["conditions"]:
                for name in ("start_time", "end_time", "start_datetime", "end_datetime"):
                    if one.get(name):
                        clocks.add(one[name][-8:])
    yield from range(FIRST, LAST, 900)
    days = [f"2026-10-{day}" for day in range(19, 32)] + [f"2026-12-{day}" for day in range(23, 28)]
    for day in days:
        for clock in sorted(clocks):
            for zone, fold in (("Europe/Berlin", 0), ("Europe/Berlin", 1), ("UTC", 0)):
                edge = instant(f"{day} {clock}", zone, fold)
                for rung in (0, 2, 5, 10, 15, 20):
                    for at in range(edge - rung - 2, edge - rung + 3):
                        if FIRST <= at < YEAR_END:
                            yield at
