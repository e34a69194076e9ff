# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ivr_rule
short_description: Manage a single rule of an option of an IVR menu
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates, changes, and deletes one rule of an option of an IVR, and leaves the other rules of the option alone.
  - M(telops.pbx.pbx_ivr_option) with its option C(rules) is the better choice where a playbook knows all rules of an
    option. Do not use both for the same option.
  - The rules of an option run one after the other. O(interval), O(call_status), O(caller_id_action), O(caller_id),
    O(match_variable_name), and O(match_variable_value) are their conditions.
  - M(telops.pbx.pbx_ivr_rule_order) sets the order. A changed rule keeps its place. Where a new one lands is up to
    the PBX.
options:
  ivr_context:
    description:
      - The context (menu) of the IVR, by its name or its id.
    type: str
    required: true
    aliases: [context_id]
  option_digits:
    description:
      - The option of the context, by its digits, or V(start), V(timeout), or V(invalid). Write it in quotes.
    type: str
    required: true
    aliases: [option]
  name:
    description:
      - The name of the rule, by which it is found.
      - The PBX allows rules without a name and several rules of one name. Those are picked by O(id).
      - It is needed for a new rule. For others, O(id) can take its place.
    type: str
  action:
    description:
      - The action of the rule.
      - V(transfer) rings the numbers in O(transfer_dst), at most 10, and runs their incoming rules.
        V(simple_transfer) does so without their incoming rules, and takes more numbers. V(transfer_from_variable)
        rings the number in O(transfer_variable).
      - V(play_sound) plays O(sound), V(play_silence) waits for O(silence_time), V(play_digits) says O(digits), and
        V(play_digits_from_variable) says the value of O(play_digits_variable).
      - V(record_digits) asks for digits and keeps them in O(record_digits_variable). V(set_variable) sets
        O(set_variable_name) to O(set_variable_value).
      - V(jump_to_context) goes on in O(context).
      - V(set_caller_id_name) and V(set_caller_id_number) change the caller ID that the called person sees, to
        O(caller_id_name) and O(caller_id_number).
      - V(call_interactive) asks O(call_interactive_url) what to do. V(voice_helper) listens for the words in
        O(voice_helper_rules). V(quality_rate) asks for a mark.
      - V(voicemail) takes a message, V(start_record) begins to record the call, and V(hangup) ends it.
      - It is needed for a new rule.
    type: str
    choices:
      - transfer
      - hangup
      - play_sound
      - play_silence
      - jump_to_context
      - play_digits
      - call_interactive
      - transfer_from_variable
      - set_variable
      - voicemail
      - simple_transfer
      - set_caller_id_name
      - set_caller_id_number
      - record_digits
      - play_digits_from_variable
      - quality_rate
      - voice_helper
      - start_record
  final:
    description:
      - Whether the rules end here. With V(false), the next rule runs when the call that this rule made has failed.
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
  match_variable_name:
    description:
      - The variable that decides whether the rule applies. It needs O(match_variable_value).
    type: str
  match_variable_value:
    description:
      - The value that O(match_variable_name) must have for the rule to apply.
    type: str
  transfer_dst:
    description:
      - The numbers that ring at the same time, separated by spaces.
      - Numbers are those of extensions, as dialled inside the tenant, or outside numbers.
      - It is needed by, and only for, O(action=transfer) and O(action=simple_transfer).
    type: str
  transfer_timeout:
    description:
      - How long the numbers ring, in seconds. It is only for the actions that transfer.
    type: int
  transfer_variable:
    description:
      - The variable that holds the number to ring. It is needed by, and only for, O(action=transfer_from_variable).
    type: str
  is_simple_transfer:
    description:
      - Whether the incoming rules of the called number are left out. It is only for O(action=transfer_from_variable).
    type: bool
  hangup_cause:
    description:
      - How the call ends for the caller. It is only for O(action=hangup).
    type: str
    choices: [normal, busy]
  sound:
    description:
      - The sound to play, by its title or its id.
      - It is only for O(action=play_sound), O(action=quality_rate), and O(action=voice_helper). O(action=play_sound)
        needs it, or O(play_sound_from_variable).
    type: str
  sound_type:
    description:
      - The effect of keys during the sound. With V(background), they count. With V(foreground), the caller has to
        listen to the end first. It is only for O(action=play_sound).
    type: str
    choices: [background, foreground]
  play_sound_from_variable:
    description:
      - Whether the sound comes from a variable instead of O(sound). It is only for O(action=play_sound).
    type: bool
  silence_time:
    description:
      - How long the silence lasts, in milliseconds. It is needed by, and only for, O(action=play_silence).
    type: int
  context:
    description:
      - The context to go on in, by its name or its id. It must belong to the same IVR. It is needed by, and only for,
        O(action=jump_to_context).
    type: str
  context_option:
    description:
      - The option of O(context) to go on with, by its digits, or V(start). Write it in quotes. It is only for
        O(action=jump_to_context).
    type: str
  digits:
    description:
      - The digits to say. Write them in quotes. It is needed by, and only for, O(action=play_digits).
    type: str
  play_digits_method:
    description:
      - How digits are said. V(pronounced) says them as one number, V(iterated) one by one. It is only for
        O(action=play_digits) and O(action=play_digits_from_variable).
    type: str
    choices: [pronounced, iterated]
  play_digits_variable:
    description:
      - The variable that holds the digits to say. It is needed by, and only for, O(action=play_digits_from_variable).
    type: str
  record_digits_variable:
    description:
      - The variable that gets the digits of the caller. It is needed by, and only for, O(action=record_digits).
    type: str
  record_digits_max:
    description:
      - How many digits are taken at most. It is only for O(action=record_digits).
    type: int
  record_digits_sound:
    description:
      - The sound that asks for the digits, by its title or its id. It is only for O(action=record_digits).
    type: str
  record_digits_timeout:
    description:
      - How long to wait for digits, in milliseconds. It is only for O(action=record_digits).
    type: int
  set_variable_name:
    description:
      - The variable to set. It is needed by, and only for, O(action=set_variable).
    type: str
  set_variable_value:
    description:
      - The value that the variable gets. It is needed by, and only for, O(action=set_variable).
    type: str
  caller_id_name:
    description:
      - The name that is shown from here on. Names of variables in it are replaced. It is needed by, and only for,
        O(action=set_caller_id_name).
    type: str
  caller_id_number:
    description:
      - The number that is shown from here on. It is needed by, and only for, O(action=set_caller_id_number).
    type: str
  call_interactive_url:
    description:
      - The address of the program that decides what to do, and answers in XML. It is needed by, and only for,
        O(action=call_interactive).
    type: str
  call_interactive_method:
    description:
      - How the address is requested. It is only for O(action=call_interactive).
    type: str
    choices: [GET, POST]
  call_interactive_timeout:
    description:
      - How long to wait for the answer. The documentation of the PBX does not give the unit. It is only for
        O(action=call_interactive).
    type: int
  max_rate:
    description:
      - The best mark that a caller can give. It is only for O(action=quality_rate).
    type: int
  voice_helper_rules:
    description:
      - The words to listen for, and where they lead. It is needed by, and only for, O(action=voice_helper).
    type: list
    elements: dict
    suboptions:
      to_option:
        description:
          - The option that the words lead to, by its digits. It must exist in the same context.
        type: str
        required: true
      transcription:
        description:
          - The words, or parts of words, separated by vertical bars, such as V(billing|invoice).
        type: str
        required: true
  voice_helper_classic_term:
    description:
      - Whether the caller can go on with keys when no word was recognized. It is only for O(action=voice_helper).
    type: bool
  voice_helper_digits_max:
    description:
      - How many digits end the listening. It is only for O(action=voice_helper).
    type: int
  voice_helper_timeout:
    description:
      - How long to listen, in milliseconds. It is only for O(action=voice_helper).
    type: int
  unset:
    description:
      - The fields to clear, so that the PBX has no value for them.
      - A field cannot have a value and stand here in the same task.
      - A field also counts as cleared where the PBX answers with its own default for it.
    type: list
    elements: str
    choices:
      - call_interactive_method
      - call_interactive_timeout
      - call_interactive_url
      - call_status
      - caller_id
      - caller_id_action
      - caller_id_name
      - caller_id_number
      - context
      - context_option
      - digits
      - hangup_cause
      - interval
      - match_variable_name
      - match_variable_value
      - max_rate
      - name
      - play_digits_method
      - play_digits_variable
      - record_digits_max
      - record_digits_sound
      - record_digits_timeout
      - record_digits_variable
      - set_variable_name
      - set_variable_value
      - silence_time
      - sound
      - sound_type
      - transfer_dst
      - transfer_timeout
      - transfer_variable
      - voice_helper_digits_max
      - voice_helper_rules
      - voice_helper_timeout
    default: []
  check_references:
    description:
      - Whether a rule may only lead to an option that is there.
      - A rule that leads to an option of another context costs one request for the options of that context.
        With V(false), they are not read.
    type: bool
    default: true
notes:
  - An option that the O(action) does not take is an error.
  - When O(action) changes, the options that only the old action takes are cleared.
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
  - telops.pbx.resource.id
seealso:
  - module: telops.pbx.pbx_ivr_rule_order
    description: Set the order of the rules.
  - module: telops.pbx.pbx_ivr_option
    description: Manage all rules of an option at once.
"""

EXAMPLES = r"""
- name: Create a menu
  telops.pbx.pbx_ivr_context:
    extension: "300"
    name: main

- name: Create an option for the key 2
  telops.pbx.pbx_ivr_option:
    extension: "300"
    ivr_context: main
    digits: "2"

- name: Define working hours
  telops.pbx.pbx_interval:
    extension: "300"
    name: Working hours
    timezone: Europe/Berlin
    conditions:
      - {start_dow: 2, end_dow: 6, start_time: "09:00:00", end_time: "18:00:00"}

- name: Connect callers to the billing queue during working hours
  telops.pbx.pbx_ivr_rule:
    extension: "300"
    ivr_context: main
    option_digits: "2"
    name: To billing
    action: transfer
    transfer_dst: "201"
    interval: Working hours

- name: Let the call ring longer
  telops.pbx.pbx_ivr_rule:
    extension: "300"
    ivr_context: main
    option_digits: "2"
    name: To billing
    transfer_timeout: 90

- name: Go back to the menu otherwise
  telops.pbx.pbx_ivr_rule:
    extension: "300"
    ivr_context: main
    option_digits: "2"
    name: Back to the menu
    action: jump_to_context
    context: main
    context_option: start

- name: Connect callers at any time
  telops.pbx.pbx_ivr_rule:
    extension: "300"
    ivr_context: main
    option_digits: "2"
    name: To billing
    unset: [interval]

- name: Remove a rule
  telops.pbx.pbx_ivr_rule:
    extension: "300"
    ivr_context: main
    option_digits: "2"
    name: Back to the menu
    state: absent
"""

RETURN = r"""
ivr_rule:
  description:
    - The rule as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
    - In check mode, the C(id) of a new object is a text that stands for it.
  returned: success
  type: dict
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
    run_module(SINGLE["pbx_ivr_rule"])


if __name__ == "__main__":
    main()
