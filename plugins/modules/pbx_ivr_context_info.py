# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ivr_context_info
short_description: List the menus of an IVR
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the contexts (menus) of an IVR with their ids and their settings.
options:
  name:
    description:
      - Only the contexts with these names.
    type: list
    elements: str
  id:
    description:
      - Reads only the context with this id.
      - An id that does not exist gives an empty list.
    type: str
  limit:
    description:
      - The most contexts to return. If not set, all of them are returned.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_ivr_context
    description: Manage the contexts of an IVR.
  - module: telops.pbx.pbx_ivr_option_info
    description: List the options of a context.
"""

EXAMPLES = r"""
- name: Create two menus
  telops.pbx.pbx_ivr_context:
    extension: "300"
    name: "{{ item }}"
  loop: [main, night]

- name: List the menus
  telops.pbx.pbx_ivr_context_info:
    extension: "300"
  register: menu

- name: Show how long each of them waits for the first digit
  ansible.builtin.debug:
    msg: "{{ menu.ivr_contexts | items2dict(key_name='name', value_name='timeout') }}"

- name: Look at one menu
  telops.pbx.pbx_ivr_context_info:
    extension: "300"
    name: night
"""

RETURN = r"""
ivr_contexts:
  description:
    - The contexts of the IVR.
  returned: success
  type: list
  elements: dict
  contains:
    allow_any_dial:
      description: Whether the caller can dial any extension of the tenant.
      type: bool
      returned: always
    description:
      description: Free remark about the menu.
      type: str
      returned: always
    digit_len:
      description: How many digits the caller can dial at most. Input ends at once when they are reached.
      type: int
      returned: always
    extra_params:
      description: Free text for integrations. The PBX does not look into it.
      type: str
      returned: always
    id:
      description: Id of the context.
      type: int
      returned: always
    inter_digit_timeout:
      description: Silence that is accepted between two digits, in milliseconds.
      type: int
      returned: always
    name:
      description: Name of the menu.
      type: str
      returned: always
    timeout:
      description: Silence that is accepted before the first digit, in milliseconds, counted from the end of the
        last rule. The option timeout runs after it.
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
    run_module(SINGLE["pbx_ivr_context_info"])


if __name__ == "__main__":
    main()
