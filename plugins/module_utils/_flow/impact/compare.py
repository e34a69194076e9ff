# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""All calls to two plans: for every caller, list of keys and world the times at which the two runs go which way."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ..answer import UNKNOWN
from ..assumptions import Assumptions
from ..budget import Budget
from ..call import Call, Caller, Press
from ..explore_callers import Callers, callers, class_of
from ..explore_time import PATIENCE, patient
from ..explore_worlds import ALL, BUSY_ALL, NO_AGENTS, NOBODY, named, variants
from ..looks import AGENT, EXTERNAL, MEMBERS, PHONE, Part
from ..schedule import Schedule
from ..world import World
from .days import Alike, Calendar, Times
from .keys import Keys
from .runs import Leaf, Runs
from .shared import Pair

# From one second of a day up to, without, another.
Span = tuple[int, int]
# Of the first of days that are alike, some of its seconds.
Domain = dict[int, list[Span]]
# The runs before and after that go together, and when.
Ways = dict[tuple[Leaf, Leaf], Domain]
# The worlds in which a part of one kind is not as it is in fair weather.
_TOLD_APART = {AGENT: (NO_AGENTS,), PHONE: (NOBODY, BUSY_ALL), EXTERNAL: (NOBODY, BUSY_ALL)}


@dataclass(frozen=True)
class Scope:
    """Which calls are compared. begin, end: in seconds UTC. words: of worlds. depth: of lists of keys.

    keep_alike: calls that do not differ are wanted too. one_caller: no other callers than the one of a call are tried.
    """

    begin: int
    end: int
    words: tuple[str, ...]
    depth: int
    assume: Assumptions
    world: World
    outcome_only: bool = False
    keep_alike: bool = False
    one_caller: bool = False


@dataclass(frozen=True)
class Call2:
    """A call and its world, apart from its time. words: of worlds that are the same for it; the first is taken."""

    call: Call
    words: tuple[str, ...]
    world: World

    def alone(self, word: str, scope: Scope) -> Call2:
        """The same call in another world."""
        return replace(self, words=(word,), world=named(word, scope.world))


@dataclass(frozen=True)
class Different:
    """Calls that go one way before and another one after, in all their details the same. times: when.

    before, after: one run of each. node, domain: where the comparison has met them.
    """

    one: Call2
    before: Leaf
    after: Leaf
    times: Times
    node: Node
    domain: Domain


@dataclass
class Found:
    """What a comparison has found. alike: calls that do not differ, where these are wanted.

    not_exact: patterns for which a class of callers may be missing.

    unknown: places of what is not known, of calls that end there before and after. notes: what calls met and nobody
    simulates. assumptions: that decided something in a call that differs.
    """

    different: list[Different] = field(default_factory=list)
    alike: list[Different] = field(default_factory=list)
    not_exact: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    assumptions: set[str] = field(default_factory=set)


def same(before: Leaf, after: Leaf, outcome_only: bool) -> bool:
    """Whether a caller notices no difference. Two runs that are not known are told of elsewhere."""
    if before is after:
        return True
    one, other = before.answer.outcome, after.answer.outcome
    if one.kind == UNKNOWN or other.kind == UNKNOWN:
        return one.kind == other.kind
    return before.experience[:-1] == after.experience[:-1] if outcome_only else before.experience == after.experience


class Comparison:
    """Compares the calls to two plans. budget: of simulated calls. since: some calls before the scope count too."""

    def __init__(self, pair: Pair, scope: Scope, budget: Budget, since: int | None = None) -> None:
        self.pair = pair
        self.scope = scope
        begin = scope.begin if since is None else min(since, scope.begin)
        self.calendar = Calendar(begin, scope.end, scope.assume.reading, PATIENCE // 1000 + 1)
        self.found = Found()
        self.budget = budget
        self._callers: dict[frozenset[str | None], Callers] = {}
        self._keys = Keys(pair, scope.world, scope.assume, scope.depth)

    def number(self, to: str) -> None:
        """Compare all calls to a number. Raises BudgetReached; what was found before is true."""
        call, words = patient(Call(to)), self.scope.words
        for alike in (tuple(word for word in words if word != ALL), tuple(word for word in words if word == ALL)):
            if alike:
                self.call(Call2(call, alike, named(alike[0], self.scope.world)))

    def call(self, one: Call2) -> None:
        """Compare a call by every caller, at all times and with all keys."""
        whole: Domain = {day: [(0, 86_400)] for day in self.calendar.alike(frozenset()).days}
        waiting = [Node(one, None, whole, frozenset())]
        for node in waiting:
            waiting += self._follow(node)

    def _follow(self, node: Node) -> Iterator[Node]:
        """Compare a call with one list of keys; go on with longer ones, with other callers where these calls tell them
        apart, and with each way in which the world can be."""
        node.walk(self.pair, self.scope.assume, self.calendar, self.budget)
        for leaf in (*node.before.leaves, *node.after.leaves):
            self.found.notes.update(leaf.answer.not_modelled)
        for caller in self._others(node, node.searched):
            one = replace(node.one, call=replace(node.one.call, caller=caller))
            yield Node(one, node.parent, node.domain, node.given, node.told)
        longer: dict[tuple[tuple[Press, ...], tuple[str, ...]], Domain] = {}
        opened: dict[Part, Domain] = {}
        elsewhere: dict[str, Domain] = {}
        found: dict[tuple[str, ...], Ways] = {}
        for way, spans in node.ways.items():
            before, after = way
            part = self._open(node, before, after)
            if part is not None:
                _add(opened.setdefault(part, {}), spans)
                continue
            words = self._same_worlds(node, before, after)
            for word in node.one.words:
                if word not in words:
                    _add(elsewhere.setdefault(word, {}), spans)
            found.setdefault(words, {})[way] = spans
            for press in self._keys.following(before.looks, after.looks, node.one.call):
                _add(longer.setdefault((press, words), {}), spans)
        for words, ways in found.items():
            self._differing(node, words, ways)
        for word, domain in elsewhere.items():
            yield Node(node.one.alone(word, self.scope), node, domain, node.given, node.told)
        for part, domain in opened.items():
            for world in self._variants(node.one.world, part):
                yield Node(replace(node.one, world=world), node, domain, node.given | {part}, node.told)
        for (press, words), domain in longer.items():
            one = replace(node.one, call=replace(node.one.call, press=press), words=words)
            yield Node(one, node, domain, node.given, node.told)

    @staticmethod
    def _same_worlds(node: Node, before: Leaf, after: Leaf) -> tuple[str, ...]:
        """The worlds in which all that a call has looked at is the same as in the first."""
        words = node.one.words
        if len(words) == 1:
            return words
        patience = node.one.call.hang_up_after
        kinds = {
            kind
            for leaf in (before, after)
            for (kind, dummy), t in leaf.looks.parts.items()
            if patience is None or t <= patience
        }
        unlike = {word for kind, unlike in _TOLD_APART.items() if kind in kinds for word in unlike}
        if words[0] in unlike:
            return words[:1]
        return tuple(word for word in words if word not in unlike)

    def _others(self, node: Node, searched: set[str | None]) -> list[Caller]:
        """Callers that these calls tell apart from the one who was tried, one of each kind."""
        if searched <= node.told or self.scope.one_caller:
            return []
        tried, before = node.one.call.caller, node.told
        node.told = told = before | searched
        found = self._callers.get(told)
        if found is None:
            found = self._callers[told] = callers(self.pair.before, told, self.budget)
            self.found.not_exact.update(found.not_exact)
        return [
            one
            for one in found
            if class_of(one, told) != class_of(tried, told)
            and (not before or class_of(one, before) == class_of(tried, before))
        ]

    def _differing(self, node: Node, words: tuple[str, ...], ways: Ways) -> None:
        """Note what differs in some worlds, with the calls that have the same difference together."""
        scope = self.scope
        groups: dict[tuple[object, ...], list[tuple[Leaf, Leaf, Domain]]] = {}
        for (before, after), spans in ways.items():
            one, other = before.answer.outcome, after.answer.outcome
            self.found.unknown.update(end.place for end in (one, other) if end.kind == UNKNOWN)
            if same(before, after, scope.outcome_only):
                if scope.keep_alike:
                    times = Times((node.alike.days[day], *span) for day, listed in spans.items() for span in listed)
                    self.found.alike.append(
                        Different(replace(node.one, words=words), before, after, times, node, spans)
                    )
                continue
            self.found.assumptions.update(before.answer.assumptions, after.answer.assumptions)
            groups.setdefault((before.experience, after.experience), []).append((before, after, spans))
        for found in groups.values():
            domain: Domain = {}
            for one_way in found:
                _add(domain, one_way[2])
            times = Times((node.alike.days[day], begin, end) for day, listed in domain.items() for begin, end in listed)
            if times.spans(scope.begin, scope.end):
                self.found.different.append(
                    Different(replace(node.one, words=words), found[0][0], found[0][1], times, node, domain)
                )

    def gone(self, one: Different, pair: Pair) -> bool:
        """Whether none of some calls differs any more, where another plan stands in place of the one after."""
        waiting = deque([Node(one.one, one.node, one.domain, one.node.given, one.node.told)])
        while waiting:
            node = waiting.popleft()
            node.walk(pair, self.scope.assume, self.calendar, self.budget)
            if not all(same(before, after, self.scope.outcome_only) for before, after in node.ways):
                return False
            # The other plan may tell callers apart whom both plans treat alike.
            for caller in self._others(node, node.searched):
                call = replace(node.one, call=replace(node.one.call, caller=caller))
                waiting.append(Node(call, node.parent, node.domain, node.given, node.told))
        return True

    def _variants(self, world: World, part: Part) -> Iterable[World]:
        found: list[World] = []
        for plan in (self.pair.before, self.pair.after):
            if part[0] == MEMBERS and part[1] not in plan.extensions:
                continue
            found += [one for one in variants(plan, world, part) if one not in found]
        return found

    @staticmethod
    def _open(node: Node, before: Leaf, after: Leaf) -> Part | None:
        """The first part of the world that a call has looked at, and that is as it is by default."""
        if node.one.words != (ALL,):
            return None
        patience = node.one.call.hang_up_after
        for leaf in (before, after):
            for part, t in leaf.looks.parts.items():
                if part not in node.given and (patience is None or t <= patience):
                    return part
        return None


class Node:
    """A call with one list of keys, in one world, at some times.

    ways: for each pair of runs that go together, when. parent: the call that it goes on from. domain: its times, in
    the days of the parent. given: parts of the world that are not as they are by default. told: the patterns that tell
    the caller apart; all callers of his class have the same calls.
    """

    alike: Alike
    before: Runs
    after: Runs

    def __init__(
        self,
        one: Call2,
        parent: Node | None,
        domain: Domain,
        given: frozenset[Part],
        told: frozenset[str | None] = frozenset(),
    ) -> None:
        self.one = one
        self.given = given
        self.ways: Ways = {}
        self.parent = parent
        self.domain = domain
        self.told = told
        self.asked: frozenset[Schedule] = parent.asked if parent else frozenset()

    @property
    def searched(self) -> set[str | None]:
        """The patterns that some call has searched in the number of the caller."""
        return {one for runs in (self.before, self.after) for leaf in runs.leaves for one in leaf.looks.patterns}

    def walk(self, pair: Pair, assume: Assumptions, calendar: Calendar, budget: Budget) -> None:
        """Find out which runs there are, and when."""
        one = self.one
        self.before = Runs(pair, pair.before, one.call, one.world, assume, calendar, budget)
        self.after = Runs(pair, pair.after, one.call, one.world, assume, calendar, budget)
        while not self._walked(calendar):
            pass

    def _walked(self, calendar: Calendar) -> bool:
        """False when an interval was asked that had not been before: then other days are alike."""
        self.asked |= self.before.schedules | self.after.schedules
        self.alike = calendar.alike(self.asked)
        above = self.parent.alike.first if self.parent else None
        known = len(self.asked)
        before, after, ways = self.before.at, self.after.at, self.ways
        ways.clear()
        for day in self.alike.days:
            for second, end in self.domain.get(above[day] if above else day, ()) if above else ((0, 86_400),):
                while second < end:
                    one, first = before(day, second)
                    other, then = (one, first) if one.alike else after(day, second)
                    until = min(first, then, end)
                    ways.setdefault((one, other), {}).setdefault(day, []).append((second, until))
                    second = until
            if len(self.before.schedules | self.after.schedules | self.asked) > known:
                return False
        return True


def _add(domain: Domain, more: Domain) -> None:
    for day, spans in more.items():
        domain.setdefault(day, []).extend(spans)
