# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files of this machine, through ansible-playbook on both paths."""

from __future__ import annotations

import grp
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.cases.files import HELLO
from tests.emulator.server import Emulator
from tests.integration.playbooks import task
from tests.integration.test_paths import PATHS, SLOW, connection, was_process
from tests.tools.ansible import Ansible

RECORD = {"extension": "101", "record": "5001-00000000000000000000000000000001"}
LENGTH = 1644


def mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):04o}"


@PATHS
def test_a_relative_path_begins_at_the_playbook(emulator: Emulator, ansible: Ansible, env: dict[str, str]) -> None:
    folder = ansible.folder / "plays"
    (folder / "sounds").mkdir(parents=True)
    (folder / "sounds" / "hello.wav").write_bytes(Path(HELLO).read_bytes())
    play = {
        "hosts": "all",
        "gather_facts": False,
        "tasks": [
            task("send", "pbx_sound", {**connection(emulator), "title": "Hello", "file": "sounds/hello.wav"}),
            task("fetch", "pbx_media", {**connection(emulator), **RECORD, "dest": "record.wav"}),
        ],
    }
    (folder / "site.yml").write_text(json.dumps([play]), encoding="utf-8")
    run = ansible.playbook(folder / "site.yml", env=env)
    assert run.rc == 0, run.output
    assert [was_process(result) for result in run.tasks] == [env == SLOW] * 2
    assert (folder / "record.wav").stat().st_size == LENGTH
    assert run.task("fetch").result["media"]["path"] == "record.wav"


@pytest.mark.parametrize(
    ("env", "there"),
    [({}, False), pytest.param(SLOW, True, marks=pytest.mark.long)],
    ids=["new-fast", "there-ordinary"],
)
def test_attributes_of_files(emulator: Emulator, ansible: Ansible, env: dict[str, str], there: bool) -> None:
    """Only an ordinary module sets them, on both paths."""
    file = ansible.folder / "record.wav"
    if there:
        file.write_bytes(b"old")
        file.chmod(0o644)
    # The one of the user and not root's, if there is another.
    group = next((grp.getgrgid(number).gr_name for number in os.getgroups() if number), "root")
    args = {**connection(emulator), **RECORD, "dest": str(file), "force": True, "mode": "u=rw,g=r,o=", "group": group}
    run = ansible.tasks(
        task("preview", "pbx_media", args, check_mode=True),
        task("fetch", "pbx_media", args),
        task("again", "pbx_media", args),
        task("other preview", "pbx_media", {**args, "mode": "0600"}, check_mode=True),
        task("other mode", "pbx_media", {**args, "mode": "0600"}),
        task("wrong", "pbx_media", {**args, "owner": "nobody-of-that-name"}, ignore_errors=True),
        env=env,
    )
    assert run.rc == 0, run.output
    assert [result.changed for result in run.tasks] == [True, True, False, True, True, False]
    assert all(map(was_process, run.tasks))
    assert (mode(file), file.stat().st_size, file.group()) == ("0600", LENGTH, group)
    assert "failed to look up user nobody-of-that-name" in run.task("wrong").result["msg"]


@PATHS
def test_a_file_without_attributes(emulator: Emulator, ansible: Ansible, env: dict[str, str]) -> None:
    args: dict[str, Any] = {**connection(emulator), **RECORD, "dest": str(ansible.folder / "record.wav")}
    run = ansible.tasks(task("preview", "pbx_media", args, check_mode=True), task("fetch", "pbx_media", args), env=env)
    assert run.rc == 0, run.output
    assert [was_process(result) for result in run.tasks] == [env == SLOW] * 2
    umask = os.umask(0)
    os.umask(umask)
    assert mode(ansible.folder / "record.wav") == f"{0o666 & ~umask:04o}"


def test_a_preview_knows_of_sounds_to_come(emulator: Emulator, ansible: Ansible) -> None:
    queue = {"extension": "200", "start_sound": "Hello"}
    run = ansible.tasks(
        task("send", "pbx_sound", {"title": "Hello", "file": HELLO}),
        task("send again", "pbx_sound", {"title": "Hello", "file": HELLO}),
        task("play", "pbx_queue", queue),
        task("fetch", "pbx_media", {"extension": "101", "sound": "Hello", "dest": f"{ansible.folder}/"}),
        module_defaults={"group/telops.pbx.pbx": connection(emulator)},
        args=["--check"],
    )
    assert run.rc == 0, run.output
    assert run.warnings == []
    assert [result.changed for result in run.tasks] == [True, False, True, True]
    assert run.task("play").result["plan"][0]["body"]["start_sound"] == "<sound Hello>"
    assert emulator.writes() == []
    assert not (ansible.folder / "Hello").exists()
