# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ivr_option
short_description: Manage the IVR option
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Manages the IVR option of an extension.
options:
  ivr_context:
    description:
      - The ivr_context of the ivr_option.
    type: str
    required: true
    aliases: [context_id, context]
  digits:
    description:
      - What the caller dials, or one of start, timeout and invalid.
    type: str
    required: true
  rules:
    description:
      - The rules of the ivr_option.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the rule; not necessarily unique.
        type: str
      action:
        description:
          - What the rule does; it decides which other fields matter.
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
          - Stop after this rule even if its call failed; otherwise the next one runs.
        type: bool
      interval:
        description:
          - Id of the interval within which the rule applies; always, if unset.
        type: str
      call_status:
        description:
          - How the call attempt before this rule has to have ended. Busy is code 486, no_answer a timeout or any
            other failure.
        type: str
        choices: [no_answer, busy, any]
      caller_id_action:
        description:
          - How the caller has to compare. Matches and not_matches use caller_id, anonymous means a hidden number.
        type: str
        choices: [matches, not_matches, anonymous, any]
      caller_id:
        description:
          - Perl-compatible regular expression that the number of the caller is matched with.
        type: str
      match_variable_name:
        description:
          - Variable that decides whether the rule applies.
        type: str
      match_variable_value:
        description:
          - Value that the variable has to have.
        type: str
      transfer_dst:
        description:
          - Targets of transfer and simple_transfer. Numbers of extensions or of the outside, separated by spaces, all
            ringing at once; at most 10 with transfer.
        type: str
      transfer_timeout:
        description:
          - How long the targets ring, in seconds.
        type: int
      transfer_variable:
        description:
          - Variable that holds the target, for transfer_from_variable.
        type: str
      is_simple_transfer:
        description:
          - Make transfer_from_variable skip the incoming rules of the target.
        type: bool
      hangup_cause:
        description:
          - How hangup ends the call.
        type: str
        choices: [normal, busy]
      sound:
        description:
          - Id of the sound for play_sound, quality_rate and voice_helper.
        type: str
      sound_type:
        description:
          - With background digits count while the sound plays, with foreground only afterwards.
        type: str
        choices: [background, foreground]
      play_sound_from_variable:
        description:
          - Take the sound from a variable instead of from sound.
        type: bool
      silence_time:
        description:
          - Length of play_silence, in milliseconds.
        type: int
      context:
        description:
          - Id of the context for jump_to_context.
        type: str
      context_option:
        description:
          - Option of that context where jump_to_context goes on.
        type: str
      digits:
        description:
          - Digits that play_digits speaks.
        type: str
      play_digits_method:
        description:
          - Whether digits are read as a number (pronounced) or one by one (iterated).
        type: str
        choices: [pronounced, iterated]
      play_digits_variable:
        description:
          - Variable that holds the digits, for play_digits_from_variable.
        type: str
      record_digits_variable:
        description:
          - Variable that record_digits fills.
        type: str
      record_digits_max:
        description:
          - Most digits that record_digits takes; sent as a string, answered as an integer.
        type: int
      record_digits_sound:
        description:
          - Id of the sound that asks for the digits.
        type: str
      record_digits_timeout:
        description:
          - How long record_digits waits, in milliseconds.
        type: int
      set_variable_name:
        description:
          - Variable that set_variable changes.
        type: str
      set_variable_value:
        description:
          - What set_variable puts into it.
        type: str
      caller_id_name:
        description:
          - Name that set_caller_id_name shows from here on; may contain names of variables.
        type: str
      caller_id_number:
        description:
          - Number that set_caller_id_number shows from here on.
        type: str
      call_interactive_url:
        description:
          - Address that call_interactive asks what to do, the answer being XML.
        type: str
      call_interactive_method:
        description:
          - How that address is requested.
        type: str
        choices: [GET, POST]
      call_interactive_timeout:
        description:
          - How long call_interactive waits for the answer; the unit is not documented.
        type: int
      max_rate:
        description:
          - Best mark for quality_rate.
        type: int
      voice_helper_rules:
        description:
          - Words that voice_helper listens for, and where they lead.
        type: list
        elements: dict
        suboptions:
          to_option:
            description:
              - The to_option.
            type: str
            required: true
          transcription:
            description:
              - The transcription.
            type: str
            required: true
      voice_helper_classic_term:
        description:
          - Go on with the keys of the phone if voice_helper recognized nothing.
        type: bool
      voice_helper_digits_max:
        description:
          - Most digits that end the listening of voice_helper; sent as a string, answered as an integer.
        type: int
      voice_helper_timeout:
        description:
          - How long voice_helper listens before it recognizes, in milliseconds.
        type: int
      unset:
        description:
          - Fields to clear.
          - A field cannot have a value and be cleared in the same task.
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
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
"""

EXAMPLES = r"""
- name: Minimal
  telops.pbx.pbx_ivr_option:
    extension: "101"
"""

RETURN = r"""
ivr_option:
  description:
    - The IVR option as the PBX has it.
  returned: success
  type: dict
  contains:
    digits:
      description: What the caller dials, or one of start, timeout and invalid.
      type: str
      returned: always
    rules:
      description: The rules of the option in the order in which they run, each with the fields that
        M(telops.pbx.pbx_ivr_rule) returns.
      type: list
      elements: dict
      returned: when O(rules) was given
plan:
  description:
    - The steps that change the PBX, in the order in which they are sent. Each step is one HTTP request.
    - In check mode, these are the steps that the real run would take.
    - It is empty when nothing is to be done.
  returned: success
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
      description: The object with its place, in the names that people use.
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
      description: The fields that change, each with its C(field), C(from) and C(to), as names instead of ids.
      type: list
      elements: dict
      returned: always
diff:
  description: The changed fields before and after, by object, with names instead of ids and with secrets hidden.
  returned: success
  type: dict
  contains:
    before:
      description: What changes, as it is on the PBX.
      type: dict
      returned: always
    after:
      description: What changes, as it was declared.
      type: dict
      returned: always
requests:
  description: How many requests were sent to the PBX, by HTTP method.
  returned: always
  type: dict
  sample:
    GET: 2
    PUT: 1
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry import run_module


def main() -> None:
    run_module("pbx_ivr_option")


if __name__ == "__main__":
    main()
