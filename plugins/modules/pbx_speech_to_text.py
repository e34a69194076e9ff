# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_speech_to_text
short_description: Have a call written down while it is going on
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Starts or stops the speech recognition for one side of a call. The PBX sends the text to a URL as it is spoken.
  - The call is looked for first. If it is over by now, there is nothing to do.
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
    description: Whether the recognition starts or stops.
    type: str
    required: true
    choices: [start, stop]
  direction:
    description: The recognized side of the call, V(in) to the phone or V(out).
    type: str
    required: true
    choices: [in, out]
  url:
    description:
      - The URL that gets the text. It is needed with O(action=start), and not taken with O(action=stop).
      - It is shown in diffs and in the plan. Take care with a secret in it.
    type: str
attributes:
  idempotent:
    description: Reports no change when nothing is to be done.
    support: partial
    details:
      - A call that is over is left alone.
      - The PBX does not tell whether the recognition is going on. As long as the call is there, every run sends its
        request, and reports a change.
      - If the answer to O(action=start) is lost, it is not sent again, so that no text comes twice. The task fails
        instead.
extends_documentation_fragment:
  - telops.pbx.operation
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_call_info
    description: List the calls of a phone.
  - module: telops.pbx.pbx_call
    description: Act upon the call.
  - module: telops.pbx.pbx_callback
    description: Start a call.
"""

EXAMPLES = r"""
- name: See what is going on at the reception
  telops.pbx.pbx_call_info:
    extension: "101"
  register: reception

- name: Have what the caller says sent to the CRM
  telops.pbx.pbx_speech_to_text:
    extension: "101"
    call_api_id: "{{ reception.calls[0].call_api_id }}"
    action: start
    direction: in
    url: https://crm.example.com/speech

- name: Stop listening to the caller
  telops.pbx.pbx_speech_to_text:
    extension: "101"
    call_api_id: "{{ reception.calls[0].call_api_id }}"
    action: stop
    direction: in
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
    - action: start
      kind: speech_to_text
      object: extension "101" > call "5001-00000000000000000000000000000c01"
      method: PUT
      path: /extension/5001/speech_to_text/5001-00000000000000000000000000000c01
      body: {action: start, direction: in, url: 'https://crm.example.com/speech'}
      changes:
        - {field: action, from: null, to: start}
        - {field: direction, from: null, to: in}
        - {field: url, from: null, to: 'https://crm.example.com/speech'}
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
    run_module(SINGLE["pbx_speech_to_text"])


if __name__ == "__main__":
    main()
