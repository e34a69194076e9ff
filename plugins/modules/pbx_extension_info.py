# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_extension_info
short_description: List the extensions of the tenant
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists all extensions of the tenant with their numbers, types, and ids, or those that are asked for.
options:
  id:
    description:
      - Reads only the extension with this id. V(@me) is the extension that the user of the token belongs to.
      - An id that does not exist gives an empty list.
    type: str
  number:
    description: Only the extensions with these numbers, as they are dialled inside the tenant.
    type: list
    elements: str
  type:
    description: Only the extensions of these types, V(phone), V(queue), V(ivr), V(fax), or V(conference).
    type: list
    elements: str
  status:
    description: Only the extensions with these states, V(active) or V(blocked).
    type: list
    elements: str
  limit:
    description:
      - The most extensions to return. If not set, all of them are read, however many pages that takes.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_phone
    description: Configure a phone.
  - module: telops.pbx.pbx_queue
    description: Configure a queue.
  - module: telops.pbx.pbx_ivr
    description: Configure an IVR.
"""

EXAMPLES = r"""
- name: List all extensions
  telops.pbx.pbx_extension_info:
  register: pbx

- name: Show the numbers of the phones
  ansible.builtin.debug:
    msg: "{{ pbx.extensions | selectattr('type', 'equalto', 'phone') | map(attribute='number') }}"

- name: Find one extension by its number
  telops.pbx.pbx_extension_info:
    number: ["200"]

- name: Give all phones the same ringing time
  telops.pbx.pbx_phone:
    extension_id: "{{ item.id }}"
    hangup_timeout: 30
  loop: "{{ pbx.extensions | selectattr('type', 'equalto', 'phone') }}"
  loop_control:
    label: "{{ item.number }}"
"""

RETURN = r"""
extensions:
  description:
    - All extensions of the tenant.
  returned: success
  type: list
  elements: dict
  contains:
    ani_rfc3325:
      description: Send the outgoing number in the headers of RFC 3325.
      type: bool
      returned: always
    caller_id_name:
      description: Name that others see when the extension calls.
      type: str
      returned: always
    client_id:
      description: Id of the tenant it belongs to.
      type: int
      returned: always
    create_date:
      description: When it was created, YYYY-MM-DD HH:MM:SS.
      type: str
      returned: always
    dial_rule:
      description: Name of the dial rule with the id in C(dial_rule_id), or null where the id refers to nothing.
      type: str
      returned: always
    dial_rule_id:
      description: Id of the dial rule list that rewrites dialled numbers.
      type: int
      returned: always
    dial_rule_limit:
      description: Limit that goes with the dial rule list; its meaning is not documented.
      type: int
      returned: always
    did_as_transfer_caller_id:
      description: DID shown to the target of a transfer.
      type: str
      returned: always
    domain:
      description: SIP domain of the extension.
      type: str
      returned: always
    extension_group:
      description: Name of the extension group with the id in C(extension_group_id), or null where the id refers
        to nothing.
      type: str
      returned: always
    extension_group_id:
      description: Id of the group that the extension belongs to.
      type: int
      returned: always
    extra_params:
      description: Free text for integrations. The PBX does not look into it.
      type: str
      returned: always
    id:
      description: Id of the extension.
      type: int
      returned: always
    label:
      description: Text that describes the extension to people.
      type: str
      returned: always
    message_did:
      description: DID for text messages.
      type: str
      returned: always
    name:
      description: Number with the prefix of the tenant, such as 000*100; sent without prefix, fixed once created.
      type: str
      returned: always
    number:
      description: Number that is dialled inside the tenant; the other modules take it as their option C(extension).
      type: str
      returned: always
    status:
      description: Whether the extension works, active or blocked.
      type: str
      returned: always
    type:
      description: Type of the extension, phone, queue, ivr, fax, or conference.
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
    run_module(SINGLE["pbx_extension_info"])


if __name__ == "__main__":
    main()
