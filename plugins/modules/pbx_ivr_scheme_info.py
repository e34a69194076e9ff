# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ivr_scheme_info
short_description: Read a whole IVR
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Reads the settings of an IVR, its menus, their options, and the rules of these.
  - Where the PBX tells all of it in one answer, that is one request, and one more for each option with two rules or
    more, whose order has to be asked for. Otherwise the lists are read one by one.
  - For a document that can be applied again, with names instead of ids, use M(telops.pbx.pbx_tenant_info).
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_ivr_scheme
    description: Describe a whole IVR.
  - module: telops.pbx.pbx_tenant_info
    description: Export a whole tenant.
"""

EXAMPLES = r"""
- name: Give the IVR a menu
  telops.pbx.pbx_ivr_context:
    extension: "300"
    name: main

- name: Read the IVR
  telops.pbx.pbx_ivr_scheme_info:
    extension: "300"
  register: ivr

- name: Show the menus with what can be pressed in them
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.options | map(attribute='digits') | join(', ') }}"
  loop: "{{ ivr.ivr_scheme.contexts }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
ivr_scheme:
  description: The settings of the IVR, and its menus.
  returned: success
  type: dict
  contains:
    contexts:
      description: The menus, by their names.
      type: list
      elements: dict
      returned: always
      contains:
        allow_any_dial:
          description: Whether the caller can dial any extension of the tenant.
          type: bool
          returned: always
        description:
          description: Free remark about the menu.
          type: str
          returned: always
        digit_len:
          description: How many digits the caller can dial at most. Input ends at once when they are reached.
          type: int
          returned: always
        extra_params:
          description: Free text for integrations. The PBX does not look into it.
          type: str
          returned: always
        id:
          description: Id of the context.
          type: int
          returned: always
        inter_digit_timeout:
          description: Silence that is accepted between two digits, in milliseconds.
          type: int
          returned: always
        name:
          description: Name of the menu.
          type: str
          returned: always
        options:
          description: The options of the menu, including those that every menu has.
          type: list
          elements: dict
          returned: always
          contains:
            digits:
              description: Digits that the caller presses, or start, timeout, or invalid.
              type: str
              returned: always
            rules:
              description: The rules in the order in which they run.
              type: list
              elements: dict
              returned: always
              contains:
                action:
                  description:
                    - Action of the rule. It decides which other fields matter.
                    - One of V(transfer), V(hangup), V(play_sound), V(play_silence), V(jump_to_context), V(play_digits),
                      V(call_interactive), V(transfer_from_variable), V(set_variable), V(voicemail), V(simple_transfer),
                      V(set_caller_id_name), V(set_caller_id_number), V(record_digits), V(play_digits_from_variable),
                      V(quality_rate), V(voice_helper) or V(start_record).
                  type: str
                  returned: always
                call_interactive_method:
                  description: How call_interactive_url is requested, GET or POST.
                  type: str
                  returned: always
                call_interactive_timeout:
                  description: How long call_interactive waits for the answer. The unit is not documented.
                  type: int
                  returned: always
                call_interactive_url:
                  description: Address that call_interactive asks what to do, the answer being XML.
                  type: str
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
                caller_id_name:
                  description: Name that set_caller_id_name shows from here on. It may contain names of variables.
                  type: str
                  returned: always
                caller_id_number:
                  description: Number that set_caller_id_number shows from here on.
                  type: str
                  returned: always
                context:
                  description: Id of the context that jump_to_context goes on in.
                  type: int
                  returned: always
                context_name:
                  description: Name of the context that C(context) is the id of.
                  type: str
                  returned: always
                context_option:
                  description: Option of that context where jump_to_context goes on.
                  type: str
                  returned: always
                digits:
                  description: Digits that play_digits speaks.
                  type: str
                  returned: always
                final:
                  description: Whether the rule is the last one even if its call fails. Otherwise the next one runs.
                  type: bool
                  returned: always
                hangup_cause:
                  description: How hangup ends the call, normal or busy.
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
                  description: Whether transfer_from_variable skips the incoming rules of the target.
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
                  description: The best mark that quality_rate takes.
                  type: int
                  returned: always
                name:
                  description: Name of the rule. Several rules can have the same one.
                  type: str
                  returned: always
                play_digits_method:
                  description: Whether digits are read as a number, pronounced, or one by one, iterated.
                  type: str
                  returned: always
                play_digits_variable:
                  description: Variable that holds the digits, for play_digits_from_variable.
                  type: str
                  returned: always
                play_sound_from_variable:
                  description: Whether the sound comes from a variable instead of sound.
                  type: bool
                  returned: always
                record_digits_max:
                  description: Most digits that record_digits takes; sent as a string, answered as an integer.
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
                  description: How long record_digits waits, in milliseconds.
                  type: int
                  returned: always
                record_digits_variable:
                  description: Variable that record_digits fills.
                  type: str
                  returned: always
                set_variable_name:
                  description: Variable that set_variable changes.
                  type: str
                  returned: always
                set_variable_value:
                  description: Value that set_variable gives it.
                  type: str
                  returned: always
                silence_time:
                  description: Length of play_silence, in milliseconds.
                  type: int
                  returned: always
                sound:
                  description: Id of the sound that play_sound, quality_rate, and voice_helper play.
                  type: int
                  returned: always
                sound_name:
                  description: Title of the sound that C(sound) is the id of.
                  type: str
                  returned: always
                sound_type:
                  description: Whether digits count while the sound plays, background, or only afterwards, foreground.
                  type: str
                  returned: always
                transfer_dst:
                  description: 'Targets of transfer and simple_transfer: numbers of extensions or of the outside,
                    separated by spaces, all ringing at once; at most 10 with transfer.'
                  type: str
                  returned: always
                transfer_timeout:
                  description: How long the targets ring, in seconds.
                  type: int
                  returned: always
                transfer_variable:
                  description: Variable that holds the target of transfer_from_variable.
                  type: str
                  returned: always
                voice_helper_classic_term:
                  description: Whether the keys of the phone are asked for if voice_helper recognizes nothing.
                  type: bool
                  returned: always
                voice_helper_digits_max:
                  description: Most digits that end the listening of voice_helper; sent as a string, answered as
                    an integer.
                  type: int
                  returned: always
                voice_helper_rules:
                  description: Words that voice_helper listens for, and where they lead.
                  type: list
                  elements: dict
                  returned: always
                  contains:
                    to_option:
                      description: Option where the words lead, by its digits. It must exist in this context; a
                        number in examples, though digits are strings elsewhere.
                      type: str
                      returned: when it is set
                    transcription:
                      description: 'Words to listen for: whole or partial words with vertical bars between them.'
                      type: str
                      returned: when it is set
                voice_helper_timeout:
                  description: How long voice_helper listens before it recognizes, in milliseconds.
                  type: int
                  returned: always
        timeout:
          description: Silence that is accepted before the first digit, in milliseconds, counted from the end of
            the last rule. The option timeout runs after it.
          type: int
          returned: always
    entry_context:
      description: Id of the context that a call enters first.
      type: int
      returned: always
    entry_context_name:
      description: Name of the IVR context with the id in C(entry_context), or null where the id refers to nothing.
      type: str
      returned: always
    lifetime:
      description: How long a call may stay in the IVR, in seconds.
      type: int
      returned: always
    lifetime_exp_action:
      description: Treatment of a call that lasts longer than lifetime, hangup or transfer.
      type: str
      returned: always
    lifetime_exp_transfer_dst:
      description: Number that a call is transferred to whose lifetime_exp_action is transfer.
      type: str
      returned: always
    sleep_time:
      description: Pause before the entry context begins, in milliseconds.
      type: int
      returned: always
    vm_attach_file:
      description: Whether the email carries the message itself.
      type: bool
      returned: always
    vm_enabled:
      description: Whether a caller can leave a message where the call would otherwise fail.
      type: bool
      returned: always
    vm_greeting:
      description: Id of the sound that callers hear before the beep.
      type: int
      returned: always
    vm_greeting_name:
      description: Name of the sound with the id in C(vm_greeting), or null where the id refers to nothing.
      type: str
      returned: always
    vm_mailto:
      description: Email address that is told about new messages.
      type: str
      returned: always
    vm_profile:
      description:
        - How messages are recorded. record_silence keeps the pauses.
        - One of V(default) or V(record_silence).
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
    run_module(SINGLE["pbx_ivr_scheme_info"])


if __name__ == "__main__":
    main()
