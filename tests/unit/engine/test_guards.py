# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The limits of a run: what refuses a document before anything is written, and what is within them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.case import QUEUE, Case, Live
from tests.cases.inprocess import call, enliven
from tests.emulator.server import Emulator

Document = dict[str, Any]

AGENT = {"extension": "101", "name": "Anna"}
NUMBERS = [*(str(number) for number in range(101, 113)), "200", "201", "300", "400", "500"]

OF_QUEUE: Document = {"extensions": [{"number": "200", "queue": {"max_wait_time": 60}}]}
OF_ANOTHER: Document = {"extensions": [{"number": "201", "queue": {"max_wait_time": 60}}]}
OF_MEMBERS: Document = {"extensions": [{"number": "200", "queue_agents": [{"agent": "101/Anna"}]}]}
OF_LABEL: Document = {"extensions": [{"number": "200", "label": "Appointments by phone"}]}


def without(*numbers: str) -> Document:
    return {"extensions": [{"number": n} for n in NUMBERS if n not in numbers], "purge": ["extensions"]}


@pytest.fixture
def pbx(pbx: Emulator) -> Emulator:
    assert call(pbx, "pbx_agent", AGENT)["changed"]
    pbx.clear_log()
    return pbx


def waiting(pbx: Emulator, *states: str) -> None:
    members = (Live("queue_member", {"number": f"1555010{n}", "state": state}) for n, state in enumerate(states))
    enliven(pbx, Case("pbx_queue", QUEUE, (), (), live=tuple(members)))


@pytest.mark.parametrize(
    ("states", "document", "refused"),
    [
        pytest.param(["Waiting"], OF_QUEUE, True, id="settings"),
        pytest.param(["Waiting"], OF_MEMBERS, True, id="members"),
        pytest.param(["Waiting"], without("200"), True, id="the queue itself"),
        pytest.param(["Waiting"], OF_ANOTHER, False, id="another queue"),
        pytest.param(["Waiting"], OF_LABEL, False, id="a label"),
        pytest.param(["Waiting"], without("400"), False, id="another extension"),
        pytest.param(["Trying", "Answered"], OF_QUEUE, False, id="callers who talk"),
        pytest.param([], OF_QUEUE, False, id="nobody"),
    ],
)
def test_a_queue_in_which_callers_wait_is_left_alone(
    pbx: Emulator, states: list[str], document: Document, refused: bool
) -> None:
    waiting(pbx, *states)
    result = call(pbx, "pbx_tenant", document)
    says = (
        'callers wait in the queue of extension "200" (1), which this plan would change; try again when it is empty, '
        "or set live_traffic to allow"
    )
    assert result.get("msg", "") == (says if refused else "")
    assert bool(pbx.writes()) is not refused


@pytest.mark.parametrize(("live_traffic", "check"), [("allow", False), ("refuse", True)], ids=["allowed", "previewed"])
def test_who_waits_does_not_matter_when_told_so_or_in_a_preview(pbx: Emulator, live_traffic: str, check: bool) -> None:
    waiting(pbx, "Waiting")
    result = call(pbx, "pbx_tenant", {**OF_QUEUE, "live_traffic": live_traffic}, check=check)
    assert not result.get("failed"), result["msg"]
    assert result["changed"]
    assert bool(pbx.writes()) is not check


@pytest.mark.parametrize(
    ("gone", "limits", "says"),
    [
        pytest.param(["400"], {"max_deletes": 1}, "", id="as many as allowed"),
        pytest.param(
            ["400", "500"],
            {"max_deletes": 1},
            "2 objects would be deleted, and max_deletes is 1; set it to 2 or more if that is meant: "
            'extension "400", extension "500"',
            id="one too many",
        ),
        # 5 of 17 are 29.4 %, 6 of 17 are 35.3 %.
        pytest.param(NUMBERS[:5], {}, "", id="less than the share"),
        pytest.param(
            NUMBERS[1:7],
            {"max_delete_share": 35},
            "6 of 17 extensions would be deleted, that is 35 %, and max_delete_share is 35; set it to 36 or more if "
            "that is meant",
            id="a little more than the share",
        ),
        pytest.param(NUMBERS[1:7], {"max_delete_share": 36}, "", id="the share that it names"),
        pytest.param(
            ["400"],
            {"protect": ["extension *"]},
            'extension "400" would be deleted, and protect holds "extension *"; remove that if it is meant',
            id="protected by its title",
        ),
        pytest.param(["400"], {"protect": ["40", "EXTENSION*"]}, "", id="protected are others"),
        pytest.param(
            NUMBERS[:5],
            {"max_deletes": 4},
            "5 objects would be deleted, and max_deletes is 4; set it to 5 or more if that is meant: "
            + ", ".join(f'extension "{number}"' for number in NUMBERS[:5]),
            id="as many as are listed",
        ),
        pytest.param(
            NUMBERS[:7],
            {"max_deletes": 4, "max_delete_share": 100},
            "7 objects would be deleted, and max_deletes is 4; set it to 7 or more if that is meant: "
            + ", ".join(f'extension "{number}"' for number in NUMBERS[:5])
            + " and 2 more",
            id="more than are listed",
        ),
    ],
)
def test_no_more_is_deleted_than_the_limits_allow(
    pbx: Emulator, gone: list[str], limits: dict[str, Any], says: str
) -> None:
    result = call(pbx, "pbx_tenant", {**without(*gone), **limits})
    assert result.get("msg", "") == says
    assert len(pbx.writes()) == (0 if says else len(gone))


@pytest.mark.parametrize("name", ["Anna", "101/Anna", "*/Anna", 'extension "101" > *'])
def test_an_agent_is_protected_by_its_own_name_too(pbx: Emulator, name: str) -> None:
    result = call(pbx, "pbx_tenant", {"extensions": [{"number": "101", "agents": []}], "protect": [name]})
    assert result["msg"] == (
        f'extension "101" > agent "101/Anna" would be deleted, and protect holds "{name}"; remove that if it is meant'
    )
    assert pbx.writes() == []


@pytest.mark.parametrize(
    ("there", "gone", "says"),
    [
        pytest.param(10, 3, "", id="just the share"),
        pytest.param(
            10,
            4,
            '4 of 10 agents of extension "102" would be deleted, that is 40 %, and max_delete_share is 30; set it to '
            "40 or more if that is meant",
            id="more of the fewest that count",
        ),
        pytest.param(9, 8, "", id="of a list that is too small to count"),
    ],
)
def test_the_share_is_counted_in_each_list(pbx: Emulator, there: int, gone: int, says: str) -> None:
    def agents(count: int) -> Document:
        return {"extensions": [{"number": "102", "agents": [{"name": f"Agent {n}"} for n in range(count)]}]}

    assert call(pbx, "pbx_tenant", agents(there))["changed"]
    pbx.clear_log()
    result = call(pbx, "pbx_tenant", {**agents(there - gone), "purge": ["agents"]})
    assert result.get("msg", "") == says
    assert len(pbx.writes()) == (0 if says else gone)


def test_only_the_expected_tenant_is_changed(pbx: Emulator) -> None:
    refused = call(pbx, "pbx_tenant", {**OF_LABEL, "expect_client_id": pbx.client_id + 1})
    assert refused["msg"] == (
        f"these credentials belong to the tenant with the id {pbx.client_id}, and expect_client_id is "
        f"{pbx.client_id + 1}; nothing was read further or changed"
    )
    assert [entry["path"] for entry in pbx.log()] == ["/user/"]
    assert call(pbx, "pbx_tenant", {**OF_LABEL, "expect_client_id": pbx.client_id})["changed"]
