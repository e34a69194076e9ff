# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ivr_rule_order
short_description: Set the order of the rules of an option of an IVR menu
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Sets the order in which the rules of an option of an IVR run.
  - The rules themselves are left alone.
options:
  ivr_context:
    description:
      - The context (menu) of the IVR, by its name or its id.
    type: str
    required: true
    aliases: [context_id, context]
  option_digits:
    description:
      - The option of the context, by what the caller presses, or V(start), V(timeout), or V(invalid). Write it in
        quotes.
    type: str
    required: true
    aliases: [option]
  rules:
    description:
      - The rules in the order in which they are to run, each by its name or its id.
      - Rules that are not listed keep their order among themselves, behind the listed ones.
    type: list
    elements: str
    required: true
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_ivr_rule
    description: Manage a single rule.
  - module: telops.pbx.pbx_ivr_option
    description: Manage all rules of an option, in their order.
"""

EXAMPLES = r"""
- name: Create a menu
  telops.pbx.pbx_ivr_context:
    extension: "300"
    name: main

- name: Create the rules that run when a caller enters the menu
  telops.pbx.pbx_ivr_rule:
    extension: "300"
    ivr_context: main
    option_digits: start
    name: "{{ item.name }}"
    action: play_sound
    sound: "{{ item.sound }}"
  loop:
    - {name: Choices, sound: Menu}
    - {name: Greeting, sound: Welcome}

- name: Greet callers before they hear the choices
  telops.pbx.pbx_ivr_rule_order:
    extension: "300"
    ivr_context: main
    option_digits: start
    rules:
      - Greeting
      - Choices

- name: Move one rule to the top, and leave the others in their order
  telops.pbx.pbx_ivr_rule_order:
    extension: "300"
    ivr_context: main
    option_digits: start
    rules: [Choices]
"""

RETURN = r"""
rules:
  description:
    - All rules of the option, in the order in which they run.
  returned: success
  type: list
  elements: dict
  contains:
    action:
      description: What the rule does; it decides which other fields matter.
      type: str
      returned: when known
    call_interactive_method:
      description: How that address is requested.
      type: str
      returned: when known
    call_interactive_timeout:
      description: How long call_interactive waits for the answer; the unit is not documented.
      type: int
      returned: when known
    call_interactive_url:
      description: Address that call_interactive asks what to do, the answer being XML.
      type: str
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
    caller_id_name:
      description: Name that set_caller_id_name shows from here on; may contain names of variables.
      type: str
      returned: when known
    caller_id_number:
      description: Number that set_caller_id_number shows from here on.
      type: str
      returned: when known
    context:
      description: Id of the context for jump_to_context.
      type: int
      returned: when known
    context_option:
      description: Option of that context where jump_to_context goes on.
      type: str
      returned: when known
    digits:
      description: Digits that play_digits speaks.
      type: str
      returned: when known
    final:
      description: Stop after this rule even if its call failed; otherwise the next one runs.
      type: bool
      returned: when known
    hangup_cause:
      description: How hangup ends the call.
      type: str
      returned: when known
    id:
      description: Id of the rule, unique within its extension only.
      type: int
      returned: when known
    interval:
      description: Id of the interval within which the rule applies; always, if unset.
      type: int
      returned: when known
    is_simple_transfer:
      description: Make transfer_from_variable skip the incoming rules of the target.
      type: bool
      returned: when known
    match_variable_name:
      description: Variable that decides whether the rule applies.
      type: str
      returned: when known
    match_variable_value:
      description: Value that the variable has to have.
      type: str
      returned: when known
    max_rate:
      description: Best mark for quality_rate.
      type: int
      returned: when known
    name:
      description: Name of the rule; not necessarily unique.
      type: str
      returned: when known
    play_digits_method:
      description: Whether digits are read as a number (pronounced) or one by one (iterated).
      type: str
      returned: when known
    play_digits_variable:
      description: Variable that holds the digits, for play_digits_from_variable.
      type: str
      returned: when known
    play_sound_from_variable:
      description: Take the sound from a variable instead of from sound.
      type: bool
      returned: when known
    record_digits_max:
      description: Most digits that C(record_digits) takes.
      type: int
      returned: when known
    record_digits_sound:
      description: Id of the sound that asks for the digits.
      type: int
      returned: when known
    record_digits_timeout:
      description: How long record_digits waits, in milliseconds.
      type: int
      returned: when known
    record_digits_variable:
      description: Variable that record_digits fills.
      type: str
      returned: when known
    set_variable_name:
      description: Variable that set_variable changes.
      type: str
      returned: when known
    set_variable_value:
      description: What set_variable puts into it.
      type: str
      returned: when known
    silence_time:
      description: Length of play_silence, in milliseconds.
      type: int
      returned: when known
    sound:
      description: Id of the sound for play_sound, quality_rate and voice_helper.
      type: int
      returned: when known
    sound_type:
      description: With background digits count while the sound plays, with foreground only afterwards.
      type: str
      returned: when known
    transfer_dst:
      description: Numbers that ring at the same time, separated by spaces.
      type: str
      returned: when known
    transfer_timeout:
      description: How long the targets ring, in seconds.
      type: int
      returned: when known
    transfer_variable:
      description: Variable that holds the target, for transfer_from_variable.
      type: str
      returned: when known
    voice_helper_classic_term:
      description: Go on with the keys of the phone if voice_helper recognized nothing.
      type: bool
      returned: when known
    voice_helper_digits_max:
      description: Most digits that end the listening of C(voice_helper).
      type: int
      returned: when known
    voice_helper_rules:
      description: Words that C(voice_helper) listens for, each with its C(transcription) and its C(to_option).
      type: list
      elements: dict
      returned: when known
    voice_helper_timeout:
      description: How long voice_helper listens before it recognizes, in milliseconds.
      type: int
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
    run_module(SINGLE["pbx_ivr_rule_order"])


if __name__ == "__main__":
    main()
