# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_incom_rule
short_description: Manage the rules for incoming calls of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates, changes, and deletes the rules for incoming calls of an extension.
  - The PBX tries the rules one after the other, and runs the first one whose conditions hold. O(interval),
    O(call_status), O(extension_status), O(extension_call_status), O(caller_id_action), and O(caller_id) are the
    conditions.
  - M(telops.pbx.pbx_incom_rule_order) sets the order of the rules. A changed rule keeps its place. Where a new one
    lands is up to the PBX.
options:
  name:
    description:
      - The name of the rule, by which it is found.
      - The PBX allows rules without a name and several rules of one name. Those are picked by O(id).
      - It is needed for a new rule. For others, O(id) can take its place.
    type: str
  type:
    description:
      - The action of the rule.
      - V(transfer) rings the numbers in O(transfer_dst), at most 10, and runs their own incoming rules.
      - V(simple_transfer) does so without their incoming rules, and takes more numbers.
      - V(cascade) rings the numbers in O(cascade_numbers), which join in one after the other. V(simple_cascade) is
        the same without their incoming rules.
      - V(playfile) plays O(playfile_sound). V(voicemail) takes a message, which makes sense for phones only.
      - V(busy) refuses the call with 486, and V(hangup) with 480.
      - It is needed for a new rule.
    type: str
    choices: [busy, transfer, hangup, playfile, voicemail, cascade, simple_transfer, simple_cascade]
  enabled:
    description:
      - Whether the rule takes part.
    type: bool
  final:
    description:
      - Whether the rules end here. With V(false), the next rule is tried when the call that this rule made has
        failed.
    type: bool
  interval:
    description:
      - The time interval within which the rule applies, by its name or its id. It is one of the extension, or else
        one of the tenant.
      - A rule without an interval always applies.
    type: str
  call_status:
    description:
      - How the call before this rule must have ended, for the rule to apply. V(busy) is the answer 486. V(no_answer)
        is a timeout, and every other failure.
    type: str
    choices: [no_answer, busy, any]
  extension_status:
    description:
      - Whether a device must be registered at the extension, or none must be reachable, for the rule to apply.
    type: str
    choices: [registered, unreachable, any]
  extension_call_status:
    description:
      - The call status of the extension for which the rule applies. The documentation of the PBX does not explain it
        further.
    type: str
    choices: [no_answer, busy, any]
  caller_id_action:
    description:
      - Which callers the rule is for.
      - V(matches) and V(not_matches) compare the number of the caller with O(caller_id). V(anonymous) stands for
        callers without a number.
    type: str
    choices: [matches, not_matches, anonymous, any]
  caller_id:
    description:
      - A regular expression (PCRE) for the number of the caller, such as V(^\\+1555). It needs
        O(caller_id_action=matches) or O(caller_id_action=not_matches).
    type: str
  transfer_dst:
    description:
      - The numbers that ring at the same time, separated by spaces.
      - Numbers are those of extensions, as dialled inside the tenant, or outside numbers.
      - It is needed by, and only for, O(type=transfer) and O(type=simple_transfer).
    type: str
  transfer_timeout:
    description:
      - How long the numbers ring, in seconds.
      - It is only for the types that transfer or cascade.
    type: int
  ignore_early_media:
    description:
      - Whether the caller hears the ringing tone instead of announcements from the network of the called number.
      - It is only for the types that transfer or cascade.
    type: bool
  enable_call_screening:
    description:
      - Whether the called person has to press 1 to take the call.
      - It is only for the types that transfer or cascade.
    type: bool
  allow_public_transfer:
    description:
      - Whether an outside number that took the call may transfer it on.
      - It is only for the types that transfer or cascade.
    type: bool
  playfile_sound:
    description:
      - The sound to play, by its title or its id. It is needed by, and only for, O(type=playfile).
    type: str
  cascade_numbers:
    description:
      - The whole set of numbers that ring for a cascade. Their order here means nothing.
      - It is needed by, and only for, O(type=cascade) and O(type=simple_cascade).
    type: list
    elements: dict
    suboptions:
      delay:
        description:
          - When the number begins to ring, in seconds after the start of the call. Numbers that ring already go on
            ringing.
          - The smallest delay of the set rings at once, whatever its value.
        type: int
        required: true
      number:
        description:
          - The number of an extension, as dialled inside the tenant, or an outside number.
        type: str
        required: true
  control_code:
    description:
      - The code that switches the rule on and off from a phone.
    type: str
  unset:
    description:
      - The fields to clear, so that the PBX has no value for them.
      - A field cannot have a value and stand here in the same task.
      - A field also counts as cleared where the PBX answers with its own default for it.
    type: list
    elements: str
    choices:
      - call_status
      - caller_id
      - caller_id_action
      - cascade_numbers
      - control_code
      - extension_call_status
      - extension_status
      - interval
      - name
      - playfile_sound
      - transfer_dst
      - transfer_timeout
    default: []
notes:
  - An option that the O(type) does not take is an error.
  - When O(type) changes, the options that only the old type takes are cleared.
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
  - telops.pbx.resource.id
seealso:
  - module: telops.pbx.pbx_incom_rule_order
    description: Set the order of the rules.
  - module: telops.pbx.pbx_interval
    description: Define working hours and holidays.
"""

EXAMPLES = r"""
- name: Define the working hours of the reception
  telops.pbx.pbx_interval:
    extension: "101"
    name: Working hours
    timezone: Europe/Berlin
    conditions:
      - start_dow: 2
        end_dow: 6
        start_time: "09:00:00"
        end_time: "18:00:00"

- name: Pass calls on to the second desk, and then to a mobile phone
  telops.pbx.pbx_incom_rule:
    extension: "101"
    name: Nobody answers
    type: transfer
    transfer_dst: 102 15550100
    transfer_timeout: 20
    call_status: no_answer
    interval: Working hours
    final: false

- name: Ring more phones one after the other
  telops.pbx.pbx_incom_rule:
    extension: "101"
    name: Everybody
    type: cascade
    cascade_numbers:
      - {number: "102", delay: 0}
      - {number: "103", delay: 10}
      - {number: "104", delay: 20}
    transfer_timeout: 40

- name: Refuse callers who hide their number
  telops.pbx.pbx_incom_rule:
    extension: "101"
    name: Anonymous callers
    type: busy
    caller_id_action: anonymous

- name: Greet callers from abroad
  telops.pbx.pbx_incom_rule:
    extension: "101"
    name: Callers from abroad
    type: playfile
    playfile_sound: Closed
    caller_id_action: not_matches
    caller_id: ^(\+|)1555

- name: Switch a rule off
  telops.pbx.pbx_incom_rule:
    extension: "101"
    name: Callers from abroad
    enabled: false

- name: Let a rule apply at any time
  telops.pbx.pbx_incom_rule:
    extension: "101"
    name: Nobody answers
    unset: [interval]

- name: Remove a rule
  telops.pbx.pbx_incom_rule:
    extension: "101"
    name: Everybody
    state: absent
"""

RETURN = r"""
incom_rule:
  description:
    - The rule as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
    - In check mode, the C(id) of a new object is a text that stands for it.
  returned: success
  type: dict
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
    run_module(SINGLE["pbx_incom_rule"])


if __name__ == "__main__":
    main()
