# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Call tests recorded from the behaviour of a tenant today, as a baseline before a change.

A call is recorded when it takes a step that no smaller one has taken: from one rule, menu, ring, queue or end to the
next, or near the change of an interval. Only such calls are tried with more keys, so that circles of menus come to an
end.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ..answer import ABANDONED, ENDLESS, UNKNOWN, Answer
from ..asks import PIN
from ..assumptions import Assumptions
from ..budget import Budget, BudgetReached
from ..call import Call, Caller, Press
from ..explore_callers import callers, class_of
from ..explore_keys import Answers, following
from ..explore_time import PATIENCE, Span, patient, spans, watched
from ..explore_worlds import BUSY_ALL, FAIR, NO_AGENTS, NOBODY, world_of
from ..schedule import Schedule
from ..world import BUSY, NO_ANSWER, Device, Does, World
from ..zone import DAY, zone
from .met import asked, edges, reasons
from .moments import Clock, local_moment
from .seen import Seen
from .subject import Subject
from .words import ended

DEPTH = 6
_DAYS = 8
_MOST_OUT = 4
_DEFAULT = Assumptions()
_WORLDS: Mapping[str, tuple[str, dict[str, str]]] = {
    FAIR: ("", {}),
    NOBODY: ("nobody answers", {"phones": "nobody", "external": "nobody"}),
    BUSY_ALL: ("everybody is busy", {"phones": "busy", "external": "busy"}),
    NO_AGENTS: ("no agent is there", {"agents": "out"}),
}
_STEPS = ("rule", "menu", "ring", "queue", "leave", "variable", "webhook", "voicemail", "hangup", "loop")


@dataclass(frozen=True)
class Recording:
    """tests: a file of call tests. incomplete: why some calls may be missing, "" if none are. unknown: the places of
    unknown values that calls need; these calls are not recorded."""

    tests: dict[str, Any]
    incomplete: str
    unknown: tuple[str, ...]


def record(subject: Subject, clock: Clock, assume: Assumptions, budget: Budget | None = None) -> Recording:
    """The calls that the tenant tells apart today, each with its outcome."""
    recorder = _Recorder(subject, clock, assume, budget or Budget())
    incomplete = ""
    try:
        recorder.run()
    except BudgetReached as reached:
        incomplete = str(reached)
    return Recording(recorder.file(), incomplete, tuple(sorted(recorder.unknown)))


class _Around(NamedTuple):
    """A world. word: of all of it. out: who of the others does not answer, or is busy, by number."""

    word: str
    out: tuple[tuple[str, str], ...] = ()

    @property
    def world(self) -> World:
        found = world_of(self.word, World())
        return (
            replace(found, phones={number: Device(does=Does(how)) for number, how in self.out}) if self.out else found
        )

    @property
    def words(self) -> str:
        absent = [f"{number} {'is busy' if how == BUSY else 'does not answer'}" for number, how in self.out]
        return ", ".join(filter(None, (_WORLDS[self.word][0], *absent)))

    def without(self, answer: Answer) -> Iterator[_Around]:
        """The worlds in which the one who has answered does not."""
        who = answer.outcome.by.partition("/")[0]
        if self.word == FAIR and who and len(self.out) < _MOST_OUT:
            for how in (NO_ANSWER, BUSY):
                yield self._replace(out=(*self.out, (who, how)))


@dataclass
class _Test:
    """Calls that differ in their time only, and come to the same."""

    call: Call
    around: _Around
    answer: Answer
    at: list[int] = field(default_factory=list)


class _Recorder:
    def __init__(self, subject: Subject, clock: Clock, assume: Assumptions, budget: Budget) -> None:
        self._subject = subject
        self._plan = subject.plan
        self._clock = clock
        self._zone = clock.zone or zone("UTC")
        self._assume = assume
        self._budget = budget
        self._times: Sequence[Span] = spans(subject.plan, clock.year[0], _DAYS)
        self._taken: set[Hashable] = set()
        self._starts = sorted(
            {one.times[0] if one.times else DAY // 2 for each in subject.schedules for one in each.conditions}
        )
        self._courses: set[Hashable] = set()
        self._known: dict[tuple[int, int], frozenset[Hashable]] = {}
        self._searched: set[str | None] = set()
        self._tests: list[_Test] = []
        self.unknown: set[str] = set()

    def run(self) -> None:
        """Raises BudgetReached."""
        numbers = self._plan.numbers
        reached = set(numbers.dids.values())
        called = [*numbers.dids, *(one for one in self._plan.extensions if one not in reached)]
        done: list[Caller] = []
        waiting = [Caller()]
        while waiting:
            caller = waiting.pop(0)
            done.append(caller)
            for word in _WORLDS:
                for to in called:
                    self._follow(Call(to, caller), _Around(word))
            if not waiting:
                found = callers(self._plan, self._searched, self._budget)
                known = {class_of(one, self._searched) for one in done}
                waiting = [one for one in found if class_of(one, self._searched) not in known]

    def _follow(self, base: Call, around: _Around) -> None:
        """Try the calls of one caller to a number, with more and more keys, and with more and more people away."""
        answers = Answers(self._plan, around.world, self._assume)
        waiting: list[tuple[tuple[Press, ...], _Around]] = [((), around)]
        tried = set(waiting)
        for press, here in waiting:
            call, world = patient(replace(base, press=press)), here.world
            for begin, end in self._times:
                for piece in watched(self._plan, call, world, self._assume, begin, end, self._budget):
                    first, after, answer, looks = piece
                    self._searched |= looks.patterns
                    if not self._keep(call, here, answer, first, after):
                        continue
                    further = [(keys, here) for keys in following(answers, looks, call, DEPTH)]
                    further += [(press, away) for away in here.without(answer)]
                    waiting += (one for one in further if one not in tried)
                    tried.update(further)

    def _keep(self, call: Call, around: _Around, answer: Answer, first: int, after: int) -> bool:
        """Record the call where it takes steps in a piece of time that none has taken yet."""
        if answer.outcome.kind == UNKNOWN:
            self.unknown.add(answer.outcome.place)
            return False
        if self._tells_pin(answer):
            return False
        steps: set[Hashable] = set()
        course = (call.to, answer.course)
        if course not in self._courses:
            self._courses.add(course)
            steps.update(_steps(call, answer))
        kept = False
        # At all of these moments the call goes the same way, and intervals answer the same for other reasons.
        for at in dict.fromkeys((first, after - 1, *self._spots(answer, first, after))):
            for schedule, instant in asked(answer, at, self._assume):
                steps |= self._near(schedule, instant)
            if not steps <= self._taken:
                self._taken |= steps
                self._add(call, around, answer, at)
                kept = True
        return kept

    def _tells_pin(self, answer: Answer) -> bool:
        """Whether the call opens a conference with a PIN, which must not be written down."""
        pins = self._subject.pins
        return bool(pins) and any(
            event.event == "keys" and event.details["ask"] == PIN and event.details["keys"] in pins
            for event in answer.trace
        )

    def _near(self, schedule: Schedule, instant: int) -> frozenset[Hashable]:
        """The edges of an interval at an instant, and the reasons why it is active or not."""
        found = self._known.get((id(schedule), instant))
        if found is None:
            read = self._assume.reading
            found = frozenset([*edges(schedule, instant, read), *reasons(schedule, instant, read)])
            self._known[id(schedule), instant] = found
        return found

    def _spots(self, answer: Answer, first: int, after: int) -> Iterator[int]:
        """On each day of a piece of time, the moments at which intervals become active on some days."""
        zones = {one.zone.name: one.zone for one, dummy in answer.reads}
        for used in zones.values():
            for day in range(first // DAY, (after - 1) // DAY + 1):
                ahead = used.local(day * DAY) - day * DAY
                for second in self._starts:
                    at = day * DAY + (second - ahead) % DAY
                    if first <= at < after:
                        yield at

    def _add(self, call: Call, around: _Around, answer: Answer, at: int) -> None:
        for test in reversed(self._tests):
            if (test.call, test.around) != (call, around):
                break
            if test.answer.outcome == answer.outcome and test.answer.experience == answer.experience:
                test.at.append(at)
                return
        self._tests.append(_Test(call, around, answer, [at]))

    # -- as a file

    def file(self) -> dict[str, Any]:
        """The tests in the form in which people write them."""
        names: dict[str, int] = {}
        written = []
        for test in self._tests:
            one = self._written(test)
            count = names[one["name"]] = names.get(one["name"], 0) + 1
            written.append({**one, "name": f"{one['name']} ({count})"} if count > 1 else one)
        assumed = {name: value for name, value in vars(self._assume).items() if value != getattr(_DEFAULT, name, value)}
        return {
            "timezone": self._zone.name,
            **({"assumptions": assumed} if assumed else {}),
            "calls": written,
        }

    def _written(self, test: _Test) -> dict[str, Any]:
        call, around, answer = test.call, test.around, test.answer
        seen = Seen(self._subject, call, around.world, self._assume, answer)
        found: dict[str, Any] = {"name": self._name(test, seen), "call": call.to}
        if call.caller != Caller():
            found["from"] = call.caller.shown.number or "anonymous"
        if answer.reads:
            moments = [local_moment(at, self._zone) for at in sorted(test.at)]
            found["at"] = moments[0] if len(moments) == 1 else moments
        if call.press:
            found["press"] = [{"say": one.say} if one.say else one.keys for one in call.press]
        found.update(_WORLDS[around.word][1])
        if around.out:
            found["phones"] = dict(around.out)
        if answer.outcome.kind == ABANDONED:
            found["patience"] = PATIENCE // 1000
        found["expect"] = dict(_expected(seen))
        if seen.outcome.kind not in (ENDLESS, ABANDONED) and seen.outcome.at >= 1000:
            found["never"] = {"within": _seconds(seen.outcome.at - 1000)}
        return found

    def _name(self, test: _Test, seen: Seen) -> str:
        call = test.call
        words = [call.to]
        if call.caller != Caller():
            words.append(f"from {call.caller.shown.number or 'a hidden number'}")
        if call.press:
            said = (f'"{one.say}"' if one.say else one.keys or "nothing" for one in call.press)
            words.append(f"press {' then '.join(said)}")
        if test.answer.reads:
            words.append(local_moment(min(test.at), self._zone).partition(" ")[2])
        if test.around.words:
            words.append(test.around.words)
        return f"{', '.join(words)}: {ended(seen).partition(' after ')[0]}"


def _steps(call: Call, answer: Answer) -> Iterator[Hashable]:
    """Each step of a call with the rule that it belongs to and the step before it; the outcome comes last."""
    rule: Hashable = ""
    before: Hashable = call.to
    for event in answer.trace:
        if event.event in _STEPS:
            details = tuple(value for name, value in event.details.items() if name != "ms")
            step = (event.event, *details)
            yield rule, before, step
            before = step
            rule = step if event.event == "rule" else rule
    end = answer.outcome
    yield rule, before, (end.kind, end.by, end.where, end.told)


def _expected(seen: Seen) -> Iterator[tuple[str, Any]]:
    end = seen.outcome
    details = {"answered": end.by, "hangup": end.cause, "abandoned": end.where, "endless": end.where}
    yield end.kind, details.get(end.kind, end.extension)
    if end.kind == "hangup":
        yield "told", bool(end.told)
    if seen.queues:
        yield "queue", seen.queues[-1]
    if seen.menus:
        yield "visits", "/".join(seen.menus[-1])
    if seen.heard:
        yield "hears", seen.heard
    if seen.rung:
        yield "rings", sorted(seen.rung)
    if seen.shown != seen.call.caller.shown.number:
        yield "shows", seen.shown or "anonymous"
    if end.kind not in (ENDLESS, ABANDONED):
        yield "within", _seconds(end.at)


def _seconds(ms: int) -> float:
    return ms // 1000 if ms % 1000 == 0 else ms / 1000
