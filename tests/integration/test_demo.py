# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo's playbook does the same as its preview, and `make demo` tells the truth about it."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._engine.plan.report import UNREAD
from ansible_collections.telops.pbx.plugins.module_utils._text.mask import is_masked
from tests.cases import inprocess
from tests.emulator.server import Emulator
from tests.tools import demo
from tests.tools.ansible import ROOT, Ansible, Run

PLAYBOOK = ROOT / "playbooks" / "demo.yml"
PLACEHOLDER = re.compile(r"<[^<>]+>")


@pytest.fixture
def bare(emulator: Emulator) -> Emulator:
    """The clinic before the first run: sounds and numbers, and no extension."""
    emulator.reset(seed="new")
    return emulator


def play(ansible: Ansible, emulator: Emulator, *args: str, playbook: str | Path = PLAYBOOK) -> Run:
    """The playbook as the documentation has people start it: the connection comes from the environment."""
    inventory = ansible.folder / "clinic"
    inventory.write_text("localhost\n", encoding="utf-8")
    emulator.clear_log()
    env = {"PBX_API_URL": emulator.url, "PBX_APP_ID": emulator.app_id, "PBX_APP_SECRET": emulator.app_secret}
    run = ansible.playbook(playbook, *args, inventory=inventory, env=env)
    assert run.rc == 0, run.output
    assert run.warnings == []
    return run


def fits(announced: Any, sent: Any) -> bool:
    """Whether a body is the announced one, where names stand for the ids of objects that did not exist yet, and for
    settings that nobody could read yet, and an address is masked."""
    if isinstance(announced, dict) and isinstance(sent, dict):
        if UNREAD.items() <= announced.items():
            announced, sent = (
                {name: body[name] for name in announced if name not in UNREAD and name in body}
                for body in (announced, sent)
            )
        return announced.keys() == sent.keys() and all(fits(announced[name], sent[name]) for name in announced)
    if isinstance(announced, list) and isinstance(sent, list):
        return len(announced) == len(sent) and all(map(fits, announced, sent))
    if isinstance(announced, str) and PLACEHOLDER.fullmatch(announced):
        return isinstance(sent, int)
    if is_masked(announced):
        return inprocess.fits(announced, sent)
    return bool(announced == sent)


@pytest.mark.long
def test_the_preview_of_an_empty_tenant_is_what_the_run_sends(ansible: Ansible, bare: Emulator) -> None:
    preview = play(ansible, bare, "--check", "--diff")
    assert bare.writes() == []
    announced = demo.plan(preview)
    assert any("<IVR context main>" in step["path"] for step in announced)

    applied = play(ansible, bare)
    sent = bare.writes()
    assert demo.same_requests(announced, sent)
    bodies = [request["body"] for request in sent]
    assert [step for step in announced if not any(fits(step["body"], body) for body in bodies)] == []
    assert {request["status"] for request in sent} <= {200, 201}
    assert len(demo.plan(applied)) == len(sent)


@pytest.mark.long
def test_the_second_run_finds_nothing_to_do(ansible: Ansible, bare: Emulator) -> None:
    play(ansible, bare)
    again = play(ansible, bare)
    assert bare.writes() == []
    assert [task.name for task in again.tasks if task.changed] == []
    assert re.search(r"changed=0 ", again.stdout)

    preview = play(ansible, bare, "--check", "--diff")
    assert demo.plan(preview) == []
    assert "---" not in preview.stdout


@pytest.mark.long
def test_night_mode_is_one_write(ansible: Ansible, bare: Emulator) -> None:
    play(ansible, bare)
    night = play(ansible, bare, "-e", "clinic_night_mode=true")
    (step,) = demo.plan(night)
    assert step["object"] == 'extension "300" > incoming rule "Night mode"'
    (write,) = bare.writes()
    assert write["body"] == {"enabled": True}


def test_the_demo_runs_by_its_name(ansible: Ansible, bare: Emulator) -> None:
    assert demo.plan(play(ansible, bare, "--check", playbook="telops.pbx.demo"))


def test_a_request_that_was_not_announced_is_noticed() -> None:
    announced = [{"method": "POST", "path": "/extension/7/ivr/context/<IVR context main>/options/"}]
    sent = [{"method": "POST", "path": "/api/ver1.0/extension/7/ivr/context/12/options/"}]
    assert demo.same_requests(announced, sent)
    assert not demo.same_requests(announced, [{**sent[0], "method": "PUT"}])
    assert not demo.same_requests(announced, [{**sent[0], "path": "/api/ver1.0/extension/8/ivr/context/12/options/"}])
    assert not demo.same_requests(announced, [*sent, *sent])
    assert not demo.same_requests(announced, [])


DEMO = (sys.executable, "-m", "tests.tools.demo")


def serves(output: str) -> bool:
    """Whether the emulator that the demo named still answers."""
    address = re.search(r"http://(127\.0\.0\.1):(\d+)", output)
    assert address
    connection = http.client.HTTPConnection(address[1], int(address[2]), timeout=5)
    try:
        connection.request("GET", "/_emulator/dialect")
    except ConnectionRefusedError:
        return False
    finally:
        connection.close()
    return True


def test_make_demo_is_short_and_proves_its_point() -> None:
    done = subprocess.run(DEMO, check=False, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert len(lines) <= 80
    assert [line for line in lines if len(line) > 80] == []
    counts = re.findall(r"(\d+) writes", done.stdout)
    assert counts[0] == counts[2] != "0"
    assert counts[1] == counts[3] == "0" != counts[4]
    assert re.findall(r"^   (OK|NOT TRUE)", done.stdout, re.MULTILINE) == ["OK"] * 5
    assert "call_tests[1] Callers wait for an agent when it does not: not passed" in done.stdout
    assert not serves(done.stdout)


def test_make_demo_stops_the_pbx_when_it_is_interrupted() -> None:
    with subprocess.Popen(
        DEMO,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell has its background jobs ignore Ctrl-C, and whatever they start inherits that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 (one thread)
    ) as process:
        assert process.stdout
        output = ""
        while "1. Preview" not in output:
            line = process.stdout.readline()
            assert line, output
            output += line
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 130
    assert not serves(output)
