# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks that write the skeleton of a new tenant, and compare tenants."""

from __future__ import annotations

import shutil

import yaml

from tests.tools.ansible import Ansible

HOSTS = {"all": {"children": {"offices": {"hosts": {"north": {}, "south": {}}}}}}


def test_two_tenants_of_one_template(ansible: Ansible) -> None:
    inventory = ansible.folder / "inventory.yml"
    inventory.write_text(yaml.safe_dump(HOSTS), encoding="utf-8")
    args = ("-e", "pbx_new_tenant=south", "-e", "pbx_new_tenant_group=offices", "-e", "pbx_compare_with=north")
    run = ansible.playbook("telops.pbx.new_tenant", *args, inventory=inventory)
    assert (run.rc, run.warnings) == (0, []), run.output
    document = ansible.folder / "group_vars" / "offices" / "document.yml"
    variables = ansible.folder / "host_vars" / "south" / "variables.yml"
    before = document.read_text(encoding="utf-8")
    shutil.copytree(variables.parent, ansible.folder / "host_vars" / "north")
    variables.write_text(variables.read_text(encoding="utf-8").replace("Berg and Dahl", "Fjord"), encoding="utf-8")
    changed = variables.read_text(encoding="utf-8")
    again = ansible.playbook("telops.pbx.compare", "telops.pbx.new_tenant", *args, inventory=inventory)
    assert "label Fjord here, Berg and Dahl in north" in again.output
    # It overwrites nothing.
    assert again.rc == 2
    assert "is there already, and this playbook overwrites nothing" in again.output
    assert (document.read_text(encoding="utf-8"), variables.read_text(encoding="utf-8")) == (before, changed)
