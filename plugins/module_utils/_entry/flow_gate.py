# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Findings in the tenant after a plan: new ones refuse the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from .._engine.engine import Engine
from .._engine.plan.outcome import Outcome
from .._flow.assumptions import Assumptions
from .._flow.checks.judge import judge, read_acceptances, same_place, with_explanations
from .._flow.checks.kinds import NOTICE, SEVERITIES, Finding
from .._flow.checks.subject import Subject
from .._flow.compile import call_plan
from .._flow.reach import reachable
from .._model.document import MET_BY_CALLS, TENANT, Declared
from .._state.places import placed
from .._state.snapshot import Snapshot
from .flow_check import ACCEPT, masked, said_besides
from .following import input_problems, lengths
from .specs import Spec

REFUSE, WARN, OFF = "refuse", "warn", "off"
PLANNED, REACHABLE = "planned", "reachable"
FLOW_GATE: Spec = {
    "flow_check": {"type": "str", "choices": [REFUSE, WARN, OFF], "default": REFUSE},
    "flow_check_severity": {"type": "str", "choices": list(SEVERITIES), "default": "E"},
    "flow_read": {"type": "str", "choices": [PLANNED, REACHABLE]},
    "flow_accept": ACCEPT["accept"],
}


class FlowGate:
    """Judges the outcome of a plan by the data that was read for it, at no further request, or by all that calls can
    reach.

    root: the document. params: options of FLOW_GATE, their defaults where the module has none. result: the part of the
    task's result about it.
    """

    def __init__(self, engine: Engine, root: Declared, params: Mapping[str, Any]) -> None:
        self._engine = engine
        self._root = _of_tenant(root, params)
        self._mode = params.get("flow_check", REFUSE)
        if self._mode == REFUSE and params.get("undo_from"):
            # The way back stays open, whatever is found there.
            self._mode = WARN
        self._severity = params.get("flow_check_severity", "E")
        tried = any(params.get(name) is not None for name in ("call_tests", "intent"))
        self._reads = (params.get("flow_read") or (REACHABLE if tried else PLANNED)) == REACHABLE
        self._given = params.get("flow_accept") or ()
        self._assumptions = params.get("assumptions") or {}
        self._remedy = "; flow_accept accepts intended findings" if "flow_accept" in params else ""
        self.result: dict[str, Any] = {}

    def __call__(self, outcome: Outcome) -> Sequence[str]:
        """One sentence for each finding that refuses the plan. A plan that changes nothing is not judged."""
        with input_problems():
            accept = read_acceptances(self._given, "flow_accept")
            assume = Assumptions.of(self._assumptions)
        if self._mode == OFF or not outcome.steps:
            return ()
        engine, mask = self._engine, self._engine.reader.client.mask
        result: dict[str, Any] = {}
        if self._reads:
            result["flow_read"] = self._read_reachable()
        # Call tests may have read more of the tenant since.
        outcome = engine.outcome()
        report = judge(self._subject(outcome.after, assume), accept)
        engine.warnings += said_besides(report, "flow_accept")
        open_ones = [one for one in report.findings if not one.because]
        there = self._there_already(open_ones, outcome.before, assume)
        refused: list[str] = []
        for finding in open_ones:
            sentence = mask.text(finding.sentence)
            if _spot(finding) in there:
                # It is told among the findings, and nobody has to do anything about it now.
                continue
            if self._mode == REFUSE and finding.at_least(self._severity):
                refused.append(f"{sentence}{self._remedy}")
            elif finding.severity != NOTICE:
                engine.warnings.append(sentence)
        found = [{**masked(one, mask), "before": _spot(one) in there} for one in report.findings]
        self.result = {**result, **({"findings": found} if found else {})}
        return refused

    def _read_reachable(self) -> dict[str, Any]:
        """Read all that calls to DIDs can reach, before the plan and after it. Returns the number of requests."""
        engine = self._engine
        sent = sum(engine.reader.client.requests.values())
        engine.read_extensions((), MET_BY_CALLS)
        there = {item.name for item in engine.outcome().before.all("extension")}
        read: set[str] = set()
        while True:
            outcome = engine.outcome()
            found = reachable(call_plan(outcome.before)) | reachable(call_plan(outcome.after))
            missing = (found & there) - read
            if not missing:
                break
            engine.read_extensions(missing, MET_BY_CALLS)
            read |= missing
        return {"extensions": len(read), "requests": sum(engine.reader.client.requests.values()) - sent}

    def _there_already(
        self, findings: Sequence[Finding], before: Snapshot, assume: Assumptions
    ) -> set[tuple[str, str]]:
        """Those of some findings that the PBX has before the plan."""
        codes = {one.check.code for one in findings if one.severity != NOTICE}
        if not codes:
            return set()
        # The checks that explain these findings run too, so that both states are reported alike.
        checks = with_explanations(codes)
        return {_spot(one) for one in judge(self._subject(before, assume), checks=checks).findings}

    def _subject(self, state: Snapshot, assume: Assumptions) -> Subject:
        return Subject(placed(state, self._root), date.today(), assume, lengths(self._root))


def _of_tenant(root: Declared, params: Mapping[str, Any]) -> Declared:
    """The document as a part of one of the whole tenant."""
    if root.noun is TENANT:
        return root
    number = params.get("extension")
    if number is None:
        return Declared(TENANT, {}, "")
    given = {**root.given, "number": str(number), "type": "ivr"}
    extension = replace(root, given=given, where=f'extension "{number}"')
    return Declared(TENANT, {}, "", inside={"extensions": [extension]})


def _spot(finding: Finding) -> tuple[str, str]:
    return finding.check.code, same_place(finding.place)
