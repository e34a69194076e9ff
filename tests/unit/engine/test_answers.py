# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers to writes: each is compared with the request, and a read completes one that says too little."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases import CASES
from tests.cases.inprocess import call, prepared
from tests.emulator.server import Emulator

EVA = {"extension": "102", "name": "Eva"}
TITLE = 'extension "102" > agent "Eva"'
# As soon as the PBX has her.
KNOWN = 'extension "102" > agent "102/Eva"'
OPTION = {"extension": "300", "ivr_context": "main", "digits": "1"}

pytestmark = pytest.mark.usefixtures("naps")


def silences(*times: int) -> dict[str, Any]:
    return {**OPTION, "rules": [{"action": "play_silence", "silence_time": time} for time in times]}


def test_a_new_object_that_is_not_answered_is_looked_up(pbx: Emulator) -> None:
    pbx.fault("json", method="POST", applied=True)
    result = call(pbx, "pbx_agent", EVA)
    assert (result["changed"], result["warnings"]) == (True, [])
    assert result["agent"]["name"] == "Eva"
    assert isinstance(result["agent"]["id"], int)
    assert len(pbx.writes()) == 1


def test_a_new_object_that_is_neither_answered_nor_there(pbx: Emulator) -> None:
    pbx.fault("json", method="POST")
    result = call(pbx, "pbx_agent", EVA)
    assert result["msg"] == (
        f"{TITLE}: the PBX answered nothing, and the new object is not there\nNot done: create {TITLE}."
    )
    assert (result["failed"], result["changed"], len(pbx.writes())) == (True, False, 1)


def test_an_equal_object_that_was_there_before_is_not_taken_for_the_new_one(pbx: Emulator) -> None:
    prepared(pbx, CASES["pbx_ivr_option"])
    assert call(pbx, "pbx_ivr_option", silences(100, 200))["changed"]
    pbx.fault("json", method="POST")
    result = call(pbx, "pbx_ivr_option", silences(100, 200, 100))
    assert "the PBX answered nothing, and the new object is not there" in result["msg"]
    assert result["changed"] is False


def test_the_first_of_two_equal_new_objects_is_not_taken_for_the_second(pbx: Emulator) -> None:
    prepared(pbx, CASES["pbx_ivr_option"])
    pbx.fault("json", method="POST", path="*/rules/", nth=2)
    result = call(pbx, "pbx_ivr_option", silences(100, 100))
    assert "the PBX answered nothing, and the new object is not there" in result["msg"]
    assert len([entry for entry in pbx.writes() if entry["path"].endswith("/rules/")]) == 2


def test_what_another_hand_made_meanwhile_is_not_taken_for_the_new_object(pbx: Emulator) -> None:
    pbx.fault("json", method="POST")
    pbx.fault("json", method="GET", path="/extension/5002/agent/", nth=2, body=[{"id": 9, "name": "Ada"}])
    assert "the new object is not there" in call(pbx, "pbx_agent", EVA)["msg"]


def test_a_new_object_is_known_by_what_a_list_tells_of_it(pbx: Emulator) -> None:
    pbx.fault("json", method="POST")
    pbx.fault("json", method="GET", path="/extension/5002/agent/", nth=2, body=[{"id": 9, "name": "Eva"}])
    result = call(pbx, "pbx_agent", {**EVA, "wrap_up_time": 5})
    assert (result.get("msg"), result["changed"], result["agent"]["id"]) == (None, True, 9)


def test_a_new_object_that_is_answered_without_an_id(pbx: Emulator) -> None:
    pbx.fault("json", method="POST", body={"name": "Eva"}, applied=True)
    result = call(pbx, "pbx_agent", EVA)
    assert result["msg"] == f"{TITLE}: the PBX answered no id for the new object\nDone before: create {TITLE}."
    assert (result["failed"], result["changed"]) == (True, True)
    assert call(pbx, "pbx_agent", EVA)["changed"] is False


@pytest.mark.parametrize(
    ("answer", "warning"),
    [
        pytest.param(
            {"wrap_up_time": 0},
            f"{KNOWN}: wrap_up_time was set and should be 5, but the PBX answered 0",
            id="did not take",
        ),
        pytest.param(
            {"wrap_up_time": 5, "call_timeout": 9},
            f"{KNOWN}: call_timeout was not touched and should be 20, but the PBX answered 9",
            id="changed unasked",
        ),
        pytest.param({"wrap_up_time": "5", "something_new": 1}, None, id="as expected"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_what_changed_is_held_against_what_was_sent(
    pbx: Emulator, answer: dict[str, Any] | None, warning: str | None
) -> None:
    call(pbx, "pbx_agent", {**EVA, "call_timeout": 20})
    pbx.fault("json", method="PUT", body=answer and {"id": 701, "name": "Eva", **answer}, applied=True)
    result = call(pbx, "pbx_agent", {**EVA, "wrap_up_time": 5})
    assert result["changed"]
    assert result["warnings"] == ([warning] if warning else [])


@pytest.mark.parametrize(
    ("args", "answer", "says"),
    [
        pytest.param(
            {"pin": "48151623"},
            {"pin": "73194628"},
            "pin was set and should be as declared, but the PBX answered another value",
            id="did not take",
        ),
        pytest.param(
            {"max_members": 9},
            {"pin": "73194628"},
            "pin was not touched and should be what it was, but the PBX answered another value",
            id="changed unasked",
        ),
    ],
)
def test_a_secret_that_is_another_is_not_told(
    pbx: Emulator, args: dict[str, Any], answer: dict[str, Any], says: str
) -> None:
    assert call(pbx, "pbx_conference", {"extension": "500", "pin": "15162348"})["changed"]
    pbx.fault("json", method="PUT", body=answer)
    result = call(pbx, "pbx_conference", {"extension": "500", **args})
    assert result["warnings"] == [f'extension "500" > conference: {says}']
    assert not [secret for secret in ("73194628", "48151623", "15162348") if secret in str(result)]


@pytest.mark.parametrize("answer", [{"rules_ids": [3, 2, 1]}, {"rules_ids": [1, 2, 3]}, {}], ids=str)
def test_an_order_is_held_against_the_one_that_was_sent(pbx: Emulator, answer: dict[str, Any]) -> None:
    prepared(pbx, CASES["pbx_ivr_option"])
    assert call(pbx, "pbx_ivr_option", silences(100, 200))["changed"]
    pbx.fault("json", method="PUT", path="*/order/", body=answer)
    result = call(pbx, "pbx_ivr_option", silences(100, 200, 300))
    order = 'extension "300" > IVR context "main" > IVR option "1" > order of IVR rules'
    warning = f"{order}: the PBX answered another order than the one it was given"
    assert result["warnings"] == ([warning] if answer.get("rules_ids") == [3, 2, 1] else [])
