# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: differences
short_description: The differences between the documents of two tenants, in words
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Compares two documents of tenants, or the variables of two hosts that hold them. The playbook C(telops.pbx.compare)
    prints the result for each host.
  - It compares objects by their names, and rules by their places in a list. It never shows secrets and addresses of
    webhooks.
  - It asks no PBX.
positional: other, name
options:
  _input:
    description: The document of the tenant, or the variables of its host.
    type: dict
    required: true
  other:
    description: The document of the other tenant, such as a template, or the variables of its host.
    type: dict
    required: true
  name:
    description: The name of the other tenant in the sentences.
    type: str
    default: the other
"""

EXAMPLES = r"""
- name: Print how a tenant differs from a template
  ansible.builtin.debug:
    msg: "{{ north | telops.pbx.differences(template, 'the template') }}"
  vars:
    template: {extensions: [{number: "101", type: phone, label: Desk, phone: {hangup_timeout: 25}}]}
    north: {extensions: [{number: "101", type: phone, label: Desk, phone: {hangup_timeout: 40}}]}
"""

RETURN = r"""
_value:
  description: One sentence for each difference.
  type: list
  elements: str
  sample:
    - 'extension "101" > phone: seconds of ringing 40 here, 25 in the template'
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError


def differences(ours: Any, other: Any, name: str = "the other") -> list[str]:
    """The differences in words. Raises AnsibleFilterError for anything but two documents."""
    # Imported when it is used, because it is much, and Ansible loads all filters of a collection where it needs one.
    from ansible_collections.telops.pbx.plugins.module_utils._entry.differences import differences as in_words

    if not isinstance(ours, Mapping) or not isinstance(other, Mapping):
        raise AnsibleFilterError("differences: give two documents, each a dictionary of sections")
    try:
        return in_words(ours, other, name)
    except ValueError as problem:
        raise AnsibleFilterError(f"differences: {problem}") from problem


class FilterModule:
    def filters(self) -> dict[str, Callable[..., list[str]]]:
        return {"differences": differences}
