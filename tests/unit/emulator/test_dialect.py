# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each value of each switch has its effect, and nothing is left of it after a reset."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from tests.emulator.dialect import SWITCHES, Dialect
from tests.emulator.recorded import NEWER
from tests.emulator.seed import silence
from tests.emulator.sound_files import wav

from .conftest import Api

Probe = Callable[[Api], Any]
PROBES: dict[str, tuple[Probe, dict[str, Any]]] = {}
PHONE = f"/extension/{Api.PHONE}"
QUEUE = f"/extension/{Api.QUEUE}"
IVR = f"/extension/{Api.IVR}"


def probe(**expected: Any) -> Callable[[Probe], Probe]:
    """Register the expected findings of a probe under each value of the switch that it is named after."""

    def register(function: Probe) -> Probe:
        PROBES[function.__name__] = (function, {name.lstrip("_"): value for name, value in expected.items()})
        return function

    return register


@probe(any=[200, 200, 200], gzip=[400, 200, 400])
def accept_encoding(api: Api) -> Any:
    asked = ("identity", "gzip", "gzip, deflate")
    return [api("GET", "/user/", headers={"Accept-Encoding": one}).status_code for one in asked]


@probe(unchecked=201, checked=400)
def action_parameters(api: Api) -> Any:
    rule = api("POST", f"{PHONE}/incom_rule/", {"type": "transfer"}).status_code
    assert api("POST", f"{api.option()}/rules/", {"action": "play_sound"}).status_code == rule
    return rule


@probe(string="available", object={"status": "available", "name": "available"})
def agent_status(api: Api) -> Any:
    return api.get(f"{PHONE}/agent/701")["status"]


@probe(
    recent=({*NEWER["Extension"]}, "in", True, True, {*NEWER["Record"]}, True),
    older=({"public_caller_id_number"}, "IN", False, False, set(), False),
)
def answers(api: Api) -> Any:
    """The keys of extensions and records beyond the page, how a call is spelt, and the ids of a callback."""
    contract = api.emulator._pbx.contract
    extension = api.get(f"{PHONE}/extension/")
    assert extension == api.get("/client/@me/extension/", name="101")[0]
    api.emulator.insert("call", 5002, call_api_id="c1", call_flow="in", init_time_gmt="2026-01-01 10:00:00")
    call = api.get("/extension/5002/current_calls/")["call_list"][0]
    started = api.post(f"{PHONE}/callback/", src_num=["101"], dst_num="102")
    now = datetime.now(UTC)
    span = {"start_datetime": now - timedelta(days=1), "end_datetime": now + timedelta(hours=1)}
    record = api.get(f"{PHONE}/record/", **{name: f"{time:%Y-%m-%d %H:%M:%S}" for name, time in span.items()})[0]
    return (
        extension.keys() - contract.properties("Extension").keys(),
        call["call_flow"],
        call["init_time_gmt"].endswith(",5"),
        {"call_id", "subcall_id"} <= call.keys(),
        record.keys() - contract.properties("Record").keys(),
        started["call_api_id"] == started["call_id"],
    )


@probe(repeat=[], comma=[5001, 5013])
def array_query(api: Api) -> Any:
    return [entry["id"] for entry in api.get("/client/@me/extension/", name="101,200")]


@probe(omitted={"start_dow": 2, "end_dow": 6}, null=(None, None), zero=(0, None))
def condition_unset(api: Api) -> Any:
    body = {"name": "Week", "timezone": "UTC", "conditions": [{"start_dow": 2, "end_dow": 6}]}
    condition = api.post(f"{PHONE}/interval/", **body)["conditions"][0]
    return (condition["month"], condition["start_time"]) if "month" in condition else condition


@probe(plain="102 +74951234567", prefix="0100*102 +74951234567")
def destinations(api: Api) -> Any:
    rule = api.post(f"{PHONE}/incom_rule/", type="transfer", transfer_dst="102 +74951234567")
    return rule["transfer_dst"]


@probe(allowed=(204, 3005), refused=(409, 3005), cleared=(204, None))
def delete_referenced(api: Api) -> Any:
    rule = api.post(f"{PHONE}/incom_rule/", type="playfile", playfile_sound=3005)["id"]
    status = api("DELETE", "/client/@me/sound/3005").status_code
    return status, api.get(f"{PHONE}/incom_rule/{rule}")["playfile_sound"]


@probe(allowed=201, refused=400)
def duplicate_names(api: Api) -> Any:
    assert api.post(f"{PHONE}/agent/", name="Boris")
    return api("POST", f"{PHONE}/agent/", {"name": "Boris"}).status_code


@probe(string="name: required", map={"name": "required"}, html=None)
def error_body(api: Api) -> Any:
    answer = api("POST", f"{PHONE}/agent/", {})
    assert answer.status_code == 400
    return answer.json()["message"] if answer.headers["Content-Type"] == "application/json" else None


@probe(plain="0100*101", domain="0100*101@sip.pbx.invalid")
def extension_name(api: Api) -> Any:
    assert api.get(f"{PHONE}/phone/")["name"] == api.get(f"{PHONE}/extension/")["name"]
    return api.get("/client/@me/extension/", name="101")[0]["name"]


@probe(absent=False, present=True)
def extra_fields(api: Api) -> Any:
    return "_version" in api.get(f"{PHONE}/agent/701")


@probe(number=["5001", "[1, 2]"], text=["'5001'", "['1', '2']"], float=["5001.0", "[1.0, 2.0]"])
def id_spelling(api: Api) -> Any:
    for dummy in range(2):
        api.post(f"{PHONE}/incom_rule/", type="busy")
    order = api.get(f"{PHONE}/incom_rule/order/")["rules_ids"]
    return [repr(api.get(f"{PHONE}/extension/")["id"]), repr(order)]


@probe(string=("3", "1"), integer=(3, 1))
def integer_spelling(api: Api) -> Any:
    rule = api.post(f"{api.option()}/rules/", action="hangup", record_digits_max=3, voice_helper_digits_max=1)
    return rule["record_digits_max"], rule["voice_helper_digits_max"]


@probe(contract=True, shuffled=False)
def key_order(api: Api) -> Any:
    contract = list(api.emulator._pbx.contract.properties("Agent"))
    keys = list(api.get(f"{PHONE}/agent/701"))
    assert sorted(keys) == sorted(contract)
    return keys == contract


@probe(id=True, shuffled=False)
def list_order(api: Api) -> Any:
    pages = [api.get("/client/@me/extension/", page=page, per_page=6) for page in (1, 2, 3)]
    found = [entry["id"] for page in pages for entry in page]
    assert sorted(found) == list(range(5001, 5018)), "pages fit together"
    return found == sorted(found)


@probe(last=[1, 2], first=[2, 1])
def new_rule_position(api: Api) -> Any:
    for dummy in range(2):
        api.post(f"{PHONE}/incom_rule/", type="busy")
    return api.get(f"{PHONE}/incom_rule/order/")["rules_ids"]


@probe(null=(None, 200, 400), none=("None", 400, 200))
def null_choice(api: Api) -> Any:
    path = f"{QUEUE}/queue/"
    takes = [api("PUT", path, {"agent_hangup_action": value}).status_code for value in (None, "None")]
    assert api.put(path, agent_hangup_action="transfer")["agent_hangup_action"] == "transfer"
    unset = api.get(f"/extension/{Api.OTHER_QUEUE}/queue/")["agent_hangup_action"]
    return unset, *takes


@probe(stored=None, default=60)
def null_value(api: Api) -> Any:
    return api.put(f"{PHONE}/phone/", hangup_timeout=None)["hangup_timeout"]


@probe(hidden=[], visible=["hangup"])
def option_default_rule(api: Api) -> Any:
    option = api.option()
    start = option.replace("options/1", "options/start")
    found = [rule["action"] for rule in api.get(f"{option}/rules/")]
    assert [rule["action"] for rule in api.get(f"{start}/rules/")] == found
    return found


@probe(unchecked=201, checked=400)
def option_reference(api: Api) -> Any:
    option = api.option()
    jump = {"action": "jump_to_context", "context": int(option.split("/")[5]), "context_option": "7"}
    assert api("POST", f"{option}/rules/", {**jump, "context_option": "start"}).status_code == 201
    return api("POST", f"{option}/rules/", jump).status_code


@probe(_0=[1, 3, 2], _1=[3, 1, 2])
def order_position(api: Api) -> Any:
    option = api.option()
    for position in (None, None, "1"):
        place = {"order_position": position} if position else {}
        api.post(f"{option}/rules/", action="hangup", **place)
    return api.get(f"{option}/rules/order/")["rules_ids"]


@probe(none=60, _50=50, _10=10)
def page_cap(api: Api) -> Any:
    add_extensions(api, 60)
    return len(api.get("/client/@me/extension/", per_page=60))


@probe(_20=20, _100=27)
def page_size(api: Api) -> Any:
    add_extensions(api, 27)
    return len(api.get("/client/@me/extension/"))


@probe(_0=(0, 0), _1=(1, 1))
def queue_agent_default(api: Api) -> Any:
    agent = api.post("/extension/5002/agent/", name="B")["id"]
    entry = api.post(f"{QUEUE}/queue/agents/local/", agent_id=agent)
    return entry["level"], entry["position"]


@probe(agent=701, extension=Api.PHONE)
def queue_agent_ref(api: Api) -> Any:
    entry = api.get(f"{QUEUE}/queue/agents/local/")[0]
    assert api.get(f"{QUEUE}/queue/agents/local/701") == entry, "the path takes the agent's id"
    assert api.get(f"{QUEUE}/queue/agents/remote/")[0]["agent_id"] == 701
    return entry["agent_id"]


@probe(program=[2, 1], id=[1, 2])
def rule_list_order(api: Api) -> Any:
    for dummy in range(2):
        api.post(f"{PHONE}/incom_rule/", type="busy")
    api.put(f"{PHONE}/incom_rule/order/", rules_ids=[2, 1])
    assert api.get(f"{PHONE}/incom_rule/order/")["rules_ids"] == [2, 1]
    return [rule["id"] for rule in api.get(f"{PHONE}/incom_rule/")]


@probe(options=["start", "timeout", "invalid", "1"], flat=["start", "timeout", "invalid", "1"], absent=404)
def scheme(api: Api) -> Any:
    api.post(f"{api.option()}/rules/", action="voicemail")
    answer = api("GET", f"{IVR}/ivr/scheme/")
    if answer.status_code != 200:
        return answer.status_code
    options = answer.json()["contexts"][0]["options"]
    flat = isinstance(options, dict)
    assert flat == (api.emulator.control("GET", "dialect")["scheme"] == "flat")
    rules = options if flat else {option["digits"]: option["rules"] for option in options}
    assert [rule["action"] for rule in rules["1"]] == ["voicemail"]
    return list(rules)


@probe(kept=[("audio/wav", 88244), ("audio/mpeg", 8000)], converted=[("audio/wav", 8044)] * 2)
def sound_content(api: Api) -> Any:
    # Half a second each, the MP3 of 128 kbit/s.
    speech, song = wav(bytes(88200), rate=44100, channels=2), b"\xff\xfb\x90\x00" + bytes(7996)
    found = [download(api, upload(api, content)) for content in (speech, song)]
    assert found[0].content != download(api, upload(api, speech[:-1] + b"x")).content
    return [(one.headers["Content-Type"], len(one.content)) for one in found]


@probe(random=False, checksum=True)
def sound_filename(api: Api) -> Any:
    sound = upload(api, silence(0.2))
    return sound["filename"] == f"{hashlib.sha1(download(api, sound).content, usedforsecurity=False).hexdigest()}.wav"


@probe(utc=0, user=1)
def query_time(api: Api) -> Any:
    """The user is three hours ahead of the record."""
    api.emulator.insert("record", Api.PHONE, record_uuid="r", init_time_gmt="2026-01-01 10:00:00")
    span = "start_datetime=2026-01-01 12:59:59&end_datetime=2026-01-01 13:00:01"
    return len(api.get(f"{PHONE}/record/?{span}"))


@probe(sent="attachment; filename*=utf-8''", absent=None)
def file_name(api: Api) -> Any:
    disposition = download(api, api.get("/client/@me/sound/")[0]).headers.get("Content-Disposition")
    return disposition and disposition[:29]


@probe(merge=("music", "random", 30, True), replace=(None, None, 30, False), defaults=("ring", "round-robin", 30, True))
def singleton_put(api: Api) -> Any:
    api.put(f"{QUEUE}/queue/", sound_type="music", strategy="random", record_enabled=True)
    queue = api.put(f"{QUEUE}/queue/", max_wait_time=30)
    return queue["sound_type"], queue["strategy"], queue["max_wait_time"], queue["record_enabled"]


@probe(taken=(200, 20), refused=(400, 25))
def tenant_pages(api: Api) -> Any:
    for number in range(24):
        api.emulator.insert("extension_group", name=str(number), extra_params=None)
    path = "/client/@me/extension_group/"
    return api("GET", f"{path}?page=1&per_page=100").status_code, len(api.get(path))


@probe(number=[1, "*"], string=["1", "*"])
def to_option(api: Api) -> Any:
    helpers = [{"to_option": 1, "transcription": "yes|sure"}, {"to_option": "*", "transcription": "no"}]
    rule = api.post(f"{api.option()}/rules/", action="voice_helper", voice_helper_rules=helpers)
    return [entry["to_option"] for entry in rule["voice_helper_rules"]]


@probe(present=True, absent=False)
def token_expires_in(api: Api) -> Any:
    form = {
        "grant_type": "client_credentials",
        "client_id": api.emulator.app_id,
        "client_secret": api.emulator.app_secret,
    }
    return "expires_in" in requests.post(api.emulator.token_url, data=form, timeout=5).json()


@probe(gzip=["gzip", None], none=[None, None])
def compression(api: Api) -> Any:
    asked = ("gzip", "identity")
    answers = [api("GET", "/user/", headers={"Accept-Encoding": one}) for one in asked]
    assert answers[0].json() == answers[1].json()
    return [answer.headers.get("Content-Encoding") for answer in answers]


def upload(api: Api, content: bytes) -> Any:
    files = {"file": ("a", content)}
    return api.json("POST", "/client/@me/sound/", data={"title": "New"}, files=files)


def download(api: Api, sound: Any) -> requests.Response:
    return api("GET", f"{PHONE}/sound/{sound['id']}/download/")


def add_extensions(api: Api, total: int) -> None:
    for number in range(600, 600 + total - 17):
        api.post("/client/@me/extension/", name=str(number), type="phone")


def test_every_value_of_every_switch_has_a_probe() -> None:
    assert {name: set(found) for name, (dummy, found) in PROBES.items()} == {
        n: set(s.values) for n, s in SWITCHES.items()
    }


@pytest.mark.parametrize(("name", "value"), [(n, value) for n, switch in SWITCHES.items() for value in switch.values])
def test_switch(api: Api, name: str, value: str) -> None:
    function, expected = PROBES[name]
    api.emulator.set_dialect(**{name: value})
    assert function(api) == expected[value]


def test_a_reset_ends_a_dialect(api: Api) -> None:
    api.emulator.set_dialect(scheme="absent")
    api.emulator.reset()
    assert api.emulator.control("GET", "dialect") == {name: switch.values[0] for name, switch in SWITCHES.items()}


@pytest.mark.parametrize("wrong", [{"colour": "red"}, {"scheme": "tree"}])
def test_unknown_switches_and_values_are_refused(api: Api, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Dialect(wrong)
    with pytest.raises(ValueError, match=next(iter(wrong))):
        api.emulator.set_dialect(**wrong)
