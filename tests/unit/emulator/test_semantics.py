# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The behaviour of each resource beyond storing the values that it gets (semantics.md section 5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.emulator.seed import silence

from .conftest import Api

PHONE = "/extension/5001"
QUEUE = "/extension/5013"
IVR = "/extension/5015"


def ids(entries: list[dict[str, Any]]) -> list[int]:
    return [entry["id"] for entry in entries]


def test_an_agent_has_the_printed_defaults(api: Api) -> None:
    agent = api.post("/extension/5002/agent/", name="Boris", wrap_up_time=3)
    assert (agent["status"], agent["busy_delay_time"], agent["wrap_up_time"]) == ("available", 10, 3)
    changed = api.put(f"/extension/5002/agent/{agent['id']}", wrap_up_time=4)
    assert (changed["wrap_up_time"], changed["name"]) == (4, "Boris")


def test_ids_count_within_their_extension_but_agents_and_sounds_do_not(api: Api) -> None:
    rules = [api.post(f"/extension/{number}/incom_rule/", type="busy")["id"] for number in (5001, 5002, 5001)]
    assert rules == [1, 1, 2]
    assert api.post("/extension/5002/agent/", name="B")["id"] == 702
    interval = {"name": "Day", "timezone": "UTC", "conditions": [{"month": 7}]}
    assert api.post(f"{PHONE}/interval/", **interval)["id"] == 1
    assert api.post("/client/@me/interval/", **interval)["id"] == 9001


def test_a_rule_may_use_the_intervals_of_its_extension_and_of_the_tenant(api: Api) -> None:
    interval = {"name": "Day", "timezone": "UTC", "conditions": [{"month": 7}]}
    own = api.post("/extension/5002/interval/", **interval)["id"]
    shared = api.post("/client/@me/interval/", **interval)["id"]
    assert api.post("/extension/5002/incom_rule/", type="busy", interval=own)["interval"] == own
    assert api.post(f"{PHONE}/incom_rule/", type="busy", interval=shared)["interval"] == shared
    api.refused(400, "POST", f"{PHONE}/incom_rule/", {"type": "busy", "interval": own})


def test_deleting_an_agent_takes_it_out_of_queues(api: Api) -> None:
    assert "in use" in api.refused(400, "DELETE", f"{PHONE}/agent/701", params={"remove_from_queues": "false"})
    assert api.get(f"{QUEUE}/queue/agents/local/")
    api.json("DELETE", f"{PHONE}/agent/701")
    assert api.get(f"{QUEUE}/queue/agents/local/") == []


def test_events_of_an_ivr(api: Api) -> None:
    event = {"url": "https://hooks.example/", "method": "GET"}
    for kind in ("dial-in", "dial-out", "answer"):
        assert "ivr-type" in api.refused(400, "POST", f"{IVR}/event/", {**event, "event_type": kind})
    created = api.post(f"{IVR}/event/", **event, event_type="hangup")
    assert "ivr-type" in api.refused(400, "PUT", f"{IVR}/event/{created['id']}", {"event_type": "answer"})
    api.post(f"{IVR}/event/", **event, event_type="hangup")
    assert len(api.get(f"{IVR}/event/")) == 2, "duplicates are allowed"
    api.json("DELETE", f"{IVR}/event/")
    assert api.get(f"{IVR}/event/") == []


def test_the_order_of_incoming_rules(api: Api) -> None:
    for name in ("a", "b", "c"):
        api.post(f"{PHONE}/incom_rule/", type="busy", name=name)
    order = f"{PHONE}/incom_rule/order/"
    assert api.get(order) == {"rules_ids": [1, 2, 3]}
    assert api.put(order, rules_ids=[3, 1, 2]) == {"rules_ids": [3, 1, 2]}
    assert ids(api.get(f"{PHONE}/incom_rule/")) == [3, 1, 2]
    for wrong in ([1, 2], [1, 2, 3, 3], [1, 2, 4]):
        api.refused(400, "PUT", order, {"rules_ids": wrong})
    api.json("DELETE", f"{PHONE}/incom_rule/1")
    assert api.get(order) == {"rules_ids": [3, 2]}


def test_a_context_has_three_options_that_stay(api: Api) -> None:
    context = f"{IVR}/ivr/context/{api.post(f'{IVR}/ivr/context/', name='main')['id']}"
    assert [option["digits"] for option in api.get(f"{context}/options/")] == ["start", "timeout", "invalid"]
    for digits in ("start", "timeout", "invalid"):
        assert "cannot be deleted" in api.refused(400, "DELETE", f"{context}/options/{digits}")
        assert "exists already" in api.refused(400, "POST", f"{context}/options/", {"digits": digits})
    assert api.post(f"{context}/options/", digits="*")["digits"] == "*"
    api.post(f"{context}/options/*/rules/", action="voicemail")
    api.post(f"{context}/options/", digits="#")
    assert api.post(f"{context}/options/%23/rules/", action="voicemail")["action"] == "voicemail"
    api.json("DELETE", f"{context}/options/%23")
    api.json("DELETE", context)
    assert api.emulator.state()["extensions"][14]["contexts"] == []
    api.refused(404, "GET", f"{context}/options/")


def test_rules_of_an_option(api: Api) -> None:
    option = api.option()
    context = int(option.split("/")[5])
    other = api.post(f"{IVR}/ivr/context/", name="other")["id"]
    rule = api.post(f"{option}/rules/", action="jump_to_context", context=other, context_option="start")
    assert (rule["context"], rule["final"], rule["hangup_cause"]) == (other, True, "normal")
    second = api.post(f"{IVR}/ivr/context/{other}/options/start/rules/", action="jump_to_context", context=context)
    assert second["id"] == rule["id"] + 1, "ids of rules count over the whole extension"
    api.refused(404, "GET", f"{option}/rules/{second['id']}")
    api.refused(400, "POST", f"{option}/rules/", {"action": "jump_to_context", "context": 77})
    assert api.put(f"{option}/rules/{rule['id']}", action="hangup", hangup_cause="busy")["hangup_cause"] == "busy"
    first = api.post(f"{option}/rules/", action="play_sound", sound=3001, order_position="0")
    assert api.get(f"{option}/rules/order/") == {"rules_ids": [first["id"], rule["id"]]}
    assert "order_position" not in first


def test_a_queue_that_rings_has_no_sound(api: Api) -> None:
    assert api.put(f"{QUEUE}/queue/", sound_type="music", sound=3003)["sound"] == 3003
    assert api.put(f"{QUEUE}/queue/", strategy="random")["sound"] == 3003
    assert api.put(f"{QUEUE}/queue/", sound_type="ring")["sound"] is None
    assert api.put(f"{QUEUE}/queue/", sound=3003)["sound"] is None


def test_agents_of_a_queue(api: Api) -> None:
    agent = api.post("/extension/5002/agent/", name="Boris")["id"]
    path = f"{QUEUE}/queue/agents/local/"
    assert api.post(path, agent_id=agent, level=2, position=5) == {"agent_id": agent, "level": 2, "position": 5}
    assert api.put(f"{path}{agent}", level=1) == {"agent_id": agent, "level": 1, "position": 5}
    assert "already" in api.refused(400, "POST", path, {"agent_id": agent})
    assert [status["name"] for status in api.get(f"{QUEUE}/queue/status/agents/")] == ["Anna", "Boris"]
    api.json("DELETE", f"{path}{agent}")
    api.refused(404, "DELETE", f"{path}{agent}")


def test_ani_is_taken_and_answered_under_two_names(api: Api) -> None:
    assert api.get(f"{PHONE}/ani/") == {"default": None}
    assert api.put(f"{PHONE}/ani/", ani_number="74950000101") == {"default": "74950000101"}
    assert api.get(f"{PHONE}/ani/") == {"default": "74950000101"}


def test_passwords_are_never_answered(api: Api) -> None:
    api.put(f"{PHONE}/phone/", password="Long-unusual-7")
    api.put("/extension/5017/conference/", pin="Long-unusual-6")
    user = api.post(f"{PHONE}/user/extension/", name="U", login="u.u", password="Long-unusual-8", email="u@b.example")
    assert "password" not in user
    assert "password" not in api.get(f"{PHONE}/phone/")
    assert "Long-unusual-8" not in str(api.emulator.state())
    assert "Long-unusual-6" not in str(api.emulator.log())


def test_logins_are_unique(api: Api) -> None:
    user = {"name": "U", "login": "u.u", "password": "Long-unusual-8", "email": "u@b.example"}
    number = api.post(f"{PHONE}/user/extension/", **user)["id"]
    assert "login" in api.refused(400, "POST", "/extension/5002/user/extension/", user)
    assert api.get(f"{PHONE}/user/extension/", login=["u.u", "v"])[0]["id"] == number
    assert api.get(f"{PHONE}/user/extension/", status="blocked") == []
    assert "login: unknown field" in api.refused(400, "PUT", f"{PHONE}/user/extension/{number}", {"login": "w"})


def test_extensions_come_blocked_and_go_with_all_they_had(api: Api) -> None:
    created = api.post("/client/@me/extension/", name="120", type="phone")
    assert (created["name"], created["status"]) == ("0100*120", "blocked")
    assert api.put(f"/client/@me/extension/{created['id']}", status="active", label="New")["label"] == "New"
    assert api.get(f"/extension/{created['id']}/phone/")["label"] == "New"
    api.put("/client/@me/did/8001", extension_id=5001)
    api.json("DELETE", "/client/@me/extension/5001")
    assert api.get(f"{QUEUE}/queue/agents/local/") == []
    assert api.get("/client/@me/did/8001")["extension_id"] is None
    assert api.get("/client/@me/agent/local/") == []
    api.refused(404, "GET", f"{PHONE}/agent/")


def test_extensions_are_filtered_and_paged(api: Api) -> None:
    path = "/client/@me/extension/"
    assert ids(api.get(path, type=["queue", "fax"])) == [5013, 5014, 5016]
    assert ids(api.get(path, name="101")) == [5001]
    assert ids(api.get(path, page=2, per_page=5)) == [5006, 5007, 5008, 5009, 5010]
    assert api.get(path, page=5, per_page=5) == []


def test_sounds_are_uploaded_replaced_and_renamed(api: Api) -> None:
    upload = {"data": {"title": "New"}, "files": {"file": ("a.wav", silence(0.2), "audio/wav")}}
    sound = api.json("POST", "/client/@me/sound/", **upload)
    assert sound["filename"].endswith(".wav")
    download = f"{PHONE}/sound/{sound['id']}/download/"
    assert api("GET", download).content == silence(0.2)
    api.json("POST", f"/client/@me/sound/{sound['id']}", files={"file": ("b.wav", silence(0.3), "audio/wav")})
    assert api("GET", download).content == silence(0.3)
    assert api.put(f"/client/@me/sound/{sound['id']}", title="Newer")["title"] == "Newer"
    assert ids(api.get(f"{PHONE}/sound/", title="Newer")) == [sound["id"]]
    api.json("DELETE", f"/client/@me/sound/{sound['id']}")
    api.refused(404, "GET", download)


def test_records_are_those_of_the_span(api: Api) -> None:
    def moment(**back: int) -> str:
        return (datetime.now(UTC) - timedelta(**back)).strftime("%Y-%m-%d %H:%M:%S")

    span = {"start_datetime": moment(minutes=15), "end_datetime": moment(minutes=-1)}
    assert [r["record_uuid"][-1] for r in api.get(f"{PHONE}/record/", **span)] == ["1"]
    span["start_datetime"] = moment(minutes=30)
    assert [r["record_uuid"][-1] for r in api.get(f"{PHONE}/record/", **span)] == ["1", "2"]
    assert [r["record_uuid"][-1] for r in api.get(f"{PHONE}/record/", **span, order="asc")] == ["2", "1"]
    assert api.get(f"{PHONE}/record/stats/", **span)["records_count"] == 2


def test_calls_are_transferred_hung_up_and_called_back(api: Api) -> None:
    calls = f"{PHONE}/current_calls/"
    call = f"{calls}{api.get(calls)['call_list'][0]['call_api_id']}"
    assert "send_dst" in api.refused(400, "PUT", call, {"action": "transfer"})
    api.put(call, action="hold")
    api.put(call, action="transfer", send_dst="102")
    assert api.get(calls) == {"call_list": []}
    api.refused(404, "DELETE", call)
    made = api.post(f"{PHONE}/callback/", src_num=["101"], dst_num="102")
    assert [c["call_api_id"] for c in api.get(calls)["call_list"]] == [made["call_api_id"].upper()]
    api.json("DELETE", f"{calls}{made['call_api_id']}")
    api.post("/client/@me/variables/", variables=[{"var": "DESK", "value": "102"}])
    made = api.post("/extension/@{DESK}/callback/", src_num=["101"], dst_num="103")
    assert [c["extension_id"] for c in api.get("/extension/5002/current_calls/")["call_list"]] == [5002]
    assert made["call_api_id"] == made["call_id"]


def test_registrations_are_listed_and_dropped(api: Api) -> None:
    many = api.get("/extension/registration/", extension_id=[5001, 5002])
    assert [(entry["extension_id"], entry["registered"]) for entry in many] == [(5001, True), (5002, False)]
    api.json("DELETE", f"{PHONE}/registration/uloc-572b0ffb-6d47-001")
    assert api.get(f"{PHONE}/registration/") == {"registered": False, "extension_id": 5001, "registrations": []}


def test_live_switches(api: Api) -> None:
    api.put("/extension/5017/conference/status/", lock=True)
    assert api.get("/extension/5017/conference/status/", action="is_locked") == {"is_locked": True}
    assert api.json("PUT", "/extension/5016/fax/out/1201", params={"action": "retry"})["status"] == "queued"
    assert api.put(f"{PHONE}/chat/chat-7f3a/messages/", read=True)["read"] is True
    api.json("DELETE", f"{PHONE}/chat/chat-7f3a/messages/")
    api.refused(404, "PUT", f"{PHONE}/chat/chat-7f3a/messages/", {"read": True})


@pytest.mark.parametrize("states", [["Waiting", "Waiting", "Answered"], []])
def test_queue_status_counts_callers(api: Api, states: list[str]) -> None:
    for state in states:
        api.emulator.insert("queue_member", Api.QUEUE, state=state)
    assert api.get(f"{QUEUE}/queue/status/")["waiting_members"] == states.count("Waiting")
    assert len(api.get(f"{QUEUE}/queue/status/members/")) == len(states)
