# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_call
short_description: Transfer, hold, join, or hang up a call of a phone
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Acts upon a call that a phone takes part in at the moment. The people in the call notice it at once.
  - The call is looked for first. If it is over by now, or was transferred away, there is nothing to do.
options:
  call_api_id:
    description:
      - The call, by its id.
      - M(telops.pbx.pbx_call_info) lists the calls of a phone, and M(telops.pbx.pbx_callback) returns the id of a call
        that it has started.
      - A call that the phone does not take part in any more is no error. Nothing is done then.
    type: str
    required: true
  action:
    description:
      - The operation on the call. There is no default, and V(hangup) is done only where it is named.
      - V(transfer) connects the other side to O(send_dst) at once, and V(attended_transfer) after O(send_dst) has
        answered.
      - V(hold) makes the other side wait, and V(offhold) goes on talking to it.
      - V(park) leaves the call to be picked up elsewhere, and V(pickup) takes it.
      - V(eavesdrop), V(whisper), and V(conference) call O(send_dst) and let it listen to the call, speak to the phone
        alone, or speak to both sides.
      - V(hangup) ends the call.
    type: str
    required: true
    choices:
      - transfer
      - attended_transfer
      - hold
      - offhold
      - park
      - pickup
      - eavesdrop
      - whisper
      - conference
      - hangup
  send_dst:
    description:
      - The number that the call goes to or that joins it, inside of the tenant or outside.
      - It is needed with O(action=transfer), O(action=attended_transfer), O(action=eavesdrop), O(action=whisper), and
        O(action=conference). O(action=hold), O(action=offhold), and O(action=hangup) do not take it.
    type: str
  caller_id_name:
    description: The name that O(send_dst) is shown.
    type: str
  caller_id_number:
    description: The number that O(send_dst) is shown.
    type: str
attributes:
  idempotent:
    description: Reports no change when nothing is to be done.
    support: partial
    details:
      - A call that is over, or that was transferred away, is left alone, so that O(action=transfer) and
        O(action=hangup) happen once.
      - The PBX does not tell whether a call is on hold, parked, or joined by somebody. As long as the call is there,
        every other action is therefore done each time, and reported as a change.
      - A request that may have arrived without an answer is not sent again, except for O(action=hold),
        O(action=offhold), and O(action=hangup), where a second one does no harm. The task fails instead.
extends_documentation_fragment:
  - telops.pbx.operation
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_call_info
    description: List the calls of a phone.
  - module: telops.pbx.pbx_callback
    description: Start a call.
  - module: telops.pbx.pbx_valet_park
    description: Park a call in a numbered place.
  - module: telops.pbx.pbx_conference_control
    description: Direct a conference.
"""

EXAMPLES = r"""
- name: See what is going on at the reception
  telops.pbx.pbx_call_info:
    extension: "101"
  register: reception

- name: Put a call on hold
  telops.pbx.pbx_call:
    extension: "101"
    call_api_id: "{{ reception.calls[0].call_api_id }}"
    action: hold

- name: Go on with the call
  telops.pbx.pbx_call:
    extension: "101"
    call_api_id: "{{ reception.calls[0].call_api_id }}"
    action: offhold

- name: Let the supervisor speak to the agent, unheard by the caller
  telops.pbx.pbx_call:
    extension: "101"
    call_api_id: "{{ reception.calls[0].call_api_id }}"
    action: whisper
    send_dst: "102"
    caller_id_name: Supervision

- name: Send the caller to the queue
  telops.pbx.pbx_call:
    extension: "101"
    call_api_id: "{{ reception.calls[0].call_api_id }}"
    action: transfer
    send_dst: "200"

- name: End the calls that were there, as far as they have not left the phone
  telops.pbx.pbx_call:
    extension: "101"
    call_api_id: "{{ item.call_api_id }}"
    action: hangup
  loop: "{{ reception.calls }}"
"""

RETURN = r"""
call:
  description:
    - The call as it was found, before anything was done with it.
    - It is empty where the phone has no such call any more.
  returned: success
  type: dict
  contains:
    answer_time_gmt:
      description: When the call was answered, in UTC. It is empty while the call rings.
      type: str
      returned: when known
    call_api_id:
      description: Id of the call.
      type: str
      returned: when known
    call_flow:
      description: The direction of the call, V(in) or V(out).
      type: str
      returned: when known
    callback_id:
      description: Id of the callback that the call is a part of.
      type: str
      returned: when known
    called_did:
      description: The outside number that was called.
      type: str
      returned: when known
    called_number:
      description: The number that was called.
      type: str
      returned: when known
    caller_id_name:
      description: Name of the caller.
      type: str
      returned: when known
    caller_id_number:
      description: Number of the caller.
      type: str
      returned: when known
    extension_id:
      description: Id of the phone.
      type: int
      returned: when known
    init_time_gmt:
      description: When the call began, in UTC. Parts of a second may follow.
      type: str
      returned: when known
    real_call:
      description: Whether the phone takes part. It does not in a call that is forwarded to a mobile phone.
      type: bool
      returned: when known
    record_uuid:
      description: Id of the recording.
      type: str
      returned: when known
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
    - action: transfer
      kind: call
      object: extension "101" > call "5001-00000000000000000000000000000c01"
      method: PUT
      path: /extension/5001/current_calls/5001-00000000000000000000000000000c01
      body: {action: transfer, send_dst: '200'}
      changes:
        - {field: action, from: null, to: transfer}
        - {field: send_dst, from: null, to: '200'}
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
  sample: {GET: 1, PUT: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_call"])


if __name__ == "__main__":
    main()
