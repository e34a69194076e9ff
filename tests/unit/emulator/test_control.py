# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Log, state, reset, tenants and TLS: the requests of tests to the emulator itself."""

from __future__ import annotations

import pytest
import requests

from tests.emulator.server import Emulator

from .conftest import Api

AGENTS = "/extension/5002/agent/"


def test_log_tells_each_request(api: Api) -> None:
    api.get("/client/@me/extension/", page=1, type=["phone", "queue"])
    api("PUT", "/extension/5001/phone/", {"password": "Long-unusual-9", "replace_pin": None, "hangup_timeout": 5})
    api("GET", "/extension/5001/ivr/context/1/options/%23/rules/")
    first, second, third = api.emulator.log()
    assert (first["n"], first["method"], first["path"]) == (1, "GET", "/client/@me/extension/")
    assert first["query"] == {"page": ["1"], "type": ["phone", "queue"]}
    assert (first["status"], first["client_id"], first["body"]) == (200, 100, None)
    assert second["body"] == {"password": "***", "replace_pin": None, "hangup_timeout": 5}
    assert third["path"].endswith("/options/%23/rules/"), "as it was sent"
    assert first["time"] <= second["time"] <= third["time"]
    assert [entry["n"] for entry in api.emulator.writes()] == [2]


def test_control_requests_and_tokens_are_no_writes(api: Api) -> None:
    requests.post(api.emulator.token_url, timeout=5)
    api.emulator.fault("latency", ms=1)
    assert api.emulator.writes() == []
    assert [entry["path"] for entry in api.emulator.log()] == ["/oauth/token"]
    api.emulator.clear_log()
    assert api.emulator.log() == []


def test_reset_brings_the_seed_back(api: Api) -> None:
    def shape() -> list[tuple[int, str, str, int]]:
        return [(e["id"], e["number"], e["label"], len(e["agents"])) for e in api.emulator.state()["extensions"]]

    before = shape()
    api.post(AGENTS, name="Boris")
    api.json("DELETE", "/client/@me/extension/5003")
    assert shape() != before
    api.emulator.fault("status", count=0)
    api.emulator.reset()
    assert shape() == before
    assert api.get(AGENTS) == []


@pytest.mark.parametrize(
    ("seed", "extensions", "agents", "sounds"),
    [("demo", 17, 1, True), ("bare", 17, 0, True), ("new", 0, 0, True), ("empty", 0, 0, False)],
)
def test_seeds(api: Api, seed: str, extensions: int, agents: int, sounds: bool) -> None:
    api.emulator.reset(seed=seed)
    assert len(api.get("/client/@me/extension/", per_page=100)) == extensions
    assert len(api.get("/client/@me/agent/local/")) == agents
    assert bool(api.get("/client/@me/sound/")) == sounds
    api.emulator.reset()
    assert len(api.get("/client/@me/extension/")) == 17


def test_state_shows_what_is_stored_in_program_order(api: Api) -> None:
    api.emulator.set_dialect(rule_list_order="id", queue_agent_ref="extension")
    for name in ("a", "b"):
        api.post("/extension/5001/incom_rule/", type="busy", name=name)
    api.put("/extension/5001/incom_rule/order/", rules_ids=[2, 1])
    option = api.option()
    api.post(f"{option}/rules/", action="voicemail")
    state = api.emulator.state()
    extensions = {extension["number"]: extension for extension in state["extensions"]}
    assert [rule["name"] for rule in extensions["101"]["incom_rules"]] == ["b", "a"]
    assert [entry["agent_id"] for entry in extensions["200"]["queue_agents"]] == [701]
    options = {entry["digits"]: entry["rules"] for entry in extensions["300"]["contexts"][0]["options"]}
    assert [rule["action"] for rule in options["1"]] == ["voicemail"]
    assert options["start"] == []


def test_states_after_every_write() -> None:
    with Emulator("bare", record_states=True) as emulator:
        api = Api(emulator)
        api.post(AGENTS, name="Boris")
        api("POST", AGENTS, {})
        api.get(AGENTS)
        api.json("DELETE", f"{AGENTS}701")
        api.session.close()
        counts = [len(state["extensions"][1]["agents"]) for dummy, state in emulator.states()]
        methods = [entry["method"] for entry, dummy in emulator.states()]
    assert (methods, counts) == (["POST", "DELETE"], [1, 0])


def test_clients_are_made_with_their_own_credentials(api: Api) -> None:
    made = api.emulator.add_client(app_id="second-app-id", app_secret="second-app-secret", extension_len=4)
    form = {"grant_type": "client_credentials", "client_id": "second-app-id", "client_secret": "second-app-secret"}
    token = requests.post(api.emulator.token_url, data=form, timeout=5).json()["access_token"]
    api.session.headers["Authorization"] = f"Bearer {token}"
    assert api.get("/user/")["client_id"] == made["client_id"] != api.emulator.client_id
    assert api.get("/client/@me/extension/") == []
    assert api.post("/client/@me/extension/", name="1001", type="phone")["name"].endswith("*1001")
    assert len(api.emulator.state(made["client_id"])["extensions"]) == 1


def test_tls_needs_the_emulators_own_authority() -> None:
    with Emulator("empty", tls=True) as emulator:
        assert emulator.url.startswith("https://")
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(emulator.url + "/user/", timeout=5)
        assert requests.get(emulator.url + "/user/", verify=emulator.ca_path, timeout=5).status_code == 401
        assert len(emulator.log()) == 1
