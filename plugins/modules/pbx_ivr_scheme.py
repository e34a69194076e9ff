# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ivr_scheme
short_description: Apply one document to a whole IVR
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Takes the settings of an IVR with its contexts, their options, and the rules of these as one document, and applies
    the differences. The document is the C(ivr) section of an extension in the result of M(telops.pbx.pbx_tenant_info)
    returns.
  - Contexts refer to each other by their names, and may do so in circles. A rule can also refer to an interval of the
    extension that the same document declares, or to one of the tenant.
  - Values that a document omits are not managed. This holds for contexts, for options, and for fields. V(null) as the
    value of a field clears it.
  - A list of rules, once it is declared, is the whole list in that order, and other rules are deleted. An empty list
    deletes all of them.
  - In every other list, an object that is not declared stays. O(purge) deletes those of the sections that it names. An
    empty list empties its section without it.
  - The whole IVR is read with one request where the PBX answers it in the expected form, and list by list where it does
    not. See O(dialect.scheme).
options:
  ivr:
    description:
      - The IVR, a dictionary with the settings that M(telops.pbx.pbx_ivr) has as options, such as C(entry_context), and
        with C(contexts).
      - Each context is a dictionary with its C(name), which names it, with the other options of
        M(telops.pbx.pbx_ivr_context), and with C(options).
      - Each option is a dictionary with its C(digits), which name it, and with its C(rules). For their fields, see
        M(telops.pbx.pbx_ivr_option). The options V(start), V(timeout), and V(invalid) are there in every context.
    type: raw
  intervals:
    description:
      - Time intervals of the extension that the rules refer to. Each has a C(name), which names it, a C(timezone), and
        C(conditions). See M(telops.pbx.pbx_interval).
    type: list
    elements: dict
  purge:
    description:
      - The sections in which undeclared objects are deleted. It takes effect wherever the document has such a section,
        so that V(options) concerns those contexts whose options are declared.
      - Rules need no purge, since a declared list of rules is the whole list.
    type: list
    elements: str
    choices: [contexts, intervals, options]
    default: []
  check_references:
    description:
      - Whether to refuse a plan that deletes the target of a rule, or that leads callers to a missing option.
      - Where the plan deletes an interval, the incoming rules of the IVR are read for it, which costs one
        request. With V(false), they are not read, and the plan is not refused.
    type: bool
    default: true
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.document
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_tenant
    description: The same for a whole tenant.
  - module: telops.pbx.pbx_tenant_info
    description: Export an IVR as such a document.
  - module: telops.pbx.pbx_ivr_option
    description: Manage a single option of a menu.
"""

EXAMPLES = r"""
- name: A menu that sends callers to a queue, and to another menu outside of working hours
  telops.pbx.pbx_ivr_scheme:
    extension: "300"
    intervals:
      - name: Working hours
        timezone: Europe/Berlin
        conditions:
          - {start_dow: 2, end_dow: 6, start_time: "09:00:00", end_time: "18:00:00"}
    ivr:
      entry_context: main
      vm_enabled: true
      contexts:
        - name: main
          timeout: 5000
          options:
            - digits: start
              rules:
                - {action: play_sound, sound: Welcome}
            - digits: "1"
              rules:
                - {action: transfer, transfer_dst: "200", interval: Working hours}
                - {action: jump_to_context, context: closed, context_option: start}
            - digits: timeout
              rules:
                - {action: voicemail}
            - digits: invalid
              rules:
                - {action: jump_to_context, context: main, context_option: start}
        - name: closed
          options:
            - digits: start
              rules:
                - {action: play_sound, sound: Closed}
                - {action: voicemail}
            - digits: "0"
              rules:
                - {action: jump_to_context, context: main, context_option: start}

- name: Change one rule, and leave everything else as it is
  telops.pbx.pbx_ivr_scheme:
    extension: "300"
    ivr:
      contexts:
        - name: main
          options:
            - digits: timeout
              rules:
                - {action: play_sound, sound: Closed}
                - {action: voicemail}

- name: Have no other option in the menu, apart from those that every menu has
  telops.pbx.pbx_ivr_scheme:
    extension: "300"
    ivr:
      contexts:
        - name: closed
          options:
            - digits: start
    purge: [options]
    max_deletes: 5
"""

RETURN = r"""
counts:
  description:
    - How many objects are created, changed and deleted, by their kind. Kinds of which none changes are left out.
    - In check mode, how many would be.
  returned: success
  type: dict
  sample:
    ivr_context: {created: 2, changed: 0, deleted: 0}
    ivr_rule: {created: 6, changed: 0, deleted: 1}
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
unmanaged:
  description:
    - The objects of declared lists that the document does not list. It stays as it is.
    - To take it into the document, export it with M(telops.pbx.pbx_tenant_info).
    - To delete it, name its section in O(purge).
    - Objects inside of such an object, and undeclared lists, are not returned.
    - This takes no request.
  returned: success
  type: list
  elements: dict
  contains:
    kind:
      description: The kind of the object, as in RV(plan[].kind).
      type: str
      returned: always
    object:
      description: The object with its place, as in RV(plan[].object).
      type: str
      returned: always
  sample: [{kind: ivr_context, object: extension "300" > IVR context "old"}]
findings:
  description:
    - Faults in call flows, in the form of RV(telops.pbx.pbx_flow_check#module:findings). With C(before), it tells
      whether they meet it already.
  returned: when something is found
  type: list
  elements: dict
  sample:
    - check: H03
      name: no-fallback
      severity: W
      place: dids[0] "74950000101"
      message: 'when nobody answers, callers are hung up on: no mailbox, no further rule'
      remedy: Switch a mailbox on, or add a rule for calls that nobody answers.
      witness:
        call: {to: '74950000101', at: 1795564800}
        world: {phones: {'103': {does: no_answer}}}
        outcome: {class: hangup, cause: no_answer, told: false, at: 20000}
        fired: []
      accepted: false
      before: false
flow_read:
  description: How many extensions, and how many requests, were read to check the calls to the DIDs.
  returned: when O(flow_read) is V(reachable)
  type: dict
  sample: {extensions: 12, requests: 31}
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 2, PUT: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module


def main() -> None:
    run_module(MODULES["pbx_ivr_scheme"])


if __name__ == "__main__":
    main()
