# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_valet_park
short_description: Park a call in a numbered place, and take it out
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Parks a call of a phone in a place with a number, where anybody who knows the number can take it, or connects a call
    with the one that is parked there.
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
    description:
      - V(park) parks the call in O(slot).
      - V(bridge) connects the call with the one that is parked in O(slot). Where none is parked there, the PBX refuses.
      - V(slots) asks for the places. The API has it among the requests that change something. It is therefore not sent
        in check mode, and reported as a change.
    type: str
    required: true
    choices: [park, bridge, slots]
  slot:
    description:
      - The number of the place. It is needed with O(action=bridge), and not taken with O(action=slots).
      - If not set with O(action=park), the PBX chooses one.
    type: int
attributes:
  idempotent:
    description: Reports no change when nothing is to be done.
    support: partial
    details:
      - A call that is over is left alone.
      - The PBX does not tell where a call is parked. As long as the call is there, every run sends its request, and
        reports a change.
      - If the answer to O(action=park) or O(action=bridge) is lost, it is not sent again, because the call may be
        elsewhere by then. The task fails instead.
extends_documentation_fragment:
  - telops.pbx.operation
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_call_info
    description: List the calls of a phone.
  - module: telops.pbx.pbx_call
    description: Act upon a call otherwise.
"""

EXAMPLES = r"""
- name: See what is going on at the reception
  telops.pbx.pbx_call_info:
    extension: "101"
  register: reception

- name: Park the call of the reception
  telops.pbx.pbx_valet_park:
    extension: "101"
    call_api_id: "{{ reception.calls[0].call_api_id }}"
    action: park
    slot: 701

- name: Ask for the places
  telops.pbx.pbx_valet_park:
    extension: "101"
    call_api_id: "{{ reception.calls[0].call_api_id }}"
    action: slots
  register: places

- name: Show the places
  ansible.builtin.debug:
    var: places.valet_park
"""

RETURN = r"""
valet_park:
  description:
    - The answer of the PBX. The documentation of the PBX does not describe it, so the module returns it unchanged.
    - It is empty in check mode, and where the call is over.
  returned: success
  type: dict
  contains: {}
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
    - action: park
      kind: valet_park
      object: extension "101" > call "5001-00000000000000000000000000000c01"
      method: PUT
      path: /extension/5001/valet_park/5001-00000000000000000000000000000c01
      body: {action: park, slot: 701}
      changes:
        - {field: action, from: null, to: park}
        - {field: slot, from: null, to: 701}
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
    run_module(SINGLE["pbx_valet_park"])


if __name__ == "__main__":
    main()
