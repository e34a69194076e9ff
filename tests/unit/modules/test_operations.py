# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Live operations that their tables cannot describe: several tasks in a row, and changes in between."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model.operations.conference_control import obeyed
from tests.cases import CASES
from tests.cases.case import Args
from tests.cases.inprocess import call, calls, enliven, fits, planned, sent
from tests.emulator.server import Emulator

CALL = {"extension": "101", "call_api_id": "c1"}
SPEECH = {"action": "start", "direction": "in", "url": "https://crm.invalid/"}
RING = {"extension": "101", "src_num": ["101"], "dst_num": "74950000999"}


@pytest.mark.parametrize(
    ("case", "tasks"),
    [
        ("pbx_call", [("pbx_call", {**CALL, "action": "hangup"})] * 2),
        (
            "pbx_call",
            [
                ("pbx_call", {**CALL, "action": "hold"}),
                ("pbx_call", {**CALL, "action": "transfer", "send_dst": "200"}),
                ("pbx_call", {**CALL, "action": "hangup"}),
                ("pbx_call", {**CALL, "call_api_id": "c3", "action": "hangup"}),
            ],
        ),
        (
            "pbx_conference_control",
            [
                ("pbx_conference_control", {"extension": "500", **orders})
                for orders in (
                    {"lock": True},
                    {"lock": True, "member_id": 3, "mute": True},
                    {"member_id": 4, "mute": False},
                    {"member_id": 3, "mute": True},
                    {"lock": False},
                    {"lock": False},
                )
            ],
        ),
        (
            "pbx_registration",
            [
                ("pbx_registration", {"extension": "101", **orders})
                for orders in (
                    {"action": "drop", "registration_id": "a"},
                    {"action": "drop", "registration_id": "a"},
                    {"action": "drop_all"},
                    {"action": "drop", "registration_id": "c"},
                    {"action": "drop_all"},
                )
            ],
        ),
    ],
    ids=["twice", "call", "conference", "registration"],
)
def test_a_preview_knows_what_earlier_tasks_would_have_done(
    pbx: Emulator, tmp_path: Path, case: str, tasks: list[tuple[str, Args]]
) -> None:
    enliven(pbx, CASES[case])
    previews = calls(pbx, tasks, tmp_path / "memory")
    assert pbx.writes() == []
    results = calls(pbx, tasks)
    assert not [result["msg"] for result in results if result.get("failed")]
    assert [planned(preview) for preview in previews] == [planned(result) for result in results]
    assert {result["changed"] for result in results} == {True, False}


def test_a_preview_goes_on_with_a_call_that_is_not_there_yet(pbx: Emulator, tmp_path: Path) -> None:
    def tasks(identity: str) -> list[tuple[str, Args]]:
        chosen = {"extension": "101", "call_api_id": identity}
        return [("pbx_call", {**chosen, "action": "hold"}), ("pbx_speech_to_text", {**chosen, **SPEECH})]

    memory = tmp_path / "memory"
    [ringing] = calls(pbx, [("pbx_callback", RING)], memory)
    stand_in = ringing["callback"]["call_api_id"]
    assert stand_in == "<callback 74950000999>"
    plan = [step for result in [ringing, *calls(pbx, tasks(stand_in), memory)] for step in planned(result)]
    assert pbx.writes() == []
    pbx.clear_log()
    [started] = calls(pbx, [("pbx_callback", RING)])
    results = calls(pbx, tasks(started["callback"]["call_api_id"]))
    assert not [result["msg"] for result in results if result.get("failed")]
    assert fits(plan, [request for request in sent(pbx) if request.method != "GET"])


def test_a_stand_in_means_nothing_to_a_real_run(pbx: Emulator) -> None:
    result = call(pbx, "pbx_call", {"extension": "101", "call_api_id": "<callback 100>", "action": "hangup"})
    assert (result["changed"], result["call"], pbx.writes()) == (False, {}, [])


@pytest.mark.parametrize("orders", [{"action": "hangup"}, {"action": "transfer", "send_dst": "200"}], ids=str)
def test_a_call_that_ends_in_the_meantime_is_no_error(pbx: Emulator, orders: Args) -> None:
    enliven(pbx, CASES["pbx_call"])
    # The call is gone, and not by this request.
    pbx.fault("status", path="*/current_calls/c1", status=404, applied=True)
    result = call(pbx, "pbx_call", {**CALL, **orders})
    assert (result.get("msg"), result["changed"], result["plan"], len(pbx.writes())) == (None, False, [], 1)


def test_a_refused_transfer_of_a_call_that_is_still_there_fails(pbx: Emulator) -> None:
    enliven(pbx, CASES["pbx_call"])
    pbx.fault("status", method="PUT", status=404)
    result = call(pbx, "pbx_call", {**CALL, "action": "transfer", "send_dst": "200"})
    assert result["msg"].startswith("PUT /extension/5001/current_calls/c1 found nothing")
    assert (result["failed"], result["changed"]) == (True, False)


def test_an_extension_that_is_not_there_is_not_taken_for_a_call_that_is_over(pbx: Emulator) -> None:
    result = call(pbx, "pbx_call", {"extension_id": 9999, "call_api_id": "c1", "action": "hangup"})
    assert result["msg"] == (
        "GET /extension/9999/current_calls/ found nothing, the server says: Extension 9999 not found"
    )


def test_a_parked_call_is_taken_out(pbx: Emulator) -> None:
    enliven(pbx, CASES["pbx_valet_park"])
    assert call(pbx, "pbx_valet_park", {**CALL, "action": "park", "slot": 701})["valet_park"] == {"slot": 701}
    assert call(pbx, "pbx_valet_park", {**CALL, "action": "slots"})["valet_park"] == {"slots": [701]}
    taken = call(pbx, "pbx_valet_park", {**CALL, "action": "bridge", "slot": 701})
    assert (taken["changed"], taken["valet_park"]) == (True, {"slot": None})


def test_a_conference_is_asked_again_after_an_order(pbx: Emulator) -> None:
    enliven(pbx, CASES["pbx_conference_control"])
    args = {"extension": "500", "lock": True, "show": ["is_locked", "count", "max_members", "run_time"]}
    before = call(pbx, "pbx_conference_control", args, check=True)
    assert before["status"] == {"is_locked": False, "count": 2, "max_members": None, "run_time": 0}
    after = call(pbx, "pbx_conference_control", args)
    assert after["status"] == {**before["status"], "is_locked": True}
    assert after["requests"] == {"GET": 7, "PUT": 1}
    assert call(pbx, "pbx_conference_control", args)["requests"] == {"GET": 6}


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, {}),
        ({"is_locked": True}, {"lock": True}),
        ({"is_locked": "yes"}, {}),
        ({"show_members": "1, 3"}, {}),
        ({"show_members": ["1", "3"]}, {}),
        ({"show_members": []}, None),
        ({"show_members": [{"id": 3, "mute": False}]}, {"mute": False}),
        ({"show_members": [{"member_id": "3", "mute": True, "deaf": "no"}]}, {"mute": True}),
        ({"show_members": [{"number": "101", "mute": True}, {"number": "102"}]}, {}),
        ({"show_members": [{"member_id": 4, "mute": True}]}, None),
    ],
    ids=repr,
)
def test_only_what_is_understood_of_a_conference_counts(answers: dict[str, Any], found: dict[str, Any] | None) -> None:
    assert obeyed(answers, {"member_id": 3, "mute": True}) == found


@pytest.mark.parametrize(
    ("module", "args"),
    [
        ("pbx_call", {**CALL, "action": "hangup"}),
        ("pbx_registration", {"extension": "101", "action": "drop", "registration_id": "a"}),
        ("pbx_registration", {"extension": "101", "action": "drop_all"}),
    ],
    ids=str,
)
def test_what_ends_is_shown_in_the_same_order_each_time(pbx: Emulator, module: str, args: Args) -> None:
    enliven(pbx, CASES[module])
    first = call(pbx, module, args, check=True)["diff"]
    assert first
    pbx.set_dialect(key_order="shuffled")
    assert [call(pbx, module, args, check=True)["diff"] for _again in range(3)] == [first] * 3


def test_a_file_that_is_not_there_is_no_fax(pbx: Emulator, tmp_path: Path) -> None:
    args = {"extension": "400", "action": "send", "dst_num": "100", "file": str(tmp_path / "none.pdf")}
    result = call(pbx, "pbx_fax_message", args)
    assert result["msg"].startswith(f"{tmp_path}/none.pdf cannot be read: No such file or directory")
    assert (result["failed"], result["changed"], pbx.writes()) == (True, False, [])


def test_what_a_list_of_calls_should_be(pbx: Emulator) -> None:
    pbx.fault("html", path="*/current_calls/")
    result = call(pbx, "pbx_call", {**CALL, "action": "hangup"})
    assert (result["failed"], pbx.writes()) == (True, [])
    assert result["msg"].startswith("GET /extension/5001/current_calls/: the answer (200) is not JSON")


def test_what_is_not_listed_anywhere_does_not_end_by_itself(pbx: Emulator) -> None:
    enliven(pbx, CASES["pbx_conference_control"])
    pbx.fault("status", method="PUT", status=404)
    result = call(pbx, "pbx_conference_control", {"extension": "500", "lock": True})
    assert result["msg"].startswith("PUT /extension/5017/conference/status/ found nothing")
    assert (result["failed"], result["changed"]) == (True, False)


def test_a_conference_may_answer_a_question_with_the_value_alone(pbx: Emulator) -> None:
    pbx.fault("json", method="GET", path="*/conference/status/", body=True)
    result = call(pbx, "pbx_conference_control", {"extension": "500", "lock": True})
    assert (result.get("msg"), result["changed"], pbx.writes()) == (None, False, [])


def test_there_is_nothing_to_choose_from_where_nobody_is_registered(pbx: Emulator) -> None:
    args = {"extension": "102", "action": "require", "registration_id": "a"}
    result = call(pbx, "pbx_registration", args)
    assert result["msg"] == 'extension "102" > registration "a": there is no registration'


def test_nothing_goes_on_at_a_phone_that_an_earlier_task_would_create(pbx: Emulator, tmp_path: Path) -> None:
    new = {"extension": "150"}
    tasks = [
        ("pbx_extension", {"number": "150", "type": "phone"}),
        ("pbx_registration", {**new, "action": "drop_all"}),
        ("pbx_registration", {**new, "action": "require"}),
        ("pbx_call", {**new, "call_api_id": "c1", "action": "hangup"}),
        ("pbx_speech_to_text", {**new, "call_api_id": "c1", **SPEECH}),
        ("pbx_callback", {**RING, **new}),
    ]
    previews = calls(pbx, tasks, tmp_path / "memory")
    stand_in = previews[-1]["callback"]["call_api_id"]
    ended = calls(pbx, [("pbx_call", {**new, "call_api_id": stand_in, "action": "hangup"})], tmp_path / "memory")
    assert [request.path for request in planned(ended[0])] == [f"/extension/<extension 150>/current_calls/{stand_in}"]
    assert pbx.writes() == []
    results = calls(pbx, tasks)
    for name in ("changed", "msg"):
        assert [one.get(name) for one in previews] == [one.get(name) for one in results]
    assert [one["changed"] for one in results] == [True, False, False, False, False, True]
    assert results[2]["msg"] == 'extension "150": there is no registration'


def test_a_conference_that_an_earlier_task_would_create_is_not_asked(pbx: Emulator, tmp_path: Path) -> None:
    tasks: list[tuple[str, Args]] = [
        ("pbx_extension", {"number": "510", "type": "conference"}),
        ("pbx_conference_control", {"extension": "510", "lock": True, "show": ["count"]}),
    ]
    control = calls(pbx, tasks, tmp_path / "memory")[-1]
    assert (control["changed"], control["status"]) == (True, {"count": None})
    assert [(request.method, request.body) for request in planned(control)] == [("PUT", {"lock": True})]


def test_who_is_not_in_a_conference_is_not_remembered(pbx: Emulator, tmp_path: Path) -> None:
    enliven(pbx, CASES["pbx_conference_control"])
    orders: list[Args] = [{"lock": True}, {"member_id": 9, "mute": True}, {"lock": True, "member_id": 9, "mute": True}]
    tasks = [("pbx_conference_control", {"extension": "500", **order}) for order in orders]
    assert [one["changed"] for one in calls(pbx, tasks, tmp_path / "memory")] == [True, False, False]


def test_a_conference_may_tell_a_thing_as_an_object(pbx: Emulator) -> None:
    pbx.fault("json", method="GET", path="*/conference/status/", body={"seconds": 4})
    result = call(pbx, "pbx_conference_control", {"extension": "500", "show": ["run_time"]})
    assert result["status"] == {"run_time": {"seconds": 4}}


@pytest.mark.parametrize(
    ("module", "args", "changes"),
    [
        ("pbx_conference_control", {"extension": "500", "lock": True}, [("lock", False, True)]),
        (
            "pbx_conference_control",
            {"extension": "500", "member_id": 3, "mute": True, "deaf": False},
            [("mute", False, True)],
        ),
        ("pbx_conference_control", {"extension": "500", "play_file": "Welcome"}, [("play_file", None, "Welcome")]),
        (
            "pbx_call",
            {**CALL, "action": "transfer", "send_dst": "200"},
            [("action", None, "transfer"), ("send_dst", None, "200")],
        ),
        (
            "pbx_registration",
            {"extension": "101", "action": "drop", "registration_id": "a"},
            [("device", "Desk", None), ("expires", 60, None), ("registration_id", "a", None)],
        ),
        (
            "pbx_fax_message",
            {"extension": "400", "action": "cancel", "message_id": "1201"},
            [("action", None, "cancel")],
        ),
    ],
    ids=str,
)
def test_an_order_is_shown_as_what_it_changes(
    pbx: Emulator, module: str, args: Args, changes: list[tuple[str, Any, Any]]
) -> None:
    enliven(pbx, CASES[module])
    result = call(pbx, module, args, check=True)
    assert result.get("msg") is None
    found = [(one["field"], one["from"], one["to"]) for one in result["plan"][0]["changes"]]
    assert [one for one in found if one[0] in {name for name, *_rest in changes} or one[2] is not None] == changes


def test_only_what_is_started_gets_a_stand_in(pbx: Emulator) -> None:
    file = {"dst_num": "100", "file": __file__}
    sent_fax = call(pbx, "pbx_fax_message", {"extension": "400", "action": "send", **file}, check=True)
    assert sent_fax["fax_message"]["id"] == "<fax 100>"
    again = call(pbx, "pbx_fax_message", {"extension": "400", "action": "retry", "message_id": "1201"}, check=True)
    assert again["fax_message"] == {}
