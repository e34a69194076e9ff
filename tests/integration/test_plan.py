# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The callback that sums up a run, and the progress of a long task, as ansible-playbook shows them."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import signal
import stat
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.server import Emulator
from tests.integration.playbooks import inventory, play, task
from tests.tools.ansible import ROOT, Ansible, Run, environment
from tests.tools.demo import plan

ENABLED = {"ANSIBLE_CALLBACKS_ENABLED": "telops.pbx.plan"}
TENANTS = ["north", "south"]
LABEL = "Empfang \u202e<b>"

SETUP = [
    task("agents", "pbx_agent", {"extension": "101", "name": "{{ item }}"}, loop=["Anna", "Bea"]),
    task("phone", "pbx_phone", {"extension": "101", "hangup_timeout": 44}, when="inventory_hostname == 'north'"),
    task("look", "pbx_extension_info", {}),
]
RULES = [{"action": "play_silence", "silence_time": number + 1} for number in range(60)]
MENU = [
    task("menu", "pbx_ivr_context", {"extension": "300", "name": "main"}),
    task("option", "pbx_ivr_option", {"extension": "300", "context": "main", "digits": "1", "rules": RULES}),
]

# Prints each result as a line of JSON and nothing else, as callbacks for programs do.
JSON_CALLBACK = """
DOCUMENTATION = '''
name: results_json
type: stdout
short_description: for a test
description: for a test
'''
import json
from ansible.plugins.callback import CallbackBase

class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "results_json"

    def v2_runner_on_ok(self, result):
        self._display.display(json.dumps(result._result["changed"]))
"""


def run(
    ansible: Ansible, hosts: Mapping[str, Any], tasks: Sequence[Any], *args: str, **env: str
) -> tuple[Run, list[str]]:
    """A run of these tasks on all hosts, and the lines of its summary."""
    found = ansible.playbook([play("all", list(tasks))], *args, inventory=hosts, env={**ENABLED, **env})
    _before, dummy, after = found.stdout.partition("PBX PLAN ")
    return found, after.splitlines()[1:-1]


@pytest.fixture
def hosts(emulator: Emulator) -> dict[str, Any]:
    return inventory(emulator, TENANTS)


def test_a_preview_and_the_run_that_follows_are_summed_up(
    ansible: Ansible, emulator: Emulator, hosts: dict[str, Any]
) -> None:
    expected = [
        "north: 2 {created}, 1 {changed}, 0 {deleted}",
        "    agent: 2 {created}",
        '      + extension "101" > agent "Anna"',
        '      + extension "101" > agent "Bea"',
        "    phone: 1 {changed}",
        '      ~ extension "101" > phone',
        "south: 2 {created}, 0 {changed}, 0 {deleted}",
        "    agent: 2 {created}",
        '      + extension "101" > agent "Anna"',
        '      + extension "101" > agent "Bea"',
        "2 of 2 tenants with changes: 4 {created}, 1 {changed}, 0 {deleted}",
    ]
    words = {"created": "to create", "changed": "to change", "deleted": "to delete"}
    preview, lines = run(ansible, hosts, SETUP, "--check")
    assert (preview.rc, preview.warnings) == (0, [])
    assert lines == [line.format(**words) for line in expected]
    assert emulator.writes() == []

    real, lines = run(ansible, hosts, SETUP)
    assert (real.rc, real.warnings) == (0, [])
    assert lines == [line.format(**{word: word for word in words}) for line in expected]
    assert len(emulator.writes()) == 5

    again, lines = run(ansible, hosts, SETUP)
    assert again.rc == 0
    assert lines == ["no change: north, south", "0 of 2 tenants with changes: 0 created, 0 changed, 0 deleted"]


def test_reports_are_written_as_asked(ansible: Ansible, emulator: Emulator, hosts: dict[str, Any]) -> None:
    reports = {"PBX_PLAN_REPORT": "plan.md,plan.json,plan.html"}
    preview, dummy = run(ansible, hosts, SETUP, "--check", **reports)
    folder = ansible.folder
    found = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    assert preview.warnings == []
    assert list(found["tenants"]) == TENANTS
    # The plan shows a change that both tenants get once, with the requests of the first.
    steps = found["tenants"][TENANTS[0]]["steps"]
    # In the order in which the tasks have announced them.
    for name in TENANTS:
        announced = [step for one in preview.tasks if one.host == name for step in plan(Run([], 0, "", "", [one]))]
        assert [{key: step[key] for key in announced[0]} for step in found["tenants"][name]["steps"]] == announced
    for ending in (".md", ".html"):
        text = (folder / f"plan{ending}").read_text(encoding="utf-8")
        assert [step["path"] for step in steps if ending == ".html" and step["path"] not in text] == []
        assert "Bea" in text
        assert "2 tenants get the same 2 changes" in text
        assert "check mode, nothing was written" in text
    assert {stat.S_IMODE((folder / f"plan{ending}").stat().st_mode) for ending in (".md", ".json", ".html")} == {0o600}
    before = (folder / "plan.json").read_bytes()
    run(ansible, hosts, SETUP, "--check", **reports)
    assert (folder / "plan.json").read_bytes() == before


def test_reports_lie_beside_the_settings_that_ask_for_them(ansible: Ansible, hosts: dict[str, Any]) -> None:
    settings = ansible.folder / "settings" / "ansible.cfg"
    settings.parent.mkdir()
    settings.write_text("[callback_pbx_plan]\nsummary = false\nreport = plan.md\n", encoding="utf-8")
    found = ansible.playbook([play("all", SETUP)], inventory=hosts, env={**ENABLED, "ANSIBLE_CONFIG": str(settings)})
    assert found.rc == 0
    assert "PBX PLAN" not in found.stdout
    assert (settings.parent / "plan.md").read_text(encoding="utf-8").startswith("# PBX plan\n")


def test_a_report_that_cannot_be_written_is_a_warning(ansible: Ansible, hosts: dict[str, Any]) -> None:
    (ansible.folder / "folder.md").mkdir()
    found, lines = run(ansible, hosts, SETUP[2:], PBX_PLAN_REPORT="nowhere/plan.md,folder.md,plan.pdf,plan.json")
    assert found.rc == 0
    assert lines
    warnings = " ".join(" ".join(found.warnings).split())
    assert "plan.pdf: its name must end in .html, .json or .md" in warnings
    assert re.search(r"nowhere/plan\.md cannot be written: No such file or directory", warnings)
    assert re.search(r"folder\.md is there, and is no file", warnings)
    assert (ansible.folder / "plan.json").exists()
    assert [path.name for path in ansible.folder.iterdir() if path.name.startswith(".pbx")] == []


def test_failed_tenants_are_named(ansible: Ansible, emulator: Emulator, hosts: dict[str, Any]) -> None:
    tasks = [
        # Its first attempt is good, and not good enough.
        {**SETUP[0], "until": False, "retries": 1, "delay": 0, "ignore_errors": True},
        task("try", "pbx_agent", {"extension": "998", "name": "X"}, ignore_errors=True),
        {
            "name": "guarded",
            "block": [task("break", "pbx_agent", {"extension": "999", "name": "X"})],
            "rescue": [task("mend", "pbx_agent", {"extension": "102", "name": "X"})],
            "when": "inventory_hostname == 'north'",
        },
        {"name": "approve", "ansible.builtin.assert": {"that": "inventory_hostname == 'north'", "fail_msg": "not yet"}},
    ]
    found, lines = run(ansible, hosts, tasks, "--check", PBX_PLAN_REPORT="plan.json")
    assert found.rc == 2
    lines = [line for line in lines if not line.startswith("    went on after agents: ")]
    assert lines[0] == "north: 3 to create, 0 to change, 0 to delete"
    assert lines[1].startswith('    went on after try: there is no extension "998"')
    assert lines[2].startswith('    went on after break: there is no extension "999"')
    assert lines[3:7] == [
        "    agent: 3 to create",
        '      + extension "101" > agent "Anna"',
        '      + extension "101" > agent "Bea"',
        '      + extension "102" > agent "X"',
    ]
    assert lines[7] == "south: failed, 2 to create, 0 to change, 0 to delete"
    assert lines[9] == "    approve: not yet"
    assert lines[-1] == "2 of 2 tenants with changes, 1 failed: 5 to create, 0 to change, 0 to delete"


@pytest.mark.parametrize("fast", ["1", "0"])
def test_what_was_done_before_a_failure_is_told(ansible: Ansible, emulator: Emulator, fast: str) -> None:
    hosts = inventory(emulator, ["north"])
    emulator.fault("status", status=500, method="POST", path="*/rules/", nth=2)
    found, lines = run(ansible, hosts, MENU, PBX_FAST_PATH=fast)
    assert found.rc == 2
    assert lines[0] == "north: failed, 3 created, 0 changed, 0 deleted"
    assert lines[1].startswith("    option: POST /extension/")
    assert lines[2:] == [
        "    ivr_context: 1 created",
        '      + extension "300" > IVR context "main"',
        "    ivr_option: 1 created",
        '      + extension "300" > IVR context "main" > IVR option "1"',
        "    ivr_rule: 1 created",
        '      + extension "300" > IVR context "main" > IVR option "1" > IVR rule "play_silence"',
    ]


def test_hidden_tasks_are_only_counted(ansible: Ansible, emulator: Emulator, hosts: dict[str, Any]) -> None:
    tasks = [task("hide", "pbx_agent", {"extension": "101", "name": "Hidden"}, no_log=True), SETUP[2]]
    reports = {"PBX_PLAN_REPORT": "plan.md,plan.json,plan.html"}
    found, lines = run(ansible, hosts, tasks, **reports)
    assert found.rc == 0
    assert lines[0] == "north: 0 created, 0 changed, 0 deleted; 1 task with changes hidden by no_log"
    texts = [(ansible.folder / f"plan.{ending}").read_text(encoding="utf-8") for ending in ("md", "json", "html")]
    assert "Hidden" not in "".join([found.output, *texts])
    assert len(emulator.writes()) == 2


def test_no_secret_is_in_a_report(ansible: Ansible, emulator: Emulator) -> None:
    hosts = inventory(emulator, ["north"])
    secret = "canary-phone-password"
    reports = {"PBX_PLAN_REPORT": "plan.md,plan.json,plan.html"}
    found, lines = run(
        ansible, hosts, [task("phone", "pbx_phone", {"extension": "101", "password": secret})], "-vvv", **reports
    )
    assert found.rc == 0
    assert '      ~ extension "101" > phone' in lines
    texts = [(ansible.folder / f"plan.{ending}").read_text(encoding="utf-8") for ending in ("md", "json", "html")]
    assert "password" in texts[0]
    token = hosts["all"]["hosts"]["north"]["access_token"]
    assert [one for one in (secret, token) if one in "".join([*lines, *texts])] == []


def test_colours_are_those_of_ansible(ansible: Ansible, hosts: dict[str, Any]) -> None:
    names = task("name", "pbx_agent", {"extension": "101", "name": LABEL})
    coloured = ansible.playbook(
        [play("all", [names])],
        "--check",
        inventory=hosts,
        env={**ENABLED, "ANSIBLE_FORCE_COLOR": "1", "ANSIBLE_NOCOLOR": "0", "ANSIBLE_COLOR_CHANGED": "purple"},
    )
    assert "\x1b[0;35mnorth: 1 to create" in coloured.stdout
    assert '\x1b[0;32m      + extension "101" > agent "Empfang \\u202e<b>"\x1b[0m' in coloured.stdout


def test_a_play_without_this_collection_has_no_summary(ansible: Ansible, hosts: dict[str, Any]) -> None:
    found, lines = run(ansible, hosts, [{"name": "ping", "ansible.builtin.debug": {}}], PBX_PLAN_REPORT="plan.json")
    assert (found.rc, lines, found.warnings) == (0, [], [])
    assert json.loads((ansible.folder / "plan.json").read_text(encoding="utf-8"))["tenants"] == {}


# -- the progress of a long task


def said(output: str) -> list[str]:
    return re.findall(r"^north: .*step.*", output, re.MULTILINE)


def test_a_long_task_says_what_it_is_at(ansible: Ansible, emulator: Emulator) -> None:
    hosts = inventory(emulator, ["north"])
    for args, lines in (
        (["--check"], []),
        ([], ["creating IVR options: step 1 of 62", "creating and ordering IVR rules: step 2 to 62 of 62"]),
    ):
        found = ansible.playbook([play("all", MENU)], *args, inventory=hosts)
        assert found.rc == 0, found.output
        assert said(found.stdout) == [f"north: {line}" for line in lines]
        # Between the title of the task and its result.
        assert not lines or re.search(r"TASK \[option\] \*+\nnorth: .*\nnorth: .*\nchanged: \[north\]", found.stdout)


def test_it_says_so_while_it_goes_on(ansible: Ansible, emulator: Emulator) -> None:
    hosts = inventory(emulator, ["north"])
    # The task gets no further than here before it is interrupted.
    emulator.fault("latency", method="POST", nth=30, ms=60_000)
    playbook, listed = ansible.folder / "menu.json", ansible.folder / "hosts.json"
    playbook.write_text(json.dumps([play("all", MENU)]), encoding="utf-8")
    listed.write_text(json.dumps(hosts), encoding="utf-8")
    terminal, end = pty.openpty()
    with subprocess.Popen(
        ["ansible-playbook", "-i", listed, playbook],
        cwd=ROOT,
        env=environment(ansible.home),
        stdin=subprocess.DEVNULL,
        stdout=end,
        stderr=end,
    ) as process:
        os.close(end)
        with open(terminal, encoding="utf-8") as lines:
            for line in lines:
                if "IVR rules: step 2 to 62 of 62" in line:
                    break
        assert len(emulator.writes()) <= 30
        # Ansible itself waits for ever when its worker is killed while that hands over a message.
        while len(emulator.writes()) < 30:
            with contextlib.suppress(subprocess.TimeoutExpired):
                pytest.fail(f"it ended by itself: {process.wait(0.02)}")
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        finally:
            process.kill()


def test_output_for_programs_stays_as_it_is(ansible: Ansible, emulator: Emulator, tmp_path: Path) -> None:
    hosts = inventory(emulator, ["north"])
    plugins = tmp_path / "callbacks"
    plugins.mkdir()
    (plugins / "results_json.py").write_text(JSON_CALLBACK, encoding="utf-8")
    env = {
        "ANSIBLE_CALLBACK_PLUGINS": f"{plugins}:{environment(ansible.home)['ANSIBLE_CALLBACK_PLUGINS']}",
        "ANSIBLE_STDOUT_CALLBACK": "results_json",
        "PBX_PLAN_REPORT": "plan.json",
    }
    found, dummy = run(ansible, hosts, MENU, **env)
    assert found.stdout == "true\ntrue\n"
    assert json.loads((ansible.folder / "plan.json").read_text(encoding="utf-8"))["counts"]["done"]["create"] == 62
