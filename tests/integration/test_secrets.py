# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets stay secret, and hiding them eats nothing else."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._engine.memory import Memory
from tests.cases.inprocess import call, connections
from tests.emulator.server import Emulator
from tests.integration.playbooks import task
from tests.tools.ansible import Ansible, Run, local_host

PATHS = pytest.mark.parametrize("env", [{}, {"PBX_FAST_PATH": "0"}], ids=["fast", "ordinary"])

# With characters that are spelled otherwise in a URL, in a form and in JSON. The last two are too short for Ansible
# to blank them out wherever they occur, and do not occur by chance.
SECRETS = {
    "access_token": "canary-token/A+b=9",
    "app_secret": 'canary-app&secret%"1',
    "api_password": "canary-login päss'word",
    "phone_password": "canary-phone\\pass word",
    "conference_pin": "7q3x",
    "replace_pin": "q8z",
}
PINS = {"conference_pin": "{{ conference_pin }}", "replace_pin": "{{ replace_pin }}"}
PHONE = {"extension": "101", "password": "{{ phone_password }}", **PINS}


def spellings(secret: str) -> set[str]:
    """A secret as it is, and as JSON and Python would print it."""
    return {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1]}


def leaks(text: str) -> list[str]:
    return [name for name, secret in SECRETS.items() if any(one in text for one in spellings(secret))]


def shown(run: Run) -> str:
    """All that a run has put out, and all that its tasks have returned."""
    return run.output + json.dumps([task.result for task in run.tasks], ensure_ascii=False)


def hosts(**variables: Any) -> dict[str, Any]:
    """The secrets come as variables, as they do from a vault."""
    return {"all": {"hosts": {"pbx": {**local_host(), **SECRETS, **variables}}}}


@pytest.fixture
def pbx(emulator: Emulator) -> Emulator:
    emulator.reset(
        access_token=SECRETS["access_token"], app_secret=SECRETS["app_secret"], password=SECRETS["api_password"]
    )
    return emulator


class Echo(BaseHTTPRequestHandler):
    """Answers every write, and every request for a token, with an error that quotes all that was sent."""

    protocol_version = "HTTP/1.1"

    def _answer(self, status: int, data: object) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        if self.headers["Authorization"] == f"Bearer {SECRETS['access_token']}":
            self._answer(200, {"hangup_timeout": 60, "replace_pin": SECRETS["replace_pin"]})
        else:
            self._answer(401, {"message": f"no token {self.headers['Authorization']}"})

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(400, {"message": f"cannot use {self.headers['Authorization']} {sent}"})

    do_PUT = do_POST

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def echo() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api/ver1.0"
        server.shutdown()


@PATHS
def test_no_secret_is_shown(pbx: Emulator, ansible: Ansible, env: dict[str, str]) -> None:
    token = {"api_url": pbx.url, "access_token": "{{ access_token }}"}
    app = {"api_url": pbx.url, "app_id": pbx.app_id, "app_secret": "{{ app_secret }}"}
    login = {**app, "api_username": pbx.username, "api_password": "{{ api_password }}"}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "tasks": [
            task("preview", "pbx_phone", {**token, **PHONE}, check_mode=True),
            task("set", "pbx_phone", {**token, **PHONE}),
            task("same", "pbx_phone", {**token, **PHONE, "update_password": "on_create"}),
            task("loop", "pbx_phone", {**login, **PHONE, "extension": "{{ item }}"}, loop=["102", "103"]),
            task("other", "pbx_phone", {**app, "extension": "101", "hangup_timeout": 45}),
            task("clear", "pbx_phone", {**login, "extension": "101", "unset": ["conference_pin"]}),
            task("refused", "pbx_phone", {**token, **PHONE, "hold_music": "None such"}, ignore_errors=True),
            task("wrong", "pbx_phone", {**login, **PHONE, "app_id": "other"}, ignore_errors=True),
        ],
    }
    run = ansible.playbook([play], "-vvv", "--diff", inventory=hosts(), env=env)
    assert run.rc == 0, leaks(run.output) or run.output
    assert [result.status for result in run.tasks] == ["ok"] * 6 + ["failed"] * 2
    assert leaks(shown(run)) == []
    assert "********" in run.task("set").result["diff"][0]["after"]
    assert "VALUE_SPECIFIED" not in json.dumps([r.result.get("plan") for r in run.tasks])


@PATHS
def test_no_secret_is_quoted_from_a_server(echo: str, ansible: Ansible, env: dict[str, str]) -> None:
    token = {"api_url": echo, "access_token": "{{ access_token }}", "extension_id": 5001}
    login = {
        "app_id": "app",
        "app_secret": "{{ app_secret }}",
        "api_username": "u",
        "api_password": "{{ api_password }}",
    }
    phone = {name: value for name, value in PHONE.items() if name != "extension"}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "ignore_errors": True,
        "tasks": [
            task("declared", "pbx_phone", {**token, **phone}),
            task("only read", "pbx_phone", {**token, "hangup_timeout": 30}),
            task("login", "pbx_phone", {"api_url": echo, "extension_id": 5001, **login}),
        ],
    }
    run = ansible.playbook([play], "-vvv", "--diff", inventory=hosts(), env=env)
    assert [result.status for result in run.tasks] == ["failed"] * 3
    assert leaks(shown(run)) == []
    for result in run.tasks:
        assert "cannot use" in result.result["msg"], result.name
        assert "***" in result.result["msg"], result.name


@PATHS
def test_a_short_pin_eats_nothing_else(pbx: Emulator, ansible: Ansible, env: dict[str, str]) -> None:
    phone = {
        "extension": "101",
        "conference_pin": "100",
        "replace_pin": "101",
        "hangup_timeout": 100,
        "intercom": 101,
        "external_number": "100",
        "transfer_caller_id_number": "74951001010",
    }
    connection = {"api_url": pbx.url, "access_token": "{{ access_token }}"}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "tasks": [
            task("phone", "pbx_phone", {**connection, **phone}),
            task("wrong", "pbx_phone", {**connection, **phone, "hold_music": "101"}, ignore_errors=True),
        ],
    }
    run = ansible.playbook([play], inventory=hosts(), env=env)
    assert run.rc == 0, run.output
    result = run.task("phone").result
    found = {name: result["phone"][name] for name in phone if name in result["phone"]}
    assert found == {name: value for name, value in phone.items() if name not in ("extension", *PINS)}
    assert result["phone"]["name"] == "0100*101"
    [step] = result["plan"]
    assert (step["path"], step["object"]) == ("/extension/5001/phone/", 'extension "101" > phone')
    assert (step["body"]["hangup_timeout"], step["body"]["external_number"]) == (100, "100")
    assert step["body"]["conference_pin"] == step["body"]["replace_pin"] == "********"
    assert "hangup_timeout: 100" in result["diff"][0]["after"]
    assert run.task("wrong").result["msg"].startswith('extension "101": hold_music: there is no sound "101"; there are')


def test_what_a_preview_remembers_holds_no_secret(pbx: Emulator, tmp_path: Path) -> None:
    memory = tmp_path / "memory"
    args = {"extension": "101", "password": SECRETS["phone_password"], "conference_pin": "7q3x", "replace_pin": "q8z"}
    with connections():
        result = call(pbx, "pbx_phone", {**args, "hangup_timeout": 77}, check=True, memory=str(memory))
    assert result["changed"]
    text = memory.read_text(encoding="utf-8")
    [step] = Memory(str(memory)).steps()
    assert step["values"]["hangup_timeout"] == 77
    assert leaks(text + json.dumps(result, ensure_ascii=False)) == []
    assert stat.S_IMODE(memory.stat().st_mode) == 0o600
