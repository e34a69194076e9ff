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
      - Data that integrations keep with the object, as JSON. A structure is sent as JSON text, and values are
        compared as JSON.
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
  - The effect of a deletion on the extensions of the group is not documented. Give them another group before, or
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
      description: Free text for integrations. The PBX does not look into it.
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
      kind: extension_group
      object: extension group "Reception"
      method: PUT
      path: /client/@me/extension_group/601
      body: {name: Front desk}
      changes: [{field: name, from: Reception, to: Front desk}]
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
    run_module(SINGLE["pbx_extension_group"])


if __name__ == "__main__":
    main()
