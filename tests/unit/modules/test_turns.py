# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts of one tenant that run in parallel take turns, in a preview as in the real run, and on either path."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api.settings import Settings
from ansible_collections.telops.pbx.plugins.module_utils._engine.read.memory import Memory
from ansible_collections.telops.pbx.plugins.module_utils._entry import Siblings
from ansible_collections.telops.pbx.plugins.module_utils._state.place import Pending
from tests.cases.case import Args
from tests.cases.inprocess import call, remembered
from tests.emulator.server import Emulator
from tests.tools.ansible import Ansible, local_host

HOLIDAYS = {"name": "Holidays", "timezone": "UTC", "conditions": [{"month": 12, "start_mday": 24, "end_mday": 26}]}
SHARED: tuple[tuple[str, Args], ...] = (
    ("pbx_tenant_interval", HOLIDAYS),
    ("pbx_extension", {"number": "190", "type": "phone"}),
    ("pbx_extension_group", {"name": "Sales"}),
    ("pbx_dial_rule", {"dial_rules": [{"match_exp": "^8", "repl_exp": "7"}]}),
    ("pbx_tenant", {"intervals": [HOLIDAYS], "extensions": [{"number": "190", "type": "phone"}]}),
)
HOSTS = 4


def together(pbx: Emulator, folder: Path, module: str, args: Args, check: bool) -> list[dict[str, Any]]:
    """The results of several hosts of one tenant that do the same at once; each reads before another has written."""
    pbx.fault("latency", count=0, ms=10)
    with ThreadPoolExecutor(HOSTS) as hosts:
        # Each host is a process of its own: its connection is one too.
        tasks = [{**args, "api_timeout": 30 + host} for host in range(HOSTS)]
        return list(hosts.map(lambda one: call(pbx, module, one, check=check, memory=str(folder)), tasks))


@pytest.mark.parametrize("check", [False, True], ids=["real", "check"])
@pytest.mark.parametrize(("module", "args"), SHARED, ids=[module for module, dummy in SHARED])
def test_w4_what_hosts_share_is_created_once(
    pbx: Emulator, tmp_path: Path, module: str, args: Args, check: bool
) -> None:
    results = together(pbx, tmp_path, module, args, check)
    assert [result.get("msg") for result in results] == [None] * HOSTS
    assert sorted(result["changed"] for result in results) == [False] * (HOSTS - 1) + [True]
    assert len(pbx.writes()) == (0 if check else len(args) if module == "pbx_tenant" else 1)


@pytest.mark.parametrize("check", [False, True], ids=["real", "check"])
@pytest.mark.parametrize(("module", "args"), SHARED, ids=[module for module, dummy in SHARED])
def test_w4_two_logins_of_a_tenant_create_once(
    pbx: Emulator, tmp_path: Path, module: str, args: Args, check: bool
) -> None:
    """Nobody knows that they are of one tenant before the answers to their first task have told it."""
    pbx.fault("latency", count=0, ms=5, most=15)
    app = {"access_token": None, "app_id": pbx.app_id, "app_secret": pbx.app_secret}
    with ThreadPoolExecutor(HOSTS) as hosts:
        tasks = [{**args, **(app if host % 2 else {}), "api_timeout": 30 + host} for host in range(HOSTS)]
        results = list(hosts.map(lambda one: call(pbx, module, one, check=check, memory=str(tmp_path)), tasks))
    assert [result.get("msg") for result in results] == [None] * HOSTS
    assert sorted(result["changed"] for result in results) == [False] * (HOSTS - 1) + [True]
    assert len(pbx.writes()) == (0 if check else len(args) if module == "pbx_tenant" else 1)
    # Who they are is asked where no answer has told it.
    asked = [entry for entry in pbx.log() if entry["path"] == "/user/"]
    assert len(asked) <= (0 if module in ("pbx_extension", "pbx_tenant") else 2)


def test_w4_a_creation_that_two_logins_planned_counts_once(pbx: Emulator, tmp_path: Path) -> None:
    assert call(pbx, "pbx_tenant_interval", HOLIDAYS, check=True, memory=str(tmp_path))["changed"]
    file, [step] = remembered(tmp_path)
    memory = Memory(str(tmp_path), [file.stem], lambda: file.parent.name)
    memory.add([step])
    assert call(pbx, "pbx_tenant_interval", HOLIDAYS, check=True, memory=str(tmp_path))["changed"] is False
    gone = {**step, "action": "delete"}
    memory.add([gone, step])
    assert [one["action"] for one in memory.steps()] == ["create", "delete", "create"]
    rule = {**step, "id": Pending("incom_rule", "hangup", number=1)}
    memory.add([rule, rule])
    assert len(memory.steps()) == 5


def test_w4_what_was_read_before_the_turn_of_another_is_read_again(
    pbx: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The items of a loop share the ids of names, and between two of them another host may create a missing object."""
    phone = {"number": "190", "type": "phone"}
    assert call(pbx, "pbx_extension", {**phone, "number": "191"}, memory=str(tmp_path))["changed"]
    with monkeypatch.context() as other:
        other.setattr(os, "getpid", lambda: 1)
        assert call(pbx, "pbx_extension", {**phone, "api_timeout": 29}, memory=str(tmp_path), shared=True)["changed"]
    again = call(pbx, "pbx_extension", phone, memory=str(tmp_path), shared=True)
    assert (again.get("msg"), again["changed"]) == (None, False)


def siblings(folder: Path | None, client: str) -> Siblings:
    return Siblings(str(folder) if folder else None, Settings("http://127.0.0.1/api/ver1.0", "token", client=client))


def test_w4_tenants_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with (
        siblings(tmp_path, "1").turn(),
        siblings(tmp_path, "2").turn(),
        siblings(None, "1").turn() as other,
    ):
        assert other is False


def test_w4_a_folder_without_locks_stops_nothing(tmp_path: Path) -> None:
    nowhere = tmp_path / "file" / "folder"
    nowhere.parent.touch()
    with siblings(nowhere, "1").turn() as other:
        assert other is False


def test_w4_hosts_of_one_play_as_ordinary_modules(emulator: Emulator, ansible: Ansible) -> None:
    emulator.fault("latency", count=0, ms=10)
    task = {"name": "holidays", "telops.pbx.pbx_tenant_interval": HOLIDAYS}
    defaults = {"group/telops.pbx.pbx": {"api_url": emulator.url, "access_token": emulator.access_token}}
    play = {"hosts": "all", "gather_facts": False, "module_defaults": defaults, "tasks": [task]}
    inventory = {"all": {"hosts": {f"phone{number}": local_host() for number in range(2)}}}
    run = ansible.playbook([play], inventory=inventory, env={"PBX_FAST_PATH": "0"})
    assert run.rc == 0, run.output
    assert (sorted(one.changed for one in run.tasks), len(emulator.writes())) == ([False, True], 1)


def test_o4_ordinary_modules_know_what_an_earlier_one_has_made(emulator: Emulator, ansible: Ansible) -> None:
    emulator.fault("lag", method="POST", count=0, reads=1)
    tasks = [
        {"telops.pbx.pbx_extension": {"number": "190", "type": "phone"}},
        {"telops.pbx.pbx_phone": {"extension": "190", "hangup_timeout": 30}},
        {"telops.pbx.pbx_agent": {"extension": "190", "name": "Eva"}},
        {"telops.pbx.pbx_agent_info": {"extension": "190"}, "register": "found"},
        {"ansible.builtin.assert": {"that": "found.agents | length == 1 and '_among' not in found"}},
    ]
    defaults = {"group/telops.pbx.pbx": {"api_url": emulator.url, "access_token": emulator.access_token}}
    play = {"hosts": "all", "gather_facts": False, "module_defaults": defaults, "tasks": tasks}
    run = ansible.playbook([play], inventory={"all": {"hosts": {"a": local_host()}}}, env={"PBX_FAST_PATH": "0"})
    assert run.rc == 0, run.output
    assert len(emulator.writes()) == 3
