# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: saved_plan
short_description: Saved plans as people read them
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Reads the files that O(telops.pbx.pbx_tenant#module:plan_file) has saved, and tells all of them together as the
    report of a run does. It sends nothing, and needs no PBX.
  - The playbook C(telops.pbx.show_plan) uses it.
options:
  _terms:
    description:
      - Dictionaries with the file of the plan of each tenant.
    type: list
    elements: dict
    required: true
  form:
    description:
      - V(text) is for a terminal, V(markdown) for a merge request, V(html) a page of its own, and V(json) for programs.
    type: str
    choices: [text, markdown, html, json]
    default: text
"""

EXAMPLES = r"""
- name: Look at a plan before it is applied
  hosts: localhost
  gather_facts: false
  tasks:
    - name: Show it
      ansible.builtin.debug:
        msg: "{{ lookup('telops.pbx.saved_plan', {'north': 'plans/north.json'}).splitlines() }}"
"""

RETURN = r"""
_raw:
  description: The plans of each dictionary, as one text.
  type: list
  elements: str
"""

from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ansible_collections.telops.pbx.plugins.module_utils._entry.review import PbxError, saved


class LookupModule(LookupBase):
    """How plans are told is known to ``_review``."""

    def run(self, terms: Any, variables: Any = None, **kwargs: Any) -> list[str]:
        self.set_options(var_options=variables, direct=kwargs)
        try:
            return [
                saved({str(name): str(path) for name, path in one.items()}, self.get_option("form")) for one in terms
            ]
        except PbxError as error:
            raise AnsibleError(str(error)) from None
