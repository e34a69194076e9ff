# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_extension_group
short_description: Manage the groups of extensions
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates, changes, and deletes groups of extensions. A user of a group may manage the extensions in it.
  - Which group an extension belongs to is an option of M(telops.pbx.pbx_extension).
options:
  name:
    description:
      - The name of the group, by which it is found.
      - It is needed for a new group. For others, O(id) can take its place.
    type: str
  extra_params:
    description:
      - What integrations keep with it, as JSON. A structure is sent as JSON text, and values are compared as JSON.
      - The PBX does not look into it.
    type: raw
  unset:
    description:
      - The fields to clear, so that the PBX has no value for them.
      - A field cannot have a value and stand here in the same task.
    type: list
    elements: str
    choices:
      - extra_params
    default: []
  check_references:
    description:
      - Whether nothing is deleted that an extension is still in.
      - Deleting costs the list of all extensions. With V(false), it is not read.
    type: bool
    default: true
notes:
  - What becomes of the extensions in a group that is deleted is not documented. Give them another group before, or
    clear it, with M(telops.pbx.pbx_extension).
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.resource
  - telops.pbx.resource.id
seealso:
  - module: telops.pbx.pbx_extension
    description: Put extensions into groups.
  - module: telops.pbx.pbx_extension_group_info
    description: List the groups.
"""

EXAMPLES = r"""
- name: Create a group
  telops.pbx.pbx_extension_group:
    name: Laboratory

- name: Put the phones of the laboratory into it
  telops.pbx.pbx_extension:
    number: "{{ item }}"
    extension_group: Laboratory
  loop: ["107", "108"]

- name: Note where another system finds the group
  telops.pbx.pbx_extension_group:
    name: Laboratory
    extra_params: '{"cost_center": 4711}'

- name: Find the id of a group
  telops.pbx.pbx_extension_group_info:
    name: Reception
  register: found

- name: Rename the group, which its id picks
  telops.pbx.pbx_extension_group:
    id: "{{ found.extension_groups[0].id }}"
    name: Front desk

- name: Empty a group before it is deleted
  telops.pbx.pbx_extension:
    number: "{{ item }}"
    unset: [extension_group]
  loop: ["107", "108"]

- name: Delete the empty group
  telops.pbx.pbx_extension_group:
    name: Laboratory
    state: absent
"""

RETURN = r"""
extension_group:
  description:
    - The group as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
    - In check mode, the C(id) of a new object is a text that stands for it.
  returned: success
  type: dict
  contains:
    client_id:
      description: Id of the tenant it belongs to.
      type: int
      returned: when known
    extra_params:
      description: Free text for integrations; the PBX does not look into it.
      type: str
      returned: when known
    id:
      description: Id of the group.
      type: int
      returned: when known
    name:
      description: Name of the group.
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
      kind: extension_group
      object: extension group "Reception"
      method: PUT
      path: /client/@me/extension_group/601
      body: {name: Front desk}
      changes: [{field: name, from: Reception, to: Front desk}]
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
    run_module(SINGLE["pbx_extension_group"])


if __name__ == "__main__":
    main()
