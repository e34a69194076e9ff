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
    - What the extension shows, as the PBX has it, or in check mode as it would have it.
  returned: success
  type: dict
  contains:
    default:
      description: The number that is shown. The PBX takes it as C(ani_number) and returns it as C(default).
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
      kind: ani
      object: extension "101" > ANI
      method: PUT
      path: /extension/5001/ani/
      body: {ani_number: "74950000101"}
      changes: [{field: ani_number, from: null, to: "74950000101"}]
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
    run_module(SINGLE["pbx_ani"])


if __name__ == "__main__":
    main()
