# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_did
short_description: Assign the numbers of the public network
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Decides which extension a DID reaches, that is a number of the public network on which the tenant can be called.
  - The operator of the PBX gives DIDs to a tenant. They can neither be created nor deleted here, so there is no
    C(state). Clearing O(extension) with O(unset) takes a number out of service.
options:
  name:
    description:
      - The number, exactly as the PBX lists it, by which it is found.
      - Write it in quotes, as all numbers of telephones.
      - Either O(name) or O(id) is needed.
    type: str
  extension:
    description:
      - The extension that gets the calls, by its number such as V("300"), or its id.
      - Calls reach it from the moment of the change.
    type: str
    aliases: [extension_id]
  allow_message:
    description:
      - Whether the number takes text messages.
    type: bool
  message_extension:
    description:
      - The extension that gets the text messages, by its number or its id.
    type: str
    aliases: [message_extension_id]
  comment:
    description:
      - Free text about the number.
    type: str
  unset:
    description:
      - The fields to clear, so that the PBX has no value for them. Without O(extension), nobody answers the number.
      - A field cannot have a value and stand here in the same task.
    type: list
    elements: str
    choices:
      - comment
      - extension
      - message_extension
    default: []
  id:
    description:
      - Picks the number by its id instead of O(name). An id that does not exist is an error.
    type: str
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_did_info
    description: List the numbers of the tenant.
  - module: telops.pbx.pbx_extension
    description: Manage the extensions.
  - module: telops.pbx.pbx_ani
    description: Choose the number that an extension shows when it calls.
"""

EXAMPLES = r"""
- name: Let callers of the main number reach the voice menu
  telops.pbx.pbx_did:
    name: "74950000101"
    extension: "300"
    comment: Main number

- name: Hand a second number to the reception, text messages included
  telops.pbx.pbx_did:
    name: "74950000102"
    extension: "101"
    allow_message: true
    message_extension: "101"

- name: Move the second number to the queue
  telops.pbx.pbx_did:
    name: "74950000102"
    extension: "200"

- name: Take the second number out of service
  telops.pbx.pbx_did:
    name: "74950000102"
    allow_message: false
    unset: [extension, message_extension]
"""

RETURN = r"""
did:
  description:
    - The number as the PBX has it, or in check mode as it would have it.
  returned: success
  type: dict
  contains:
    allow_message:
      description: Whether the number takes text messages.
      type: bool
      returned: when known
    client_id:
      description: Id of the tenant it belongs to.
      type: int
      returned: when known
    comment:
      description: Free text about the number.
      type: str
      returned: when known
    create_date:
      description: When it was created, YYYY-MM-DD HH:MM:SS.
      type: str
      returned: when known
    domain:
      description: SIP domain of the number.
      type: str
      returned: when known
    extension_id:
      description: Id of the extension that gets the calls; null for none.
      type: int
      returned: when known
    id:
      description: Id of the number.
      type: int
      returned: when known
    message_extension_id:
      description: Id of the extension that gets the text messages.
      type: int
      returned: when known
    name:
      description: The number of the public network.
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
      kind: did
      object: DID "74950000101"
      method: PUT
      path: /client/@me/did/8001
      body: {extension_id: 5015}
      changes: [{field: extension, from: '101', to: '300'}]
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
    run_module(SINGLE["pbx_did"])


if __name__ == "__main__":
    main()
