# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An export with contents makes the same tenant again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.telops.pbx.plugins.module_utils._model.document import PLACEHOLDER
from tests.cases.changes import FREE, Changes
from tests.cases.files import GOODBYE, HELLO
from tests.cases.inprocess import call, connections
from tests.emulator.seed import DIDS
from tests.emulator.server import Emulator
from tests.tools.ansible import Ansible, local_host

FOLDER = "{{ pbx_tenant_folder | realpath }}"


def exported(pbx: Emulator, folder: Path, **options: Any) -> dict[str, Any]:
    found = call(pbx, "pbx_tenant_info", {"path": str(folder), "contents": True, **options})
    assert (found.get("msg"), found["warnings"]) == (None, [])
    return found


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a backup, without the names that the PBX has for the contents."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".index.json")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def document(folder: Path) -> dict[str, Any]:
    """The document that Ansible reads from the folder."""
    found: dict[str, Any] = {}
    for path in folder.glob("pbx_*.yml"):
        text = path.read_text(encoding="utf-8").replace(FOLDER, str(folder)).replace("!unsafe ", "")
        # People fill the gaps of a backup in.
        text = text.replace(PLACEHOLDER, "4711")
        found.update({name.removeprefix("pbx_"): value for name, value in yaml.safe_load(text).items()})
    return found


def test_a_backup_makes_the_same_tenant_in_an_empty_one(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    with Emulator(seed="new") as pbx, connections():
        made = call(pbx, "pbx_tenant", {**FREE, **Changes(6).tenant()})
        assert not made.get("failed"), made["msg"]
        exported(pbx, one)
        restored = pbx.add_client(seed="new")["access_token"]
        again = call(pbx, "pbx_tenant", {**document(one), **FREE, "access_token": restored})
        assert not again.get("failed"), again["msg"]
        exported(pbx, other, access_token=restored)
        assert content(other) == content(one)
        assert {path.read_bytes() for path in (one / "sounds").glob("*.wav")} >= {Path(HELLO).read_bytes()}
        lacking = (one / "LACKING.md").read_text(encoding="utf-8")
        assert "- DID 74950000101\n" in lacking
        assert "phone: password" in lacking
        assert "phone: conference_pin" in lacking
        assert "s3cret" not in lacking


def test_only_what_has_changed_is_fetched(tmp_path: Path) -> None:
    sounds = [{"title": "a/b", "file": HELLO}, {"title": "a b", "file": HELLO}, {"title": "c", "file": HELLO}]
    with Emulator(seed="empty") as pbx, connections():
        extension = {"number": "101", "type": "phone"}
        assert call(pbx, "pbx_tenant", {"sounds": sounds, "extensions": [extension]})["changed"]
        preview = call(pbx, "pbx_tenant_info", {"path": str(tmp_path / "b"), "contents": True}, check=True)
        assert not (tmp_path / "b").exists()
        assert preview["files"] == exported(pbx, tmp_path / "b")["files"]
        assert downloads(pbx) == 6
        assert exported(pbx, tmp_path / "b")["changed"] is False
        assert downloads(pbx) == 0
        sounds[2]["file"] = GOODBYE
        assert call(pbx, "pbx_tenant", {"sounds": sounds})["changed"]
        pbx.clear_log()
        assert exported(pbx, tmp_path / "b")["files"] == [str(tmp_path / "b" / "sounds" / "c.wav")]
        assert downloads(pbx) == 1
        assert (tmp_path / "b" / "sounds" / "c.wav").read_bytes() == Path(GOODBYE).read_bytes()
        pbx.fault("status", method="GET", path="*/download/", status=404, count=0)
        call(pbx, "pbx_tenant", {"sounds": [{"title": "d", "file": HELLO}]})
        found = call(pbx, "pbx_tenant_info", {"path": str(tmp_path / "b"), "contents": True})
        [warning] = found["warnings"]
        assert warning.startswith('sound "d": its content is not in the backup: ')
        assert 'sound "d"' in (tmp_path / "b" / "LACKING.md").read_text(encoding="utf-8")


def downloads(pbx: Emulator) -> int:
    count = sum(one["path"].endswith("/download/") for one in pbx.log())
    pbx.clear_log()
    return count


@pytest.mark.parametrize("options", [{"contents": True}])
def test_contents_need_a_folder(options: dict[str, Any]) -> None:
    with Emulator(seed="empty") as pbx, connections():
        found = call(pbx, "pbx_tenant_info", options)
    assert found["msg"] == "contents needs path, the folder that the sounds are written to"


@pytest.mark.long
def test_the_playbooks_restore_a_backup_into_an_empty_tenant(ansible: Ansible, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    with Emulator(seed="new") as pbx, connections():
        phone = {"vm_enabled": True, "vm_greeting": "Closed", "conference_pin": "4711"}
        wanted = {
            "sounds": [{"title": "Closed", "file": HELLO}],
            "dids": [{"name": DIDS[0], "extension": "101"}, {"name": DIDS[1]}],
            "extensions": [{"number": "101", "type": "phone", "phone": phone}],
        }
        made = call(pbx, "pbx_tenant", {**FREE, **wanted, "purge": ["sounds"]})
        assert not made.get("failed"), made["msg"]
        new = pbx.add_client(seed="new")
        hosts = {
            "lisbon": {**local_host(), "pbx_access_token": pbx.access_token},
            "empty": {**local_host(), "pbx_access_token": new["access_token"]},
        }
        inventory = {"all": {"vars": {"pbx_api_url": pbx.url}, "hosts": hosts}}

        def play(name: str, host: str, folder: Path, *more: str) -> None:
            where = ("--limit", host, "-e", f"pbx_tenant_folder={folder}")
            run = ansible.playbook(f"telops.pbx.{name}", *where, *more, inventory=inventory)
            assert run.rc == 0, run.output

        play("export", "lisbon", one, "-e", "pbx_export_contents=true")
        assert "conference_pin" in (one / "LACKING.md").read_text(encoding="utf-8")
        file = one / "pbx_extensions.yml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(PLACEHOLDER, "4711"), encoding="utf-8")
        play("site", "empty", one, "-e", '{"pbx_purge": ["sounds"], "pbx_max_delete_share": 100}')
        file.write_text(text, encoding="utf-8")
        play("export", "empty", other, "-e", "pbx_export_contents=true")
        assert content(other) == content(one)
        assert (other / "sounds" / "Closed.wav").read_bytes() == Path(HELLO).read_bytes()
