# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: host_mistakes
short_description: Mistakes in the variables of a host
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Looks at the names of the variables that a host has, as the roles and playbooks of this collection do before they
    begin, and returns a sentence for each mistake.
  - A variable whose name begins with C(pbx_) and that nothing takes is a mistake, and so is one whose name differs in
    one letter from a variable that something takes. Ansible itself says nothing of either, so that a misspelled guard
    would be no guard.
  - An extension that the inventory plugin P(telops.pbx.pbx#inventory) has made a host of is no tenant.
  - It looks at no value, and sends nothing.
options:
  _terms:
    description:
      - The role that is going to take the variables.
      - For V(tenant), a host that declares nothing is a mistake too.
    type: list
    elements: str
    choices: [tenant, offboard, export, undo, call_center, ivr]
    required: true
  ignored:
    description:
      - Names of variables that are the user's own.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Check the variables of every host, before a playbook of one's own begins
  hosts: all
  gather_facts: false
  tasks:
    - name: Expect no mistake
      ansible.builtin.assert:
        that: mistakes | length == 0
        fail_msg: "{{ mistakes | join('\n') }}"
        quiet: true
      vars:
        mistakes: "{{ query('telops.pbx.host_mistakes', 'tenant', ignored=['pbx_room']) }}"
"""

RETURN = r"""
_raw:
  description: A sentence for each mistake.
  type: list
  elements: str
"""

from typing import Any

from ansible.plugins.lookup import LookupBase

from ansible_collections.telops.pbx.plugins.module_utils._entry.variables import mistakes


class LookupModule(LookupBase):
    """The lookup of mistakes in the variables of a host; ``_entry/variables.py`` finds them."""

    def run(self, terms: Any, variables: Any = None, **kwargs: Any) -> list[str]:
        self.set_options(var_options=variables, direct=kwargs)
        return [one for role in terms for one in mistakes(role, variables or {}, self.get_option("ignored"))]
