# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_call_info
short_description: List the calls that a phone takes part in now
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the calls of a phone that are going on, those that still ring among them.
  - A call that is over is not listed.
options:
  call_api_id:
    description:
      - Reads only the call with this id.
      - A call that is over gives an empty list.
    type: str
  limit:
    description:
      - The most calls to return. If not set, all of them are returned.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_call
    description: Act upon a call.
  - module: telops.pbx.pbx_extension_info
    description: Find the phones of the tenant.
"""

EXAMPLES = r"""
- name: List the calls at the reception
  telops.pbx.pbx_call_info:
    extension: "101"
  register: reception

- name: Show who calls
  ansible.builtin.debug:
    msg: "{{ reception.calls | map(attribute='caller_id_number') }}"

- name: Wait until the second desk is free, for a minute at most
  telops.pbx.pbx_call_info:
    extension: "102"
  register: desk
  until: not desk.calls
  retries: 12
  delay: 5

- name: Look at one call
  telops.pbx.pbx_call_info:
    extension: "101"
    call_api_id: "{{ reception.calls[0].call_api_id }}"
"""

RETURN = r"""
calls:
  description:
    - The calls that the phone takes part in, in the order of the PBX.
  returned: success
  type: list
  elements: dict
  contains:
    answer_time_gmt:
      description: When the call was answered, in UTC. It is empty while the call rings.
      type: str
      returned: always
    call_api_id:
      description: Id of the live call, as used in paths.
      type: str
      returned: always
    call_flow:
      description: The direction of the call, in or out.
      type: str
      returned: always
    callback_id:
      description: Id of the callback that the call is a part of.
      type: str
      returned: always
    called_did:
      description: The outside number that was called.
      type: str
      returned: always
    called_number:
      description: The number that was called.
      type: str
      returned: always
    caller_id_name:
      description: Name shown to that number.
      type: str
      returned: always
    caller_id_number:
      description: Number shown to that number.
      type: str
      returned: always
    extension:
      description: Number of the extension with the id in C(extension_id), or null where the id refers to nothing.
      type: str
      returned: always
    extension_id:
      description: Id of the extension that takes part.
      type: int
      returned: always
    init_time_gmt:
      description: When the call began, in UTC. Parts of a second may follow, after a point or a comma.
      type: str
      returned: always
    real_call:
      description: Whether the phone takes part. It does not in a call that is forwarded to a mobile phone.
      type: bool
      returned: always
    record_uuid:
      description: Id of the recording, if the call is recorded.
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
    run_module(SINGLE["pbx_call_info"])


if __name__ == "__main__":
    main()
