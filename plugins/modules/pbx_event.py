# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_event
short_description: Manage the webhooks of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates, changes, and deletes events. An event is a webhook, an HTTP request that the PBX sends to an address when
    something happens at an extension.
  - Several programs may keep webhooks at one extension. The module touches only the one with its O(event_type) and
    O(url).
options:
  event_type:
    description:
      - The kind of call event that requests the address. Together with O(url), it names the webhook.
      - V(dial-in), V(dial-out), and V(answer) are refused for extensions of the type C(ivr).
      - It is needed for a new webhook. For others, O(id) can take its place.
    type: str
    choices: [dial-in, dial-out, hangup, answer, message-in, message-out, message-out-status, voicemail]
  url:
    description:
      - The address that is requested. Together with O(event_type), it names the webhook.
      - It is needed for a new webhook. For others, O(id) can take its place.
    type: str
  method:
    description:
      - How the address is requested. V(GET) carries the data in the query, V(POST) as a form.
      - It is needed for a new webhook.
    type: str
    choices: [GET, POST]
  all:
    description:
      - With O(state=absent), deletes all webhooks of the extension, whoever made them, in one request.
      - Other programs may depend on webhooks of their own at the same extension, so ask their owners first.
    type: bool
notes:
  - The PBX does not sign its requests. A secret path in O(url) tells them from others. O(url) is shown in the output
    of the task, so use C(no_log) where that matters.
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
  - telops.pbx.resource.id
seealso:
  - module: telops.pbx.pbx_extension_info
    description: Find the extensions of the tenant.
"""

EXAMPLES = r"""
- name: Tell the CRM about the end of each call
  telops.pbx.pbx_event:
    extension: "101"
    event_type: hangup
    url: https://crm.example.com/pbx/hangup
    method: GET

- name: Send the data as a form instead
  telops.pbx.pbx_event:
    extension: "101"
    event_type: hangup
    url: https://crm.example.com/pbx/hangup
    method: POST

- name: Tell the CRM about new messages on several phones
  telops.pbx.pbx_event:
    extension: "{{ item }}"
    event_type: voicemail
    url: https://crm.example.com/pbx/voicemail
    method: POST
  loop: ["101", "102", "103"]

- name: Remove the webhook
  telops.pbx.pbx_event:
    extension: "101"
    event_type: hangup
    url: https://crm.example.com/pbx/hangup
    state: absent
"""

RETURN = r"""
event:
  description:
    - The webhook as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
    - In check mode, the C(id) of a new object is a text that stands for it.
  returned: success
  type: dict
  sample:
    event_type: hangup
    id: 5
    method: POST
    url: https://crm.example.com/pbx/hangup
  contains:
    event_type:
      description:
        - Kind of call event that requests the address, such as hangup.
        - One of V(dial-in), V(dial-out), V(hangup), V(answer), V(message-in), V(message-out), V(message-out-status)
          or V(voicemail).
      type: str
      returned: when known
    id:
      description: Id of the webhook.
      type: int
      returned: when known
    method:
      description: 'How it is requested: GET carries the data in the query, POST as a form.'
      type: str
      returned: when known
    url:
      description: Address that is requested; put a token into it, for the PBX does not sign.
      type: str
      returned: when known
plan:
  description:
    - Steps that change the PBX, in the order in which the module sends them. Each step is one HTTP request.
    - In check mode, the list contains the steps of the real run.
    - The list is empty when the current state is the desired state.
    - After a failure, the list contains the steps before it.
  returned: success, or failure of a step
  type: list
  elements: dict
  contains:
    action:
      description: Kind of change, V(create), V(update), V(replace), V(delete) or V(order).
      type: str
      returned: always
    kind:
      description: Kind of object that the step changes.
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
      description: Path of the request below O(api_url). A placeholder with the object's name stands for an id that
        does not exist yet.
      type: str
      returned: always
    body:
      description: Request body with secrets hidden, or nothing when the request has none.
      type: dict
      returned: always
    changes:
      description: Fields that change, with C(field), C(from), and C(to). References are names instead of ids.
      type: list
      elements: dict
      returned: always
  sample:
    - action: update
      kind: agent
      object: extension "101" > agent "Anna"
      method: PUT
      path: /extension/5001/agent/701
      body: {wrap_up_time: 30}
      changes: [{field: wrap_up_time, from: 15, to: 30}]
diff:
  description: Changes, one element per object, with names instead of ids and with secrets hidden.
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
      description: Current values of the changed fields, in YAML.
      type: str
      returned: always
    after:
      description: Desired values of the changed fields, in YAML.
      type: str
      returned: always
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 2, PUT: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_event"])


if __name__ == "__main__":
    main()
