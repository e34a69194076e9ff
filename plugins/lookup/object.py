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

from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ansible_collections.telops.pbx.plugins.module_utils._entry.lookups import (
    OPTIONS,
    PbxError,
    names_in,
    settings_of,
    tenant,
)


class LookupModule(LookupBase):
    """How names are found is known to ``_entry/lookups.py``."""

    def run(self, terms: Any, variables: Any = None, **kwargs: Any) -> list[Any]:
        self.set_options(direct=kwargs)
        direct = {name: self.get_option(name) for name in OPTIONS if name in kwargs}
        others = {name: self.get_option(name) for name in OPTIONS if name not in kwargs}
        named = {name: value for name, value in (variables or {}).items() if name.removeprefix("pbx_") in OPTIONS}
        own = {name: self._templar.template(value) for name, value in named.items() if name.startswith("pbx_")}
        kind, extension = self.get_option("kind"), self.get_option("extension")
        try:
            with tenant(settings_of(direct, own, others)) as found:
                return [found.object(kind, name, extension) for name in names_in(terms)]
        except PbxError as error:
            # Without its cause, whose traceback could show what the message was cleaned of.
            raise AnsibleError(f"telops.pbx.object: {error}") from None
