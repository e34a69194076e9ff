# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_incom_rule_order
short_description: Set the order of the rules for incoming calls of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Sets the order in which the PBX tries the rules for incoming calls of an extension.
  - The rules themselves are left alone.
options:
  rules:
    description:
      - The rules in the order in which the PBX is to try them, each by its name or its id.
      - Rules that are not listed keep their order among themselves, behind the listed ones.
    type: list
    elements: str
    required: true
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_incom_rule
    description: Manage the rules themselves.
"""

EXAMPLES = r"""
- name: Create the rules of a phone
  telops.pbx.pbx_incom_rule:
    extension: "103"
    name: "{{ item.name }}"
    type: "{{ item.type }}"
    caller_id_action: "{{ item.callers }}"
  loop:
    - {name: Take a message, type: voicemail, callers: any}
    - {name: Refuse anonymous callers, type: busy, callers: anonymous}

- name: Try the rule for some callers before the rule for all
  telops.pbx.pbx_incom_rule_order:
    extension: "103"
    rules:
      - Refuse anonymous callers
      - Take a message

- name: Move one rule to the top, and leave the others in their order
  telops.pbx.pbx_incom_rule_order:
    extension: "103"
    rules: [Take a message]
"""

RETURN = r"""
rules:
  description:
    - All rules of the extension, in the order in which the PBX tries them.
  returned: success
  type: list
  elements: dict
  contains:
    allow_public_transfer:
      description: Whether an outside target of the rule can transfer the call on.
      type: bool
      returned: when known
    call_status:
      description: 'How the call attempt before this rule has to have ended: busy is code 486, no_answer
        a timeout or any other failure.'
      type: str
      returned: when known
    caller_id:
      description: Perl-compatible regular expression that the number of the caller is matched with.
      type: str
      returned: when known
    caller_id_action:
      description: Which callers the rule is for, those whose number matches or not_matches caller_id,
        those who are anonymous, or any.
      type: str
      returned: when known
    cascade_numbers:
      description: Numbers that join the ringing one after the other, for the cascade types.
      type: list
      elements: dict
      returned: when known
      contains:
        delay:
          description: When the number begins to ring, in seconds after the start of the call.
          type: int
          returned: when known
        number:
          description: Number of an extension or of the outside.
          type: str
          returned: when known
    control_code:
      description: Code that switches the rule on or off from a phone.
      type: str
      returned: when known
    enable_call_screening:
      description: Whether the target has to press 1 to accept the call.
      type: bool
      returned: when known
    enabled:
      description: Whether the rule takes part.
      type: bool
      returned: when known
    extension_call_status:
      description:
        - Condition on the call status of the extension. The documentation does not explain it.
        - One of V(no_answer), V(busy) or V(any).
      type: str
      returned: when known
    extension_status:
      description:
        - Whether a device of the extension has to be registered or unreachable.
        - One of V(registered), V(unreachable) or V(any).
      type: str
      returned: when known
    final:
      description: Whether the rule is the last one even if its call fails. Otherwise the next one is
        tried.
      type: bool
      returned: when known
    id:
      description: Id of the rule, unique within its extension only.
      type: int
      returned: when known
    ignore_early_media:
      description: Whether the caller hears the ringing tone instead of announcements from the target's
        network.
      type: bool
      returned: when known
    interval:
      description: Id of the interval within which the rule applies. Without one, it always applies.
      type: int
      returned: when known
    name:
      description: Name of the rule. Several rules can have the same one.
      type: str
      returned: when known
    playfile_sound:
      description: Id of the sound that a rule of the type playfile plays.
      type: int
      returned: when known
    transfer_dst:
      description: 'Targets of a transfer: numbers of extensions or of the outside, separated by spaces,
        all ringing at once; at most 10 with type transfer.'
      type: str
      returned: when known
    transfer_timeout:
      description: How long the targets ring, in seconds.
      type: int
      returned: when known
    type:
      description:
        - 'Action of the rule: busy and hangup refuse with 486 and 480, the simple types skip the incoming
          rules of their targets.'
        - One of V(busy), V(transfer), V(hangup), V(playfile), V(voicemail), V(cascade), V(simple_transfer)
          or V(simple_cascade).
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
      description: Path of the request below O(api_url). A placeholder with the object's name stands for
        an id that does not exist yet.
      type: str
      returned: always
    body:
      description: Request body with secrets hidden, or nothing when the request has none.
      type: dict
      returned: always
    changes:
      description: Fields that change, with C(field), C(from), and C(to). References are names instead
        of ids.
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
    run_module(SINGLE["pbx_incom_rule_order"])


if __name__ == "__main__":
    main()
