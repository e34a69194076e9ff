# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call tests that refuse a plan: in check mode and in the real run alike, before the first write."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.inprocess import call
from tests.cases.mistakes import CLINIC
from tests.emulator.server import Emulator

MORNING = {"call": "74950000101", "at": "2026-11-24 10:00", "press": ["1"], "expect": {"queue": "200"}}
# One letter sends the callers of the day to the phone on duty at night.
LOST = {
    "extensions": [
        {
            "number": "200",
            "incom_rules": [{"name": "Night", "type": "transfer", "transfer_dst": "112", "transfer_timeout": 20}],
        }
    ]
}

SENSELESS: list[tuple[Any, str]] = [
    (
        [{"call": "999", "expect": {"answered": "101"}}],
        "call_tests[0].call: nobody has the number '999'; there are: ",
    ),
    ({"calls": [{"call": "101", "at": "noon"}]}, "call_tests.calls[0].at: 'noon' is no time; write "),
    ([{"call": "101", "compare": {"with": "exported"}}], "call_tests[0]: unchanged is missing; "),
    (
        [{"call": "101", "compare": {"with": "/there/is/none.yml"}, "unchanged": "any"}],
        "call_tests[0].compare.with: /there/is/none.yml cannot be read: ",
    ),
    (
        [{"call": "101", "at": "noon"}, {"call": "102"}, {"cal": "101"}],
        "call_tests[0].at: 'noon' is no time; write ",
    ),
]
UNNOTICED = {"compare": {"with": "exported"}, "call": "any", "at": "any", "press": "1", "unchanged": "any"}


@pytest.fixture
def clinic(pbx: Emulator) -> Emulator:
    assert not call(pbx, "pbx_tenant", CLINIC).get("failed")
    pbx.clear_log()
    return pbx


def test_a_plan_that_loses_callers_is_refused_before_the_first_write(clinic: Emulator) -> None:
    for check in (True, False):
        result = call(clinic, "pbx_tenant", {**LOST, "call_tests": [{**MORNING, "name": "Appointments"}]}, check=check)
        assert (result["failed"], result["changed"], clinic.writes()) == (True, False, [])
        lines = result["msg"].splitlines()
        assert lines[:2] == [
            "1 of 1 call tests is not passed, so that nothing was changed; correct the document or the tests:",
            "call_tests[0] Appointments: not passed",
        ]
        assert '  decided by: extensions[0] "200" > incom_rules[0] "Night"' in lines
        assert len(result["plan"]) > 0
        assert result["call_tests"]["failed"] == 1
        assert result["call_tests"]["results"][0]["outcome"]["by"] == "112"
    for tests, sentence in SENSELESS:
        result = call(clinic, "pbx_tenant", {**LOST, "call_tests": tests})
        assert result["msg"].startswith(sentence)
        assert clinic.writes() == []


def test_all_that_makes_no_sense_is_told_at_once(clinic: Emulator) -> None:
    tests = [{"call": "101", "at": "noon"}, MORNING, {"cal": "101"}]
    lines = call(clinic, "pbx_tenant", {**LOST, "call_tests": tests})["msg"].splitlines()
    assert [line.partition(":")[0] for line in lines] == ["call_tests[0].at", "call_tests[2]"]


def test_a_plan_is_refused_where_callers_notice_more_than_they_may(clinic: Emulator) -> None:
    result = call(clinic, "pbx_tenant", {**LOST, "call_tests": [UNNOTICED]})
    assert (result["failed"], clinic.writes()) == (True, [])
    assert "expected: unchanged any\n  before: answered by 101/Anna of queue 200" in result["msg"]
    quiet = {"extensions": [{"number": "200", "label": "Appointments, first floor"}]}
    result = call(clinic, "pbx_tenant", {**quiet, "call_tests": [UNNOTICED]})
    assert not result.get("failed"), result["msg"]
    assert [step["kind"] for step in result["plan"]] == ["extension"]


def test_a_plan_that_passes_is_applied_and_reads_what_calls_reach(clinic: Emulator) -> None:
    change = {"extensions": [{"number": "200", "queue": {"max_wait_time": 77}}]}
    plain = call(clinic, "pbx_tenant", change, check=True)
    assert "call_tests" not in plain
    result = call(clinic, "pbx_tenant", {**change, "call_tests": [MORNING]})
    assert not result.get("failed"), result["msg"]
    assert result["call_tests"] == {"tests": 1, "failed": 0, "calls": 1}
    assert [step["kind"] for step in result["plan"]] == ["queue"]
    read = {entry["path"] for entry in clinic.log() if entry["method"] == "GET"}
    menu, fax = clinic.extension_id("300"), clinic.extension_id("109")
    assert any(f"/extension/{menu}/" in path for path in read)
    # Nobody who is called gets to this phone.
    assert not any(f"/extension/{fax}/" in path for path in read)


def test_an_assumption_decides_and_what_cannot_be_read_is_not_passed(clinic: Emulator) -> None:
    rules = [
        {"name": "To the queue", "type": "transfer", "transfer_dst": "201", "transfer_timeout": 9, "final": False},
        {"name": "Behind", "type": "transfer", "transfer_dst": "112", "transfer_timeout": 9},
    ]
    document = {
        "extensions": [{"number": "300", "incom_rules": rules}],
        "call_tests": [
            {"call": "300", "phones": {"110": "no_answer", "111": "no_answer"}, "expect": {"answered": "112"}}
        ],
    }
    assert call(clinic, "pbx_tenant", document, check=True)["failed"]
    assumed = call(clinic, "pbx_tenant", {**document, "assumptions": {"queue_answers": "never"}}, check=True)
    assert not assumed.get("failed"), assumed["msg"]
    clinic.fault("status", path=f"/extension/{clinic.extension_id('101')}/incom_rule/*", status=403, count=0)
    tests = [{"call": "101", "expect": {"answered": "101"}}]
    result = call(clinic, "pbx_tenant", {"extensions": [{"number": "102", "label": "x"}], "call_tests": tests})
    assert '  not known: extensions "101" > incom_rules; declare it' in result["msg"]
    assert clinic.writes() == []


def test_what_the_plan_creates_is_called_as_well(clinic: Emulator) -> None:
    document: dict[str, Any] = {
        "extensions": [
            {"number": "150", "type": "phone", "phone": {"hangup_timeout": 20}, "agents": [{"name": "Zoe"}]},
            {"number": "250", "type": "queue", "queue": {}, "queue_agents": [{"agent": "150/Zoe"}]},
        ],
        "dids": [{"name": "74950000102", "extension": "150"}],
        "call_tests": [
            {"call": "250", "expect": {"answered": "150/Zoe"}},
            {"call": "74950000102", "expect": {"answered": "150"}},
        ],
    }
    for check in (True, False):
        result = call(clinic, "pbx_tenant", document, check=check)
        assert result["call_tests"]["failed"] == 0, result["msg"]
