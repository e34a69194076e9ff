# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The impact of a change: every call whose outcome or experience is another one in the state after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from ..._state.snapshot import NamedItem, Snapshot
from ..answer import Outcome
from ..assumptions import Assumptions
from ..budget import Budget, BudgetReached
from ..call import Call, Caller
from ..compile import NO_LENGTHS, call_plan
from ..explore_callers import class_of
from ..explore_worlds import BUSY_ALL, FAIR, NO_AGENTS, NOBODY
from ..garbage import no_circles
from ..world import World
from ..zone import Zone, zone
from .causes import Causes
from .compare import Comparison, Different, Found, Scope
from .days import joined, within
from .edits import Edit, Edits
from .groups import Group, Telling, grouped, witness
from .notice import Names
from .shared import Pair
from .unmodelled import unmodelled

WORDS = (FAIR, NOBODY, BUSY_ALL, NO_AGENTS)
DEPTH = 3
MOST_CALLS = 200_000
_DEEPER = 4
NOBODY_NOTICES = "no caller notices"

_FAIR_WORLD = World()
_NOTHING: Mapping[str, bool] = MappingProxyType({})
_DEFAULT = Assumptions()


class Row(NamedTuple):
    """Calls that differ, as one row of a table: every second from the begin up to, without, the end.

    call: the first of them. group: its place in the groups.
    """

    call: Call
    word: str
    begin: int
    end: int
    before: Outcome
    after: Outcome
    different: Different
    group: int


@dataclass
class Impact:
    """All that is found. groups: for people, the worst first. limit: why not everything was tried, "" if it was.

    numbers: those that were compared. equal: those of them whose calls cannot come to an edited part. unmodelled: edits
    that no simulation shows.
    """

    groups: list[Group]
    pair: Pair
    scope: Scope
    edits: Edits
    found: Found
    telling: Telling
    numbers: tuple[str, ...]
    equal: tuple[str, ...]
    unmodelled: tuple[Edit, ...]
    limit: str
    spent: int

    def rows(self) -> Iterator[Row]:
        """All rows, the worst first."""
        for index in range(len(self.groups)):
            yield from self.rows_of(index)

    def rows_of(self, index: int) -> Iterator[Row]:
        """The rows of a group; those that follow each other and end in the same ways before and after are one."""
        scope = self.scope
        found: dict[tuple[Call, str, Any, Any], list[Different]] = {}
        for one in self.groups[index].different:
            for word in one.one.words:
                # The last element of an experience has the sounds, rings and menus on the way.
                key = (one.one.call, word, one.before.experience[:-1], one.after.experience[:-1])
                found.setdefault(key, []).append(one)
        for key, listed in found.items():
            one, word = listed[0], key[1]
            spans: Iterable[tuple[int, int]] = one.times.spans(scope.begin, scope.end)
            if len(listed) > 1:
                spans = joined(span for other in listed for span in other.times.spans(scope.begin, scope.end))
            before, after = one.before.answer.outcome, one.after.answer.outcome
            for begin, end in spans:
                yield Row(one.one.call, word, begin, end, before, after, one, index)

    def witness(self, group: Group) -> Different:
        """The smallest call of a group: no shorter list of keys shows the difference, and no earlier instant."""
        return witness(group.different, self.scope)

    @property
    def nobody_notices(self) -> bool:
        """No call differs, everything was tried, and all of it is known."""
        return not self.groups and self.decided

    @property
    def complete(self) -> bool:
        """Whether keys of any length come to nothing else; else only those of up to the depth are sure not to."""
        return self.found.complete and not self.limit

    @property
    def decided(self) -> bool:
        return not (self.limit or self.found.unknown or self.unmodelled)

    def covers(self, to: str, caller: Caller, at: int) -> Iterator[tuple[int, Different]]:
        """The differences that a call may belong to with any keys, each with the place of its group."""
        scope = self.scope
        for index, group in enumerate(self.groups):
            for one in group.different:
                call, patterns = one.one.call, one.node.patterns
                alike = not patterns or class_of(caller, patterns) == class_of(call.caller, patterns)
                if call.to == to and alike and within(at, one.times.spans(scope.begin, scope.end)):
                    yield index, one


@no_circles()
def impact(
    before: Snapshot,
    after: Snapshot,
    begin: int,
    end: int,
    numbers: Sequence[str] | None = None,
    words: Sequence[str] = WORDS,
    depth: int = DEPTH,
    assume: Assumptions = _DEFAULT,
    world: World = _FAIR_WORLD,
    sounds: Mapping[str, int] = NO_LENGTHS,
    budget: Budget | None = None,
    outcome_only: bool = False,
    since: int | None = None,
    keep_alike: bool = False,
    longer: bool = False,
    intended: Mapping[str, bool] = _NOTHING,
) -> Impact:
    """Compare all calls to two states of a tenant.

    begin, end: the calls arrive from the one up to, without, the other, in seconds UTC. numbers: called ones; None
    for every DID of both states. words: of worlds, each with all else as in the world that is given. depth: how
    many answers a caller gives. sounds: lengths in ms by title. budget: of simulated calls. outcome_only: only
    how a call ends counts. since: calls of the past are compared too, from this instant on, to be weighed by records.
    keep_alike: calls that do not differ are wanted too. longer: lists of more answers are followed as far as they
    come to something new. intended: numbers beside the DIDs, and whether their calls are tried also where they
    cannot come to anything that is edited.
    """
    budget = budget or Budget(MOST_CALLS)
    pair = Pair.of(call_plan(before, sounds), call_plan(after, sounds))
    scope = Scope(begin, end, tuple(words), depth, assume, world, outcome_only, keep_alike, longer=longer)
    comparison, edits = Comparison(pair, scope, budget, since), Edits(before, after)
    every = {**pair.before.numbers.dids, **pair.after.numbers.dids, **intended}
    wanted = tuple(every if numbers is None else numbers)
    reached = pair.reached(world)
    limit = ""
    causes = Causes(edits, comparison, sounds)
    try:
        for number in wanted:
            if number in reached or intended.get(number):
                comparison.number(number)
    except BudgetReached as stopped:
        limit = str(stopped)
    found = comparison.found
    names = Names(_labels(before, after))
    telling = Telling(scope, _zone_of())
    # The search for causes may use as many calls again.
    comparison.budget = Budget(budget.most)
    groups = grouped(found.different, causes.of, names, scope, _zone_of())
    if not limit and any(not group.cause.edits for group in groups):
        limit = "not all lines were found that cause a difference: the budget of simulated calls is used up"
    return Impact(
        groups,
        pair,
        scope,
        edits,
        found,
        telling,
        wanted,
        tuple(number for number in wanted if number not in reached),
        tuple(edit for edit in edits if unmodelled(edit)),
        limit,
        budget.spent,
    )


def as_deep_as(most: int, compare: Callable[[int, Budget], Impact]) -> Impact:
    """The impact at the greatest depth, up to DEPTH, that so many simulated calls allow; at least at depth 1.

    compare: finds it at a depth, with a budget.
    """
    found = compare(1, Budget(max(most, MOST_CALLS)))
    for depth in range(2, DEPTH + 1):
        # One more answer takes several times as many calls.
        if found.limit or found.spent * _DEEPER > most:
            break
        deeper = compare(depth, Budget(most))
        if deeper.limit:
            break
        found = deeper
    return found


def _labels(*states: Snapshot) -> dict[str, str]:
    found: dict[str, str] = {}
    for state in states:
        for item in state.all("extension"):
            if label := _text(item, "label"):
                found[item.name] = label
    return found


def _text(item: NamedItem, name: str) -> str:
    value = item.values.get(name)
    return value if isinstance(value, str) else ""


def _zone_of() -> Callable[[Different], Zone]:
    """The zone in which the times of a difference are told: that of the intervals that its calls ask."""
    utc = zone("UTC")

    def zone_of(one: Different) -> Zone:
        zones = sorted({schedule.zone.name for schedule in one.node.asked})
        return zone(zones[0]) if zones else utc

    return zone_of
