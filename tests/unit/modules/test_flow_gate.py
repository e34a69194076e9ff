# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The gate of the flow check: new findings refuse a plan, and findings that callers meet already do not."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cases.inprocess import call, connections
from tests.emulator.server import Emulator

NOWHERE = {"type": "transfer", "transfer_dst": "109", "final": False}
PLACE = 'extensions[0] "102" > incom_rules[0]'
SENTENCE = f"{PLACE}: transfer_dst 109: no extension has this number, and nobody is rung (R05 no-such-number)"
DOCUMENT: dict[str, Any] = {"extensions": [{"number": "102", "incom_rules": [NOWHERE, {"type": "busy"}]}], "dids": []}


@pytest.fixture(scope="module")
def running() -> Iterator[Emulator]:
    with Emulator(seed="new") as pbx, connections():
        yield pbx


@pytest.fixture
def pbx(running: Emulator) -> Emulator:
    running.reset()
    for number in ("101", "102"):
        made = {"number": number, "type": "phone", "phone": {"hangup_timeout": 20, "vm_enabled": False}}
        assert not call(running, "pbx_tenant", {"extensions": [{**made, "incom_rules": []}]}).get("failed")
    running.clear_log()
    return running


def applied(pbx: Emulator, check: bool = False, **options: Any) -> dict[str, Any]:
    return call(pbx, "pbx_tenant", {**DOCUMENT, "flow_check": "refuse", **options}, check=check)


@pytest.mark.parametrize("check", [True, False])
def test_an_error_refuses_the_plan_before_the_first_write(pbx: Emulator, check: bool) -> None:
    result = applied(pbx, check)
    assert result["msg"] == f"{SENTENCE}; flow_accept accepts intended findings"
    assert pbx.writes() == []


def test_it_is_accepted_with_a_reason(pbx: Emulator) -> None:
    accept = [{"check": "R05", "place": PLACE, "because": "The phone comes next week."}]
    result = applied(pbx, flow_accept=accept)
    assert result["changed"]
    assert [one for one in result["warnings"] if "R05" in one] == []
    [found] = [one for one in result["findings"] if one["check"] == "R05"]
    assert (found["accepted"], found["because"]) == (True, "The phone comes next week.")
    place = 'extensions[0] "102"'
    result = applied(
        pbx, dids=[], extensions=[], flow_accept=[*accept, {"check": "Q01", "place": place, "because": "x"}]
    )
    assert not result["changed"]


def test_it_is_a_warning_where_that_is_wanted_and_nothing_where_nobody_looks(pbx: Emulator) -> None:
    assert SENTENCE in applied(pbx, check=True, flow_check="warn")["warnings"]
    quiet = applied(pbx, check=True, flow_check="off")
    assert SENTENCE not in quiet["warnings"]
    assert "findings" not in quiet


def test_what_callers_meet_already_never_refuses(pbx: Emulator) -> None:
    assert applied(pbx, flow_check="off")["changed"]
    later = [{"number": "102", "incom_rules": [NOWHERE, {"type": "hangup"}]}]
    result = applied(pbx, extensions=later)
    assert result["changed"]
    [found] = [one for one in result["findings"] if one["check"] == "R05"]
    assert found["before"] is True
    assert [one for one in result["warnings"] if "R05" in one] == []


def test_an_ivr_is_judged_and_accepted_too(pbx: Emulator) -> None:
    made = {"number": "300", "type": "ivr", "ivr": {}, "incom_rules": []}
    assert not call(pbx, "pbx_tenant", {"extensions": [made]}).get("failed")
    pbx.clear_log()
    menu = {"name": "main", "options": [{"digits": "start", "rules": [{"action": "voicemail"}]}]}
    scheme = {"extension": "300", "ivr": {"entry_context": "main", "vm_enabled": False, "contexts": [menu]}}
    refused = call(pbx, "pbx_ivr_scheme", scheme)
    where = 'extension "300": contexts[0] "main" > options[0] "start" > rules[0]'
    assert refused["msg"].startswith(f"{where} leads to its mailbox, which is off")
    assert refused["msg"].endswith("(V01 no-mailbox); flow_accept accepts intended findings")
    assert pbx.writes() == []
    assert not call(pbx, "pbx_ivr_scheme", {**scheme, "flow_check": "warn"}, check=True).get("failed")
    accept = [{"check": "V01", "place": 'extension "300"', "because": "The mailbox comes next week."}]
    result = call(pbx, "pbx_ivr_scheme", {**scheme, "flow_accept": accept})
    assert (result["changed"], [one["accepted"] for one in result["findings"] if one["check"] == "V01"]) == (
        True,
        [True],
    )


def test_what_calls_can_reach_is_read_where_that_is_asked_for_and_no_more(pbx: Emulator) -> None:
    """A DID leads to 101, which forwards to a queue without agents; nobody comes to 104."""
    others = [
        {"number": "101", "incom_rules": [{"type": "transfer", "transfer_dst": "201"}]},
        {"number": "201", "type": "queue", "queue": {"max_wait_time": 30}, "queue_agents": [], "incom_rules": []},
        {"number": "104", "type": "phone", "phone": {"vm_enabled": False}, "incom_rules": []},
    ]
    made = {"extensions": others, "dids": [{"name": "74950000101", "extension": "101"}], "flow_check": "off"}
    assert not call(pbx, "pbx_tenant", made).get("failed")
    change = {"extensions": [{"number": "101", "label": "Reception"}], "flow_check": "refuse"}
    pbx.clear_log()
    plain = call(pbx, "pbx_tenant", change, check=True)
    assert "flow_read" not in plain
    assert [one for one in plain.get("findings", ()) if one["check"] == "Q01"] == []
    wide = call(pbx, "pbx_tenant", {**change, "flow_read": "reachable"}, check=True)
    assert wide["flow_read"] == {
        "extensions": 2,
        "requests": sum(wide["requests"].values()) - sum(plain["requests"].values()),
    }
    [found] = [one for one in wide["findings"] if one["check"] == "Q01"]
    assert found["before"] is True
    assert not any(f"/extension/{pbx.extension_id('104')}/" in entry["path"] for entry in pbx.log())
    # Call tests and intents ask for it, unless that is switched off.
    tests = [{"call": "104", "expect": {"rings": "104"}}]
    assert call(pbx, "pbx_tenant", {**change, "call_tests": tests}, check=True)["flow_read"]["extensions"] == 2
    planned = {**change, "call_tests": tests, "flow_read": "planned"}
    assert "flow_read" not in call(pbx, "pbx_tenant", planned, check=True)


def test_what_is_read_counts_in_the_budget_of_requests(pbx: Emulator) -> None:
    change = {"extensions": [{"number": "101", "label": "Desk"}], "dids": [{"name": "74950000101", "extension": "101"}]}
    wide = {**change, "flow_check": "warn", "flow_read": "reachable"}
    foreseen = call(pbx, "pbx_tenant", wide, check=True)
    enough = sum(foreseen["requests"].values()) + len(foreseen["plan"])
    pbx.fault("hourly_limit", limit=enough - 1, reset=600)
    refused = call(pbx, "pbx_tenant", {**wide, "rate_limit_wait": 0})
    pbx.clear_faults()
    assert (refused["failed"], pbx.writes()) == (True, [])


def test_it_costs_no_request(pbx: Emulator) -> None:
    counts = [applied(pbx, check=True, flow_check=mode)["requests"] for mode in ("off", "warn")]
    assert counts[0] == counts[1]


def test_a_severity_that_refuses_warnings(pbx: Emulator) -> None:
    closed = {"number": "103", "type": "phone", "phone": {"vm_enabled": False}, "incom_rules": []}
    document = {"extensions": [closed], "dids": [{"name": "74950000101", "extension": "103"}]}
    result = applied(pbx, check=True, flow_check_severity="W", **document)
    assert "(H03 no-fallback)" in result["msg"]
    assert not applied(pbx, check=True, **document).get("failed")


def test_an_acceptance_without_sense_is_one_sentence(pbx: Emulator) -> None:
    accept = [{"check": "X1", "place": PLACE, "because": "so"}]
    assert applied(pbx, flow_accept=accept)["msg"] == (
        "flow_accept[0].check: there is no check X1; docs/checks.md lists all of them"
    )


def test_rules_are_not_judged_where_nobody_has_asked_for_their_order(running: Emulator, tmp_path: Path) -> None:
    """The order that an earlier task of a preview has planned is known where a task asks for it."""
    running.reset(seed="demo")
    tasks = yaml.safe_load(import_module("ansible_collections.telops.pbx.plugins.modules.pbx_ivr_scheme").EXAMPLES)
    for task in tasks:
        args = task["telops.pbx.pbx_ivr_scheme"]
        result = call(running, "pbx_ivr_scheme", args, check=True, memory=str(tmp_path))
        assert (result["changed"], result["warnings"]) == (True, []), task["name"]
    running.reset(seed="new")
