# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls that are followed through the PBX as it is, and after a document."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.cases.inprocess import call
from tests.cases.mistakes import CLINIC
from tests.emulator.server import Emulator
from tests.unit.flow.test_calltest_clinic import HOLD

OPEN = {"call": "74950000101", "at": "2026-11-24 10:00 Europe/Berlin", "press": ["1"]}
CLOSED = {
    "extensions": [
        {
            "number": "300",
            "incom_rules": [{"name": "Moved", "type": "transfer", "transfer_dst": "112", "transfer_timeout": 9}],
        }
    ]
}


@pytest.fixture
def clinic(pbx: Emulator) -> Emulator:
    assert not call(pbx, "pbx_tenant", CLINIC).get("failed")
    pbx.clear_log()
    return pbx


def tried(pbx: Emulator, tests: Any, **options: Any) -> dict[str, Any]:
    result = call(pbx, "pbx_call_test", {"tests": tests, **options})
    assert pbx.writes() == []
    assert result["changed"] is False
    return result


def test_the_pbx_as_it_is_answers_like_its_document(clinic: Emulator) -> None:
    tests = yaml.safe_load(HOLD)
    found = tried(clinic, tests)
    assert not found.get("failed"), found["msg"]
    assert found["requests"]["GET"] > 20
    alone = tried(clinic, tests, offline=True, **CLINIC)
    assert alone["requests"] == {}
    outcomes = [[one["outcome"] for one in each["results"]] for each in (found, alone)]
    assert outcomes[0] == outcomes[1]
    [first, *dummy] = found["results"]
    assert first["fired"][0] == 'extensions[14] "300" > ivr > contexts[4] "main" > options[0] "start" > rules[1] "Open"'


def test_a_document_is_laid_over_the_pbx(clinic: Emulator) -> None:
    assert tried(clinic, [OPEN])["results"][0]["outcome"]["queue"] == "200"
    for check in (False, True):
        test = {**OPEN, "expect": {"queue": "200"}}
        result = call(clinic, "pbx_call_test", {**CLOSED, "tests": [test]}, check=check)
        assert (result["failed"], result["changed"], clinic.writes()) == (True, False, [])
        assert "  expected: queue 200 - found: nothing\n" in result["msg"]
        assert '  decided by: extensions[0] "300" > incom_rules[0] "Moved"\n' in result["msg"]
    # Nothing of it stays in the mind of a run, and an object that the document lacks has a place without a position.
    found = tried(clinic, [OPEN], extensions=[{"number": "101", "label": "Desk"}])["results"][0]
    assert found["outcome"]["queue"] == "200"
    assert found["fired"][0] == 'extensions "300" > ivr > contexts "main" > options "start" > rules[1] "Open"'

    # One that could not be applied is refused.
    result = tried(clinic, [OPEN], extensions=[{"number": "300", "ivr": {"entry_context": "mein"}}])
    assert 'there is no IVR context "mein"' in result["msg"]
    result = tried(clinic, [OPEN], dids=CLINIC["dids"], extensions=[{"number": "101"}], purge=["extensions"])
    assert "extension" in result["msg"]


def test_offline_what_only_a_pbx_may_hold_is_followed_and_told(pbx: Emulator) -> None:
    document = {
        "sounds": [{"title": "Song", "file": "nowhere.wav"}],
        "intervals": [
            {"name": "Any", "timezone": "UTC", "conditions": [{}]},
            {"name": "Never", "timezone": "UTC", "conditions": [{"month": 4, "start_mday": 31, "end_mday": 31}]},
        ],
        "dids": [],
        "extensions": [
            {
                "number": "101",
                "type": "phone",
                "phone": {"vm_enabled": True},
                "incom_rules": [
                    {"type": "busy", "interval": "Never"},
                    {"type": "hangup", "caller_id_action": "matches", "caller_id": "+49", "interval": "Never"},
                    {"type": "voicemail", "interval": "Any"},
                ],
            }
        ],
    }
    tests = [{"call": "101", "at": "2026-11-24 10:00", "expect": {"voicemail": "101"}}]
    result = tried(pbx, tests, offline=True, **document)
    assert not result.get("failed"), result["msg"]
    told = "\n".join(result["warnings"])
    for words in ("nowhere.wav", "conditions[0] is empty", "month 4 has no day 31", "is no regular expression"):
        assert words in told
    tests[0]["assumptions"] = {"empty_condition": "never"}
    tests[0]["expect"] = {"answered": "101"}
    assert not tried(pbx, tests, offline=True, **document).get("failed")
    found = call(pbx, "pbx_flow_check", {"offline": True, "today": "2026-11-24", **document})["findings"]
    assert {"C01", "T01", "T12"} & {one["check"] for one in found} >= {"C01", "T12"}
    refused = tried(pbx, tests, offline=True, extensions=[{"number": "101", "typ": "phone"}])
    assert "there is no typ" in refused["msg"]
