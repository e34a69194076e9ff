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
      - What the webhook is for. Together with O(url), it names the webhook.
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
      description: What triggers the request.
      type: str
      returned: when known
    id:
      description: Id of the webhook.
      type: int
      returned: when known
    method:
      description: How it is requested, V(GET) or V(POST).
      type: str
      returned: when known
    url:
      description: Address that is requested.
      type: str
      returned: when known
plan:
  description:
    - The steps that change the PBX, in the order in which they are sent. Each step is one HTTP request.
    - In check mode, these are the steps that the real run would take.
    - It is empty when nothing is to be done.
    - After a failure, these are the steps that were taken before it.
  returned: success, or failure of a step
  type: list
  elements: dict
  contains:
    action:
      description: What the step does, V(create), V(update), V(delete) or V(order).
      type: str
      returned: always
    kind:
      description: What kind of object the step is about.
      type: str
      returned: always
    object:
      description: The object with its place, by the names that people use.
      type: str
      returned: always
    method:
      description: The HTTP method of the request.
      type: str
      returned: always
    path:
      description: The path of the request below O(api_url). An id that is not known yet stands there as a name.
      type: str
      returned: always
    body:
      description: The JSON body of the request with secrets hidden, or nothing when it has none.
      type: dict
      returned: always
    changes:
      description: The fields that change, with C(field), C(from), and C(to). References are names instead of ids.
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
  description: What changes, one element for each object, with names instead of ids and with secrets hidden.
  returned: success
  type: list
  elements: dict
  contains:
    before_header:
      description: The object with its place.
      type: str
      returned: always
    after_header:
      description: The same as RV(diff[].before_header).
      type: str
      returned: always
    before:
      description: The changed fields as the PBX had them, in YAML.
      type: str
      returned: always
    after:
      description: The changed fields as they were declared, in YAML.
      type: str
      returned: always
requests:
  description: How many requests were sent to the API, by HTTP method. Those that fetch tokens are not counted.
  returned: always
  type: dict
  sample:
    GET: 2
    PUT: 1
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_event"])


if __name__ == "__main__":
    main()
