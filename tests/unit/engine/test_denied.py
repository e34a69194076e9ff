# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of the whole tenant that some credentials may not read, that a PBX may lack, or that come in no pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.inprocess import call
from tests.emulator.server import Emulator

AGENTS = "/client/@me/agent/local/"
SOUNDS = "/client/@me/sound/"
INTERVALS = "/client/@me/interval/"
EXTENSIONS = "/client/@me/extension/"
ROW = {"extension": "200", "agent": "102/Eva"}


@pytest.fixture
def pbx(pbx: Emulator) -> Emulator:
    call(pbx, "pbx_agent", {"extension": "102", "name": "Eva"})
    pbx.clear_log()
    return pbx


def reads(pbx: Emulator) -> list[str]:
    return [entry["path"] for entry in pbx.log() if entry["method"] == "GET"]


@pytest.fixture(params=[403, 404])
def denied(pbx: Emulator, request: pytest.FixtureRequest) -> Emulator:
    """A PBX on which nothing of the whole tenant may be read but its extensions."""
    for path in (AGENTS, SOUNDS, INTERVALS, "/client/@me/group/", "/client/@me/did/", "/client/@me/dial_rule/"):
        pbx.fault("status", method="GET", path=path, status=request.param, count=0)
    return pbx


def test_agents_are_then_found_phone_by_phone(denied: Emulator) -> None:
    result = call(denied, "pbx_queue_agent", ROW)
    assert (result.get("msg"), result["changed"]) == (None, True)
    phones = [one for one in denied.state()["extensions"] if one["type"] == "phone"]
    asked = [path for path in reads(denied) if path.startswith("/extension/") and path.endswith("/agent/")]
    assert len(asked) == len(set(asked)) == len(phones)
    assert call(denied, "pbx_queue_agent", ROW)["changed"] is False


def test_what_an_extension_has_itself_is_found(denied: Emulator) -> None:
    document: dict[str, Any] = {
        "extensions": [
            {
                "number": "300",
                "intervals": [
                    {"name": "Hours", "timezone": "Europe/Berlin", "conditions": [{"start_dow": 2, "end_dow": 6}]}
                ],
                "incom_rules": [{"type": "playfile", "playfile_sound": "Welcome", "interval": "Hours"}],
            }
        ]
    }
    result = call(denied, "pbx_tenant", document)
    assert (result.get("msg"), result["changed"]) == (None, True)
    assert call(denied, "pbx_tenant", document)["changed"] is False


def test_a_name_that_only_the_tenant_could_have_is_missing(denied: Emulator) -> None:
    rule = {"extension": "300", "type": "transfer", "transfer_dst": "101", "name": "Day", "interval": "Holidays"}
    result = call(denied, "pbx_incom_rule", rule)
    assert 'there is no interval "Holidays"' in result["msg"]
    assert denied.writes() == []


def test_o1_an_export_does_without_them_and_says_so(denied: Emulator) -> None:
    result = call(denied, "pbx_tenant_info", {})
    assert result.get("msg") is None
    lists = ["sounds", "intervals", "dial_rules", "dids"]
    assert set(result["tenant"]) == {"extensions"}
    assert [(one["object"], one["field"]) for one in result["unresolved"]] == [("tenant", name) for name in lists]
    assert result["complete"] is False
    assert [warning.split(" could not be read, so that the export is incomplete: GET /client/@me/")[0]
            for warning in result["warnings"]] == [f"tenant: {name}" for name in lists]  # fmt: skip


def test_other_lists_that_are_refused_stay_refused(pbx: Emulator) -> None:
    pbx.fault("status", method="GET", path="/extension/*/agent/", status=400)
    result = call(pbx, "pbx_agent", {"extension": "102", "name": "Eva"})
    assert "was refused with 400" in result["msg"]
    assert reads(pbx).count("/extension/5002/agent/") == 1
