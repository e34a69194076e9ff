# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: object
short_description: An object of the PBX by its name
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Looks up names of objects, and returns the objects as the PBX answers them. It only reads.
  - Passwords and PINs are left out, and secrets in the addresses of webhooks are hidden.
extends_documentation_fragment:
  - telops.pbx.lookup
"""

EXAMPLES = r"""
- name: Say who takes the calls of the main menu
  hosts: localhost
  gather_facts: false
  tasks:
    - name: Show the label of an extension
      ansible.builtin.debug:
        msg: "{{ lookup('telops.pbx.object', '300').label }}"

    - name: Show the domain of a number
      ansible.builtin.debug:
        msg: "{{ lookup('telops.pbx.object', '74950000101', kind='did').domain }}"
"""

RETURN = r"""
_raw:
  description: Each object as the PBX answers it, in the order of the names.
  type: list
  elements: dict
"""

from ansible_collections.telops.pbx.plugins.lookup.id import LookupModule as NameLookup


class LookupModule(NameLookup):
    answer = "object"
