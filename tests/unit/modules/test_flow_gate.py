# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers would not like refuses a plan, and nothing that they meet already does."""

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
    assert result["msg"] == f"{SENTENCE}; flow_accept takes what is meant to be so"
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
