# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The record that the playbooks write of each run, and the way in which it is shown."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from ansible_collections.telops.pbx.plugins.module_utils._entry.history import note
from tests.emulator.server import Emulator
from tests.tools.ansible import Ansible, local_host


def test_a_run_is_told_with_who_when_and_from_which_commit(emulator: Emulator, ansible: Ansible) -> None:
    emulator.reset(seed="bare")
    for command in ("init -q", "-c user.name=a -c user.email=a@b commit -q --allow-empty -m x"):
        subprocess.run(["git", *command.split()], cwd=ansible.folder, check=True)
    (ansible.folder / ".git" / "info" / "exclude").write_text("*\n", encoding="ascii")
    was = label(emulator)
    phones = [{"number": "101", "label": "Anna"}]
    access = {**local_host(), "pbx_api_url": emulator.url, "pbx_access_token": emulator.access_token}
    hosts = {"all": {"hosts": {"north": {**access, "pbx_extensions": phones}, "south": access}}}
    assert ansible.playbook("telops.pbx.site", "--check", "--limit", "north", inventory=hosts).rc == 0
    assert not (ansible.folder / ".pbx").exists()
    run = ansible.playbook("telops.pbx.site", "--limit", "north", inventory=hosts)
    assert (run.rc, run.warnings) == (0, []), run.output
    file = ansible.folder / ".pbx" / "history.jsonl"
    [entry] = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert (file.parent / ".gitignore").read_text(encoding="ascii") == "*\n"
    assert (entry["tenant"], entry["changed"], entry["failed"]) == ("north", True, False)
    assert entry["summary"] == "0 created, 1 changed, 0 deleted"
    assert len(entry["plan"]) == len(entry["commit"]) == 12
    [document] = (ansible.folder / ".pbx" / "undo").glob("north-*Z.json")
    assert (document.stat().st_mode & 0o777, entry["undo_file"]) == (0o600, str(document))
    assert json.loads(document.read_text(encoding="utf-8"))["extensions"] == [{"number": "101", "label": was}]
    preview = ansible.playbook("telops.pbx.undo", "--check", "--limit", "north", inventory=hosts)
    steps = preview.task("Name the steps, and the effects on callers")
    assert steps.result["msg"] == ['update extension "101"', "no caller notices"], preview.output
    emulator.fault("status", method="PUT", status=500)
    failed = ansible.playbook("telops.pbx.undo", "--limit", "north", inventory=hosts)
    assert failed.task("Print the failures").result["msg"][-2:] == [
        f"Apply pbx_undo_from {document} again to finish the undo.",
        "The same command does that.",
    ]
    undone = ansible.playbook("telops.pbx.undo", "--limit", "north", inventory=hosts)
    assert (undone.rc, undone.warnings) == (0, []), undone.output
    assert label(emulator) == was
    interrupted = document.with_name("north-20260101T031500Z.json")
    interrupted.touch()
    told = ansible.playbook("telops.pbx.history", inventory=hosts)
    assert told.rc == 0, told.output
    ran, broken, ended = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    said = {task.host: task.result["msg"] for task in told.tasks}
    back = f"; takes back {document.name}"
    assert said == {
        "north": [
            f"2026-01-01T03:15:00Z a run was interrupted, or has not ended; undo {interrupted}",
            *(
                f"{one['when']} {one['who']}: 0 created, {what}; undo {one['undo_file']}"
                for one, what in (
                    (ran, f"1 changed, 0 deleted; commit {ran['commit']}; plan {ran['plan']}"),
                    (broken, f"0 changed, 0 deleted, 1 unknown (failed); commit {ran['commit']}{back}"),
                    (ended, f"1 changed, 0 deleted; commit {ran['commit']}; plan {ended['plan']}{back}"),
                )
            ),
        ],
        "south": ["No change is in the history."],
    }


def label(emulator: Emulator) -> object:
    return next(one["label"] for one in emulator.state()["extensions"] if one["number"] == "101")


def test_a_history_that_cannot_be_written_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    [warning] = note(str(tmp_path / "file" / "history.jsonl"), "north", {"plan": []})
    assert "cannot be written" in warning
    assert note(str(tmp_path / "new" / "history.jsonl"), "north", {"plan": []}) == []
