# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant folder brings a document and nothing else: no connection, no guard, and no program."""

from __future__ import annotations

from typing import Any

from tests.emulator.server import Emulator
from tests.integration.playbooks import failures
from tests.tools.ansible import Ansible

EVIL = "{{ lookup('pipe', 'touch pwned; echo hi') }}"
EMPTY = "pbx_sounds: []\n"
# For each mistake: the file, its text, and the beginning of the error.
WRONG = {
    "address": ("pbx_extensions.yml", "pbx_extensions: []\npbx_api_url: http://127.0.0.1:9/\n",
                "pbx_extensions.yml sets pbx_api_url"),
    "guard": ("pbx_sounds.yml", f"{EMPTY}pbx_protect: []\n", "pbx_sounds.yml sets pbx_protect"),
    "connection": ("pbx_dids.yml", "pbx_dids: []\npbx_connection: {api_url: x}\n", "pbx_dids.yml sets pbx_connection"),
    "another-section": ("pbx_dids.yml", "pbx_sounds: []\n", "pbx_dids.yml sets pbx_sounds"),
    "ansible": ("pbx_dids.yml", f'pbx_dids: []\nansible_python_interpreter: "{EVIL}"\n',
                "pbx_dids.yml sets ansible_python_interpreter"),
    "broken": ("pbx_dids.yml", "pbx_dids: [canary-4711\n", "pbx_dids.yml in the pbx_tenant_folder"),
}  # fmt: skip


def test_s2_a_folder_says_nothing_but_its_document(emulator: Emulator, ansible: Ansible) -> None:
    """And a text of an export that looks like a template is a text (S1), in a preview too."""
    emulator.reset(seed="bare")
    emulator.overwrite("extension", label=EVIL)
    hosts: dict[str, dict[str, Any]] = {}
    for name, (file, text, dummy) in WRONG.items():
        folder = ansible.folder / "folders" / name
        folder.mkdir(parents=True)
        (folder / file).write_text(text, encoding="utf-8")
        hosts[name] = {"pbx_tenant_folder": str(folder)}
    hosts["right"] = {"pbx_tenant_folder": str(ansible.folder / "folders" / "right")}
    access = {"pbx_api_url": emulator.url, "pbx_access_token": emulator.access_token}
    inventory = {"all": {"vars": access, "hosts": hosts}}
    exported = ansible.playbook("telops.pbx.export", "--limit", "right", inventory=inventory)
    assert exported.rc == 0, exported.output
    emulator.clear_log()
    run = ansible.playbook("telops.pbx.drift", inventory=inventory)
    said = failures(run)
    assert said.keys() == WRONG.keys()
    for name, (dummy, dummy, sentence) in WRONG.items():
        assert sentence in said[name]
        assert name in said[name]
    assert "right matches its document" in run.output
    assert "canary-4711" not in run.output
    assert not list(ansible.folder.rglob("pwned"))
    assert {entry["method"] for entry in emulator.log()} == {"GET"}
