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
from ..explore_worlds import ALL, UNLIKE_FAIR, variants, world_of
from ..looks import MEMBERS, Part
from ..world import World
from ..zone import DAY
from .days import Calendar, Domain, Times
from .further import LONGEST, Further, Who
from .keys import Keys, asked
from .node import Call2, Node, Ways
from .runs import Known, Leaf, run_once
from .shared import Pair

# So many simulated calls may be behind when longer lists of keys are followed on and on.
_FURTHER = 300


@dataclass(frozen=True)
class Scope:
    """Which calls are compared. begin, end: in seconds UTC. words: of worlds. depth: of lists of keys.

    keep_alike: calls that do not differ are wanted too. one_caller: no other callers than the one of a call are tried.
    longer: lists of more answers are followed as far as they show a new difference.
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
    longer: bool = False


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
    """The result of a comparison. alike: calls that do not differ, where these are wanted.

    not_exact: patterns for which a class of callers may be missing.

    unknown: places of unknown values at which calls end before and after. notes: things that calls met and nobody
    simulates. assumptions: those that decided something in a call that differs. complete: whether longer lists of keys
    show no other difference.
    """

    different: list[Different] = field(default_factory=list)
    alike: list[Different] = field(default_factory=list)
    not_exact: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    assumptions: set[str] = field(default_factory=set)
    complete: bool = True


def same(before: Leaf, after: Leaf, outcome_only: bool) -> bool:
    """Whether a caller notices no difference. Two runs that are not known are told of elsewhere."""
    if before is after:
        return True
    one, other = before.answer.outcome, after.answer.outcome
    if one.kind == UNKNOWN or other.kind == UNKNOWN:
        return one.kind == other.kind
    return before.noticed[:-1] == after.noticed[:-1] if outcome_only else before.noticed == after.noticed


class Comparison:
    """Compares the calls to two plans. budget: of simulated calls. since: some calls before the scope count too."""

    def __init__(self, pair: Pair, scope: Scope, budget: Budget, since: int | None = None) -> None:
        self.pair = pair
        self.scope = scope
        begin = scope.begin if since is None else min(since, scope.begin)
        self.calendar = Calendar(begin, scope.end, scope.assume.reading, PATIENCE // 1000 + 1)
        self._known = Known(scope.assume, self.calendar)
        self.found = Found()
        self.budget = budget
        self._callers: dict[frozenset[str | None], Callers] = {}
        # Each once: runs are known again by their world.
        self._worlds = {word: world_of(word, scope.world) for word in scope.words}
        self._keys = Keys(pair, scope.world, scope.assume)
        self._further = Further(pair, scope.world, budget, _FURTHER)

    def number(self, to: str) -> None:
        """Compare all calls to a number. Raises BudgetReached; the results until then are true."""
        call, words = patient(Call(to)), self.scope.words
        for alike in (tuple(word for word in words if word != ALL), tuple(word for word in words if word == ALL)):
            if alike:
                self.call(Call2(call, alike, self._worlds[alike[0]]))

    def call(self, one: Call2) -> None:
        """Compare a call by every caller, at all times and with all keys."""
        whole = [(day, 0, DAY) for day in self.calendar.alike(frozenset()).days]
        waiting = [Node(one, None, whole, frozenset())]
        for node in waiting:
            waiting += self._follow(node)

    def _follow(self, node: Node) -> Iterator[Node]:
        """Compare a call with one list of keys; go on with longer ones, with other callers where these calls tell them
        apart, and with each way in which the world can be."""
        node.walk(self.pair, self._known, self.calendar, self.budget)
        for leaf in node.leaves:
            self.found.notes.update(leaf.answer.not_modelled)
        for caller in self._others(node, node.searched):
            one = replace(node.one, call=replace(node.one.call, caller=caller))
            yield Node(one, node.parent, node.domain, node.given, node.patterns)
        longer: dict[tuple[tuple[Press, ...], tuple[str, ...]], Domain] = {}
        opened: dict[Part, Domain] = {}
        elsewhere: dict[str, Domain] = {}
        found: dict[tuple[str, ...], Ways] = {}
        for way, times in node.ways.items():
            before, after = way
            part = self._open(node, before, after)
            if part is not None:
                opened.setdefault(part, []).extend(times)
                continue
            words = self._same_worlds(node, before, after)
            for word in node.one.words:
                if word not in words:
                    elsewhere.setdefault(word, []).extend(times)
            found.setdefault(words, {})[way] = times
            for press in self._following(node, before, after, words, times):
                longer.setdefault((press, words), []).extend(times)
        self.found.complete = not self._further.open
        for words, ways in found.items():
            self._differing(node, words, ways)
        for word, domain in elsewhere.items():
            yield Node(node.one.alone(word, self._worlds[word]), node, domain, node.given, node.patterns)
        for part, domain in opened.items():
            for world in self._variants(node.one.world, part):
                yield Node(replace(node.one, world=world), node, domain, node.given | {part}, node.patterns)
        for (press, words), domain in longer.items():
            one = replace(node.one, call=replace(node.one.call, press=press), words=words)
            yield Node(one, node, domain, node.given, node.patterns)

    def _following(
        self, node: Node, before: Leaf, after: Leaf, words: tuple[str, ...], domain: Domain
    ) -> Iterator[tuple[Press, ...]]:
        """The lists of keys that go on where that of two runs has ended, by one answer after any number of silences."""
        call, further = node.one.call, self._further
        for index in range(len(call.press), LONGEST):
            pairs = [
                pair
                for pair in asked(before.looks, after.looks, index, call)
                if self.scope.keep_alike or further.matters(before, after, pair)
            ]
            if not pairs:
                return
            if index >= self.scope.depth:
                if not self.scope.longer or node.one.words == (ALL,):
                    further.open = True
                    return
                if index == max(self.scope.depth, len(call.press)):
                    times = self.calendar.times(node.alike, domain).spans(self.scope.begin, self.scope.end)
                who = Who(call.to, call.caller, node.patterns, words)
                pairs = further.new(who, before, after, pairs, times, self.scope.outcome_only)
            for item in self._keys.answers(pairs):
                yield (*call.press, *(Press(),) * (index - len(call.press)), item)
        further.open = True

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
        unlike = {word for word, parts in UNLIKE_FAIR.items() if not parts.isdisjoint(kinds)}
        if words[0] in unlike:
            return words[:1]
        return tuple(word for word in words if word not in unlike)

    def _others(self, node: Node, searched: set[str | None]) -> list[Caller]:
        """Callers that these calls tell apart from the one who was tried, one of each kind."""
        if searched <= node.patterns or self.scope.one_caller:
            return []
        tried, before = node.one.call.caller, node.patterns
        node.patterns = patterns = before | searched
        found = self._callers.get(patterns)
        if found is None:
            found = self._callers[patterns] = callers(self.pair.before, patterns, self.budget)
            self.found.not_exact.update(found.not_exact)
        return [
            one
            for one in found
            if class_of(one, patterns) != class_of(tried, patterns)
            and (not before or class_of(one, before) == class_of(tried, before))
        ]

    def _differing(self, node: Node, words: tuple[str, ...], ways: Ways) -> None:
        """Note the differences in some worlds; calls with the same difference stand together."""
        scope, one_call = self.scope, replace(node.one, words=words)
        groups: dict[tuple[object, ...], list[tuple[Leaf, Leaf, Domain]]] = {}
        for (before, after), domain in ways.items():
            one, other = before.answer.outcome, after.answer.outcome
            self.found.unknown.update(end.place for end in (one, other) if end.kind == UNKNOWN)
            if same(before, after, scope.outcome_only):
                if scope.keep_alike:
                    times = self.calendar.times(node.alike, domain)
                    self.found.alike.append(Different(one_call, before, after, times, node, domain))
                continue
            self.found.assumptions.update(before.assumptions, after.assumptions)
            groups.setdefault((before.experience, after.experience), []).append((before, after, domain))
        for found in groups.values():
            domain = [part for one_way in found for part in one_way[2]]
            times = self.calendar.times(node.alike, domain)
            if times.spans(scope.begin, scope.end):
                self.found.different.append(Different(one_call, found[0][0], found[0][1], times, node, domain))

    def gone(self, one: Different, pair: Pair) -> bool:
        """Whether none of some calls differs any more, where another plan stands in place of the one after."""
        if self._differs_still(one, pair):
            return False
        waiting = deque([Node(one.one, one.node, one.domain, one.node.given, one.node.patterns)])
        while waiting:
            node = waiting.popleft()
            node.walk(pair, self._known, self.calendar, self.budget)
            if not all(same(before, after, self.scope.outcome_only) for before, after in node.ways):
                return False
            # The other plan may tell callers apart whom both plans treat alike.
            for caller in self._others(node, node.searched):
                call = replace(node.one, call=replace(node.one.call, caller=caller))
                waiting.append(Node(call, node.parent, node.domain, node.given, node.patterns))
        return True

    def _differs_still(self, one: Different, pair: Pair) -> bool:
        """Whether the first of some calls does, which is quickly found out."""
        self.budget.spend(f"calls to {one.one.call.to}")
        day, second, dummy = one.domain[0]
        leaf = run_once(pair.after, replace(one.one.call, at=day * DAY + second), one.one.world, self.scope.assume)
        return not same(one.before, leaf, self.scope.outcome_only)

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
