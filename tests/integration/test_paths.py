# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fast path and the ordinary module are two ways to the same result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cases import CASES
from tests.cases.case import Case
from tests.cases.inprocess import MODULES, call
from tests.emulator.connection import Protocol
from tests.emulator.server import Emulator
from tests.integration.invariants import CHANCE, without
from tests.integration.playbooks import UNKNOWN, besides_findings, inventory, play, task
from tests.tools.ansible import Ansible, Run, TaskResult

SLOW = {"PBX_FAST_PATH": "0"}
FAILING = ("unknown option", "refused")
PATHS = pytest.mark.parametrize("env", [{}, SLOW], ids=["fast", "ordinary"])
# A process for each task takes long.
ORDINARY_LONG = pytest.mark.parametrize(
    "env", [{}, pytest.param(SLOW, marks=pytest.mark.long)], ids=["fast", "ordinary"]
)

# A connection that reaches this machine, but not under the name "local".
ELSEWHERE = """
from ansible.plugins.connection.local import Connection as Local

DOCUMENTATION = "name: elsewhere\\nshort_description: As local\\ndescription: As local.\\nauthor: tests\\noptions: {}"


class Connection(Local):
    transport = "elsewhere"
"""


def was_process(result: TaskResult) -> bool:
    """Only a module in a process of its own reports how it was invoked."""
    return "invocation" in result.result


# The first module of each kind: on either path, a module is no more than the name of its binding.
EXEMPLARY = list({type(binding): name for name, binding in reversed(list(MODULES.items()))}.values())


def both_ways(case: Case) -> Iterator[dict[str, Any]]:
    """A preview and a change of every kind of module; of one, the refusals of Ansible and of the engine, and no
    change."""
    args = case.args(case.steps[0].args, True)
    if case.module == EXEMPLARY[0]:
        yield task("unknown option", case.module, {**args, **UNKNOWN}, ignore_errors=True)
        yield task("refused", case.module, case.args(case.refusals[-1].args, True), ignore_errors=True)
    yield task("preview", case.module, args, check_mode=True)
    yield task("change", case.module, args)
    if case.module == EXEMPLARY[0]:
        yield task("again", case.module, args)


@pytest.mark.parametrize(
    "share",
    [EXEMPLARY[::3], *(pytest.param(EXEMPLARY[start::3], marks=pytest.mark.long) for start in (1, 2))],
    ids=range(3),
)
def test_both_paths_return_the_same(emulator: Emulator, ansible: Ansible, share: list[str]) -> None:
    plays = [play(name, list(both_ways(CASES[name]))) for name in share]
    runs: list[Run] = []
    for env in ({}, SLOW):
        hosts = inventory(emulator, share)
        for host, variables in hosts["all"]["hosts"].items():
            for module, args in CASES[host].setup:
                assert not call(emulator, module, {**args, **variables}).get("failed")
        runs.append(ansible.playbook(plays, inventory=hosts, env=env))
        assert runs[-1].rc == 0, runs[-1].output
        assert besides_findings(runs[-1].warnings) == []
    assert len(runs[0].tasks) == sum(len(one["tasks"]) for one in plays)
    remembered = False
    for fast, ordinary in zip(runs[0].tasks, runs[1].tasks, strict=True):
        where = (fast.host, fast.name)
        assert where == (ordinary.host, ordinary.name)
        assert (was_process(fast), was_process(ordinary)) == (False, True), where
        assert fast.status == ordinary.status == ("failed" if fast.name in FAILING else "ok"), where
        del ordinary.result["invocation"]
        remembered = remembered or bool(fast.result.get("plan"))
        if fast.name == "preview" and remembered and ordinary.result["requests"]:
            # Only the fast path remembers the plan of a preview, and asks once whose the credentials are, unless an
            # answer to an earlier task has said so.
            asked = fast.result["requests"]["GET"] - ordinary.result["requests"]["GET"]
            assert asked in (0, 1), where
            fast.result["requests"]["GET"] -= asked
        assert without(fast.result, *CHANCE) == without(ordinary.result, *CHANCE), where


@ORDINARY_LONG
def test_warnings_are_shown(emulator: Emulator, ansible: Ansible, env: dict[str, str]) -> None:
    emulator.set_dialect(option_default_rule="visible")
    context = {"extension": "300", "name": "main"}
    option = {"extension": "300", "ivr_context": "main", "digits": "1", "rules": [{"action": "voicemail"}]}
    agent = {"extension": "102", "name": "Eva", "agent_sound": "Menu", "agent_sound_id": "Menu"}
    run = ansible.tasks(
        task("context", "pbx_ivr_context", context),
        task("option", "pbx_ivr_option", option),
        task("agent", "pbx_agent", agent),
        module_defaults={"group/telops.pbx.pbx": connection(emulator)},
        env=env,
    )
    assert run.rc == 0, run.output
    assert [was_process(result) for result in run.tasks] == [env == SLOW] * 3
    [first, second] = run.warnings
    assert 'IVR option "1" started with 1 rule instead of 0' in first
    assert "Both option agent_sound and its alias agent_sound_id are set." in second


def connection(emulator: Emulator) -> dict[str, str]:
    return {"api_url": emulator.url, "access_token": emulator.access_token}


@PATHS
def test_a_task_finds_the_connection_in_its_environment(
    emulator: Emulator, ansible: Ansible, env: dict[str, str]
) -> None:
    own = {"PBX_API_URL": emulator.url, "PBX_ACCESS_TOKEN": emulator.access_token}
    run = ansible.tasks(
        task("own", "pbx_extension_info", {}, environment=own),
        task("none", "pbx_extension_info", {}, ignore_errors=True),
        env=env,
    )
    assert run.rc == 0, run.output
    assert len(run.task("own").result["extensions"]) == 17
    assert run.task("none").result["msg"].startswith("api_url is missing: set the option (roles and playbooks")


@PATHS
def test_the_environment_of_ansible_is_enough(emulator: Emulator, ansible: Ansible, env: dict[str, str]) -> None:
    own = {"PBX_API_URL": emulator.url, "PBX_APP_ID": emulator.app_id, "PBX_APP_SECRET": emulator.app_secret}
    run = ansible.tasks(task("info", "pbx_extension_info", {}), env={**env, **own})
    assert run.rc == 0, run.output
    assert len(run.task("info").result["extensions"]) == 17


@ORDINARY_LONG
def test_s3_two_hosts_that_are_one_tenant_are_named(emulator: Emulator, ansible: Ansible, env: dict[str, str]) -> None:
    hosts = inventory(emulator, ["alone", "north", "south", "west"], live=False)
    app = {"app_id": emulator.app_id, "app_secret": emulator.app_secret}
    login = {"access_token": "{{ access_token | default(omit) }}", **{n: f"{{{{ {n} | default(omit) }}}}" for n in app}}
    # Another login of the same tenant, and the same one twice.
    token = hosts["all"]["hosts"]["alone"]["access_token"]
    hosts["all"]["hosts"] |= {"alone": hosts["all"]["hosts"]["south"], "north": {"access_token": token}}
    hosts["all"]["hosts"] |= {"south": app, "west": app}
    of_phones = {name: {**app, "pbx_tenant": "t", "pbx_id": 1, "pbx_number": "1"} for name in ("t-101", "t-102")}
    hosts["all"]["hosts"] |= of_phones
    defaults = {"group/telops.pbx.pbx": {"api_url": "{{ api_url }}", **login}}
    tasks = [task("info", "pbx_extension_info", {})] * (1 if env else 2)
    run = ansible.playbook([play("all", tasks, module_defaults=defaults)], inventory=hosts, env=env)
    assert run.rc == 0, run.output
    [warning] = run.warnings
    assert re.search(
        r"the hosts (north|south|west) and (north|south|west) are one tenant, the one with the id", warning
    )
    assert "check the credentials of both" in warning


@ORDINARY_LONG
def test_the_credentials_of_two_tenants_never_mix(emulator: Emulator, ansible: Ansible, env: dict[str, str]) -> None:
    other = emulator.add_client(seed="bare")
    own = {"api_url": emulator.url, "app_id": other["app_id"]}
    run = ansible.tasks(
        task("whole", "pbx_extension_info", {**own, "app_secret": other["app_secret"]}),
        task("half", "pbx_extension_info", own, ignore_errors=True),
        env={**env, "PBX_ACCESS_TOKEN": emulator.access_token, "PBX_APP_SECRET": emulator.app_secret},
    )
    assert run.rc == 0, run.output
    assert {one["client_id"] for one in run.task("whole").result["extensions"]} == {other["client_id"]}
    assert run.task("half").result["msg"].startswith("app_id is given without app_secret: set app_secret in the same")
    assert run.task("half").result["requests"] == {}


@PATHS
def test_a_secret_of_the_environment_is_blanked_out_of_what_the_pbx_returns(
    emulator: Emulator, ansible: Ansible, env: dict[str, str]
) -> None:
    made = call(emulator, "pbx_agent", {"extension_id": 5001, "name": f"of {emulator.app_secret}"})
    assert made["changed"]
    own = {"PBX_API_URL": emulator.url, "PBX_APP_ID": emulator.app_id, "PBX_APP_SECRET": emulator.app_secret}
    run = ansible.tasks(task("info", "pbx_agent_info", {"extension_id": 5001}), args=["-vvv"], env={**env, **own})
    assert run.rc == 0, run.output
    assert "of ********" in [agent["name"] for agent in run.task("info").result["agents"]]
    assert emulator.app_secret not in run.output


@ORDINARY_LONG
def test_defaults_of_the_group_and_of_one_module(emulator: Emulator, ansible: Ansible, env: dict[str, str]) -> None:
    run = ansible.tasks(
        task("agent", "pbx_agent", {"extension": "102", "name": "Eva"}),
        task("other", "pbx_agent", {"extension": "103", "name": "Ida", "wrap_up_time": 8}),
        task("context", "pbx_ivr_context", {"extension": "300", "name": "main"}),
        module_defaults={
            "group/telops.pbx.pbx": connection(emulator),
            "telops.pbx.pbx_agent": {"wrap_up_time": 7},
        },
        env=env,
    )
    assert run.rc == 0, run.output
    assert run.task("agent").result["agent"]["wrap_up_time"] == 7
    assert run.task("other").result["agent"]["wrap_up_time"] == 8
    assert run.task("context").changed


def test_a_loop_shares_a_connection_and_a_token(
    emulator: Emulator, ansible: Ansible, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    begin = Protocol.connection_made

    def counted(self: Protocol, transport: Any) -> None:
        made.append(transport)
        begin(self, transport)

    monkeypatch.setattr(Protocol, "connection_made", counted)
    events = [f"https://crm.invalid/{number}" for number in range(8)]
    args = {"extension": "101", "event_type": "hangup", "method": "GET", "url": "{{ item }}"}
    login = {"api_url": emulator.url, "app_id": emulator.app_id, "app_secret": emulator.app_secret}
    del made[:]
    run = ansible.tasks(task("events", "pbx_event", {**args, **login}, loop=events))
    assert run.rc == 0, run.output
    # The token endpoint and the API share one host, and so one connection.
    assert len(made) == 1
    log = emulator.log()
    assert len([entry for entry in log if entry["path"] == "/oauth/token"]) == 1
    assert len(emulator.writes()) == len(events)


def test_nothing_is_left_in_any_temporary_folder(emulator: Emulator, tmp_path: Path) -> None:
    home = tmp_path / "home"
    ansible = Ansible(tmp_path, home)
    agent = {**connection(emulator), "extension": "102", "name": "Eva"}
    for env in ({}, SLOW):
        run = ansible.tasks(
            task("preview", "pbx_agent", agent, check_mode=True), task("real", "pbx_agent", agent), env=env
        )
        assert run.rc == 0, run.output
        assert list((home / "tmp").iterdir()) == []
        assert not (home / "remote").exists() or list((home / "remote").iterdir()) == []


def test_the_fast_path_copies_nothing(emulator: Emulator, tmp_path: Path) -> None:
    ansible = Ansible(tmp_path, tmp_path / "home")
    run = ansible.tasks(task("info", "pbx_extension_info", connection(emulator)))
    assert run.rc == 0, run.output
    assert not (tmp_path / "home" / "remote").exists()


@pytest.mark.parametrize("kind", ["connection", "become", "async"])
def test_what_the_fast_path_cannot_do_is_done_by_the_module(emulator: Emulator, ansible: Ansible, kind: str) -> None:
    plugins = ansible.folder / "connection_plugins"
    plugins.mkdir()
    (plugins / "elsewhere.py").write_text(ELSEWHERE, encoding="utf-8")
    keywords: dict[str, Any] = {
        "connection": {"vars": {"ansible_connection": "elsewhere"}},
        "become": {"become": True, "become_method": "su", "become_user": "root"},
        "async": {"async": 30, "poll": 1},
    }[kind]
    agent = {**connection(emulator), "extension": "102", "name": "Eva"}
    run = ansible.tasks(task("agent", "pbx_agent", agent, **keywords), task("again", "pbx_agent", agent))
    assert run.rc == 0, run.output
    assert run.warnings == []
    assert was_process(run.task("agent"))
    assert run.task("agent").result["agent"] == run.task("again").result["agent"]
    assert (run.task("agent").changed, run.task("again").changed) == (True, False)


INTERVAL = {
    "extension": "101",
    "name": "Night",
    "timezone": "UTC",
    "conditions": [{"start_time": "20:00", "end_time": "23:59"}],
}
RULE = {"extension": "101", "name": "night", "type": "voicemail", "interval": "Night"}
SENTENCE = (
    'extension "101" > incoming rule "night": interval: there is no interval "Night"; there is no interval at all'
)


@PATHS
@pytest.mark.parametrize("known", [True, False], ids=["created before", "never created"])
def test_a_preview_that_refers_to_what_is_not_there(
    emulator: Emulator, ansible: Ansible, env: dict[str, str], known: bool
) -> None:
    """The one wanted difference: only the fast path remembers the changes of earlier tasks of the preview, so that it
    knows, and an ordinary module has to assume."""
    tasks = [task("interval", "pbx_interval", INTERVAL)] if known else []
    tasks.append(task("rule", "pbx_incom_rule", RULE))
    defaults = {"group/telops.pbx.pbx": connection(emulator)}
    run = ansible.tasks(*tasks, module_defaults=defaults, args=["--check"], env=env)
    assert emulator.writes() == []
    rule = run.task("rule")
    if env == SLOW:
        assert run.rc == 0, run.output
        assert run.warnings == [
            f"[WARNING]: {SENTENCE}. The preview goes on as if an earlier task had created it; "
            "if none does, the real run stops here."
        ]
    else:
        assert run.warnings == []
        assert run.rc == (0 if known else 2), run.output
    if env == SLOW or known:
        [step] = rule.result["plan"]
        assert step["body"] == {"name": "night", "type": "voicemail", "interval": "<interval Night>"}
    else:
        assert rule.result["msg"] == SENTENCE


def test_a_preview_knows_what_is_really_done_within_it(emulator: Emulator, ansible: Ansible) -> None:
    args = {**connection(emulator), "extension": "102", "name": "Eva"}
    preview = [
        task("first", "pbx_agent", args),
        task("second", "pbx_agent", args),
        task("real", "pbx_agent", args, check_mode=False),
        task("removed", "pbx_agent", {**args, "state": "absent"}, check_mode=False),
        task("third", "pbx_agent", args),
    ]
    run = ansible.tasks({"block": preview, "check_mode": True})
    assert run.rc == 0, run.output
    assert [result.changed for result in run.tasks] == [True, False, True, True, True]
