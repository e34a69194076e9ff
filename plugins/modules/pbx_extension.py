# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_extension
short_description: Manage the extensions of the tenant
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates, changes, and deletes extensions, the numbers that are dialled inside the tenant. Each of them is a phone, a
    queue, an IVR, a fax, or a conference room.
  - Configure the extension afterwards with the module for its type, such as M(telops.pbx.pbx_phone).
  - The number and the type are fixed from the beginning. The module refuses to change them, because that would mean to
    delete the extension with all that is in it, and to create another one.
options:
  number:
    description:
      - The number of the extension, as it is dialled inside the tenant, by which it is found.
      - Write it in quotes. Numbers may begin with zeros, which YAML would drop.
      - All numbers of a tenant have the same length, which the PBX checks.
      - It is needed for a new extension. For others, O(id) can take its place.
    type: str
    aliases: [name]
  type:
    description:
      - The type of the extension. It is needed for a new extension.
    type: str
    choices: [phone, queue, ivr, fax, conference]
  status:
    description:
      - Whether the extension works. V(blocked) stops all its calls.
      - A new extension is V(active), unless V(blocked) is asked for. An existing one stays as it is where the option is
        left out.
    type: str
    choices: [active, blocked]
  label:
    description:
      - A description of the extension for people.
    type: str
  caller_id_name:
    description:
      - The name that others see when the extension calls.
    type: str
  extension_group:
    description:
      - The group that the extension belongs to, by its name or its id. See M(telops.pbx.pbx_extension_group).
    type: str
    aliases: [extension_group_id]
  dial_rule:
    description:
      - The list of dial rules that rewrites the numbers that the extension dials. It has no name of its own, and is
        given by its id. See M(telops.pbx.pbx_dial_rule).
    type: str
    aliases: [dial_rule_id]
  dial_rule_limit:
    description:
      - The limit that goes with O(dial_rule). The documentation of the PBX does not explain its values.
    type: int
  did_as_transfer_caller_id:
    description:
      - The DID that the target of a transfer sees.
    type: str
  ani_rfc3325:
    description:
      - Whether the number of an outgoing call is sent in the headers of RFC 3325.
    type: bool
  message_did:
    description:
      - The DID for text messages.
    type: str
  extra_params:
    description:
      - Data that integrations keep with the object, as JSON. A structure is sent as JSON text, and values are
        compared as JSON.
      - The PBX does not look into it.
    type: raw
  live_traffic:
    description:
      - The reaction to callers in a queue that is deleted or blocked, or that no agent would answer any more.
        V(refuse) changes nothing, V(allow) goes on.
      - With V(refuse), deleting or blocking a queue or a phone costs one more request; a phone with agents
        costs as many more as there are queues. In check mode, nothing is refused, since other callers will wait
        when the real run comes.
    type: str
    choices: [refuse, allow]
    default: refuse
  unset:
    description:
      - The fields to clear, so that the PBX has no value for them.
      - A field cannot have a value and stand here in the same task.
    type: list
    elements: str
    choices:
      - caller_id_name
      - dial_rule
      - dial_rule_limit
      - did_as_transfer_caller_id
      - extension_group
      - extra_params
      - label
      - message_did
    default: []
  id:
    description:
      - Picks the extension by its id instead of O(number).
      - An id that does not exist is an error, unless O(state=absent) asks for just that.
    type: str
  state:
    description:
      - V(present) creates the extension, or changes the options that are given.
      - V(absent) deletes it with all that is in it, for good. These are its settings, agents with their places in
        queues, rules, intervals, voice menus, events, and users. Calls to its number fail from then on, those that a
        DID or a rule of another extension sends there included. The diff of the preview shows the extension alone.
      - An extension that is not there is no error. To take one out of service and to keep its content, use
        O(status=blocked).
    type: str
    choices: [present, absent]
    default: present
  check_references:
    description:
      - Whether nothing is deleted that something else still leads to, such as a rule, a menu, a queue or a
        DID.
      - Deleting costs one request for the DIDs, one for the agents of the tenant, one for each queue and each
        IVR, and one for the incoming rules of each other extension; a phone whose agents are in queues costs
        one more for each queue. With V(false), none of this is read, and whoever dials the extension hears
        nobody.
    type: bool
    default: true
notes:
  - In the preview of a run that would create an extension, later tasks can configure it. The initial settings
    are not known before, so those tasks take every setting for a change, and their RV(plan) stands in for
    undeclared values with C(<other settings>).
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_extension_info
    description: List the extensions.
  - module: telops.pbx.pbx_extension_group
    description: Manage the groups of extensions.
  - module: telops.pbx.pbx_did
    description: Let a number of the public network reach an extension.
  - module: telops.pbx.pbx_phone
    description: Configure a phone.
  - module: telops.pbx.pbx_queue
    description: Configure a queue.
  - module: telops.pbx.pbx_ivr
    description: Configure an IVR.
  - module: telops.pbx.pbx_fax
    description: Configure a fax.
  - module: telops.pbx.pbx_conference
    description: Configure a conference room.
"""

EXAMPLES = r"""
- name: Create a phone for a new colleague
  telops.pbx.pbx_extension:
    number: "113"
    type: phone
    label: Dr. Lind
    caller_id_name: Dr. Lind
    extension_group: Reception

- name: Configure it in the same run
  telops.pbx.pbx_phone:
    extension: "113"
    hangup_timeout: 25
    vm_enabled: true

- name: Create a queue, a voice menu, and a conference room
  telops.pbx.pbx_extension:
    number: "{{ item.number }}"
    type: "{{ item.type }}"
    label: "{{ item.label }}"
  loop:
    - {number: "202", type: queue, label: Prescriptions}
    - {number: "301", type: ivr, label: Night menu}
    - {number: "501", type: conference, label: Ward round}
  loop_control:
    label: "{{ item.number }}"

- name: Change what people see, and clear what nobody needs
  telops.pbx.pbx_extension:
    number: "113"
    label: Dr. Lind, first floor
    unset: [extension_group]

- name: Take a lost phone out of service, and keep all that is in it
  telops.pbx.pbx_extension:
    number: "112"
    status: blocked

- name: Delete the phone of somebody who has left, with all that is in it
  telops.pbx.pbx_extension:
    number: "113"
    state: absent
"""

RETURN = r"""
extension:
  description:
    - The extension as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
    - In check mode, the C(id) of a new object is a text that stands for it.
  returned: success
  type: dict
  contains:
    ani_rfc3325:
      description: Send the outgoing number in the headers of RFC 3325.
      type: bool
      returned: when known
    caller_id_name:
      description: Name that others see when the extension calls.
      type: str
      returned: when known
    client_id:
      description: Id of the tenant it belongs to.
      type: int
      returned: when known
    create_date:
      description: When it was created, YYYY-MM-DD HH:MM:SS.
      type: str
      returned: when known
    dial_rule_id:
      description: Id of the dial rule list that rewrites dialled numbers.
      type: int
      returned: when known
    dial_rule_limit:
      description: Limit that goes with the dial rule list; its meaning is not documented.
      type: int
      returned: when known
    did_as_transfer_caller_id:
      description: DID shown to the target of a transfer.
      type: str
      returned: when known
    domain:
      description: SIP domain of the extension.
      type: str
      returned: when known
    extension_group_id:
      description: Id of the group that the extension belongs to.
      type: int
      returned: when known
    extra_params:
      description: Free text for integrations. The PBX does not look into it.
      type: str
      returned: when known
    id:
      description: Id of the extension.
      type: int
      returned: when known
    label:
      description: Text that describes the extension to people.
      type: str
      returned: when known
    message_did:
      description: DID for text messages.
      type: str
      returned: when known
    name:
      description: Number with the prefix of the tenant, such as 000*100; sent without prefix, fixed once created.
      type: str
      returned: when known
    number:
      description: Number that is dialled inside the tenant; the other modules take it as their option C(extension).
      type: str
      returned: when known
    status:
      description: Whether the extension works, active or blocked.
      type: str
      returned: when known
    type:
      description: Type of the extension, phone, queue, ivr, fax, or conference.
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
      kind: extension
      object: extension "113"
      method: POST
      path: /client/@me/extension/
      body: {name: '113', type: phone, status: active, label: Dr. Lind}
      changes:
        - {field: number, from: null, to: '113'}
        - {field: type, from: null, to: phone}
        - {field: status, from: null, to: active}
        - {field: label, from: null, to: Dr. Lind}
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
    run_module(SINGLE["pbx_extension"])


if __name__ == "__main__":
    main()
