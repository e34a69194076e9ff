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
      - The option of the context, by its digits, or V(start), V(timeout), or V(invalid). Write it in quotes.
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
      description:
        - Action of the rule. It decides which other fields matter.
        - One of V(transfer), V(hangup), V(play_sound), V(play_silence), V(jump_to_context), V(play_digits),
          V(call_interactive), V(transfer_from_variable), V(set_variable), V(voicemail), V(simple_transfer),
          V(set_caller_id_name), V(set_caller_id_number), V(record_digits), V(play_digits_from_variable),
          V(quality_rate), V(voice_helper) or V(start_record).
      type: str
      returned: when known
    call_interactive_method:
      description: How call_interactive_url is requested, GET or POST.
      type: str
      returned: when known
    call_interactive_timeout:
      description: How long call_interactive waits for the answer. The unit is not documented.
      type: int
      returned: when known
    call_interactive_url:
      description: Address that call_interactive asks what to do, the answer being XML.
      type: str
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
    caller_id_name:
      description: Name that set_caller_id_name shows from here on. It may contain names of variables.
      type: str
      returned: when known
    caller_id_number:
      description: Number that set_caller_id_number shows from here on.
      type: str
      returned: when known
    context:
      description: Id of the context that jump_to_context goes on in.
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
      description: Whether the rule is the last one even if its call fails. Otherwise the next one runs.
      type: bool
      returned: when known
    hangup_cause:
      description: How hangup ends the call, normal or busy.
      type: str
      returned: when known
    id:
      description: Id of the rule, unique within its extension only.
      type: int
      returned: when known
    interval:
      description: Id of the interval within which the rule applies. Without one, it always applies.
      type: int
      returned: when known
    is_simple_transfer:
      description: Whether transfer_from_variable skips the incoming rules of the target.
      type: bool
      returned: when known
    match_variable_name:
      description: Name of the variable that decides whether the rule applies.
      type: str
      returned: when known
    match_variable_value:
      description: Value that this variable has to have.
      type: str
      returned: when known
    max_rate:
      description: The best mark that quality_rate takes.
      type: int
      returned: when known
    name:
      description: Name of the rule. Several rules can have the same one.
      type: str
      returned: when known
    play_digits_method:
      description: Whether digits are read as a number, pronounced, or one by one, iterated.
      type: str
      returned: when known
    play_digits_variable:
      description: Variable that holds the digits, for play_digits_from_variable.
      type: str
      returned: when known
    play_sound_from_variable:
      description: Whether the sound comes from a variable instead of sound.
      type: bool
      returned: when known
    record_digits_max:
      description: Most digits that record_digits takes; sent as a string, answered as an integer.
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
      description: Value that set_variable gives it.
      type: str
      returned: when known
    silence_time:
      description: Length of play_silence, in milliseconds.
      type: int
      returned: when known
    sound:
      description: Id of the sound that play_sound, quality_rate, and voice_helper play.
      type: int
      returned: when known
    sound_type:
      description: Whether digits count while the sound plays, background, or only afterwards, foreground.
      type: str
      returned: when known
    transfer_dst:
      description: 'Targets of transfer and simple_transfer: numbers of extensions or of the outside,
        separated by spaces, all ringing at once; at most 10 with transfer.'
      type: str
      returned: when known
    transfer_timeout:
      description: How long the targets ring, in seconds.
      type: int
      returned: when known
    transfer_variable:
      description: Variable that holds the target of transfer_from_variable.
      type: str
      returned: when known
    voice_helper_classic_term:
      description: Whether the keys of the phone are asked for if voice_helper recognizes nothing.
      type: bool
      returned: when known
    voice_helper_digits_max:
      description: Most digits that end the listening of voice_helper; sent as a string, answered as an
        integer.
      type: int
      returned: when known
    voice_helper_rules:
      description: Words that voice_helper listens for, and where they lead.
      type: list
      elements: dict
      returned: when known
      contains:
        to_option:
          description: Option where the words lead, by its digits. It must exist in this context; a number
            in examples, though digits are strings elsewhere.
          type: str
          returned: when known
        transcription:
          description: 'Words to listen for: whole or partial words with vertical bars between them.'
          type: str
          returned: when known
    voice_helper_timeout:
      description: How long voice_helper listens before it recognizes, in milliseconds.
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
    run_module(SINGLE["pbx_ivr_rule_order"])


if __name__ == "__main__":
    main()
