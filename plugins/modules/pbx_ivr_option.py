# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ivr_option
short_description: Manage an option of an IVR menu together with its rules
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates and deletes the options of a context of an IVR. An option belongs to an input of the caller.
  - With O(rules), it also manages all that happens then.
options:
  ivr_context:
    description:
      - The context (menu) of the IVR, by its name or its id.
    type: str
    required: true
    aliases: [context_id, context]
  digits:
    description:
      - The digits that the caller presses. It consists of digits, V(*), and V(#), and can be longer than one key.
        Write it in quotes.
      - V(start) runs when the caller enters the context, V(timeout) when the caller has pressed nothing in time, and
        V(invalid) when the caller has pressed something else. The PBX keeps these three by itself, so they cannot be
        deleted.
    type: str
    required: true
  rules:
    description:
      - The whole list of rules of the option, in the order in which they run. Other rules of the option are deleted.
      - If not set, the rules stay as they are. An empty list deletes them.
      - A rule is recognized by all that is declared of it, or else by O(rules[].name), or else by O(rules[].action).
        The PBX keeps every value that a rule does not declare.
      - Rules are added and changed before others are deleted, so that callers always find something there.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - The name of the rule. It helps to recognize the rule when other fields change.
          - The PBX allows rules without a name and several rules of one name.
        type: str
      action:
        description:
          - The action of the rule.
          - V(transfer) rings the numbers in O(rules[].transfer_dst), at most 10, and runs their incoming rules.
            V(simple_transfer) does so without their incoming rules, and takes more numbers. V(transfer_from_variable)
            rings the number in O(rules[].transfer_variable).
          - V(play_sound) plays O(rules[].sound), V(play_silence) waits for O(rules[].silence_time), V(play_digits)
            says O(rules[].digits), and V(play_digits_from_variable) says the value of O(rules[].play_digits_variable).
          - V(record_digits) asks for digits and keeps them in O(rules[].record_digits_variable). V(set_variable) sets
            O(rules[].set_variable_name) to O(rules[].set_variable_value).
          - V(jump_to_context) goes on in O(rules[].context).
          - V(set_caller_id_name) and V(set_caller_id_number) change the caller ID that the called person sees, to
            O(rules[].caller_id_name) and O(rules[].caller_id_number).
          - V(call_interactive) asks O(rules[].call_interactive_url) what to do. V(voice_helper) listens for the words
            in O(rules[].voice_helper_rules). V(quality_rate) asks for a mark.
          - V(voicemail) takes a message, V(start_record) begins to record the call, and V(hangup) ends it.
        type: str
        required: true
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
          - Whether the rules end here. With V(false), the next rule runs when the call that this rule made has
            failed.
        type: bool
      interval:
        description:
          - The time interval within which the rule applies, by its name or its id. It is one of the extension, or
            else one of the tenant.
          - A rule without an interval always applies.
        type: str
      call_status:
        description:
          - How the call before this rule must have ended, for the rule to apply. V(busy) is the answer 486.
            V(no_answer) is a timeout, and every other failure.
        type: str
        choices: [no_answer, busy, any]
      caller_id_action:
        description:
          - Which callers the rule is for.
          - V(matches) and V(not_matches) compare the number of the caller with O(rules[].caller_id). V(anonymous)
            stands for callers without a number.
        type: str
        choices: [matches, not_matches, anonymous, any]
      caller_id:
        description:
          - A regular expression (PCRE) for the number of the caller, such as V(^\\+1555). It needs
            O(rules[].caller_id_action=matches) or O(rules[].caller_id_action=not_matches).
        type: str
      match_variable_name:
        description:
          - The variable that decides whether the rule applies. It needs O(rules[].match_variable_value).
        type: str
      match_variable_value:
        description:
          - The value that O(rules[].match_variable_name) must have for the rule to apply.
        type: str
      transfer_dst:
        description:
          - The numbers that ring at the same time, separated by spaces.
          - Numbers are those of extensions, as dialled inside the tenant, or outside numbers.
          - It is needed by, and only for, O(rules[].action=transfer) and O(rules[].action=simple_transfer).
        type: str
      transfer_timeout:
        description:
          - How long the numbers ring, in seconds. It is only for the actions that transfer.
        type: int
      transfer_variable:
        description:
          - The variable that holds the number to ring. It is needed by, and only for,
            O(rules[].action=transfer_from_variable).
        type: str
      is_simple_transfer:
        description:
          - Whether the incoming rules of the called number are left out. It is only for
            O(rules[].action=transfer_from_variable).
        type: bool
      hangup_cause:
        description:
          - How the call ends for the caller. It is only for O(rules[].action=hangup).
        type: str
        choices: [normal, busy]
      sound:
        description:
          - The sound to play, by its title or its id.
          - It is only for O(rules[].action=play_sound), O(rules[].action=quality_rate), and
            O(rules[].action=voice_helper). O(rules[].action=play_sound) needs it, or
            O(rules[].play_sound_from_variable).
        type: str
      sound_type:
        description:
          - The effect of keys during the sound. With V(background), they count. With V(foreground), the caller has to
            listen to the end first. It is only for O(rules[].action=play_sound).
        type: str
        choices: [background, foreground]
      play_sound_from_variable:
        description:
          - Whether the sound comes from a variable instead of O(rules[].sound). It is only for
            O(rules[].action=play_sound).
        type: bool
      silence_time:
        description:
          - How long the silence lasts, in milliseconds. It is needed by, and only for,
            O(rules[].action=play_silence).
        type: int
      context:
        description:
          - The context to go on in, by its name or its id. It must belong to the same IVR. It is needed by, and only
            for, O(rules[].action=jump_to_context).
        type: str
      context_option:
        description:
          - The option of O(rules[].context) to go on with, by its digits, or V(start). Write it in quotes. It is only
            for O(rules[].action=jump_to_context).
        type: str
      digits:
        description:
          - The digits to say. Write them in quotes. It is needed by, and only for, O(rules[].action=play_digits).
        type: str
      play_digits_method:
        description:
          - How digits are said. V(pronounced) says them as one number, V(iterated) one by one. It is only for
            O(rules[].action=play_digits) and O(rules[].action=play_digits_from_variable).
        type: str
        choices: [pronounced, iterated]
      play_digits_variable:
        description:
          - The variable that holds the digits to say. It is needed by, and only for,
            O(rules[].action=play_digits_from_variable).
        type: str
      record_digits_variable:
        description:
          - The variable that gets the digits of the caller. It is needed by, and only for,
            O(rules[].action=record_digits).
        type: str
      record_digits_max:
        description:
          - How many digits are taken at most. It is only for O(rules[].action=record_digits).
        type: int
      record_digits_sound:
        description:
          - The sound that asks for the digits, by its title or its id. It is only for
            O(rules[].action=record_digits).
        type: str
      record_digits_timeout:
        description:
          - How long to wait for digits, in milliseconds. It is only for O(rules[].action=record_digits).
        type: int
      set_variable_name:
        description:
          - The variable to set. It is needed by, and only for, O(rules[].action=set_variable).
        type: str
      set_variable_value:
        description:
          - The value that the variable gets. It is needed by, and only for, O(rules[].action=set_variable).
        type: str
      caller_id_name:
        description:
          - The name that is shown from here on. Names of variables in it are replaced. It is needed by, and only for,
            O(rules[].action=set_caller_id_name).
        type: str
      caller_id_number:
        description:
          - The number that is shown from here on. It is needed by, and only for,
            O(rules[].action=set_caller_id_number).
        type: str
      call_interactive_url:
        description:
          - The address of the program that decides what to do, and answers in XML. It is needed by, and only for,
            O(rules[].action=call_interactive).
        type: str
      call_interactive_method:
        description:
          - How the address is requested. It is only for O(rules[].action=call_interactive).
        type: str
        choices: [GET, POST]
      call_interactive_timeout:
        description:
          - How long to wait for the answer. The documentation of the PBX does not give the unit. It is only for
            O(rules[].action=call_interactive).
        type: int
      max_rate:
        description:
          - The best mark that a caller can give. It is only for O(rules[].action=quality_rate).
        type: int
      voice_helper_rules:
        description:
          - The words to listen for, and where they lead. It is needed by, and only for,
            O(rules[].action=voice_helper).
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
          - Whether the caller can go on with keys when no word was recognized. It is only for
            O(rules[].action=voice_helper).
        type: bool
      voice_helper_digits_max:
        description:
          - How many digits end the listening. It is only for O(rules[].action=voice_helper).
        type: int
      voice_helper_timeout:
        description:
          - How long to listen, in milliseconds. It is only for O(rules[].action=voice_helper).
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
      - Whether nothing is deleted that a rule still leads to, and whether no rule in O(rules) leads to an
        option that is not there.
      - Deleting costs one request for the whole IVR; where the PBX cannot tell it at once, one for each of its
        contexts and options. A rule that leads to an option of another context costs one request for its options. With
        V(false), none of this is read.
    type: bool
    default: true
notes:
  - The PBX hangs up where an option has no rules.
  - An option of a rule that its O(rules[].action) does not take is an error.
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
seealso:
  - module: telops.pbx.pbx_ivr_context
    description: Manage the contexts.
  - module: telops.pbx.pbx_ivr_rule
    description: Manage one rule and leave the others alone.
  - module: telops.pbx.pbx_interval
    description: Define working hours and holidays.
"""

EXAMPLES = r"""
- name: Create two menus
  telops.pbx.pbx_ivr_context:
    extension: "300"
    name: "{{ item }}"
  loop: [main, night]

- name: Define working hours
  telops.pbx.pbx_interval:
    extension: "300"
    name: Working hours
    timezone: Europe/Berlin
    conditions:
      - {start_dow: 2, end_dow: 6, start_time: "09:00:00", end_time: "18:00:00"}

- name: Greet callers, and let them choose
  telops.pbx.pbx_ivr_option:
    extension: "300"
    ivr_context: main
    digits: start
    rules:
      - action: play_sound
        sound: Welcome
        sound_type: foreground
      - action: play_sound
        sound: Menu
        sound_type: background

- name: Connect callers who press 1 during working hours, and take a message otherwise
  telops.pbx.pbx_ivr_option:
    extension: "300"
    ivr_context: main
    digits: "1"
    rules:
      - action: transfer
        transfer_dst: "200"
        transfer_timeout: 60
        interval: Working hours
      - action: jump_to_context
        context: night
        context_option: start

- name: Say that the clinic is closed
  telops.pbx.pbx_ivr_option:
    extension: "300"
    ivr_context: night
    digits: start
    rules:
      - {action: play_sound, sound: Closed}
      - {action: voicemail}

- name: Repeat the menu when nothing or something else was pressed
  telops.pbx.pbx_ivr_option:
    extension: "300"
    ivr_context: main
    digits: "{{ item }}"
    rules:
      - {action: jump_to_context, context: main, context_option: start}
  loop: [timeout, invalid]

- name: Let callers reach the queue at any time
  telops.pbx.pbx_ivr_option:
    extension: "300"
    ivr_context: main
    digits: "1"
    rules:
      - action: transfer
        transfer_dst: "200"
        unset: [interval]

- name: Remove the option
  telops.pbx.pbx_ivr_option:
    extension: "300"
    ivr_context: main
    digits: "1"
    state: absent
"""

RETURN = r"""
ivr_option:
  description:
    - The option as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
  returned: success
  type: dict
  contains:
    digits:
      description: Digits that the caller presses, or start, timeout, or invalid.
      type: str
      returned: when known
    rules:
      description: The rules of the option in the order in which they run, with the fields that
        M(telops.pbx.pbx_ivr_rule) returns.
      type: list
      elements: dict
      returned: when O(rules) was given
plan:
  description:
    - Steps that change the PBX, in the order in which the module sends them. Each step is one
      HTTP request.
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
      description: Path of the request below O(api_url). A placeholder with the object's name
        stands for an id that does not exist yet.
      type: str
      returned: always
    body:
      description: Request body with secrets hidden, or nothing when the request has none.
      type: dict
      returned: always
    changes:
      description: Fields that change, with C(field), C(from), and C(to). References are names
        instead of ids.
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
    run_module(SINGLE["pbx_ivr_option"])


if __name__ == "__main__":
    main()
