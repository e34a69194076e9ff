# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A call with one list of keys, and which ways it goes when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ..budget import Budget
from ..call import Call
from ..looks import Part
from ..schedule import Schedule
from ..world import World
from ..zone import DAY
from .days import Alike, Calendar, Domain, Span, joined
from .runs import Known, Leaf, Piece, Runs
from .shared import Pair

# The runs before and after that go together, and when.
Ways = dict[tuple[Leaf, Leaf], Domain]


@dataclass(frozen=True)
class Call2:
    """A call and its world, apart from its time. words: of worlds that are the same for it; the first is taken."""

    call: Call
    words: tuple[str, ...]
    world: World

    def alone(self, word: str, world: World) -> Call2:
        """The same call in another world, that of the word."""
        return replace(self, words=(word,), world=world)


class Node:
    """A call with one list of keys, in one world, at some times.

    ways: for each pair of runs that go together, when. parent: the call that it goes on from. domain: its times, in
    the days of the parent. given: parts of the world that are not as they are by default. patterns: those that tell
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
        patterns: frozenset[str | None] = frozenset(),
    ) -> None:
        self.one = one
        self.given = given
        self.ways: Ways = {}
        self.parent = parent
        self.domain = domain
        self.patterns = patterns
        self.asked: frozenset[Schedule] = parent.asked if parent else frozenset()

    @property
    def leaves(self) -> set[Leaf]:
        """All runs."""
        return {leaf for way in self.ways for leaf in way}

    @property
    def searched(self) -> set[str | None]:
        """The patterns that some call has searched in the number of the caller."""
        return {one for leaf in self.leaves for one in leaf.looks.patterns}

    def walk(self, pair: Pair, known: Known, calendar: Calendar, budget: Budget) -> None:
        """Find out which runs there are, and when."""
        one = self.one
        self.before = known.of(pair, pair.before, one.call, one.world, budget)
        self.after = known.of(pair, pair.after, one.call, one.world, budget)
        listed: dict[int, list[Span]] = {}
        for day, first, last in self.domain:
            listed.setdefault(day, []).append((first, last))
        # Several ways may have brought these times together.
        domain = {day: list(joined(spans)) for day, spans in listed.items()}
        while not self._walked(calendar, domain):
            pass

    def _walked(self, calendar: Calendar, domain: Mapping[int, Sequence[Span]]) -> bool:
        """False when an interval was asked that had not been before: then other days are alike."""
        self.alike = calendar.alike(self.asked)
        above = self.parent.alike.first if self.parent else None
        new: set[Schedule] = set()
        ways = self.ways
        ways.clear()
        for day in self.alike.days:
            for begin, end in domain.get(above[day], ()) if above else ((0, DAY),):
                for one, other, first, last in self._both(day, begin, end):
                    times = ways.get((one, other))
                    if times is None:
                        times = ways[one, other] = []
                        new.update(one.asked, other.asked)
                    times.append((day, first, last))
        known = len(self.asked)
        self.asked |= new
        return len(self.asked) == known

    def _both(self, day: int, begin: int, end: int) -> Iterator[tuple[Leaf, Leaf, int, int]]:
        """The runs that go together from a second of a day up to, without, another, in order."""
        if not self.before.can_be_alike:
            return _together(self.before.over(day, begin, end), self.after.over(day, begin, end))
        return self._partly_alike(day, begin, end)

    def _partly_alike(self, day: int, begin: int, end: int) -> Iterator[tuple[Leaf, Leaf, int, int]]:
        """As _both, where the plan after is tried only at times at which calls do not go the same way in both."""
        for alike, pieces in groupby(self.before.over(day, begin, end), _is_alike):
            before = list(pieces)
            if alike:
                yield from ((one, one, first, last) for first, last, one in before)
            else:
                yield from _together(before, self.after.over(day, before[0][0], before[-1][1]))


def _is_alike(piece: Piece) -> bool:
    return piece[2].alike


def _together(before: list[Piece], after: list[Piece]) -> Iterator[tuple[Leaf, Leaf, int, int]]:
    """Two lists of pieces that begin and end at the same second, cut where either is."""
    index = 0
    for first, end, one in before:
        while first < end:
            dummy, last, other = after[index]
            if last > end:
                yield one, other, first, end
                break
            yield one, other, first, last
            first = last
            index += 1
