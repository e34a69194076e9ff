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
      description: Let an outside target of the rule transfer the call on.
      type: bool
      returned: when known
    call_status:
      description: How the call before this rule must have ended.
      type: str
      returned: when known
    caller_id:
      description: Perl-compatible regular expression that the number of the caller is matched with.
      type: str
      returned: when known
    caller_id_action:
      description: Which callers the rule is for.
      type: str
      returned: when known
    cascade_numbers:
      description: Numbers that ring one after the other, each with its C(number) and its C(delay) in seconds.
      type: list
      elements: dict
      returned: when known
    control_code:
      description: Code that switches the rule on or off from a phone.
      type: str
      returned: when known
    enable_call_screening:
      description: The target has to press 1 to accept the call.
      type: bool
      returned: when known
    enabled:
      description: Whether the rule takes part.
      type: bool
      returned: when known
    extension_call_status:
      description: Condition on the call status of the extension; the documentation does not explain it.
      type: str
      returned: when known
    extension_status:
      description: Whether a device of the extension has to be registered or unreachable.
      type: str
      returned: when known
    final:
      description: Stop after this rule even if its call failed; otherwise the next one is tried.
      type: bool
      returned: when known
    id:
      description: Id of the rule, unique within its extension only.
      type: int
      returned: when known
    ignore_early_media:
      description: Let the caller hear the ringing tone instead of announcements from the target's network.
      type: bool
      returned: when known
    interval:
      description: Id of the interval within which the rule applies; always, if unset.
      type: int
      returned: when known
    name:
      description: Name of the rule; not necessarily unique.
      type: str
      returned: when known
    playfile_sound:
      description: Id of the sound for type playfile.
      type: int
      returned: when known
    transfer_dst:
      description: Numbers that ring at the same time, separated by spaces.
      type: str
      returned: when known
    transfer_timeout:
      description: How long the targets ring, in seconds.
      type: int
      returned: when known
    type:
      description: What the rule does.
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
      kind: agent
      object: extension "101" > agent "Anna"
      method: PUT
      path: /extension/5001/agent/701
      body: {wrap_up_time: 30}
      changes: [{field: wrap_up_time, from: 15, to: 30}]
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
    run_module(SINGLE["pbx_incom_rule_order"])


if __name__ == "__main__":
    main()
