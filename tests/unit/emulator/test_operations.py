# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every operation of the contract is answered, in the shape that the contract gives."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.emulator.call import HANDLERS
from tests.emulator.contract import Contract, Operation, load_document
from tests.emulator.recorded import MISSING, NEWER
from tests.emulator.seed import silence
from tests.emulator.validation import Validator

from .conftest import Api

CONTRACT = Contract(load_document())
OPERATIONS = sorted(CONTRACT.operations.values(), key=lambda operation: (operation.path, operation.method))
PAGE_OPERATIONS = 103
CALL = "1780000000-00000000-0000-4000-8000-000000000C01"
RECORD = "5001-00000000000000000000000000000001"
VOICEMAIL = "5001-000000000000000000000000000000f1"

CONDITIONS = [{"start_dow": 2, "end_dow": 6}]
BODIES: dict[str, Any] = {
    "url": "https://hooks.example/in", "event_type": "hangup", "method": "POST", "name": "Anna", "timezone": "UTC",
    "conditions": CONDITIONS, "mail": "a@b.example", "email": "a@b.example", "login": "anna.b", "password": "Long-un-9",
    "ani_number": "74950000101", "src_num": ["101"], "dst_num": "102", "digits": "77", "title": "New", "type": "hangup",
    "dial_rules": [{"match_exp": "^9", "repl_exp": "8"}], "variables": [{"var": "A", "value": "1"}], "direction": "in",
}  # fmt: skip
ACTIONS = {"current_calls": "hold", "speech_to_text": "stop", "valet_park": "park", "rules/": "hangup"}


def by_path(path: str) -> int:
    """The seeded extension that has the object of the path."""
    for part, extension in (
        ("/queue/", Api.QUEUE),
        ("/ivr/", Api.IVR),
        ("/fax/", Api.FAX),
        ("/conference/", Api.CONFERENCE),
    ):
        if part in path:
            return extension
    return Api.PHONE


def furnish(api: Api) -> dict[str, Any]:
    """One object of each kind; the path parameters that lead to them."""
    phone = f"/extension/{Api.PHONE}"
    option = api.option()
    context = option.split("/")[5]
    api.post(
        "/client/@me/phone_events/", url="https://hooks.example/", event_type="extension-call-status", method="GET"
    )
    api.emulator.insert("queue_member", Api.QUEUE, state="Waiting", number="74950000999", wait_time=7, call_api_id="m1")
    return {
        "client_id": "@me", "call_api_id": CALL, "chat_id": "chat-7f3a", "registration_id": "uloc-572b0ffb-6d47-001",
        "fax_uuid": "5016-000000000000000000000000000000e1", "message_id": 1201, "sound_id": 3001, "did_id": 8001,
        "agent_id": 701, "option_digits": "1", "context_id": context, "extension_group_id": 601,
        "event": api.post(f"{phone}/event/", url="https://hooks.example/", event_type="hangup", method="GET")["id"],
        "mail_notification": api.post(
            f"{phone}/mail_notification/", mail="a@b.example", event_type="call_failed_mail"
        )["id"],
        "incom_rule": api.post(f"{phone}/incom_rule/", type="busy")["id"],
        "rules": api.post(f"{option}/rules/", action="hangup")["id"],
        "interval": api.post(f"{phone}/interval/", name="Day", timezone="UTC", conditions=CONDITIONS)["id"],
        "tenant_interval": api.post("/client/@me/interval/", name="Day", timezone="UTC", conditions=CONDITIONS)["id"],
        "dial_rule_id": api.post("/client/@me/dial_rule/", dial_rules=BODIES["dial_rules"])["id"],
        "user_id": api.post(
            f"{phone}/user/extension/", name="U", login="someone.else", password="Long-unusual-8", email="u@b.example"
        )["id"],
    }  # fmt: skip


def address(operation: Operation, known: dict[str, Any]) -> str:
    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name == "extension_id":
            return str(by_path(operation.path))
        if name == "record_uuid":
            return VOICEMAIL if "/voicemail/" in operation.path else RECORD
        if name == "interval_id":
            return str(known["tenant_interval" if "/client/" in operation.path else "interval"])
        if name in ("id", "rule_id"):
            return str(known[operation.path[: match.start()].rstrip("/").rsplit("/", 1)[1]])
        return str(known[name])

    return re.sub(r"\{(\w+)\}", value, operation.path)


def valid_request(operation: Operation, known: dict[str, Any]) -> dict[str, Any]:
    options: dict[str, Any] = {"params": {}}
    for name in operation.required_query:
        now = datetime.now(UTC)
        moments = {"start_datetime": now - timedelta(days=2), "end_datetime": now + timedelta(days=1)}
        found = moments[name].strftime("%Y-%m-%d %H:%M:%S") if name in moments else operation.query[name]["enum"][0]
        options["params"][name] = found
    if operation.content_type == "multipart/form-data":
        assert operation.body is not None
        fields = [name for name in operation.body["required"] if name != "file"]
        options["data"] = {name: BODIES[name] for name in fields}
        options["files"] = {"file": ("sound.wav", silence(), "audio/wav")}
    elif operation.body is not None:
        body = {name: BODIES[name] for name in operation.body.get("required", ()) if name in BODIES}
        if "action" in operation.body.get("required", ()):
            body["action"] = next(action for part, action in ACTIONS.items() if part in operation.path)
        if "mail_notification" in operation.path:
            body["event_type"] = "call_failed_mail"
        if "rules_ids" in operation.body["properties"]:
            body["rules_ids"] = [known["rules" if "/ivr/" in operation.path else "incom_rule"]]
        if "agent_id" in operation.body["properties"]:
            body["agent_id"] = known["second_agent"]
        if operation.path == "/client/{client_id}/extension/":
            body.update(type="phone", name="119")
        options["json"] = body
    return options


def test_contract_is_complete() -> None:
    document = load_document()
    sources = [o["x-source"] for item in document["paths"].values() for o in item.values() if isinstance(o, dict)]
    assert sources.count("page") == PAGE_OPERATIONS
    assert set(CONTRACT.operations) <= set(HANDLERS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: f"{operation.method} {operation.path}")
def test_answers(api: Api, operation: Operation) -> None:
    known = furnish(api)
    known["second_agent"] = api.post(f"/extension/{Api.OTHER_PHONE}/agent/", name="Boris")["id"]
    options = valid_request(operation, known)
    if operation.path.endswith("/record/{record_uuid}/download/"):
        api.session.headers.pop("Authorization")
        options["auth"] = (api.emulator.username, api.emulator.password)
    answer = api(operation.method, address(operation, known), **options)
    assert answer.status_code == operation.status, answer.text
    assert int(answer.headers["X-RateLimit-Remaining"]) < int(answer.headers["X-RateLimit-Limit"])
    if operation.component is not None:
        model = CONTRACT.resolve({"$ref": f"#/components/schemas/{operation.component}"})
        found = answer.json()
        assert isinstance(found, list) == operation.is_list
        entries = found if operation.is_list else [found]
        assert entries, "nothing to look at"
        for entry in entries:
            Validator(model).validate(entry)
            if model.get("additionalProperties") is not True:
                newer, missing = (keys.get(operation.component, ()) for keys in (NEWER, MISSING))
                assert set(entry) == {*model["properties"], *newer} - {*missing}
    elif operation.status == 204:
        assert not answer.content


@pytest.mark.parametrize(
    "path",
    [
        f"/extension/5001/record/{RECORD}",
        f"/extension/5001/voicemail/{VOICEMAIL}",
        "/extension/5001/sound/3001/download/",
    ],
)
def test_files_have_content_and_a_name(api: Api, path: str) -> None:
    answer = api("GET", path)
    assert answer.content.startswith(b"RIFF")
    assert answer.headers["Content-Type"] == "audio/wav"
    assert ".wav" in answer.headers["Content-Disposition"]
