# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The exploration of all calls, as tests ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import explore
from ..assumptions import Assumptions
from ..budget import Budget
from ..call import Call, Caller, Press
from ..plan import CallPlan
from ..world import World
from .moments import MOST_CALLS


class Explored:
    """Finds the calls that represent all callers, times and keys. budget: the most calls to try for that.

    not_exact: patterns for which a class of callers may be missing, known when tests were tried.
    """

    def __init__(self, budget: Budget | None = None) -> None:
        self.budget = budget or Budget(MOST_CALLS)
        self.not_exact: tuple[str, ...] = ()

    def callers(self, plan: CallPlan) -> Iterable[Caller]:
        found = explore.callers(plan, budget=self.budget)
        self.not_exact = found.not_exact
        return found.each

    def pieces(
        self, plan: CallPlan, call: Call, world: World, assumptions: Assumptions, begin: int, end: int
    ) -> Iterator[tuple[int, int]]:
        for first, after, dummy in explore.pieces(plan, call, world, assumptions, begin, end, self.budget):
            yield first, after

    def key_lists(
        self, plan: CallPlan, call: Call, world: World, assumptions: Assumptions, depth: int
    ) -> Iterable[tuple[Press, ...]]:
        return explore.key_lists(plan, call, world, assumptions, depth, self.budget)

    def calls(
        self, plan: CallPlan, call: Call, world: World, assumptions: Assumptions, begin: int, end: int, depth: int
    ) -> Iterator[Call]:
        for tried in explore.Exploration(plan, assumptions, world, self.budget).of(call, begin, end, depth):
            yield tried.call
