# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_dial_rule_info
short_description: List the lists of dial rules
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists all lists of dial rules of the tenant with their ids, or the one that is asked for.
options:
  id:
    description:
      - Reads only the list with this id.
      - An id that does not exist gives an empty list.
    type: str
  limit:
    description:
      - The most lists to return. If not set, all of them are read, however many pages that takes.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_dial_rule
    description: Manage the lists.
  - module: telops.pbx.pbx_extension_info
    description: Tell which extension uses which list.
"""

EXAMPLES = r"""
- name: Read all lists of dial rules
  telops.pbx.pbx_dial_rule_info:
  register: pbx

- name: Show what becomes of a number that is dialled
  ansible.builtin.debug:
    msg: "{{ item.id }}: {{ item.dial_rules | map(attribute='match_exp') | join(', ') }}"
  loop: "{{ pbx.dial_rules }}"
  loop_control:
    label: "{{ item.id }}"

- name: Read one list
  telops.pbx.pbx_dial_rule_info:
    id: 801
"""

RETURN = r"""
dial_rules:
  description:
    - The lists of dial rules.
  returned: success
  type: list
  elements: dict
  contains:
    client_id:
      description: Id of the tenant it belongs to.
      type: int
      returned: always
    dial_rules:
      description: The rules. The first one that matches counts.
      type: list
      elements: dict
      returned: always
      contains:
        match_exp:
          description: Perl-compatible regular expression for the dialled number.
          type: str
          returned: always
        repl_exp:
          description: The number that the PBX dials instead; \1 stands for the first group of the expression.
          type: str
          returned: always
    id:
      description: Id of the list.
      type: int
      returned: always
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_dial_rule_info"])


if __name__ == "__main__":
    main()
