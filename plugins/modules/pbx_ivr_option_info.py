# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ivr_option_info
short_description: List the options of an IVR menu
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the options of a context (menu) of an IVR.
  - The rules of an option are listed by M(telops.pbx.pbx_ivr_rule_info).
options:
  ivr_context:
    description:
      - The context (menu) of the IVR, by its name or its id.
    type: str
    required: true
    aliases: [context_id, context]
  digits:
    description:
      - Only these options, each by its digits, or V(start), V(timeout), or V(invalid). Write them in quotes.
    type: list
    elements: str
  limit:
    description:
      - The most options to return. If not set, all of them are returned.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_ivr_option
    description: Manage an option with its rules.
  - module: telops.pbx.pbx_ivr_rule_info
    description: List the rules of an option.
"""

EXAMPLES = r"""
- name: Create a menu
  telops.pbx.pbx_ivr_context:
    extension: "300"
    name: main

- name: Let callers reach the queue
  telops.pbx.pbx_ivr_option:
    extension: "300"
    ivr_context: main
    digits: "1"
    rules:
      - {action: transfer, transfer_dst: "200"}

- name: List what callers can press
  telops.pbx.pbx_ivr_option_info:
    extension: "300"
    ivr_context: main
  register: menu

- name: Show the keys
  ansible.builtin.debug:
    msg: "{{ menu.ivr_options | map(attribute='digits') | difference(['start', 'timeout', 'invalid']) }}"

- name: Look for two of them
  telops.pbx.pbx_ivr_option_info:
    extension: "300"
    ivr_context: main
    digits: ["1", "9"]
"""

RETURN = r"""
ivr_options:
  description:
    - The options of the context, V(start), V(timeout), and V(invalid) among them.
  returned: success
  type: list
  elements: dict
  contains:
    digits:
      description: Digits that the caller presses, or start, timeout, or invalid.
      type: str
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
    run_module(SINGLE["pbx_ivr_option_info"])


if __name__ == "__main__":
    main()
