# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_callback
short_description: Have the PBX call two sides and connect them
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Rings the numbers of O(src_num). As soon as one of them answers, the PBX calls O(dst_num) and connects the two.
  - Every run of the task is a new call, so run it once, for example in a handler or with a condition.
options:
  src_num:
    description:
      - The numbers that are rung first, inside of the tenant or outside. The first to answer gets the call.
    type: list
    elements: str
    required: true
  dst_num:
    description:
      - The number that is called then, inside of the tenant or outside. It may be a queue or an IVR.
      - The rules for incoming calls apply to this side only.
    type: str
    required: true
  caller_id_name:
    description: The name that O(dst_num) is shown.
    type: str
  caller_id_number:
    description:
      - The number that O(dst_num) is shown. If not set, it is that of the extension.
    type: str
  src_caller_id_name:
    description: The name that O(src_num) is shown.
    type: str
  src_caller_id_number:
    description: The number that O(src_num) is shown.
    type: str
  src_ani:
    description:
      - The outside number with which the PBX calls O(src_num). It has no effect, unless it is one of the tenant's own.
    type: str
  dst_ani:
    description:
      - The outside number with which the PBX calls O(dst_num). It has no effect, unless it is one of the tenant's own.
    type: str
  dst_dtmf:
    description:
      - The keys that are pressed for O(dst_num) once it has answered, digits, V(*), and V(#).
      - V(W) waits for a second, and V(w) for half a second.
    type: str
  announce_sound:
    description: The sound that O(src_num) hears when it answers, by its title or its id.
    type: str
    aliases: [announce_sound_id]
  dst_announce_sound:
    description: The sound that both sides hear when O(dst_num) answers, by its title or its id.
    type: str
    aliases: [dst_announce_sound_id]
  transfer_after_src_hangup:
    description: The number that O(dst_num) is transferred to when O(src_num) hangs up.
    type: str
  transfer_after_dst_hangup:
    description: The number that O(src_num) is transferred to when O(dst_num) hangs up.
    type: str
  allow_public_transfer:
    description: Whether a side outside of the tenant may transfer the call.
    type: bool
  wait_for_pickup:
    description: How long O(src_num) is rung at most, in seconds.
    type: int
  call_duration:
    description: How long the call may last, in seconds. Then the PBX ends it.
    type: int
  callback_rate_limit:
    description:
      - Limits how many of the calls at a time may be callbacks.
      - The documentation of the PBX does not explain the number.
    type: int
attributes:
  idempotent:
    description: Reports no change when nothing is to be done.
    support: none
    details:
      - A callback is an event, and not a state. Every run starts a new call.
      - The request is sent once only. If its answer is lost, the task fails, because nobody knows whether the call was
        started.
extends_documentation_fragment:
  - telops.pbx.operation
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_call
    description: Act upon the call.
  - module: telops.pbx.pbx_speech_to_text
    description: Have the call written down.
"""

EXAMPLES = r"""
- name: Call back a customer from the reception
  telops.pbx.pbx_callback:
    extension: "101"
    src_num: ["101", "102"]
    dst_num: "74950000999"
    caller_id_number: "74950000101"
    announce_sound: Please wait
    wait_for_pickup: 20
  register: customer

- name: Put the customer on hold
  telops.pbx.pbx_call:
    extension: "101"
    call_api_id: "{{ customer.callback.call_api_id }}"
    action: hold

- name: Connect a mobile phone with the queue, and press 1 there
  telops.pbx.pbx_callback:
    extension: "102"
    src_num: ["79160000000"]
    dst_num: "200"
    dst_dtmf: W1
    call_duration: 600
"""

RETURN = r"""
callback:
  description:
    - The id of the new call.
    - In check mode, there is no call yet, and a text stands for its ids. Other modules take it for the id in the
      same preview.
  returned: success
  type: dict
  contains:
    call_api_id:
      description: Id of the call, for O(telops.pbx.pbx_call#module:call_api_id).
      type: str
      returned: when known
    call_id:
      description: Id that all parts of the call share.
      type: str
      returned: when known
  sample:
    call_api_id: 5001-5f2f6b0e7f9b4d3c8a1e0d9c8b7a6f50
    call_id: 0d9c8b7a6f505f2f6b0e7f9b4d3c8a1e
plan:
  description:
    - The request of the operation, as a list with one element.
    - In check mode, the list contains the request of the real run.
    - The list is empty when the module has nothing to do.
  returned: success
  type: list
  elements: dict
  contains:
    action:
      description: Kind of operation.
      type: str
      returned: always
    kind:
      description: Kind of object that the operation concerns.
      type: str
      returned: always
    object:
      description: Object with its place, by the names that people use.
      type: str
      returned: always
    method:
      description: HTTP method of the request.
      type: str
      returned: always
    path:
      description: Path of the request below O(api_url), with its query.
      type: str
      returned: always
    body:
      description: Request body, or the form with the name of the file, or nothing when the request has none.
      type: dict
      returned: always
    changes:
      description: State that the operation starts or ends, with C(field), C(from), and C(to). References are names
        instead of ids.
      type: list
      elements: dict
      returned: always
  sample:
    - action: start
      kind: callback
      object: extension "101" > callback "74950000999"
      method: POST
      path: /extension/5001/callback/
      body: {src_num: ['101'], dst_num: '74950000999'}
      changes:
        - {field: src_num, from: null, to: ['101']}
        - {field: dst_num, from: null, to: '74950000999'}
diff:
  description: State that the operation starts or ends, with names instead of ids. The list has one element, or
    none.
  returned: success
  type: list
  elements: dict
  contains:
    before_header:
      description: Object with its place.
      type: str
      returned: always
    after_header:
      description: The same as RV(diff[].before_header).
      type: str
      returned: always
    before:
      description: State that ends or changes, in YAML.
      type: str
      returned: always
    after:
      description: State that starts, in YAML.
      type: str
      returned: always
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 1, POST: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_callback"])


if __name__ == "__main__":
    main()
