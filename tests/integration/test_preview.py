# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A preview of a whole run is the run, on an empty tenant too: the same requests in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cases import CASES
from tests.cases.case import NUMBERS, Args, Case, Request
from tests.cases.files import fresh
from tests.cases.inprocess import call, calls, connections, fits, fits_in_any_order, planned, sent
from tests.emulator.server import Emulator
from tests.integration.playbooks import inventory, play, task
from tests.tools.ansible import Ansible

IVR = {"extension": "300"}
HOURS = {"start_dow": 2, "end_dow": 6, "start_time": "9:00", "end_time": "18:00"}


def menu(name: str, other: str) -> Iterator[tuple[str, Args]]:
    """A menu that leads to the other one and back."""
    place = {**IVR, "ivr_context": name}
    welcome = [{"action": "play_sound", "sound": "Welcome"}, {"action": "hangup"}]
    office = [{"action": "transfer", "transfer_dst": "200", "interval": "Working hours"}, {"action": "voicemail"}]
    yield "pbx_ivr_option", {**place, "digits": "start", "rules": welcome}
    yield "pbx_ivr_option", {**place, "digits": "*1", "rules": office}
    jump = {"action": "jump_to_context", "context": other, "context_option": "start"}
    yield "pbx_ivr_option", {**place, "digits": "#", "rules": [jump]}
    yield "pbx_ivr_option", {**place, "digits": "7"}
    rule = {**place, "option_digits": "7"}
    yield "pbx_ivr_rule", {**rule, "name": "bye", "action": "hangup", "hangup_cause": "busy"}
    yield "pbx_ivr_rule", {**rule, "name": "pause", "action": "play_silence", "silence_time": 100}
    yield "pbx_ivr_rule_order", {**rule, "rules": ["pause", "bye"]}
    yield "pbx_ivr_rule", {**rule, "name": "bye", "hangup_cause": "normal"}


def call_center() -> Iterator[tuple[str, Args]]:
    """A whole run, in which almost every task refers to an object of an earlier one."""
    yield "pbx_agent", {"extension": "101", "name": "Anna"}
    yield "pbx_agent", {"extension": "102", "name": "Boris", "agent_sound": "Please wait"}
    yield "pbx_queue", {"extension": "200", "strategy": "ring-all", "sound_type": "music", "sound": "Hold music"}
    yield "pbx_queue_agent", {"extension": "200", "agent": "101/Anna"}
    yield "pbx_queue_agent", {"extension": "200", "agent": "Boris", "level": 2}
    yield "pbx_interval", {**IVR, "name": "Working hours", "timezone": "Europe/Berlin", "conditions": [HOURS]}
    for name in ("main", "sales"):
        yield "pbx_ivr_context", {**IVR, "name": name}
    yield from menu("main", "sales")
    yield from menu("sales", "main")
    yield "pbx_ivr", {**IVR, "entry_context": "main", "vm_enabled": True, "vm_greeting": "Closed"}
    yield "pbx_incom_rule", {"extension": "101", "name": "first", "type": "transfer", "transfer_dst": "300"}
    yield "pbx_incom_rule", {"extension": "101", "name": "second", "type": "voicemail"}
    yield "pbx_incom_rule_order", {"extension": "101", "rules": ["second", "first"]}
    yield "pbx_event", {"extension": "300", "event_type": "hangup", "url": "https://crm.invalid/", "method": "GET"}
    # The same run changes and removes the objects that it has made.
    yield "pbx_agent", {"extension": "101", "name": "Anna", "wrap_up_time": 5}
    yield "pbx_ivr_context", {**IVR, "name": "sales", "description": "Sales"}
    yield "pbx_ivr_option", {**IVR, "ivr_context": "main", "digits": "*1", "rules": [{"action": "voicemail"}]}
    yield "pbx_ivr_option", {**IVR, "ivr_context": "sales", "digits": "7", "state": "absent"}
    yield "pbx_incom_rule", {"extension": "101", "name": "first", "state": "absent"}
    yield "pbx_queue_agent", {"extension": "200", "agent": "Boris", "state": "absent"}


RUN = list(call_center())

# The extensions of the run, and those that take their place where the run makes its own.
NEW = {
    "101": ("601", "phone"),
    "102": ("602", "phone"),
    "200": ("620", "queue"),
    "300": ("630", "ivr"),
    "400": ("640", "fax"),
    "500": ("650", "conference"),
}


def elsewhere(value: Any) -> Any:
    """Arguments with the numbers of the new extensions."""
    if isinstance(value, dict):
        return {name: elsewhere(part) for name, part in value.items()}
    if isinstance(value, list):
        return [elsewhere(part) for part in value]
    number, slash, name = str(value).partition("/")
    return NEW[number][0] + slash + name if number in NEW and isinstance(value, str) else value


def new_call_center() -> Iterator[tuple[str, Args]]:
    yield "pbx_extension_group", {"name": "New"}
    yield "pbx_dial_rule", {"dial_rules": [{"match_exp": "^0", "repl_exp": "00"}]}
    for number, kind in NEW.values():
        yield "pbx_extension", {"number": number, "type": kind, "extension_group": "New", "dial_rule": "^0 -> 00"}
    yield "pbx_phone", {"extension": "601", "hangup_timeout": 30, "vm_enabled": True}
    for name, args in RUN:
        yield name, elsewhere(args)
    yield "pbx_tenant_interval", {"name": "Holidays", "timezone": "UTC", "conditions": [{"month": 12}]}
    yield "pbx_incom_rule", {"extension": "601", "name": "closed", "type": "busy", "interval": "Holidays"}
    yield "pbx_did", {"name": "74950000101", "extension": "630", "allow_message": True, "message_extension": "601"}
    yield "pbx_extension", {"number": "620", "status": "blocked", "unset": ["extension_group"]}
    yield "pbx_extension", {"number": "602", "state": "absent"}


def foreseen(real: dict[str, Any], preview: dict[str, Any]) -> bool:
    """Whether a diff is the one that was announced, besides the state before: a preview cannot know the defaults of a
    server on creation. With the settings of a new extension, it takes all that is declared for a change."""
    lines = [[(d["after_header"], d["after"].splitlines()) for d in result["diff"]] for result in (real, preview)]
    if not any("<other settings>" in step["body"] for step in preview["plan"] if step["body"]):
        return lines[0] == lines[1]
    return all(set(done[1]) <= set(told[1]) and done[0] == told[0] for done, told in zip(*lines, strict=True))


@pytest.mark.parametrize("run", [RUN, list(new_call_center())], ids=["old extensions", "new extensions"])
@pytest.mark.parametrize("started", ["hidden", "visible"])
@pytest.mark.parametrize("listed", ["program", "id"])
@pytest.mark.parametrize("placed", ["last", "first"])
def test_a_preview_is_the_run(
    emulator: Emulator, tmp_path: Path, run: list[tuple[str, Args]], started: str, listed: str, placed: str
) -> None:
    emulator.reset(seed="bare")
    emulator.set_dialect(option_default_rule=started, rule_list_order=listed, new_rule_position=placed)
    dialect = {"option_default_rule": started, "new_rule_position": placed}
    memory = str(tmp_path / "memory")
    with connections():
        previews = [call(emulator, name, {**args, "dialect": dialect}, True, memory) for name, args in run]
        assert [preview.get("msg") for preview in previews] == [None] * len(run)
        assert emulator.writes() == []
        for number, (name, args) in enumerate(run):
            emulator.clear_log()
            real = call(emulator, name, {**args, "dialect": dialect})
            writes = [request for request in sent(emulator) if request.method != "GET"]
            where = (number, name, args)
            assert fits(planned(previews[number]), writes), where
            assert foreseen(real, previews[number]), where
            assert real["warnings"] == previews[number]["warnings"] == [], where
            assert (real["changed"], previews[number]["changed"]) == (bool(writes), bool(writes)), where


def test_the_preview_of_a_playbook_is_the_playbook(emulator: Emulator, ansible: Ansible) -> None:
    """For two tenants at once, which must not mix up their memories."""
    hosts = inventory(emulator, ["north", "south"])
    tasks = [task(f"{number}", name, args) for number, (name, args) in enumerate(RUN)]
    only_north = task("extra", "pbx_ivr_context", {**IVR, "name": "extra"}, when="inventory_hostname == 'north'")
    back = task("back", "pbx_ivr", {**IVR, "entry_context": "extra"}, ignore_errors=True)
    plays = [play("all", [*tasks, only_north, back])]
    preview = ansible.playbook(plays, "--check", inventory=hosts)
    assert preview.rc == 0, preview.output
    assert (preview.warnings, emulator.writes()) == ([], [])
    plans: dict[str, list[Any]] = {host: [] for host in ("north", "south")}
    for result in preview.tasks:
        plans[result.host].extend(planned(result.result) if result.status == "ok" else [])
    emulator.clear_log()
    real = ansible.playbook(plays, inventory=hosts)
    assert real.rc == 0, real.output
    tenants = {client["access_token"]: client["client_id"] for client in emulator.control("GET", "clients")}
    for host, plan in plans.items():
        tenant = tenants[hosts["all"]["hosts"][host]["access_token"]]
        mine = [entry for entry in emulator.writes() if entry["client_id"] == tenant]
        assert len(mine) > len(RUN)
        assert fits_in_any_order(plan, [Request(entry["method"], entry["path"], entry["body"]) for entry in mine])
    assert {t.host: t.status for t in preview.tasks if t.name == "back"} == {"north": "ok", "south": "failed"}


def desk(name: str, extension: str = "101", **keywords: Any) -> dict[str, Any]:
    return task(name, "pbx_phone", {"extension": extension, "hangup_timeout": 77}, **keywords)


def previews_in_a_run() -> list[dict[str, Any]]:
    """All that a playbook can declare to be a preview, each with the same change twice; and drift after plan."""
    here, new = {"check_mode": True}, {"number": "190", "type": "phone"}
    role = {"include_role": {"name": "telops.pbx.tenant", "apply": here}}
    tasks = [
        desk("a task", **here),
        desk("the same task again", **here),
        desk("items of a task", loop=[1, 2], **here),
        {"block": [desk("in a block"), {"block": [desk("further in the block")]}], **here},
        {"block": [desk("in another block")], "check_mode": "{{ 'yes' }}"},
        {"block": [desk("around a block"), {"block": [desk("in a block around"), desk("twice")], **here}], **here},
        {"name": "first role", **role},
        {"name": "second role", **role},
        {
            "block": [
                task("new", "pbx_extension", new, register="new"),
                task("a reader", "pbx_extension_info", {}, check_mode=False),
                desk("by its number", "190"),
                task("by its id", "pbx_agent", {"extension_id": "{{ new.extension.id }}", "name": "Zoe"}),
            ],
            **here,
        },
        desk("nowhere", "190", ignore_errors=True, **here),
    ]
    imported = [{"import_playbook": f"telops.pbx.{name}"} for name in ("plan", "drift")]
    return [play("all", tasks), play("all", [desk("in a play"), desk("further in the play")], **here), *imported]


@pytest.mark.parametrize("mode", [pytest.param((), marks=pytest.mark.long), ("--check",)], ids=["run", "check"])
def test_s7_a_preview_ends_with_what_is_declared_to_be_one(
    emulator: Emulator, ansible: Ansible, mode: tuple[str, ...]
) -> None:
    """And drift after plan does not say that all is well, in a preview of both neither."""
    hosts = inventory(emulator, ["north"])
    document = [{"number": "101", "phone": {"hangup_timeout": 77}}]
    connection = {"pbx_api_url": emulator.url, "pbx_access_token": emulator.access_token}
    hosts["all"]["vars"].update(pbx_extensions=document, **connection)
    run = ansible.playbook(previews_in_a_run(), *mode, inventory=hosts)
    assert emulator.writes() == []
    changed: dict[str, list[Any]] = {}
    for one in run.tasks:
        if one.action.startswith("telops.pbx.pbx_") and one.status != "skipped":
            found = one.result.get("results", [one.result])
            changed.setdefault(one.name, []).extend(item.get("changed") for item in found)
    name = "Apply the document to the tenant"
    assert changed == {
        "a task": [True],
        "the same task again": [True],
        "items of a task": [True, False],
        "in a block": [True],
        "further in the block": [False],
        "in another block": [True],
        "around a block": [True],
        "in a block around": [False],
        "twice": [False],
        "new": [True],
        "a reader": [False],
        "by its number": [True],
        "by its id": [True],
        "nowhere": [False],
        "in a play": [True],
        "further in the play": [False],
        name: [True, True, True, True],
    }
    assert run.task("nowhere").status == "failed"
    assert (run.rc, run.task("Expect nothing to do").status) == (2, "failed")


# The ids by which the steps of a case pick objects do not exist yet, nor do the objects that they look for on the PBX.
NOT_YET = re.compile(
    r'there is no (registration|recording "|(mail notification|user) with id )|cannot be changed to other@'
)


@pytest.mark.every_case
@pytest.mark.parametrize("case", [case for case in CASES.values() if case.extension], ids=lambda case: case.module)
def test_a_preview_of_an_extension_that_is_not_there_yet_asks_nothing_about_it(
    pbx: Emulator, tmp_path: Path, case: Case
) -> None:
    """By its number, which an earlier task gives it."""
    fresh()
    new = NEW[NUMBERS[case.extension or 0]][0]
    tasks: list[tuple[str, Args]] = [
        ("pbx_extension", {"number": number, "type": kind}) for number, kind in NEW.values()
    ]
    tasks += [(module, elsewhere(args)) for module, args in case.setup]
    tasks += [(case.module, {"extension": new, **elsewhere(step.args)}) for step in case.steps]
    for result in calls(pbx, tasks, tmp_path / "memory"):
        assert not result.get("failed") or NOT_YET.search(result["msg"]), result["msg"]
    assert not [entry["path"] for entry in pbx.log() if "<" in entry["path"] or "%3C" in entry["path"]]
    assert pbx.writes() == []
