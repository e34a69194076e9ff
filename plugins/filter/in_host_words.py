# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: in_host_words
short_description: The message of a module, with the names of host variables
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - The role P(telops.pbx.tenant#role) and the playbooks of this collection take the options of modules from host
    variables. A message of M(telops.pbx.pbx_tenant) or M(telops.pbx.pbx_tenant_info) names the options. This filter
    puts the names of the variables in their place, such as C(pbx_api_url) for C(api_url).
options:
  _input:
    description: The message.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Print the failures
  ansible.builtin.debug:
    msg: "{{ result.msg | telops.pbx.in_host_words }}"
"""

RETURN = r"""
_value:
  description: The lines of the message.
  type: list
  elements: str
  sample:
    - "missing required arguments: pbx_api_url"
"""

from collections.abc import Callable


def of_message(message: str) -> list[str]:
    """The lines of a message. The words are those of ``_entry/variables.py``."""
    # Imported when it is used, because it is much, and Ansible loads all filters of a collection where it needs one.
    from ansible_collections.telops.pbx.plugins.module_utils._entry.variables import in_host_words

    return in_host_words(message)


class FilterModule:
    def filters(self) -> dict[str, Callable[[str], list[str]]]:
        return {"in_host_words": of_message}
