# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_event_info
short_description: List the webhooks of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the addresses that the PBX requests when something happens at an extension.
  - Several integrations share this list. Select yours by O(url).
options:
  event_type:
    description:
      - Only the webhooks of these events, such as V(hangup).
    type: list
    elements: str
  url:
    description:
      - Only the webhooks that request these addresses.
    type: list
    elements: str
  id:
    description:
      - Reads only the webhook with this id.
      - An id that does not exist gives an empty list.
    type: str
  limit:
    description:
      - The most webhooks to return. If not set, all of them are returned.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_event
    description: Manage the webhooks of an extension.
"""

EXAMPLES = r"""
- name: Tell the CRM about the end of each call
  telops.pbx.pbx_event:
    extension: "101"
    event_type: hangup
    url: https://crm.example.com/pbx/hangup
    method: POST

- name: List all webhooks of the phone
  telops.pbx.pbx_event_info:
    extension: "101"
  register: webhooks

- name: Show who is told about the end of a call
  ansible.builtin.debug:
    msg: "{{ webhooks.events | selectattr('event_type', 'equalto', 'hangup') | map(attribute='url') }}"

- name: List only what concerns messages
  telops.pbx.pbx_event_info:
    extension: "101"
    event_type: [message-in, message-out, voicemail]
"""

RETURN = r"""
events:
  description:
    - The webhooks of the extension.
  returned: success
  type: list
  elements: dict
  contains:
    event_type:
      description:
        - Kind of call event that requests the address, such as hangup.
        - One of V(dial-in), V(dial-out), V(hangup), V(answer), V(message-in), V(message-out), V(message-out-status)
          or V(voicemail).
      type: str
      returned: always
    id:
      description: Id of the webhook.
      type: int
      returned: always
    method:
      description: 'How it is requested: GET carries the data in the query, POST as a form.'
      type: str
      returned: always
    url:
      description: Address that is requested; put a token into it, for the PBX does not sign.
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
    run_module(SINGLE["pbx_event_info"])


if __name__ == "__main__":
    main()
