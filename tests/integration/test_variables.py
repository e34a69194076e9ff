# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks refuse hosts whose variables say something else than was meant, before the first request."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.server import Emulator
from tests.integration.playbooks import failures
from tests.tools.ansible import Ansible

PHONE = {"pbx_extensions": [{"number": "101", "type": "phone"}]}
FROM_THE_PLUGIN = {"pbx_tenant": "north", "pbx_number": "101", "pbx_id": 5001, "pbx_type": "phone", "pbx_dids": []}
SECTIONS = "pbx_dial_rules.yml, pbx_dids.yml, pbx_extension_groups.yml, pbx_extensions.yml, pbx_intervals.yml"
# The variables of a host, and the sentence about it.
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "guard": ({**PHONE, "pbx_protects": ["*"]}, "the variable pbx_protects; did you mean pbx_protect?"),
    "section": ({"pbx_extenions": []}, "the variable pbx_extenions; did you mean pbx_extensions?"),
    "prefix": ({**PHONE, "pxb_max_deletes": 0}, "the variable pxb_max_deletes; did you mean pbx_max_deletes?"),
    "empty": ({}, "nothing is declared for this host"),
    "north-101": (FROM_THE_PLUGIN, "this host is an extension, made by the inventory plugin telops.pbx.pbx"),
    "folder": ({"pbx_tenant_folder": "{{ inventory_dir }}/folder"}, f"the files are {SECTIONS}, pbx_sounds.yml"),
}
RIGHT = {**PHONE, "pbx_room": "7", "pbx_ignored_variables": ["pbx_room"]}


def inventory(emulator: Emulator, **hosts: dict[str, Any]) -> dict[str, Any]:
    access = {"pbx_api_url": emulator.url, "pbx_access_token": emulator.access_token}
    return {"all": {"vars": access, "hosts": hosts}}


@pytest.fixture
def folder(ansible: Ansible) -> None:
    path = ansible.folder / "folder"
    path.mkdir()
    for name in ("pbx_extensions.yml", "pbx_sounds.yaml", "pbx_dids", "extensoins.yml", "README.md", ".hidden.yml"):
        (path / name).write_text("pbx_extensions: []\n", encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_v4_a_host_that_says_something_else_than_was_meant_is_refused(emulator: Emulator, ansible: Ansible) -> None:
    hosts = {**{name: variables for name, (variables, dummy) in WRONG.items()}, "right": RIGHT}
    emulator.clear_log()
    run = ansible.playbook("telops.pbx.drift", inventory=inventory(emulator, **hosts))
    said = failures(run)
    assert run.rc == 2
    assert said.keys() == WRONG.keys()
    for name, (dummy, sentence) in WRONG.items():
        assert sentence in said[name]
    assert said["folder"].startswith("extensoins.yml, pbx_dids, pbx_sounds.yaml in the pbx_tenant_folder ")
    # The one that is right has read the list of its extensions, and nobody else has asked for anything.
    assert {entry["path"] for entry in emulator.log()} == {"/client/@me/extension/"}


def test_v4_a_removal_is_refused_too(emulator: Emulator, ansible: Ansible) -> None:
    hosts = {"guard": {"pbx_expekt_client_id": 7}, "north-101": FROM_THE_PLUGIN}
    left = ("-e", "offboard_client_id=1", "-e", "offboard_folder=left")
    emulator.clear_log()
    run = ansible.playbook("telops.pbx.offboard", *left, inventory=inventory(emulator, **hosts))
    assert (run.rc, emulator.log()) == (2, [])
    assert "did you mean pbx_expect_client_id?" in run.output
    assert "this host is an extension" in run.output
