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
  - A variable of which Ansible cannot make a value, such as one with a template that names an undefined variable, is a
    mistake as well. A role or a playbook would take it for one that is not set, so that a guard would be no guard, and
    the credentials of the environment would stand for those of the host.
  - It shows no value, and sends nothing.
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

from collections.abc import Iterator, Mapping
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ansible_collections.telops.pbx.plugins.module_utils._entry.variables import mistakes, taken, without_value

try:
    from ansible.errors import AnsibleValueOmittedError
except ImportError:
    # Before ansible-core 2.19, what is omitted has a value of its own.
    class AnsibleValueOmittedError(AnsibleError):  # type: ignore[no-redef]
        """Never raised."""


class LookupModule(LookupBase):
    """The lookup of mistakes in the variables of a host; ``_entry/variables.py`` finds them."""

    def run(self, terms: Any, variables: Any = None, **kwargs: Any) -> list[str]:
        self.set_options(var_options=variables, direct=kwargs)
        known: Mapping[str, Any] = variables or {}
        found = [one for role in terms for one in mistakes(role, known, self.get_option("ignored"))]
        return [*found, *(one for role in terms for one in self._without_value(role, known))]

    def _without_value(self, role: str, variables: Mapping[str, Any]) -> Iterator[str]:
        """Yield a sentence for each variable that the role takes and that has no value."""
        for name in sorted(taken(role).intersection(variables)):
            # Only a template can be without a value; to look into a document costs more than the rest of the check.
            if isinstance(variables[name], (Mapping, list, tuple)):
                continue
            try:
                self._templar.template(variables[name])
            except AnsibleValueOmittedError:
                # So it is not set, as somebody has said.
                continue
            except AnsibleError as error:
                yield without_value(name, str(error))
