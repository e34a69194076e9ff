# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets stay secret, and hiding them eats nothing else."""

from __future__ import annotations

import base64
import json
import re
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from tests.cases.inprocess import call, connections, remembered
from tests.emulator.server import Emulator
from tests.integration.playbooks import task
from tests.integration.test_paths import ORDINARY_LONG, PATHS
from tests.tools.ansible import Ansible, Run, local_host

# With characters that are spelled otherwise in a URL, in a form and in JSON. The PINs are too short for Ansible to
# blank them out wherever they occur, and do not occur by chance.
SECRETS = {
    "access_token": "canary-token/A+b=9",
    "app_secret": 'canary-app&secret%"1',
    "api_password": "canary-login päss'word",
    "phone_password": "canary-phone\\pass word",
    "user_password": "canary-üser'pass\"word",
    "conference_pin": "7Q3X",
    "replace_pin": "Q8Z",
    "room_pin": "W4J",
    "moderator_pin": "K9X2",
    # The parts of a webhook's address.
    "hook_login": "canary-bot:canary-hook",
    "hook_path": "canary/hook/path",
    "hook_query": "canary-hook-query",
}
URL = "https://{{ hook_login }}@h.example:8443/services/{{ hook_path }}?token={{ hook_query }}"
PINS = {"conference_pin": "{{ conference_pin }}", "replace_pin": "{{ replace_pin }}"}
RECORD = {"extension_id": "5001", "record": "5001-00000000000000000000000000000001"}
PHONE = {"extension": "101", "password": "{{ phone_password }}", **PINS}
USER = {"extension": "101", "login": "eva", "password": "{{ user_password }}"}
NEW_USER = {**USER, "name": "Eva", "email": "eva@example.com", "email_notify": True}
ROOM = {"extension": "500", "pin": "{{ room_pin }}", "moderator_pin": "{{ moderator_pin }}"}
EVENT = {"extension": "101", "event_type": "hangup", "method": "GET", "url": URL}
RULE = {"action": "call_interactive", "call_interactive_url": URL}
OPTION = {"extension": "300", "ivr_context": "canaries", "digits": "2"}
# A document is one option with secrets deep inside of it.
SETTINGS = {name: value for name, value in PHONE.items() if name != "extension"}
DOCUMENT = {"number": "104", "phone": {**SETTINGS, "hangup_timeout": 77}}
HOOKED = {"number": "102", "events": [{"event_type": "hangup", "method": "GET", "url": URL}],
          "agents": [{"name": f"Agent {number}"} for number in range(50)]}  # fmt: skip
# A call test names the addresses of webhooks.
WHOLE_URL = "'https://' ~ hook_login ~ '@h.example:8443/services/' ~ hook_path ~ '?token=' ~ hook_query"
# Ansible leaves the keys of a dictionary as they are written.
CALLS = [{"call": "104", "at": "2026-12-01 10:00 UTC", "webhooks": f"{{{{ {{({WHOLE_URL}): ['error']}} }}}}"}]
MENU = {"entry_context": "main", "contexts": [{"name": "main", "options": [{"digits": "start", "rules": [RULE]}]}]}
ASKING = {"number": "300", "type": "ivr", "ivr": MENU}
CALLED = {"offline": True, "extensions": [{**DOCUMENT, "type": "phone"}, ASKING], "tests": CALLS}
WRONG_DOCUMENT = {"number": "104", "phone": {**SETTINGS, "replace_pin": ["{{ replace_pin }}"], "no_such_field": 1}}


def spellings(secret: str) -> set[str]:
    """A secret as it is, and as JSON and Python would print it."""
    return {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1]}


def leaks(text: str) -> list[str]:
    found = [name for name, secret in SECRETS.items() if any(one in text for one in spellings(secret))]
    found += [secret for secret in ("canary-hook", "canary/") if secret in text]
    return found + [f"login of {user}" for user in ("u", "emulator-user-7f3a") if basic(user) in text]


def basic(user: str) -> str:
    """The credentials of a user as HTTP Basic authentication sends them (RFC 7617)."""
    return base64.b64encode(f"{user}:{SECRETS['api_password']}".encode()).decode()


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
            self._answer(200, {"replace_pin": SECRETS["replace_pin"], "pin": SECRETS["room_pin"]})
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


@ORDINARY_LONG
def test_s8_a_task_without_diff_has_none(pbx: Emulator, ansible: Ansible, env: dict[str, str]) -> None:
    connection = {"api_url": pbx.url, "access_token": "{{ access_token }}"}
    phone = {**connection, "extension": "101"}
    agents = [{"number": "101", "agents": []}]
    play = {
        "hosts": "all",
        "gather_facts": False,
        "tasks": [
            task("shown", "pbx_phone", {**phone, "hangup_timeout": 43}),
            task("quiet", "pbx_phone", {**phone, "hangup_timeout": 44}, diff=False),
            task("loop", "pbx_phone", {**phone, "hangup_timeout": "{{ item }}"}, loop=[44, 45], diff=False),
            task("export", "pbx_tenant_info", {**connection, "path": "{{ playbook_dir }}/north"}, diff=False),
            {
                "diff": False,
                "block": [task("refused", "pbx_tenant", {**connection, "extensions": agents, "max_deletes": 0})],
                "rescue": [task("carried out", "pbx_tenant", {**connection, "extensions": agents})],
            },
        ],
    }
    run = ansible.playbook([play], "--diff", inventory=hosts(), env=env)
    assert run.rc == 0, run.output
    assert "+hangup_timeout: 43" in run.stdout
    assert run.stdout.count("hangup_timeout:") == 2
    results = [one for task in run.tasks for one in (task.result, *task.result.get("results", []))]
    assert [one["plan"][0]["object"] for one in results if one.get("diff")] == ['extension "101" > phone']


@PATHS
def test_no_secret_is_shown(pbx: Emulator, ansible: Ansible, env: dict[str, str]) -> None:
    token = {"api_url": pbx.url, "access_token": "{{ access_token }}"}
    app = {"api_url": pbx.url, "app_id": pbx.app_id, "app_secret": "{{ app_secret }}"}
    login = {**app, "api_username": pbx.username, "api_password": "{{ api_password }}"}
    saved = {"plan_file": "{{ playbook_dir }}/plan.json"}
    # A process costs a second. On that path, each way of showing something is tried once.
    few = {"set", "loop", "basic", "user: set", "room: set", "refused", "document", "wrong document", "export"}
    few |= {"hook: set", "hook: plan", "calls"}
    tasks = [
        task("preview", "pbx_phone", {**token, **PHONE}, check_mode=True),
        task("set", "pbx_phone", {**token, **PHONE}),
        task("same", "pbx_phone", {**token, **PHONE, "update_password": "on_create"}),
        task("loop", "pbx_phone", {**login, **PHONE, "extension": "{{ item }}"}, loop=["102", "103"]),
        task("other", "pbx_phone", {**app, "extension": "101", "hangup_timeout": 45}),
        task("clear", "pbx_phone", {**login, "extension": "101", "unset": ["conference_pin"]}),
        task("basic", "pbx_media", {**login, **RECORD, "basic_auth": True, "dest": "{{ playbook_dir }}/x.wav"}),
        task("user: preview", "pbx_user", {**token, **NEW_USER}, check_mode=True),
        task("user: set", "pbx_user", {**token, **NEW_USER}),
        task("user: again", "pbx_user", {**token, **USER}),
        task("user: same", "pbx_user", {**token, **USER, "update_password": "on_create"}),
        task("user: read", "pbx_user_info", {**token, "extension": "101"}),
        task("user: remove", "pbx_user", {**token, **USER, "state": "absent"}),
        task("room: preview", "pbx_conference", {**token, **ROOM}, check_mode=True),
        task("room: set", "pbx_conference", {**token, **ROOM}),
        task("room: other", "pbx_conference", {**token, "extension": "500", "max_members": 5}),
        task("room: read", "pbx_conference_info", {**token, "extension": "500"}),
        task("room: clear", "pbx_conference", {**token, "extension": "500", "unset": ["pin"]}),
        task("room: wrong", "pbx_conference", {**token, **ROOM, "enter_sound": "No"}, ignore_errors=True),
        task("user: wrong", "pbx_user", {**token, **NEW_USER, "login": ""}, ignore_errors=True),
        task("refused", "pbx_phone", {**token, **PHONE, "hold_music": "None such"}, ignore_errors=True),
        task("wrong", "pbx_phone", {**login, **PHONE, "app_id": "other"}, ignore_errors=True),
        task("calls", "pbx_call_test", CALLED),
        task("calls: wrong", "pbx_call_test", {**CALLED, "tests": [{**CALLS[0], "from": 7}]}, ignore_errors=True),
        task("document", "pbx_tenant", {**token, "extensions": [DOCUMENT]}),
        task("wrong document", "pbx_tenant", {**token, "extensions": [WRONG_DOCUMENT]}, ignore_errors=True),
        task("export", "pbx_tenant_info", {**token, "extensions": ["104"]}),
        task("hook: preview", "pbx_event", {**token, **EVENT}, check_mode=True),
        task("hook: set", "pbx_event", {**token, **EVENT}),
        task("hook: change", "pbx_event", {**token, **EVENT, "method": "POST"}),
        task("hook: wrong", "pbx_event", {**token, **EVENT, "id": 4711}, ignore_errors=True),
        task("hook: unknown", "pbx_event", {**token, **EVENT, "no_such": 1}, ignore_errors=True),
        task("hook: plan", "pbx_tenant", {**token, "extensions": [HOOKED], **saved}, check_mode=True),
        task("hook: document", "pbx_tenant", {**token, "extensions": [HOOKED], **saved}),
        task("menu", "pbx_ivr_context", {**token, "extension": "300", "name": "canaries"}),
        task("option", "pbx_ivr_option", {**token, **OPTION, "rules": [RULE]}),
        task("option: remove", "pbx_ivr_option", {**token, **OPTION, "state": "absent"}),
        task("hook: remove", "pbx_event", {**token, **EVENT, "state": "absent"}),
        task("hook: all", "pbx_event", {**token, "extension": "102", "all": True, "state": "absent"}),
    ]
    play = {"hosts": "all", "gather_facts": False, "tasks": [one for one in tasks if not env or one["name"] in few]}
    reports = [ansible.folder / f"review.{ending}" for ending in ("html", "json", "md")]
    review = {"ANSIBLE_CALLBACKS_ENABLED": "telops.pbx.plan", "PBX_PLAN_REPORT": ",".join(map(str, reports))}
    run = ansible.playbook([play], "-vvvv", "--diff", inventory=hosts(), env={**env, **review})
    assert run.rc == 0, leaks(run.output) or run.output
    failed = {"refused", "wrong", "wrong document", "room: wrong", "user: wrong", "hook: wrong", "hook: unknown"}
    failed |= {"calls: wrong"}
    assert {result.name for result in run.tasks if result.status != "ok"} == failed & {t["name"] for t in play["tasks"]}
    assert any(entry["path"].endswith("/download/") for entry in pbx.log())
    assert leaks(shown(run)) == []
    for file in (*reports, ansible.folder / "plan.json"):
        text = file.read_text(encoding="utf-8")
        assert "h.example:8443/services/***" in text
        assert leaks(text) == []
    assert "reading the current state of" in run.output or env
    assert "********" in run.task("set").result["diff"][0]["after"]
    assert run.task("document").result["plan"][0]["body"]["hangup_timeout"] == 77
    assert "no_such_field" in run.task("wrong document").result["msg"]
    [exported] = run.task("export").result["tenant"]["extensions"]
    assert {exported["phone"][name] for name in PINS} == {"********"}
    assert "VALUE_SPECIFIED" not in json.dumps([r.result.get("plan") for r in run.tasks])


@ORDINARY_LONG
def test_no_secret_is_quoted_from_a_server(echo: str, ansible: Ansible, env: dict[str, str]) -> None:
    token = {"api_url": echo, "access_token": "{{ access_token }}", "extension_id": 5001}
    user = {"api_username": "u", "api_password": "{{ api_password }}"}
    login = {"app_id": "app", "app_secret": "{{ app_secret }}", **user}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "ignore_errors": True,
        "tasks": [
            task("declared", "pbx_phone", {**token, **SETTINGS}),
            task("only read", "pbx_phone", {**token, "hangup_timeout": 30}),
            task("room declared", "pbx_conference", {**token, "pin": "{{ room_pin }}", "moderator_pin": "1"}),
            task("room only read", "pbx_conference", {**token, "max_members": 3}),
            task("login", "pbx_phone", {"api_url": echo, "extension_id": 5001, **login}),
            task(
                "basic",
                "pbx_media",
                {**token, **user, "record": "1", "basic_auth": True, "dest": "{{ playbook_dir }}/x"},
            ),
        ],
    }
    run = ansible.playbook([play], "-vvv", "--diff", inventory=hosts(), env=env)
    assert {result.status for result in run.tasks} == {"failed"}
    assert leaks(shown(run)) == []
    for result in run.tasks:
        assert re.search("cannot use|no token Basic", result.result["msg"]), result.name
        assert "***" in result.result["msg"], result.name


@ORDINARY_LONG
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
    room = {"extension": "500", "pin": "500", "moderator_pin": "5017", "max_members": 500}
    connection = {"api_url": pbx.url, "access_token": "{{ access_token }}"}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "tasks": [
            task("phone", "pbx_phone", {**connection, **phone}),
            task("wrong", "pbx_phone", {**connection, **phone, "hold_music": "101"}, ignore_errors=True),
            task("room", "pbx_conference", {**connection, **room}),
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
    [step] = run.task("room").result["plan"]
    assert (step["path"], step["object"]) == ("/extension/5017/conference/", 'extension "500" > conference')
    assert run.task("room").result["conference"]["max_members"] == step["body"]["max_members"] == 500
    assert step["body"]["pin"] == step["body"]["moderator_pin"] == "********"
    assert run.task("wrong").result["msg"].startswith('extension "101": hold_music: there is no sound "101"; there are')


def test_every_secret_of_a_module_is_among_the_canaries() -> None:
    """Documents hold secrets deep inside of them."""
    own = {**PHONE, **USER, **ROOM, "extensions": DOCUMENT, "call_tests": CALLS, "tests": CALLS}
    assert {option for binding in MODULES.values() for option in binding.secrets} <= set(own)


def test_what_a_preview_remembers_holds_no_secret(pbx: Emulator, tmp_path: Path) -> None:
    memory = tmp_path / "memory"
    args = {"extension": "101", "password": SECRETS["phone_password"], "conference_pin": "7Q3X", "replace_pin": "Q8Z"}
    with connections():
        result = call(pbx, "pbx_phone", {**args, "hangup_timeout": 77}, check=True, memory=str(memory))
    assert result["changed"]
    file, [step] = remembered(memory)
    assert step["values"]["hangup_timeout"] == 77
    assert str(step["values"]["replace_pin"]) == "********"
    assert "password" not in step["values"]
    assert leaks(file.read_text(encoding="utf-8") + json.dumps(result, ensure_ascii=False)) == []
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
