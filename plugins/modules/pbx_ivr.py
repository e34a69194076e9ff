# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ivr
short_description: Configure an IVR
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Changes the settings of an extension of the type C(ivr), above all the menu where its callers start.
  - Options that are left out stay as they are.
options:
  entry_context:
    description:
      - The context where callers start, by its name or its id.
    type: str
  sleep_time:
    description:
      - How long to wait before the entry context begins, in milliseconds.
    type: int
  lifetime:
    description:
      - How long a call may stay in the IVR, in seconds.
    type: int
  lifetime_exp_action:
    description:
      - The treatment of a call that lasts longer than O(lifetime).
    type: str
    choices: [hangup, transfer]
  lifetime_exp_transfer_dst:
    description:
      - The number such a call is transferred to. It is only for O(lifetime_exp_action=transfer).
    type: str
  unset:
    description:
      - The fields to clear, so that the PBX has no value for them.
      - A field cannot have a value and stand here in the same task.
      - A field also counts as cleared where the PBX answers with its own default for it.
    type: list
    elements: str
    choices:
      - entry_context
      - lifetime
      - lifetime_exp_transfer_dst
      - sleep_time
      - vm_greeting
      - vm_mailto
      - vm_profile
    default: []
notes:
  - An IVR consists of contexts, which are its menus. A context has options, one for each input of a caller. An option
    has rules that run one after the other. First create the context that O(entry_context) names.
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource.voicemail
seealso:
  - module: telops.pbx.pbx_ivr_context
    description: Manage the menus.
  - module: telops.pbx.pbx_ivr_option
    description: Manage the keys of a menu and their rules.
  - module: telops.pbx.pbx_interval
    description: Define working hours and holidays.
"""

EXAMPLES = r"""
- name: Create the menu where callers start
  telops.pbx.pbx_ivr_context:
    extension: "300"
    name: main

- name: Let callers start there, and end calls that stay too long
  telops.pbx.pbx_ivr:
    extension: "300"
    entry_context: main
    sleep_time: 500
    lifetime: 600
    lifetime_exp_action: transfer
    lifetime_exp_transfer_dst: "200"

- name: Take messages, and send them by email
  telops.pbx.pbx_ivr:
    extension: "300"
    vm_enabled: true
    vm_greeting: Voicemail greeting
    vm_mailto: reception@example.com
    vm_attach_file: true

- name: End calls that stay too long without passing them on
  telops.pbx.pbx_ivr:
    extension: "300"
    lifetime_exp_action: hangup
    unset: [lifetime_exp_transfer_dst]
"""

RETURN = r"""
ivr:
  description:
    - The settings of the IVR as the PBX has them, or in check mode as it would have them.
  returned: success
  type: dict
  contains:
    entry_context:
      description: Id of the context that a call enters first.
      type: int
      returned: when known
    lifetime:
      description: How long a call may stay in the IVR, in seconds.
      type: int
      returned: when known
    lifetime_exp_action:
      description: Treatment of a call that lasts longer than lifetime, hangup or transfer.
      type: str
      returned: when known
    lifetime_exp_transfer_dst:
      description: Number that a call is transferred to whose lifetime_exp_action is transfer.
      type: str
      returned: when known
    sleep_time:
      description: Pause before the entry context begins, in milliseconds.
      type: int
      returned: when known
    vm_attach_file:
      description: Whether the email carries the message itself.
      type: bool
      returned: when known
    vm_enabled:
      description: Whether a caller can leave a message where the call would otherwise fail.
      type: bool
      returned: when known
    vm_greeting:
      description: Id of the sound that callers hear before the beep.
      type: int
      returned: when known
    vm_mailto:
      description: Email address that is told about new messages.
      type: str
      returned: when known
    vm_profile:
      description:
        - How messages are recorded. record_silence keeps the pauses.
        - One of V(default) or V(record_silence).
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
    run_module(SINGLE["pbx_ivr"])


if __name__ == "__main__":
    main()
