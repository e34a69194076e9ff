# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals as a real server gives them: with a status of the contract, a JSON message and no effect."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.emulator.seed import silence
from tests.emulator.sound_files import wav

from .conftest import Api

AGENTS = "/extension/5001/agent/"
RULES = "/extension/5001/incom_rule/"
INTERVALS = "/extension/5001/interval/"
CONTEXTS = "/extension/5015/ivr/context/"
MORNING = {"start_time": "08:00:00", "end_time": "12:00:00"}


@pytest.mark.parametrize(
    ("method", "path", "body", "named"),
    [
        ("POST", AGENTS, {"name": "B", "colour": "red"}, "colour: unknown field"),
        ("POST", AGENTS, {}, "name: required"),
        ("POST", AGENTS, {"name": None}, "name: must be a string"),
        ("POST", AGENTS, {"name": 5}, "name: must be a string"),
        ("POST", AGENTS, {"name": "B", "wrap_up_time": "5"}, "wrap_up_time: must be an integer"),
        ("POST", AGENTS, {"name": "B", "wrap_up_time": 5.0}, "wrap_up_time: must be an integer"),
        ("POST", AGENTS, {"name": "B", "wrap_up_time": True}, "wrap_up_time: must be an integer"),
        ("POST", AGENTS, {"name": "B", "status": "away"}, "status: must be one of"),
        ("POST", AGENTS, {"name": "B", "agent_sound_id": 9}, "agent_sound_id: no sound 9"),
        ("POST", AGENTS, [], "body: must be an object"),
        ("PUT", f"{AGENTS}701", {"name": None}, "name: must be a string"),
        ("PUT", f"{AGENTS}701", {"id": 5}, "id: unknown field"),
        ("POST", RULES, {"type": "transfer", "interval": 1}, "interval: no interval 1"),
        ("POST", RULES, {"type": "cascade"}, "cascade_numbers: required with cascade"),
        ("POST", RULES, {"type": "cascade", "cascade_numbers": [{"delay": 1}]}, "cascade_numbers.0.number: required"),
        ("POST", RULES, {"type": "busy", "caller_id_action": "matches"}, "caller_id: required"),
        ("POST", RULES, {"type": "transfer", "transfer_dst": " ".join(["101"] * 11)}, "transfer_dst: at most 10"),
        ("POST", RULES, {"type": "playfile", "playfile_sound": 1}, "playfile_sound: no sound 1"),
        ("PUT", f"{RULES}order/", {"rules_ids": [1]}, "rules_ids: must be exactly"),
        ("POST", INTERVALS, {"name": "Day", "timezone": "Mars/Base", "conditions": [MORNING]}, "timezone: no time"),
        ("POST", INTERVALS, {"name": "Day", "timezone": "UTC", "conditions": [{"start_dow": 2}]}, "0.end_dow: the oth"),
        ("POST", INTERVALS, {"name": "Day", "timezone": "UTC", "conditions": [{"month": 13}]}, "conditions.0.month"),
        ("POST", INTERVALS, {"name": "Day", "timezone": "UTC", "conditions": [{"weekday": 1}]}, "conditions.0.weekday"),
        ("POST", CONTEXTS, {"name": "main", "options": []}, "options: unknown field"),
        ("PUT", "/extension/5015/ivr/", {"entry_context": 7}, "entry_context: no context 7"),
        ("PUT", "/extension/5013/queue/", {"sound": 1}, "sound: no sound 1"),
        ("PUT", "/extension/5013/queue/", {"exit_key": "12"}, "exit_key"),
        ("PUT", "/extension/5013/queue/", {"agent_hangup_action": "None"}, "agent_hangup_action: must be one of"),
        ("PUT", "/extension/5001/phone/", {"label": "Anna"}, "label: unknown field"),
        ("PUT", "/extension/5001/ani/", {"ani_number": "123"}, "ani_number: 123 is not a number of this client"),
        ("POST", "/extension/5013/queue/agents/local/", {"agent_id": 799}, "agent_id: no agent 799"),
        ("POST", "/extension/5013/queue/agents/local/", {"agent_id": 701}, "is in this queue already"),
        ("POST", "/extension/5001/event/", {"url": "nowhere", "event_type": "hangup", "method": "GET"}, "url"),
        ("POST", "/client/@me/extension/", {"name": "101", "type": "phone"}, "name: 101 exists already"),
        ("POST", "/client/@me/extension/", {"name": "1234", "type": "phone"}, "name: must be 3 digits"),
        ("POST", "/client/@me/extension/", {"name": "9999*120", "type": "phone"}, "name: the prefix"),
        ("PUT", "/client/@me/extension/5001", {"type": "queue"}, "type: unknown field"),
        ("PUT", "/client/@me/extension/5001", {"name": "120"}, "name: unknown field"),
        ("PUT", "/client/@me/extension/5001", {"extension_group_id": 5}, "extension_group_id: no extension_group 5"),
        ("PUT", "/client/@me/did/8001", {"extension_id": 7}, "extension_id: no extension 7"),
    ],
)  # fmt: skip
def test_refuses_a_wrong_body(api: Api, method: str, path: str, body: Any, named: str) -> None:
    before = api.emulator.state()
    message = api.refused(400, method, path, body)
    assert named in message
    assert api.emulator.state() == before


def test_names_every_wrong_field(api: Api) -> None:
    message = api.refused(400, "POST", AGENTS, {"wrap_up_time": "5", "colour": 1})
    assert sorted(part.split(":")[0] for part in message.split("; ")) == ["colour", "name", "wrap_up_time"]


@pytest.mark.parametrize("field", ["name", "timezone", "conditions"])
def test_interval_put_needs_all_three(api: Api, field: str) -> None:
    whole = {"name": "Day", "timezone": "UTC", "conditions": [MORNING]}
    path = f"{INTERVALS}{api.post(INTERVALS, **whole)['id']}"
    assert f"{field}: required" in api.refused(400, "PUT", path, {k: v for k, v in whole.items() if k != field})
    assert api.put(path, **{**whole, "name": "Night"})["name"] == "Night"


@pytest.mark.parametrize(
    ("path", "query", "named"),
    [
        (AGENTS, {"page": 1}, "page: unknown parameter"),
        ("/client/@me/extension/", {"page": 0}, "page: must be positive"),
        ("/client/@me/extension/", {"per_page": "x"}, "per_page: must be an integer"),
        ("/client/@me/sound/", {"own_only": "perhaps"}, "own_only: must be a boolean"),
        ("/extension/5001/record/", {}, "start_datetime: required"),
        (
            "/extension/5001/record/",
            {"start_datetime": "yesterday", "end_datetime": "2026-01-01 00:00:00"},
            "start_dat",
        ),
        (
            "/extension/5001/record/",
            {"start_datetime": "2026-01-15 00:00:00", "end_datetime": "2026-03-01 00:00:00"},
            "end_datetime: must not be after",
        ),
        ("/extension/5017/conference/status/", {"action": "dance"}, "action: must be one of"),
    ],
)
def test_refuses_a_wrong_query(api: Api, path: str, query: dict[str, Any], named: str) -> None:
    assert named in api.refused(400, "GET", path, params=query)


@pytest.mark.parametrize(
    "path",
    [
        "/extension/9/agent/",
        "/extension/abc/agent/",
        "/extension/@me/agent/",
        "/extension/5001/agent",
        "/extension/5001/agent/701/",
        "/extension/5001/agent/999",
        "/extension/5001/agent/x",
        "/extension/5002/agent/701",
        "/extension/5001/queue/",
        "/extension/5013/phone/",
        "/extension/5001/ivr/context/1/options/",
        "/extension/5001/nothing/",
        "/client/7/extension/",
        "/nothing",
    ],
)
def test_what_is_not_there_is_404(api: Api, path: str) -> None:
    assert api.refused(404, "GET", path)


@pytest.mark.parametrize(("method", "path"), [("PUT", AGENTS), ("POST", "/user/"), ("PATCH", f"{AGENTS}701")])
def test_a_method_that_the_contract_lacks_is_405(api: Api, method: str, path: str) -> None:
    assert api.refused(405, method, path)


@pytest.mark.parametrize(
    "header", [None, "Bearer nonsense-token", "Basic YTpi", "Bearer", "emulator-access-token-7f3a"]
)
def test_no_valid_token_is_401(api: Api, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    answer = requests.get(api.emulator.url + "/user/", headers=headers, timeout=5)
    assert answer.status_code == 401
    assert answer.json()["message"] == "Unauthorized"


@pytest.mark.parametrize(
    "options",
    [
        {"data": "not json", "headers": {"Content-Type": "application/json"}},
        {"data": '{"name": "A", "name": "B"}', "headers": {"Content-Type": "application/json"}},
        {"data": {"name": "A"}},
        {"data": "[" * 100_000, "headers": {"Content-Type": "application/json"}},
        {},
    ],
)
def test_a_body_that_is_not_one_json_object_is_400(api: Api, options: dict[str, Any]) -> None:
    api.refused(400, "POST", AGENTS, **options)


def test_a_sound_is_wav_or_mp3(api: Api) -> None:
    options = {"data": {"title": "New"}, "files": {"file": ("a.wav", b"no sound", "audio/wav")}}
    assert api.refused(400, "POST", "/client/@me/sound/", **options) == "file: must be WAV or MP3"
    assert "file: required" in api.refused(400, "POST", "/client/@me/sound/", files={"title": (None, "New")})
    for content, says in (
        (wav(b"\0" * 800, bits=32, code=3), "float samples are not supported"),
        (silence()[:-1], "the header is not complete"),
        (wav(b""), "the header is not complete"),
        (silence(700), "must not be larger than 10 MB"),
    ):
        options["files"] = {"file": ("a.wav", content, "audio/wav")}
        assert api.refused(400, "POST", "/client/@me/sound/", **options) == f"file: {says}"


def test_another_tenants_objects_are_out_of_reach(api: Api) -> None:
    other = api.emulator.add_client(seed="bare")
    api.session.headers["Authorization"] = f"Bearer {other['access_token']}"
    own = {entry["id"] for entry in api.get("/client/@me/extension/", per_page=100)}
    assert own.isdisjoint(range(5001, 5018))
    api.refused(403, "GET", AGENTS)
    api.refused(403, "GET", "/client/100/extension/")
    api.refused(404, "GET", "/client/@me/agent/local/701")
    extension = min(own)
    assert "no sound 3001" in api.refused(400, "PUT", f"/extension/{extension}/phone/", {"hold_music": 3001})
    assert api.get(f"/client/{other['client_id']}/did/")[0]["client_id"] == other["client_id"]


def user_token(api: Api, access: str) -> str:
    api.post(
        "/extension/5001/user/extension/",
        name="U", login="emulated.user", password="Long-unusual-8", email="u@b.example", access=access,
    )  # fmt: skip
    form = {
        "grant_type": "password", "client_id": api.emulator.app_id, "client_secret": api.emulator.app_secret,
        "username": "emulated.user", "password": "Long-unusual-8",
    }  # fmt: skip
    return str(requests.post(api.emulator.token_url, data=form, timeout=5).json()["access_token"])


def test_a_user_of_an_extension_sees_only_it(api: Api) -> None:
    api.session.headers["Authorization"] = f"Bearer {user_token(api, 'full')}"
    me = api.get("/user/")
    assert (me["extension_id"], me["client_id"]) == (5001, None)
    assert api.get("/extension/@me/agent/")[0]["id"] == 701
    api.refused(403, "GET", "/extension/5002/agent/")
    api.refused(403, "GET", "/client/@me/extension/")


def test_a_reader_may_not_write(api: Api) -> None:
    api.session.headers["Authorization"] = f"Bearer {user_token(api, 'read_only')}"
    assert api.get("/extension/@me/agent/")
    answer = api("POST", "/extension/@me/agent/", {"name": "B"})
    assert (answer.status_code, answer.json()["status"]) == (403, "user_access_type_deny")
