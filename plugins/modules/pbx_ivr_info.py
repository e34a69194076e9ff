# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ivr_info
short_description: Read the settings of an IVR
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Reads the settings of an IVR. Its menus are read by M(telops.pbx.pbx_ivr_context_info).
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_ivr
    description: Configure an IVR.
  - module: telops.pbx.pbx_ivr_context_info
    description: List the menus of the IVR.
"""

EXAMPLES = r"""
- name: Read the settings of the main menu
  telops.pbx.pbx_ivr_info:
    extension: "300"
  register: menu

- name: Show whether it takes messages
  ansible.builtin.debug:
    msg: "{{ menu.ivr.vm_enabled }}"
"""

RETURN = r"""
ivr:
  description:
    - The settings of the IVR.
  returned: success
  type: dict
  contains:
    entry_context:
      description: Id of the context that a call enters first.
      type: int
      returned: always
    entry_context_name:
      description: Name of the IVR context with the id in C(entry_context), or null where the id refers to nothing.
      type: str
      returned: always
    lifetime:
      description: How long a call may stay in the IVR, in seconds.
      type: int
      returned: always
    lifetime_exp_action:
      description: Treatment of a call that lasts longer than lifetime, hangup or transfer.
      type: str
      returned: always
    lifetime_exp_transfer_dst:
      description: Number that a call is transferred to whose lifetime_exp_action is transfer.
      type: str
      returned: always
    sleep_time:
      description: Pause before the entry context begins, in milliseconds.
      type: int
      returned: always
    vm_attach_file:
      description: Whether the email carries the message itself.
      type: bool
      returned: always
    vm_enabled:
      description: Whether a caller can leave a message where the call would otherwise fail.
      type: bool
      returned: always
    vm_greeting:
      description: Id of the sound that callers hear before the beep.
      type: int
      returned: always
    vm_greeting_name:
      description: Name of the sound with the id in C(vm_greeting), or null where the id refers to nothing.
      type: str
      returned: always
    vm_mailto:
      description: Email address that is told about new messages.
      type: str
      returned: always
    vm_profile:
      description:
        - How messages are recorded. record_silence keeps the pauses.
        - One of V(default) or V(record_silence).
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
    run_module(SINGLE["pbx_ivr_info"])


if __name__ == "__main__":
    main()
