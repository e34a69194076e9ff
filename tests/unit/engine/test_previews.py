# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The memory of a preview: it belongs to one preview and one tenant, and tasks understand its placeholders as ids."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cases.case import Args
from tests.cases.inprocess import call, planned
from tests.emulator.server import Emulator

Task = tuple[str, Args]

PHONE: Args = {"extension": "101", "hangup_timeout": 77}
NEW: Args = {"number": "190", "type": "phone"}
INTERVAL: Args = {"timezone": "UTC", "conditions": [{"month": 12}]}


def preview(pbx: Emulator, folder: Path, module: str, args: Args, *previews: str) -> dict[str, Any]:
    """One task of a preview; by default the whole run is one."""
    found = call(pbx, module, args, check=True, memory=str(folder), previews=previews or ("run",))
    assert not found.get("failed"), found["msg"]
    return found


def real(pbx: Emulator, folder: Path, module: str, args: Args) -> dict[str, Any]:
    found = call(pbx, module, args, memory=str(folder))
    assert not found.get("failed"), found["msg"]
    return found


def test_s7_what_a_preview_remembers_ends_with_it(pbx: Emulator, tmp_path: Path) -> None:
    for name in ("first", "second"):
        assert [preview(pbx, tmp_path, "pbx_phone", PHONE, name)["changed"] for dummy in "12"] == [True, False]


def test_s7_a_preview_inside_of_another_knows_more_and_tells_nothing(pbx: Emulator, tmp_path: Path) -> None:
    assert preview(pbx, tmp_path, "pbx_extension", NEW)["changed"]
    inner = ("run", "block")
    assert preview(pbx, tmp_path, "pbx_phone", {**PHONE, "extension": "190"}, *inner)["changed"]
    assert not preview(pbx, tmp_path, "pbx_phone", {**PHONE, "extension": "190"}, *inner)["changed"]
    assert preview(pbx, tmp_path, "pbx_phone", {**PHONE, "extension": "190"})["changed"]


@pytest.mark.parametrize(
    "task",
    [
        ("pbx_tenant_info", {}),
        ("pbx_phone", {"extension": "102", "hangup_timeout": None}),
        ("pbx_agent", {"extension": "101", "name": "Nobody", "state": "absent"}),
    ],
    ids=lambda task: task[0],
)
def test_s7_a_real_task_that_writes_nothing_leaves_the_memory_alone(pbx: Emulator, tmp_path: Path, task: Task) -> None:
    preview(pbx, tmp_path, "pbx_extension", NEW)
    assert not real(pbx, tmp_path, *task)["changed"]
    assert preview(pbx, tmp_path, "pbx_phone", {**PHONE, "extension": "190"})["changed"]


def test_s7_a_real_task_makes_true_what_a_preview_remembers(pbx: Emulator, tmp_path: Path) -> None:
    agent: Args = {"extension": "190", "name": "Zoe"}
    for task in (
        ("pbx_extension", {**NEW, "label": "Planned", "caller_id_name": "Planned"}),
        ("pbx_agent", {**agent, "wrap_up_time": 5}),
        ("pbx_tenant_interval", {"name": "Holidays", **INTERVAL}),
    ):
        assert preview(pbx, tmp_path, *task)["changed"]
    assert real(pbx, tmp_path, "pbx_extension", {**NEW, "label": "Real"})["changed"]
    # It is there only once, as it really is, and with the rest that was planned for it.
    found = preview(pbx, tmp_path, "pbx_extension_info", {"number": ["190"]})["extensions"]
    assert [(one["label"], one["caller_id_name"]) for one in found] == [("Real", "Planned")]
    assert not preview(pbx, tmp_path, "pbx_agent", agent)["changed"]
    assert preview(pbx, tmp_path, "pbx_agent_info", {"extension": "190"})["agents"][0]["wrap_up_time"] == 5
    # Where a real task creates an object as planned, nothing is left of the plan.
    real(pbx, tmp_path, "pbx_tenant_interval", {"name": "Holidays", **INTERVAL})
    real(pbx, tmp_path, "pbx_tenant_interval", {"name": "Holidays", "state": "absent"})
    assert preview(pbx, tmp_path, "pbx_tenant_interval", {"name": "Holidays", **INTERVAL})["changed"]


@pytest.mark.parametrize(
    ("module", "task", "info", "section"),
    [
        ("pbx_agent", {"extension": "101", "name": "Zoe"}, {"extension": "101"}, "agents"),
        ("pbx_extension", NEW, {"number": ["190"]}, "extensions"),
    ],
)
def test_s7_what_is_really_made_is_there_once(
    pbx: Emulator, tmp_path: Path, module: str, task: Args, info: Args, section: str
) -> None:
    assert preview(pbx, tmp_path, module, task)["changed"]
    assert real(pbx, tmp_path, module, task)["changed"]
    name = task.get("name", task.get("number"))
    found = preview(pbx, tmp_path, f"{module}_info", info)[section]
    assert [one["name"].endswith(name) for one in found].count(True) == 1
    assert not preview(pbx, tmp_path, module, task)["changed"]


def test_s7_what_is_really_changed_is_not_hidden_by_what_was_planned(pbx: Emulator, tmp_path: Path) -> None:
    preview(pbx, tmp_path, "pbx_phone", {**PHONE, "call_screening_enabled": True})
    real(pbx, tmp_path, "pbx_phone", {"extension": "101", "hangup_timeout": 55, "vm_mailto": "a@example.com"})
    again = preview(pbx, tmp_path, "pbx_phone", {**PHONE, "call_screening_enabled": True, "vm_mailto": "b@example.com"})
    changes = {change["field"]: change["from"] for change in again["plan"][0]["changes"]}
    assert changes == {"hangup_timeout": 55, "vm_mailto": "a@example.com"}


def test_s7_rules_of_a_menu_that_is_really_made_are_still_planned(pbx: Emulator, tmp_path: Path) -> None:
    menu: Args = {"extension": "300", "name": "main"}
    place: Args = {"extension": "300", "ivr_context": "main", "digits": "start", "rules": [{"action": "voicemail"}]}
    preview(pbx, tmp_path, "pbx_ivr_context", menu)
    assert preview(pbx, tmp_path, "pbx_ivr_option", place)["changed"]
    real(pbx, tmp_path, "pbx_ivr_context", menu)
    assert not preview(pbx, tmp_path, "pbx_ivr_option", place)["changed"]


def test_s7_one_tenant_has_one_memory(pbx: Emulator, tmp_path: Path) -> None:
    """Whichever login it is reached with, and by whichever address; and another tenant has another one."""
    logins: list[Args] = [
        {},
        {"access_token": None, "app_id": pbx.app_id, "app_secret": pbx.app_secret},
        {"client": str(pbx.client_id)},
        {"api_url": pbx.url.replace("127.0.0.1", "localhost")},
    ]
    preview(pbx, tmp_path, "pbx_extension", NEW)
    for login in logins:
        assert not preview(pbx, tmp_path, "pbx_extension", {**NEW, **login})["changed"], login
    other = pbx.add_client(seed="bare")
    assert preview(pbx, tmp_path, "pbx_extension", {**NEW, "access_token": other["access_token"]})["changed"]


@pytest.mark.parametrize(
    ("module", "args", "asked"),
    [
        # The list of extensions says it, that of agents does not.
        ("pbx_extension", NEW, 0),
        ("pbx_extension", {"number": "101"}, 0),
        ("pbx_agent", {"extension_id": 5002, "name": "Eva"}, 1),
    ],
    ids=["told", "nothing to remember", "not told"],
)
def test_s7_whose_the_credentials_are_is_asked_once_and_only_to_remember(
    pbx: Emulator, tmp_path: Path, module: str, args: Args, asked: int
) -> None:
    for dummy in range(2):
        preview(pbx, tmp_path, module, args)
    assert [entry["path"] for entry in pbx.log()].count("/user/") == asked


def test_s7_a_pbx_that_does_not_tell_whose_the_credentials_are_has_a_memory_for_each_login(
    pbx: Emulator, tmp_path: Path
) -> None:
    pbx.fault("status", status=403, path="/user/", count=0)
    assert [preview(pbx, tmp_path, "pbx_phone", PHONE)["changed"] for dummy in "12"] == [True, False]


# A task that makes something, the place of its id in the result, and tasks that take it where an id is accepted.
MADE: dict[str, tuple[Task, tuple[str, str], tuple[Task, ...]]] = {
    "extension_id": (
        ("pbx_extension", {"number": "191", "type": "phone"}),
        ("extension", "id"),
        (
            ("pbx_phone", {"extension_id": "ID", "hangup_timeout": 9}),
            ("pbx_agent", {"extension_id": "ID", "name": "Yan"}),
            ("pbx_did", {"name": "74950000101", "extension_id": "ID"}),
            ("pbx_extension", {"number": "191", "id": "ID", "label": "Desk"}),
            ("pbx_callback", {"extension_id": "ID", "src_num": ["191"], "dst_num": "102"}),
            ("pbx_tenant", {"dids": [{"name": "74950000101", "message_extension": "ID"}]}),
            ("pbx_phone_info", {"extension_id": "ID"}),
            ("pbx_extension_info", {"id": "ID"}),
            ("pbx_registration_info", {"extension_ids": ["ID"]}),
            ("pbx_media_info", {"extension_id": "ID", "sound": "Welcome"}),
        ),
    ),
    "agent": (
        ("pbx_agent", {"extension": "101", "name": "Zoe"}),
        ("agent", "id"),
        (
            ("pbx_queue_agent", {"extension": "200", "agent_id": "ID"}),
            ("pbx_agent", {"extension": "101", "id": "ID", "wrap_up_time": 5}),
            ("pbx_agent_info", {"extension": "101", "id": "ID"}),
            ("pbx_queue_agent", {"extension": "200", "agent": "ID", "state": "absent"}),
            ("pbx_agent", {"extension": "101", "id": "ID", "state": "absent"}),
        ),
    ),
    "the extension of an agent": (
        ("pbx_agent", {"extension": "190", "name": "Zoe"}),
        ("agent", "extension_id"),
        (("pbx_phone", {"extension_id": "ID", "hangup_timeout": 9}),),
    ),
    "a namesake": (
        ("pbx_agent", {"extension": "102", "name": "Anna"}),
        ("agent", "id"),
        (("pbx_queue_agent", {"extension": "201", "agent_id": "ID"}),),
    ),
    "group": (
        ("pbx_extension_group", {"name": "Desks"}),
        ("extension_group", "id"),
        (
            ("pbx_extension", {"number": "101", "extension_group_id": "ID"}),
            ("pbx_extension_group", {"id": "ID", "name": "Desks", "extra_params": "{}"}),
        ),
    ),
    "interval": (
        ("pbx_interval", {"extension": "101", "name": "Night", **INTERVAL}),
        ("interval", "id"),
        (
            ("pbx_incom_rule", {"extension": "101", "name": "night", "type": "busy", "interval": "ID"}),
            ("pbx_interval_info", {"extension": "101", "id": "ID"}),
        ),
    ),
    "interval of the tenant": (
        ("pbx_tenant_interval", {"name": "Holidays", **INTERVAL}),
        ("tenant_interval", "id"),
        (
            ("pbx_incom_rule", {"extension": "101", "name": "off", "type": "busy", "interval": "ID"}),
            ("pbx_tenant_interval_info", {"id": "ID"}),
        ),
    ),
    "context": (
        ("pbx_ivr_context", {"extension": "300", "name": "main"}),
        ("ivr_context", "id"),
        (
            ("pbx_ivr_option", {"extension": "300", "context_id": "ID", "digits": "1"}),
            ("pbx_ivr", {"extension": "300", "entry_context": "ID"}),
            ("pbx_ivr_option_info", {"extension": "300", "context_id": "ID"}),
            ("pbx_ivr_context_info", {"extension": "300", "id": "ID"}),
        ),
    ),
    "rule": (
        ("pbx_incom_rule", {"extension": "103", "name": "new", "type": "busy"}),
        ("incom_rule", "id"),
        (
            ("pbx_incom_rule_order", {"extension": "103", "rules": ["ID"]}),
            ("pbx_incom_rule", {"extension": "103", "id": "ID", "enabled": False}),
            ("pbx_incom_rule_info", {"extension": "103", "id": "ID"}),
        ),
    ),
}
BEFORE: tuple[Task, ...] = (
    ("pbx_extension", NEW),
    ("pbx_agent", {"extension": "101", "name": "Anna"}),
)


def with_id(value: Any, identity: str) -> Any:
    """Arguments with the id in its place."""
    if isinstance(value, dict):
        return {name: with_id(part, identity) for name, part in value.items()}
    if isinstance(value, list):
        return [with_id(part, identity) for part in value]
    return identity if value == "ID" else value


@pytest.mark.parametrize("name", MADE)
def test_s7_what_a_preview_returns_for_an_id_is_understood_wherever_an_id_is(
    pbx: Emulator, tmp_path: Path, name: str
) -> None:
    """And the preview is the run that follows."""
    (module, args), (returned, field), tasks = MADE[name]
    for one in BEFORE:
        preview(pbx, tmp_path, *one)
    stand_in = preview(pbx, tmp_path, module, args)[returned][field]
    plans = [planned(preview(pbx, tmp_path, task, with_id(given, stand_in))) for task, given in tasks]
    assert not [entry["path"] for entry in pbx.log() if "<" in entry["path"] or "%3C" in entry["path"]]
    assert pbx.writes() == []
    for one in BEFORE:
        assert not call(pbx, *one).get("failed")
    identity = str(call(pbx, module, args)[returned][field])
    for (task, given), plan in zip(tasks, plans, strict=True):
        done = call(pbx, task, with_id(given, identity))
        assert not done.get("failed"), done["msg"]
        assert [request.method for request in planned(done)] == [request.method for request in plan], (task, given)


@pytest.mark.parametrize("name", MADE)
def test_s7_without_a_memory_a_stand_in_is_taken_for_what_it_stands_for(pbx: Emulator, name: str) -> None:
    """As an ordinary module: with a warning, and nothing is asked about it."""
    (module, args), (returned, field), tasks = MADE[name]
    args = {**args, "extension": "101"} if args.get("extension") == "190" else args
    stand_in = call(pbx, module, args, check=True)[returned][field]
    pbx.clear_log()
    for task, given in tasks:
        result = call(pbx, task, with_id(given, str(stand_in)), check=True)
        assert not result.get("failed"), (task, result["msg"])
    assert not [entry["path"] for entry in pbx.log() if "<" in entry["path"] or "%3C" in entry["path"]]


@pytest.mark.parametrize("task", ["pbx_phone", "pbx_agent", "pbx_phone_info"])
def test_s7_a_stand_in_is_never_sent_in_earnest(pbx: Emulator, task: str) -> None:
    args: Args = {"name": "Zoe"} if task == "pbx_agent" else {}
    result = call(pbx, task, {"extension_id": "<extension 190>", **args})
    assert result["msg"] == (
        "extension_id: <extension 190> stands for the id that a preview expects for a new extension, and no earlier "
        "task of this task's own preview makes it; give both tasks the same check_mode"
    )
    assert pbx.writes() == []


def test_s7_a_name_that_is_nowhere_is_refused_in_a_preview(pbx: Emulator, tmp_path: Path) -> None:
    args: Args = {"extension": "190", "hangup_timeout": 5}
    result = call(pbx, "pbx_phone", args, check=True, memory=str(tmp_path), previews=("block",))
    assert result["msg"].startswith('there is no extension "190"')
