# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which object a task is about, where an id picks it, a name, or both."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.inprocess import call
from tests.emulator.server import Emulator

PHONE = {"extension": "102"}


@pytest.fixture
def eva(pbx: Emulator) -> int:
    call(pbx, "pbx_agent", {**PHONE, "name": "Ada"})
    return int(call(pbx, "pbx_agent", {**PHONE, "name": "Eva"})["agent"]["id"])


def agents(pbx: Emulator) -> list[str]:
    return [agent["name"] for extension in pbx.state()["extensions"] for agent in extension["agents"]]


@pytest.mark.parametrize("more", [{}, {"name": "Eva"}], ids=["alone", "with its name"])
def test_an_id_picks_what_is_deleted(pbx: Emulator, eva: int, more: dict[str, Any]) -> None:
    task = {**PHONE, "id": eva, "state": "absent", **more}
    assert call(pbx, "pbx_agent", task)["changed"]
    assert agents(pbx) == ["Ada"]
    assert call(pbx, "pbx_agent", task)["changed"] is False


def test_an_id_of_another_name_deletes_nothing(pbx: Emulator, eva: int) -> None:
    result = call(pbx, "pbx_agent", {**PHONE, "id": eva, "name": "Ada", "state": "absent"})
    other = f'id {eva} is that of another agent, "102/Eva"'
    assert result["msg"] == f'extension "102" > agent "Ada": {other}; name the one that is to be deleted'
    assert agents(pbx) == ["Ada", "Eva"]


def test_an_id_that_is_not_there_is_told_with_those_that_are(pbx: Emulator, eva: int) -> None:
    result = call(pbx, "pbx_agent", {**PHONE, "id": 4711, "name": "Ida"})
    assert result["msg"] == (
        f'extension "102": there is no agent with id 4711; there are: {eva - 1} (Ada), {eva} (Eva)'
    )


def test_a_name_of_several_picks_none(pbx: Emulator, eva: int) -> None:
    twin = pbx.insert("agent", 5002, name="Eva")
    for state in ("present", "absent"):
        result = call(pbx, "pbx_agent", {**PHONE, "name": "Eva", "state": state})
        assert result["msg"] == (f'extension "102": there are 2 agents "Eva", ids {eva}, {twin}; pick one with id')
    assert call(pbx, "pbx_agent", {**PHONE, "id": twin, "state": "absent"})["changed"]
    assert call(pbx, "pbx_agent", {**PHONE, "name": "Eva"})["changed"] is False


def test_rules_stand_once_in_an_order(pbx: Emulator) -> None:
    rules = [{"name": name, "type": "voicemail"} for name in ("day", "night", "feast")]
    assert call(pbx, "pbx_tenant", {"extensions": [{"number": "102", "incom_rules": rules}]})["changed"]
    pbx.clear_log()
    result = call(pbx, "pbx_incom_rule_order", {**PHONE, "rules": ["night", "day", "night", "feast", "day"]})
    assert result["msg"] == 'extension "102": day, night stand twice in the order; name each rule once'
    assert pbx.writes() == []
