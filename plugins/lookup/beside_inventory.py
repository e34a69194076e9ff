# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: beside_inventory
short_description: A path beside the inventory
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Returns the absolute path of a file or folder that lies beside the inventory of the host.
  - If the inventory is a file, the path lies in the folder of this file. If it is a folder, the path lies beside this
    folder, because Ansible reads every file in it as inventory, sounds and exports too.
  - Without an inventory, the path lies in the current folder.
  - It creates nothing.
options:
  _terms:
    description: The path to the file or folder, from the folder in which the inventory lies.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
- name: Ensure the sounds that lie in the folder sounds beside the inventory
  hosts: tenants
  gather_facts: false
  tasks:
    - name: Ensure the greeting
      telops.pbx.pbx_tenant:
        sounds:
          - title: Greeting
            file: "{{ lookup('telops.pbx.beside_inventory', 'sounds/greeting.wav') }}"
"""

RETURN = r"""
_raw:
  description: The paths.
  type: list
  elements: path
"""

from pathlib import Path
from typing import Any

from ansible.plugins.lookup import LookupBase


class LookupModule(LookupBase):
    """The lookup of paths beside the inventory."""

    def run(self, terms: Any, variables: Any = None, **kwargs: Any) -> list[str]:
        known = variables or {}
        base = Path(known.get("inventory_dir") or ".").resolve()
        for source in known.get("ansible_inventory_sources") or ():
            folder = Path(source).resolve()
            if folder in (base, *base.parents):
                base = folder.parent
        return [str(base / term) for term in terms]
