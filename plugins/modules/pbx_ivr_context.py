# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ivr_context
short_description: Manage the menus of an IVR
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates, changes, and deletes contexts. A context is a menu of an IVR.
  - The PBX gives every context the options C(start), C(timeout), and C(invalid). Fill them with
    M(telops.pbx.pbx_ivr_option).
  - Before a context is deleted, nothing should lead to it any more.
options:
  name:
    description:
      - The name of the context, by which it is found.
      - It is needed for a new context. For others, O(id) can take its place.
    type: str
  description:
    description:
      - A remark for people.
    type: str
  timeout:
    description:
      - How long the caller may wait before the first digit, in milliseconds. The time begins when the last rule of an
        option has ended. When it is over, the option C(timeout) runs.
    type: int
  inter_digit_timeout:
    description:
      - How long the caller may wait between two digits, in milliseconds.
    type: int
  digit_len:
    description:
      - How many digits the caller can press at most. Input ends at once when they are reached. With V(3), a caller
        can press 7, 22, or 300, but not 4000.
    type: int
  allow_any_dial:
    description:
      - Whether the caller may dial every extension of the tenant here.
    type: bool
  extra_params:
    description:
      - Data that integrations keep with the object, as JSON. A structure is sent as JSON text, and values are
        compared as JSON.
      - The PBX does not look into it.
    type: raw
  unset:
    description:
      - The fields to clear, so that the PBX has no value for them.
      - A field cannot have a value and stand here in the same task.
      - A field also counts as cleared where the PBX answers with its own default for it.
    type: list
    elements: str
    choices: [description, digit_len, extra_params, inter_digit_timeout, timeout]
    default: []
  check_references:
    description:
      - Whether nothing is deleted that a menu still leads to.
      - Deleting costs one request for the whole IVR; where the PBX cannot tell it at once, one for each of its
        contexts and options. With V(false), none of this is read.
    type: bool
    default: true
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
  - telops.pbx.resource.id
seealso:
  - module: telops.pbx.pbx_ivr_option
    description: Manage the options of a context.
  - module: telops.pbx.pbx_ivr
    description: Choose the context where callers start.
"""

EXAMPLES = r"""
- name: Create the main menu
  telops.pbx.pbx_ivr_context:
    extension: "300"
    name: main
    description: Where callers start
    timeout: 5000
    inter_digit_timeout: 2000
    digit_len: 1

- name: Let callers dial every extension in the main menu
  telops.pbx.pbx_ivr_context:
    extension: "300"
    name: main
    allow_any_dial: true
    digit_len: 3

- name: Clear the remark and the limit of digits
  telops.pbx.pbx_ivr_context:
    extension: "300"
    name: main
    unset: [description, digit_len]

- name: Remove a menu
  telops.pbx.pbx_ivr_context:
    extension: "300"
    name: main
    state: absent
"""

RETURN = r"""
ivr_context:
  description:
    - The context as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
    - In check mode, the C(id) of a new object is a text that stands for it.
  returned: success
  type: dict
  contains:
    allow_any_dial:
      description: Whether the caller can dial any extension of the tenant.
      type: bool
      returned: when known
    description:
      description: Free remark about the menu.
      type: str
      returned: when known
    digit_len:
      description: How many digits the caller can dial at most. Input ends at once when they are reached.
      type: int
      returned: when known
    extra_params:
      description: Free text for integrations. The PBX does not look into it.
      type: str
      returned: when known
    id:
      description: Id of the context.
      type: int
      returned: when known
    inter_digit_timeout:
      description: Silence that is accepted between two digits, in milliseconds.
      type: int
      returned: when known
    name:
      description: Name of the menu.
      type: str
      returned: when known
    timeout:
      description: Silence that is accepted before the first digit, in milliseconds, counted from the end of the
        last rule. The option timeout runs after it.
      type: int
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
    run_module(SINGLE["pbx_ivr_context"])


if __name__ == "__main__":
    main()
