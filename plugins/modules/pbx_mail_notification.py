# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_mail_notification
short_description: Manage the email notifications of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates, changes, and deletes the email notifications of an extension. The PBX writes to the address of each when
    the event happens there.
  - A notification is found by O(event_type) and O(mail) together. Those of other addresses stay as they are.
  - A voicemail message is no such event. Their address is C(vm_mailto), an option of M(telops.pbx.pbx_phone),
    M(telops.pbx.pbx_queue), and M(telops.pbx.pbx_ivr).
options:
  event_type:
    description:
      - The kind of event that the PBX reports. V(call_failed_mail) is a call that has failed.
      - It is needed for a new notification. For others, O(id) can take its place.
    type: str
    choices: [call_failed_mail]
  mail:
    description:
      - The address that the PBX writes to.
      - It is needed for a new notification. For others, O(id) can take its place.
    type: str
  id:
    description:
      - Picks the notification by its id, to give it another address or to delete it.
      - An id that does not exist is an error, unless O(state=absent) asks for just that.
    type: str
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
seealso:
  - module: telops.pbx.pbx_mail_notification_info
    description: List the email notifications of an extension.
  - module: telops.pbx.pbx_event
    description: Send events of an extension to a web server.
"""

EXAMPLES = r"""
- name: Tell the office about failed calls of the queue
  telops.pbx.pbx_mail_notification:
    extension: "200"
    event_type: call_failed_mail
    mail: office@example.com

- name: Find the notification by its address
  telops.pbx.pbx_mail_notification_info:
    extension: "200"
    mail: [office@example.com, desk@example.com]
  register: found

- name: Give it another address
  telops.pbx.pbx_mail_notification:
    extension: "200"
    id: "{{ item.id }}"
    mail: desk@example.com
  loop: "{{ found.mail_notifications }}"
  loop_control:
    label: "{{ item.mail }}"

- name: Do not write to it any more
  telops.pbx.pbx_mail_notification:
    extension: "200"
    event_type: call_failed_mail
    mail: desk@example.com
    state: absent
"""

RETURN = r"""
mail_notification:
  description:
    - The notification as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
    - In check mode, the C(id) of a new object is a text that stands for it.
  returned: success
  type: dict
  contains:
    event_type:
      description:
        - Kind of event that the PBX reports by mail.
        - One of V(call_failed_mail).
      type: str
      returned: when known
    id:
      description: Id of the notification.
      type: int
      returned: when known
    mail:
      description: Address that the PBX writes to.
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
    - action: create
      kind: mail_notification
      object: extension "200" > mail notification "call_failed_mail office@example.com"
      method: POST
      path: /extension/5013/mail_notification/
      body: {event_type: call_failed_mail, mail: office@example.com}
      changes:
        - {field: event_type, from: null, to: call_failed_mail}
        - {field: mail, from: null, to: office@example.com}
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
    run_module(SINGLE["pbx_mail_notification"])


if __name__ == "__main__":
    main()
