# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Calls as tests, with the outcomes that they must have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._api import disk
from .._engine.engine import Engine
from .._engine.errors import InputError
from .._engine.plan.outcome import Outcome
from .._flow.calltest.explored import Explored
from .._flow.calltest.met import Met
from .._flow.calltest.moments import Clock
from .._flow.calltest.reading import ANY
from .._flow.calltest.recording import record
from .._flow.calltest.trying import Report, try_tests
from .._flow.impact.unchanged import Unnoticed
from .._flow.plan import CallPlan
from .._flow.raw import InputProblem
from .._model.document import MET_BY_CALLS, Declared
from .._state.document import of_document
from .._state.places import placed
from .._state.snapshot import Snapshot
from .._text.yaml_text import comment, document
from .bindings import OneOf
from .following import Followed, Following, Refused, followed, input_problems, needed
from .sources import read
from .specs import Spec

# A test names the PBX as it was read by this word in compare.
EXPORTED = "exported"
# The end of the first sentence about a plan that is refused.
BESIDES = ", so that nothing was changed; correct the document or the tests"


class CallTestsFailed(Refused):
    """Calls have other outcomes than expected. besides: ends the first sentence."""

    def __init__(self, report: Report, result: Mapping[str, Any], besides: str = "") -> None:
        failed, tests = report.counts["failed"], report.counts["tests"]
        first = f"{failed} of {tests} call tests {'is' if failed == 1 else 'are'} not passed{besides}:"
        super().__init__([first, *report.message.splitlines()], result)


class CallTest(Following):
    """Tries calls, and fails where one has another outcome than expected."""

    returned = "results"
    beside = ("counts", "coverage", "recorded", "today", "prompts")

    def options(self) -> Spec:
        # Tests hold the keys that are pressed to get into a conference, and addresses of webhooks.
        return {
            **super().options(),
            "tests": {"type": "raw", "no_log": True},
            "trace": {"type": "bool", "default": True},
            "coverage": {"type": "bool", "default": False},
            "record": {"type": "path"},
        }

    def one_of(self) -> OneOf:
        return [("tests", "record")]

    @property
    def secrets(self) -> tuple[str, ...]:  # type: ignore[override]
        return (*super().secrets, "tests")

    def follow(self, tenant: Followed, params: Mapping[str, Any]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        if params["tests"] is not None:
            met = Met(tenant.subject) if params["coverage"] else None
            report = tried(tenant, params["tests"], "tests", _exported(tenant, params["offline"]), met)
            result = report.as_dict(params["trace"])
            if met:
                begin, end = Clock(None, tenant.today).year
                result["coverage"] = met.coverage(begin, end, tenant.assume)
            if report.failed:
                raise CallTestsFailed(report, result)
        if params["record"]:
            result.update(recorded(tenant, params["record"]))
        return result


def _exported(tenant: Followed, offline: bool) -> Snapshot | None:
    """The PBX as it was read, if it was."""
    return None if offline else tenant.before or tenant.state


def recorded(tenant: Followed, path: str) -> dict[str, Any]:
    """Write down the outcomes of calls today, as a file with the variable pbx_call_tests."""
    subject = tenant.subject
    recording = record(subject, Clock(subject.zone, tenant.today), tenant.assume)
    if recording.incomplete:
        tenant.warnings.append(f"record: the tests cover only a part of the possible calls: {recording.incomplete}")
    tenant.warnings.extend(f"record: calls that need {place} are left out" for place in recording.unknown)
    text = (
        "---\n"
        + comment(f"The outcomes of calls on {tenant.today}, as pbx_call_test has recorded it.")
        + document("pbx_call_tests", recording.tests, {}, {})
    )
    changed = disk.update(path, text, f"the file {path}", tenant.check)
    return {"recorded": {"path": path, "tests": len(recording.tests["calls"])}, "changed": changed}


class Trial:
    """Call tests that the outcome of a plan must pass. Only the objects that calls can reach are read for them.

    result: the part of the task's result about them.
    """

    def __init__(self, engine: Engine, root: Declared, tests: Any, assumptions: Mapping[str, Any]) -> None:
        self._engine = engine
        self._root = root
        self._tests = tests
        self._assumptions = assumptions
        self.result: dict[str, Any] = {}

    def __call__(self, outcome: Outcome) -> Sequence[str]:
        """Raises CallTestsFailed."""
        engine = self._engine
        engine.read_extensions((), MET_BY_CALLS)
        there = {item.name for item in outcome.before.all("extension")}
        # The intervals of those who are called first say in which time zone the tests are.
        missing = read = self._called(engine.outcome().after) & there
        with input_problems():
            while True:
                engine.read_extensions(missing, MET_BY_CALLS)
                tenant, report, plans = self._tried(engine.outcome())
                unknown = {place for result in report.results for place in result.unknown}
                missing = (set().union(*(needed(plan, unknown) for plan in plans)) & there) - read
                if not missing:
                    break
                read = read | missing
        engine.warnings += tenant.warnings
        if report.failed:
            counts = {**report.counts, "results": [result.as_dict() for result in report.failed]}
            raise CallTestsFailed(report, {"call_tests": counts}, BESIDES)
        self.result = {"call_tests": report.counts}
        return ()

    def _called(self, state: Snapshot) -> set[str]:
        """The extensions that the tests call, as far as tests can be told from anything else."""
        tests = self._tests.get("calls") if isinstance(self._tests, Mapping) else self._tests
        dids = {item.name: str(item.value("extension") or "") for item in state.all("did")}
        found: set[str] = set()
        for test in tests if isinstance(tests, list) else ():
            numbers = test.get("call", test.get("to")) if isinstance(test, Mapping) else None
            for number in numbers if isinstance(numbers, list) else [numbers]:
                found.update(dids.values() if number == ANY else [dids.get(str(number), str(number))])
        return found

    def _tried(self, outcome: Outcome) -> tuple[Followed, Report, list[CallPlan]]:
        """The tenant, the results of the tests, and the plans whose calls were tried."""
        engine, root = self._engine, self._root
        mask = engine.reader.client.mask
        before, state = placed(outcome.before, root), placed(outcome.after, root)
        tenant = followed(root, state, before, self._assumptions, None, mask, engine.check)
        others = _Others(tenant, before)
        report = _report(tenant, self._tests, "call_tests", others.unnoticed)
        return tenant, report, [one.plan for one in (tenant.subject, *others.unnoticed.others)]


class _Others:
    """The states that tests compare with. exported: the PBX as it was read; None offline."""

    def __init__(self, tenant: Followed, exported: Snapshot | None) -> None:
        self._exported = exported
        self.unnoticed = Unnoticed(tenant.state, self._state, tenant.sounds)

    def _state(self, name: str, place: str) -> Snapshot:
        if name != EXPORTED:
            try:
                return of_document(read(place, name, None), complete=True)
            except InputError as wrong:
                raise InputProblem(place, wrong.sentences[0].removeprefix(f"{place}: ")) from None
        if self._exported is None:
            raise InputProblem(
                place, "exported is the PBX as it was read, and offline nothing is read; name the path of a document"
            )
        return self._exported


def tried(tenant: Followed, tests: Any, place: str, exported: Snapshot | None = None, met: Met | None = None) -> Report:
    """Run the calls of tests. place: of the tests, as messages write it. exported: the PBX as it was read. met: takes
    the objects that calls meet.

    Raises InputProblem.
    """
    return _report(tenant, tests, place, _Others(tenant, exported).unnoticed, met)


def _report(tenant: Followed, tests: Any, place: str, unnoticed: Unnoticed, met: Met | None = None) -> Report:
    explored = Explored()
    report = try_tests(
        tests,
        tenant.subject,
        tenant.today,
        tenant.mask,
        explored,
        tenant.assume,
        place,
        met.see if met else None,
        unnoticed,
    )
    tenant.warnings.extend(
        f"the pattern {tenant.mask.text(pattern)} is no simple regular expression, so that callers whom it tells apart "
        "may be missing where a test says any"
        for pattern in explored.not_exact
    )
    return report
