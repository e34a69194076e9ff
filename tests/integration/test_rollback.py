# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A run that fails in the middle goes back by itself, or says how one goes back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import client as client_module
from tests.cases.files import GOODBYE, HELLO
from tests.cases.inprocess import call, connections
from tests.emulator.seed import DIDS
from tests.emulator.server import Emulator

WRITES = "[PD]*"
BEFORE = {
    "extensions": [
        {"number": "101", "type": "phone", "label": "Anna", "agents": [{"name": "Anna"}]},
        {"number": "201", "type": "queue", "queue": {"strategy": "random"}, "queue_agents": [{"agent": "101/Anna"}]},
    ]
}
AFTER = {
    "extensions": [
        {"number": "101", "type": "phone", "label": "Berta", "phone": {"password": "another-s3cret-1"}},
        {"number": "102", "type": "phone", "label": "Clara"},
        {"number": "201", "type": "queue", "queue": {"strategy": "ring-all"}},
    ],
    "dids": [{"name": DIDS[0], "extension": "102"}],
}


@pytest.fixture
def pbx(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    monkeypatch.setattr(client_module, "BACKOFF", 0.0)
    with Emulator(seed="new") as running, connections():
        assert not tenant(running, **BEFORE).get("failed")
        yield running


def tenant(pbx: Emulator, **options: Any) -> dict[str, Any]:
    return call(pbx, "pbx_tenant", options)


def export(pbx: Emulator) -> Any:
    return call(pbx, "pbx_tenant_info", {})["tenant"]


def failing(pbx: Emulator, folder: Path, **options: Any) -> dict[str, Any]:
    """A run of which the server refuses the last step."""
    steps = len(call(pbx, "pbx_tenant", AFTER, check=True)["plan"])
    pbx.fault("status", method=WRITES, nth=steps, status=500)
    found = tenant(pbx, **AFTER, undo_file=str(folder / "undo.json"), **options)
    assert found["failed"]
    return found


def test_it_goes_back_and_says_what_could_not(pbx: Emulator, tmp_path: Path) -> None:
    was = export(pbx)
    found = failing(pbx, tmp_path, rollback=True)
    assert export(pbx) == was
    assert found["rolled_back"] is True
    lines = found["msg"].splitlines()
    assert lines[-2].startswith("Rolled back: the changes of this run have been taken back with ")
    assert lines[-1] == 'Not rolled back: extension "101" > phone: password: the PBX does not tell it.'
    # Nothing is left to take back.
    again = tenant(pbx, undo_from=str(tmp_path / "undo.json"))
    assert (again.get("msg"), again["changed"]) == (None, False)


def test_callers_who_wait_stop_it_and_the_message_says_what_one_does(pbx: Emulator, tmp_path: Path) -> None:
    queue = pbx.extension_id("201")
    found = failing(pbx, tmp_path)
    assert "rolled_back" not in found
    assert found["msg"].endswith(f"\nApply undo_from {tmp_path / 'undo.json'} to take the changes back.")
    pbx.clear_faults()
    assert tenant(pbx, undo_from=str(tmp_path / "undo.json"))["changed"]
    pbx.fault(
        "json", method="GET", path=f"/extension/{queue}/queue/status/", nth=2, count=0, body={"waiting_members": 3}
    )
    found = failing(pbx, tmp_path, rollback=True)
    assert found["rolled_back"] is False
    why, then = found["msg"].splitlines()[-2:]
    assert why.startswith('Not rolled back because 3 callers are waiting in the queue of extension "201", ')
    assert "live_traffic" in why
    assert then.startswith(f"Apply undo_from {tmp_path / 'undo.json'} to take the changes back as soon as")
    pbx.clear_faults()
    assert tenant(pbx, undo_from=str(tmp_path / "undo.json"))["changed"]


def test_a_pbx_that_does_not_answer_any_more_is_left_as_it_is(pbx: Emulator, tmp_path: Path) -> None:
    pbx.fault("cut_before", method=WRITES, nth=4, count=0)
    found = failing(pbx, tmp_path, rollback=True)
    assert found["rolled_back"] is False
    assert "\nNot rolled back because " in found["msg"]


def test_an_undo_that_fails_is_gone_on_with(pbx: Emulator, tmp_path: Path) -> None:
    was = export(pbx)
    assert tenant(pbx, **AFTER, undo_file=str(tmp_path / "north-20261127T031500Z.json"))["changed"]
    changed = export(pbx)
    redo = {"undo_file": str(tmp_path / "north-20261127T031600Z.json")}
    source = tmp_path / "north-20261127T031500Z.json"
    pbx.fault("status", method=WRITES, nth=2, status=500)
    found = tenant(pbx, undo_from=str(source), **redo)
    assert found["msg"].endswith(f"\nApply undo_from {source} again to finish the undo.")
    # Whoever takes the newest document goes on with that one.
    assert [one.name for one in tmp_path.glob("*.json")] == [source.name]
    pbx.clear_faults()
    found = tenant(pbx, undo_from=str(source), **redo)
    assert (export(pbx), found["undo_file"]) == (was, redo["undo_file"])
    assert export(pbx) != changed


def test_who_takes_an_undo_back_is_told_so(pbx: Emulator, tmp_path: Path) -> None:
    undo, redo = tmp_path / "undo.json", tmp_path / "redo.json"
    assert tenant(pbx, **AFTER, undo_file=str(undo))["changed"]
    changed = export(pbx)
    first = tenant(pbx, undo_from=str(undo), undo_file=str(redo))
    again = call(pbx, "pbx_tenant", {"undo_from": str(redo)}, check=True)
    assert [one for one in first["warnings"] if "before an undo" in one] == []
    assert again["warnings"][0] == (
        f"undo_from {redo} was written before an undo, so that it makes the change again that this undo has taken back"
    )
    assert tenant(pbx, undo_from=str(redo))["changed"]
    assert export(pbx) == changed


def test_nothing_more_is_sent_once_the_process_that_waits_for_the_run_is_gone(
    pbx: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Ansible's workers live on where somebody kills Ansible with a signal that it cannot see."""
    was, parent = export(pbx), os.getppid()
    pbx.clear_log()
    monkeypatch.setattr(os, "getppid", lambda: parent if len(pbx.writes()) < 2 else 1)
    found = tenant(pbx, **AFTER, undo_file=str(tmp_path / "undo.json"), rollback=True)
    assert found["msg"].startswith("the process that started this run has ended; nothing more is sent\nDone before: ")
    assert (len(pbx.writes()), len(found["done"])) == (2, 2)
    assert "rolled_back" not in found
    monkeypatch.undo()
    assert tenant(pbx, undo_from=str(tmp_path / "undo.json"))["changed"]
    assert export(pbx) == was


def test_the_same_loss_of_several_objects_is_one_sentence(pbx: Emulator, tmp_path: Path) -> None:
    assert tenant(pbx, extensions=[{"number": number, "type": "phone"} for number in ("102", "103")])["changed"]
    gone = {"absent": [{"kind": "extension", "number": number} for number in ("102", "103")], "max_delete_share": 100}
    run = tenant(pbx, **gone, undo_file=str(tmp_path / "undo.json"))
    [warning] = [one for one in run["warnings"] if "undo cannot bring back" in one]
    assert warning == (
        "undo cannot bring back password of 2 objects: the PBX does not tell it "
        '(extension "102" > phone; extension "103" > phone)'
    )
    lost = json.loads((tmp_path / "undo.json").read_text(encoding="utf-8"))["lost"]
    assert lost == [
        f'undo cannot bring back extension "{number}" > phone: password: the PBX does not tell it'
        for number in ("102", "103")
    ]


def test_without_an_undo_document_there_is_no_way_back(pbx: Emulator) -> None:
    assert tenant(pbx, **AFTER, rollback=True)["msg"] == (
        "rollback needs undo_file, the path where it is written down how everything was"
    )


def test_an_undo_takes_nothing_along_that_others_have_made_since(pbx: Emulator, tmp_path: Path) -> None:
    file = str(tmp_path / "undo.json")
    assert tenant(pbx, **AFTER, undo_file=file)["changed"]
    # Objects that the run itself has created, and a rule of the server's own, do not count.
    assert not call(pbx, "pbx_agent", {"extension": "102", "name": "Zoe"}).get("failed")
    changed = export(pbx)
    found = tenant(pbx, undo_from=file)
    assert found["msg"] == (
        "in what the undone run has created, there is 1 object of others, which would be deleted along with it: "
        'extension "102" > agent "102/Zoe"; move it to another place, or set max_deletes to 1 or more if it may go'
    )
    assert export(pbx) == changed
    assert not call(pbx, "pbx_agent", {"extension": "102", "name": "Max"}).get("failed")
    assert tenant(pbx, undo_from=file, max_deletes=1)["msg"] == (
        "in what the undone run has created, there are 2 objects of others, which would be deleted along with it: "
        'extension "102" > agent "102/Zoe", extension "102" > agent "102/Max"; move them to another place, or set '
        "max_deletes to 2 or more if they may go"
    )
    assert tenant(pbx, undo_from=file, max_deletes=2)["changed"]
    assert "102" not in [one["number"] for one in export(pbx)["extensions"]]
    assert tenant(pbx, undo_from=file)["changed"] is False


def test_an_undo_tells_rules_of_others_from_its_own_and_from_those_of_the_pbx(pbx: Emulator, tmp_path: Path) -> None:
    file = str(tmp_path / "undo.json")
    options = [{"digits": "1", "rules": [{"action": "voicemail"}]}, {"digits": "2"}]
    menu = {"number": "301", "type": "ivr", "ivr": {"contexts": [{"name": "main", "options": options}]}}
    assert tenant(pbx, extensions=[menu], undo_file=file)["changed"]
    # It looks like the one that the run has made.
    option = {"extension": "301", "ivr_context": "main", "digits": "1", "rules": [{"action": "voicemail"}] * 2}
    assert call(pbx, "pbx_ivr_option", option)["changed"]
    assert tenant(pbx, undo_from=file)["msg"].startswith(
        "in what the undone run has created, there is 1 object of others, which would be deleted along with it: "
        'extension "301" > IVR context "main" > IVR option "1" > IVR rule "voicemail"; '
    )
    assert tenant(pbx, undo_from=file, max_deletes=1)["changed"]


def test_an_undo_deletes_nothing_that_others_use_since(pbx: Emulator, tmp_path: Path) -> None:
    file = str(tmp_path / "undo.json")
    lunch = {"name": "Lunch", "timezone": "UTC", "conditions": [{"month": 1}]}
    assert tenant(pbx, intervals=[lunch], undo_file=file)["changed"]
    rule = {"extension": "101", "name": "Noon", "type": "hangup", "call_status": "busy", "interval": "Lunch"}
    assert call(pbx, "pbx_incom_rule", rule)["changed"]
    used, go_on = tenant(pbx, undo_from=file)["msg"].splitlines()
    assert used.startswith('extension "101" > incoming rule "Noon": interval refers to the tenant interval "Lunch", ')
    assert go_on == "to delete it all the same, set check_references to false"
    assert export(pbx)["intervals"] == [lunch]
    assert tenant(pbx, undo_from=file, check_references=False)["changed"]


def test_an_undo_goes_without_sounds_that_could_not_be_kept(pbx: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "undo.json"
    # Contents are fetched through an extension, and there is none yet.
    pbx.reset(seed="new")
    run = tenant(pbx, **BEFORE, sounds=[], purge=["sounds"], max_delete_share=100, undo_file=str(file))
    assert any(one.startswith("undo cannot bring back content of ") for one in run["warnings"])
    assert tenant(pbx, undo_from=str(file))["changed"]
    assert "extensions" not in export(pbx)


def test_of_sounds_that_could_not_be_kept_those_that_stay_are_no_loss(pbx: Emulator, tmp_path: Path) -> None:
    """The content of one has changed, and another one is gone."""
    file = tmp_path / "undo.json"
    sounds = [{"title": title, "file": HELLO} for title in ("Hello", "Bye")]
    assert tenant(pbx, sounds=sounds)["changed"]
    pbx.fault("status", method="GET", path="/extension/*/sound/*", status=404, count=0)
    change = {"sounds": [{"title": "Hello", "file": GOODBYE}], "absent": [{"kind": "tenant_sound", "title": "Bye"}]}
    assert tenant(pbx, **change, update_file="always", undo_file=str(file))["changed"]
    undo = json.loads(file.read_text(encoding="utf-8"))
    assert undo["sounds"] == [{"title": "Hello"}]
    assert {one.split(": content: ")[0] for one in undo["lost"]} == {
        f'undo cannot bring back sound "{title}"' for title in ("Hello", "Bye")
    }
    assert tenant(pbx, undo_from=str(file))["changed"] is False
