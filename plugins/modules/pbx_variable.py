# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_variable
short_description: Set variables of the tenant
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Sets variables that callbacks and IVR menus can use. A variable keeps its value until it is set again.
  - The API can only set variables. It documents no request that lists or deletes them.
  - The module sets the variables of O(variables) and sends no other variable. It puts all of them into one request.
options:
  variables:
    description:
      - The variables, each with its name and its value. A name may stand in the list once.
      - Results, previews, and diffs show the values. Set C(no_log=true) on the task if a value is secret.
    type: list
    elements: dict
    required: true
    suboptions:
      var:
        description:
          - The name. A callback reads the variable as C($cv(NAME\)).
          - A number that begins with C(@{NAME}) is the value of the variable.
        type: str
        required: true
      value:
        description:
          - The text that the name stands for. It may be empty.
          - Put numbers in quotes, because YAML drops leading zeros.
        type: str
        required: true
attributes:
  idempotent:
    description: Reports no change when nothing is to be done.
    support: none
    details:
      - The API does not return variables, so the module cannot look before it acts. Every run sends its request,
        and reports a change.
      - The request is sent once only. If its answer is lost, the task fails, because nobody knows whether the request
        has arrived. Run the task again then. A variable that has the value already keeps it.
extends_documentation_fragment:
  - telops.pbx.operation
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_callback
    description: Start a callback, which can use variables.
  - module: telops.pbx.pbx_ivr_rule
    description: Compare a variable in a menu, or dial its value.
"""

EXAMPLES = r"""
- name: Tell the menus that it is summer
  telops.pbx.pbx_variable:
    variables:
      - {var: SEASON, value: summer}

- name: Let the reception answer at extension 200, and forget the season
  telops.pbx.pbx_variable:
    variables:
      - {var: DESK, value: "200"}
      - {var: SEASON, value: ""}
"""

RETURN = r"""
variable:
  description:
    - The answer of the PBX. The documentation of the PBX does not describe it, so the module returns it unchanged.
    - It is empty in check mode.
  returned: success
  type: dict
  contains: {}
plan:
  description:
    - The request of the operation, as a list with one element.
    - In check mode, the list contains the request of the real run.
    - The list is empty when the module has nothing to do.
  returned: success
  type: list
  elements: dict
  contains:
    action:
      description: Kind of operation.
      type: str
      returned: always
    kind:
      description: Kind of object that the operation concerns.
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
      description: Path of the request below O(api_url), with its query.
      type: str
      returned: always
    body:
      description: Request body, or the form with the name of the file, or nothing when the request has none.
      type: dict
      returned: always
    changes:
      description: State that the operation starts or ends, with C(field), C(from), and C(to). References are names
        instead of ids.
      type: list
      elements: dict
      returned: always
  sample:
    - action: set
      kind: variable
      object: variables
      method: POST
      path: /client/@me/variables/
      body: {variables: [{var: SEASON, value: summer}]}
      changes: [{field: variables, from: null, to: [{var: SEASON, value: summer}]}]
diff:
  description: State that the operation starts or ends, with names instead of ids. The list has one element, or
    none.
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
      description: State that ends or changes, in YAML.
      type: str
      returned: always
    after:
      description: State that starts, in YAML.
      type: str
      returned: always
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {POST: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_variable"])


if __name__ == "__main__":
    main()
