# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ani
short_description: Choose the number that an extension shows when it calls
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Chooses the number that the public network sees when an extension calls, its ANI.
  - The API has no way to take the number away again. It can be replaced by another one.
options:
  ani_number:
    description:
      - The number to show. It has to be one of the numbers of the tenant, which M(telops.pbx.pbx_did_info) lists.
      - Write it in quotes, as all numbers of telephones.
    type: str
    required: true
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_ani_info
    description: Read the number that an extension shows.
  - module: telops.pbx.pbx_did
    description: Decide who answers the numbers of the tenant.
  - module: telops.pbx.pbx_extension
    description: Choose the name that an extension shows.
"""

EXAMPLES = r"""
- name: Show the main number when the reception calls
  telops.pbx.pbx_ani:
    extension: "101"
    ani_number: "74950000101"

- name: Read the phones of the tenant
  telops.pbx.pbx_extension_info:
    type: [phone]
  register: phones

- name: Show the same number whoever calls
  telops.pbx.pbx_ani:
    extension_id: "{{ item.id }}"
    ani_number: "74950000102"
  loop: "{{ phones.extensions }}"
  loop_control:
    label: "{{ item.number }}"
"""

RETURN = r"""
ani:
  description:
    - The number that the extension shows, as the PBX has it, or in check mode the desired number.
  returned: success
  type: dict
  contains:
    default:
      description: The number that is shown; null or the word None if unset.
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
      kind: ani
      object: extension "101" > ANI
      method: PUT
      path: /extension/5001/ani/
      body: {ani_number: '74950000101'}
      changes: [{field: ani_number, from: null, to: '74950000101'}]
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
    run_module(SINGLE["pbx_ani"])


if __name__ == "__main__":
    main()
