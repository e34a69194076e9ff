# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_dial_rule
short_description: Manage the lists of dial rules
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates, changes, and deletes lists of dial rules. Such a list rewrites the numbers that an extension dials, for
    example to dial the local area code without typing it.
  - An extension uses a list when M(telops.pbx.pbx_extension) gives it as C(dial_rule).
  - A list has no name. The module finds it by exactly the rules of O(dial_rules), or by O(id). Other rules without an
    O(id) are therefore another list, which is created, and the one that was there stays.
options:
  dial_rules:
    description:
      - The rules of the list. The first one that matches counts.
      - Without O(id), they say which list is meant. With it, the list gets these rules instead of its own.
      - They are needed for a new list.
    type: list
    elements: dict
    suboptions:
      match_exp:
        description:
          - The regular expression that the dialled number has to match, as in Perl.
          - Write it in single quotes, in which YAML leaves backslashes alone.
        type: str
        required: true
      repl_exp:
        description:
          - The number that is dialled instead. V(\\1) stands for the match of the first group of
            O(dial_rules[].match_exp) matches.
          - An empty text removes the matched digits.
        type: str
        required: true
  id:
    description:
      - Picks the list by its id, to change its rules or to delete it.
      - An id that does not exist is an error, unless O(state=absent) asks for just that.
    type: str
  state:
    description:
      - V(present) creates the list, or with O(id) changes its rules.
      - V(absent) deletes the list with exactly these O(dial_rules), or that with this O(id). Where both are given, they
        have to mean the same list. A list that is not there is no error.
      - Take a list out of use before it is deleted. The effect on extensions that use it is not documented.
    type: str
    choices: [present, absent]
    default: present
  check_references:
    description:
      - Whether nothing is deleted that an extension still uses.
      - Deleting costs the list of all extensions. With V(false), it is not read.
    type: bool
    default: true
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_extension
    description: Let an extension use a list.
  - module: telops.pbx.pbx_dial_rule_info
    description: List the lists with their ids.
"""

EXAMPLES = r"""
- name: Dial the local area code for numbers of seven digits
  telops.pbx.pbx_dial_rule:
    dial_rules:
      - match_exp: '^([0-9]{7})$'
        repl_exp: '8812\1'
  register: local

- name: Let the phones of the reception use it
  telops.pbx.pbx_extension:
    number: "{{ item }}"
    dial_rule: "{{ local.dial_rule.id }}"
  loop: ["101", "102"]

- name: Add a rule to the list, which its id picks
  telops.pbx.pbx_dial_rule:
    id: "{{ local.dial_rule.id }}"
    dial_rules:
      - match_exp: '^([0-9]{7})$'
        repl_exp: '8812\1'
      - match_exp: '^00'
        repl_exp: '810'

- name: Take the list out of use
  telops.pbx.pbx_extension:
    number: "{{ item }}"
    unset: [dial_rule]
  loop: ["101", "102"]

- name: Delete the list
  telops.pbx.pbx_dial_rule:
    id: "{{ local.dial_rule.id }}"
    state: absent
"""

RETURN = r"""
dial_rule:
  description:
    - The list as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
    - In check mode, the C(id) of a new object is a text that stands for it.
  returned: success
  type: dict
  contains:
    client_id:
      description: Id of the tenant it belongs to.
      type: int
      returned: when known
    dial_rules:
      description: The rules. The first one that matches counts.
      type: list
      elements: dict
      returned: when known
      contains:
        match_exp:
          description: Perl-compatible regular expression for the dialled number.
          type: str
          returned: when known
        repl_exp:
          description: The number that the PBX dials instead; \1 stands for the first group of the expression.
          type: str
          returned: when known
    id:
      description: Id of the list.
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
    - action: create
      kind: dial_rule
      object: dial rule "^00 -> 810"
      method: POST
      path: /client/@me/dial_rule/
      body: {dial_rules: [{match_exp: ^00, repl_exp: '810'}]}
      changes: [{field: dial_rules, from: null, to: [{match_exp: ^00, repl_exp: '810'}]}]
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
    run_module(SINGLE["pbx_dial_rule"])


if __name__ == "__main__":
    main()
