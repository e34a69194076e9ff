# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The impact of a plan on callers, before it is applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._engine.engine import Engine
from .._engine.plan.outcome import Outcome
from .._flow.budget import Budget
from .._flow.calltest.subject import Subject
from .._flow.impact.impact import NOBODY_NOTICES, Impact, as_deep_as, impact
from .._flow.impact.intent import Intent
from .._flow.impact.result import ImpactResult
from .._model.document import MET_BY_CALLS, Declared
from .._state.places import placed
from .._state.snapshot import Snapshot
from .flow_impact import judged, two_years
from .flows import flows
from .following import Followed, Refused, followed, input_problems, needed

# So many simulated calls decide how many answers of callers are followed.
CALLS = 2_000


class Consequence:
    """The impact of a plan. Only the objects that calls can reach are read for it.

    result: the part of the task's result about it.
    """

    def __init__(self, engine: Engine, root: Declared, params: Mapping[str, Any]) -> None:
        self._engine = engine
        self._root = root
        self._params = params
        self.result: dict[str, Any] = {}

    def __call__(self, outcome: Outcome) -> Sequence[str]:
        """Compare the calls before and after. Raises Refused for an unintended impact, or one above the limits."""
        if not outcome.steps:
            # A plan without steps means that the desired state is there already.
            self.result = {"impact": {"words": NOBODY_NOTICES, "groups": []}}
            return ()
        engine = self._engine
        sent = self._sent()
        engine.read_extensions((), MET_BY_CALLS)
        there = {item.name for item in outcome.before.all("extension")}
        read: set[str] = set()

        def compare(depth: int, budget: Budget) -> Impact:
            while True:
                found = self._compared(depth, budget)
                plans = (found.pair.before, found.pair.after)
                unknown = found.found.unknown
                missing = (set().union(*(needed(plan, unknown) for plan in plans)) & there) - read
                if not missing:
                    return found
                engine.read_extensions(missing, MET_BY_CALLS)
                read.update(missing)

        with input_problems():
            found = as_deep_as(CALLS, compare)
            tenant, before = self._states()
            return self._judged(tenant, before, found, self._sent() - sent)

    def _sent(self) -> int:
        return sum(self._engine.reader.client.requests.values())

    def _states(self) -> tuple[Followed, Snapshot]:
        root, params, engine = self._root, self._params, self._engine
        outcome = engine.outcome()
        before, after = placed(outcome.before, root), placed(outcome.after, root)
        mask = engine.reader.client.mask
        return followed(root, after, before, params["assumptions"], None, mask, engine.check), before

    def _compared(self, depth: int, budget: Budget) -> Impact:
        tenant, before = self._states()
        intent = self._intent(tenant, before)
        begin, end = two_years(tenant.today, (Subject.of(before, tenant.sounds), tenant.subject))
        return impact(
            before,
            tenant.state,
            begin,
            end,
            depth=depth,
            assume=tenant.assume,
            sounds=tenant.sounds,
            budget=Budget(budget.most),
            longer=True,
            keep_alike=intent is not None,
            intended=intent.numbers if intent else {},
        )

    def _intent(self, tenant: Followed, before: Snapshot) -> Intent | None:
        given = self._params["intent"]
        return Intent(given, Subject.of(before, tenant.sounds), tenant.subject) if given is not None else None

    def _judged(self, tenant: Followed, before: Snapshot, found: Impact, requests: int) -> Sequence[str]:
        shown = ImpactResult(found, tenant.mask)
        result = shown.as_dict(0)
        refusals = judged(found, shown, self._params, self._intent(tenant, before), result)
        besides = {name: value for name, value in result.items() if name != "impact"}
        noticing = list(dict.fromkeys(number for group in found.groups for number in group.numbers))
        drawn = flows(before, tenant, noticing, tenant.mask.text) if noticing else {}
        self.result = {"impact": {"words": result["summary"]["words"], "requests": requests, **besides, **drawn}}
        self._engine.warnings += refusals.warnings
        if refusals.sentences:
            raise Refused(refusals.sentences, self.result)
        return ()
