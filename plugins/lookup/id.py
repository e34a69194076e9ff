# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: id
short_description: The id of an object of the PBX by its name
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Looks up names of objects, and returns their ids. It only reads.
extends_documentation_fragment:
  - telops.pbx.lookup
"""

EXAMPLES = r"""
- name: Tell another system which ids the phones of the reception have
  hosts: localhost
  gather_facts: false
  tasks:
    - name: Show them
      ansible.builtin.debug:
        msg: "{{ query('telops.pbx.id', '101', '102') }}"

    - name: Show the id of a sound
      ansible.builtin.debug:
        msg: "{{ lookup('telops.pbx.id', 'Welcome', kind='sound') }}"
"""

RETURN = r"""
_raw:
  description: The id of each object, in the order of the names.
  type: list
  elements: raw
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

    # The method of a tenant's lookup that answers.
    answer = "id"

    def run(self, terms: Any, variables: Any = None, **kwargs: Any) -> list[Any]:
        self.set_options(direct=kwargs)
        direct = {name: self.get_option(name) for name in OPTIONS if name in kwargs}
        others = {name: self.get_option(name) for name in OPTIONS if name not in kwargs}
        named = {name: value for name, value in (variables or {}).items() if name.removeprefix("pbx_") in OPTIONS}
        own = {name: self._templar.template(value) for name, value in named.items() if name.startswith("pbx_")}
        kind, extension = self.get_option("kind"), self.get_option("extension")
        try:
            with tenant(settings_of(direct, own, others)) as found:
                return [getattr(found, self.answer)(kind, name, extension) for name in names_in(terms)]
        except PbxError as error:
            # Without its cause, whose traceback could show the secrets that the message hides.
            raise AnsibleError(f"telops.pbx.{self.answer}: {error}") from None
