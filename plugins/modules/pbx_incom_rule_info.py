# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_incom_rule_info
short_description: List the rules for incoming calls of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the rules for incoming calls of an extension, in the order in which the PBX tries them.
options:
  name:
    description:
      - Only the rules with these names.
    type: list
    elements: str
  id:
    description:
      - Reads only the rule with this id.
      - An id that does not exist gives an empty list.
    type: str
  limit:
    description:
      - The most rules to return. If not set, all of them are returned.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_incom_rule
    description: Manage a rule for incoming calls.
  - module: telops.pbx.pbx_incom_rule_order
    description: Set the order of the rules.
"""

EXAMPLES = r"""
- name: Refuse callers who hide their number
  telops.pbx.pbx_incom_rule:
    extension: "101"
    name: Anonymous callers
    type: busy
    caller_id_action: anonymous

- name: Let the second desk take calls that nobody answers
  telops.pbx.pbx_incom_rule:
    extension: "101"
    name: Nobody answers
    type: transfer
    transfer_dst: "102"
    call_status: no_answer

- name: List the rules of the reception
  telops.pbx.pbx_incom_rule_info:
    extension: "101"
  register: reception

- name: Show in which order they are tried
  ansible.builtin.debug:
    msg: "{{ reception.incom_rules | map(attribute='name') }}"

- name: Look at one rule
  telops.pbx.pbx_incom_rule_info:
    extension: "101"
    name: Nobody answers
"""

RETURN = r"""
incom_rules:
  description:
    - The rules in the order in which the PBX tries them.
  returned: success
  type: list
  elements: dict
  contains:
    allow_public_transfer:
      description: Whether an outside target of the rule can transfer the call on.
      type: bool
      returned: always
    call_status:
      description: 'How the call attempt before this rule has to have ended: busy is code 486, no_answer
        a timeout or any other failure.'
      type: str
      returned: always
    caller_id:
      description: Perl-compatible regular expression that the number of the caller is matched with.
      type: str
      returned: always
    caller_id_action:
      description: Which callers the rule is for, those whose number matches or not_matches caller_id,
        those who are anonymous, or any.
      type: str
      returned: always
    cascade_numbers:
      description: Numbers that join the ringing one after the other, for the cascade types.
      type: list
      elements: dict
      returned: always
      contains:
        delay:
          description: When the number begins to ring, in seconds after the start of the call.
          type: int
          returned: when it is set
        number:
          description: Number of an extension or of the outside.
          type: str
          returned: when it is set
    control_code:
      description: Code that switches the rule on or off from a phone.
      type: str
      returned: always
    enable_call_screening:
      description: Whether the target has to press 1 to accept the call.
      type: bool
      returned: always
    enabled:
      description: Whether the rule takes part.
      type: bool
      returned: always
    extension_call_status:
      description:
        - Condition on the call status of the extension. The documentation does not explain it.
        - One of V(no_answer), V(busy) or V(any).
      type: str
      returned: always
    extension_status:
      description:
        - Whether a device of the extension has to be registered or unreachable.
        - One of V(registered), V(unreachable) or V(any).
      type: str
      returned: always
    final:
      description: Whether the rule is the last one even if its call fails. Otherwise the next one is
        tried.
      type: bool
      returned: always
    id:
      description: Id of the rule, unique within its extension only.
      type: int
      returned: always
    ignore_early_media:
      description: Whether the caller hears the ringing tone instead of announcements from the target's
        network.
      type: bool
      returned: always
    interval:
      description: Id of the interval within which the rule applies. Without one, it always applies.
      type: int
      returned: always
    interval_name:
      description: Name of the interval with the id in C(interval), or null where the id refers to nothing.
      type: str
      returned: always
    name:
      description: Name of the rule. Several rules can have the same one.
      type: str
      returned: always
    playfile_sound:
      description: Id of the sound that a rule of the type playfile plays.
      type: int
      returned: always
    playfile_sound_name:
      description: Name of the sound with the id in C(playfile_sound), or null where the id refers to
        nothing.
      type: str
      returned: always
    transfer_dst:
      description: 'Targets of a transfer: numbers of extensions or of the outside, separated by spaces,
        all ringing at once; at most 10 with type transfer.'
      type: str
      returned: always
    transfer_timeout:
      description: How long the targets ring, in seconds.
      type: int
      returned: always
    type:
      description:
        - 'Action of the rule: busy and hangup refuse with 486 and 480, the simple types skip the incoming
          rules of their targets.'
        - One of V(busy), V(transfer), V(hangup), V(playfile), V(voicemail), V(cascade), V(simple_transfer)
          or V(simple_cascade).
      type: str
      returned: always
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_incom_rule_info"])


if __name__ == "__main__":
    main()
