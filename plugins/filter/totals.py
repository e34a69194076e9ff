# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: totals
short_description: One line about the changes of a run on all tenants
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Counts the results of M(telops.pbx.pbx_tenant) or M(telops.pbx.pbx_tenant_info) on many hosts contain, as the
    playbooks of this collection do at their end.
  - A host without such a result, or with the variable C(pbx_failure), counts as failed.
positional: registered
options:
  _input:
    description: The variables of each host.
    type: list
    elements: dict
    required: true
  registered:
    description: The variable in which the result was registered.
    type: str
    default: tenant_result
  check:
    description: Whether the run was a preview.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Print the totals
  hosts: all
  gather_facts: false
  tasks:
    - name: Count what was done
      ansible.builtin.debug:
        msg: "{{ ansible_play_hosts_all | map('extract', hostvars) | telops.pbx.totals(check=ansible_check_mode) }}"
      run_once: true
"""

RETURN = r"""
_value:
  description: The line.
  type: str
  sample: "2 of 3 tenants with changes: 4 created, 1 changed, 0 deleted; 4 objects are not in their documents"
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any


def of_hosts(hosts: Iterable[Mapping[str, Any]], registered: str = "tenant_result", check: bool = False) -> str:
    """The words are those of ``_entry/review.py``."""
    # Imported when it is used, because it is much, and Ansible loads all filters of a collection where it needs one.
    from ansible_collections.telops.pbx.plugins.module_utils._entry.review import totals

    return totals(hosts, registered, check)


class FilterModule:
    def filters(self) -> dict[str, Callable[..., str]]:
        return {"totals": of_hosts}
