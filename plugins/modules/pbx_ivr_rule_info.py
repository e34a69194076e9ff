# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ivr_rule_info
short_description: List the rules of an option of an IVR menu
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the rules of one option of an IVR, in the order in which they run.
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
  - module: telops.pbx.pbx_ivr_option
    description: Manage an option with all of its rules.
  - module: telops.pbx.pbx_ivr_rule
    description: Manage one rule and leave the others alone.
"""

EXAMPLES = r"""
- name: Create a menu
  telops.pbx.pbx_ivr_context:
    extension: "300"
    name: main

- name: Greet callers, and let them choose
  telops.pbx.pbx_ivr_option:
    extension: "300"
    ivr_context: main
    digits: start
    rules:
      - {action: play_sound, sound: Welcome, sound_type: foreground}
      - {action: play_sound, sound: Menu, sound_type: background}

- name: List the rules that greet callers
  telops.pbx.pbx_ivr_rule_info:
    extension: "300"
    ivr_context: main
    option_digits: start
  register: greeting

- name: Show what they do
  ansible.builtin.debug:
    msg: "{{ greeting.ivr_rules | map(attribute='action') }}"
"""

RETURN = r"""
ivr_rules:
  description:
    - The rules in the order in which they run.
  returned: success
  type: list
  elements: dict
  contains:
    action:
      description: What the rule does. It decides which other fields matter.
      type: str
      returned: always
    call_interactive_method:
      description: How RV(ivr_rules[].call_interactive_url) is requested, V(GET) or V(POST).
      type: str
      returned: always
    call_interactive_timeout:
      description: How long V(call_interactive) waits for the answer. The unit is not documented.
      type: int
      returned: always
    call_interactive_url:
      description: Address that V(call_interactive) asks what to do.
      type: str
      returned: always
    call_status:
      description: How the call before this rule must have ended, V(no_answer), V(busy), or V(any).
      type: str
      returned: always
    caller_id:
      description: Perl-compatible regular expression for the number of the caller.
      type: str
      returned: always
    caller_id_action:
      description:
        - Which callers the rule is for, those whose number V(matches) or V(not_matches) RV(ivr_rules[].caller_id),
          those who are V(anonymous), or V(any).
      type: str
      returned: always
    caller_id_name:
      description: Name that V(set_caller_id_name) shows from here on. It may contain names of variables.
      type: str
      returned: always
    caller_id_number:
      description: Number that V(set_caller_id_number) shows from here on.
      type: str
      returned: always
    context:
      description: Id of the context that V(jump_to_context) goes on in.
      type: int
      returned: always
    context_name:
      description: Name of the context that C(context) is the id of.
      type: str
      returned: always
    context_option:
      description: The option of that context, by its digits.
      type: str
      returned: always
    digits:
      description: Digits that V(play_digits) speaks.
      type: str
      returned: always
    final:
      description: Whether the rule is the last one even if its call fails. Otherwise the next one runs.
      type: bool
      returned: always
    hangup_cause:
      description: How V(hangup) ends the call, V(normal) or V(busy).
      type: str
      returned: always
    id:
      description: Id of the rule, unique within its extension only.
      type: int
      returned: always
    interval:
      description: Id of the interval within which the rule applies. Without one, it always applies.
      type: int
      returned: always
    interval_name:
      description: Name of the interval that C(interval) is the id of.
      type: str
      returned: always
    is_simple_transfer:
      description: Whether V(transfer_from_variable) skips the incoming rules of the target.
      type: bool
      returned: always
    match_variable_name:
      description: Name of the variable that decides whether the rule applies.
      type: str
      returned: always
    match_variable_value:
      description: Value that this variable has to have.
      type: str
      returned: always
    max_rate:
      description: The best mark that V(quality_rate) takes.
      type: int
      returned: always
    name:
      description: Name of the rule. Several rules can have the same one.
      type: str
      returned: always
    play_digits_method:
      description: Whether digits are read as a number, V(pronounced), or one by one, V(iterated).
      type: str
      returned: always
    play_digits_variable:
      description: Variable that holds the digits, for V(play_digits_from_variable).
      type: str
      returned: always
    play_sound_from_variable:
      description: Whether the sound comes from a variable instead of RV(ivr_rules[].sound).
      type: bool
      returned: always
    record_digits_max:
      description: How many digits V(record_digits) takes at most.
      type: int
      returned: always
    record_digits_sound:
      description: Id of the sound that asks for the digits.
      type: int
      returned: always
    record_digits_sound_name:
      description: Title of the sound that C(record_digits_sound) is the id of.
      type: str
      returned: always
    record_digits_timeout:
      description: How long V(record_digits) waits, in milliseconds.
      type: int
      returned: always
    record_digits_variable:
      description: Variable that V(record_digits) fills.
      type: str
      returned: always
    set_variable_name:
      description: Variable that V(set_variable) changes.
      type: str
      returned: always
    set_variable_value:
      description: Value that V(set_variable) gives it.
      type: str
      returned: always
    silence_time:
      description: Length of V(play_silence), in milliseconds.
      type: int
      returned: always
    sound:
      description: Id of the sound that V(play_sound), V(quality_rate), and V(voice_helper) play.
      type: int
      returned: always
    sound_name:
      description: Title of the sound that C(sound) is the id of.
      type: str
      returned: always
    sound_type:
      description: Whether digits count while the sound plays, V(background), or only afterwards, V(foreground).
      type: str
      returned: always
    transfer_dst:
      description: Numbers that ring at the same time, separated by spaces.
      type: str
      returned: always
    transfer_timeout:
      description: How long the targets ring, in seconds.
      type: int
      returned: always
    transfer_variable:
      description: Variable that holds the target of V(transfer_from_variable).
      type: str
      returned: always
    voice_helper_classic_term:
      description: Whether the keys of the phone are asked for if V(voice_helper) recognizes nothing.
      type: bool
      returned: always
    voice_helper_digits_max:
      description: How many digits end the listening of V(voice_helper).
      type: int
      returned: always
    voice_helper_rules:
      description: The words that V(voice_helper) listens for.
      type: list
      elements: dict
      returned: always
      contains:
        to_option:
          description: The option that the words lead to, by its digits.
          type: str
          returned: when it is set
        transcription:
          description: The words, or parts of words, separated by vertical bars.
          type: str
          returned: when it is set
    voice_helper_timeout:
      description: How long V(voice_helper) listens before it recognizes, in milliseconds.
      type: int
      returned: always
requests:
  description: How many requests were sent to the API, by HTTP method. Those that fetch tokens are not counted.
  returned: always
  type: dict
  sample:
    GET: 1
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_ivr_rule_info"])


if __name__ == "__main__":
    main()
