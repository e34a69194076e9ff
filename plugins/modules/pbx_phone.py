# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_phone
short_description: Manage the phone
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Manages the phone of an extension.
options:
  auth_type:
    description:
      - How the device proves itself. Password (digest), network address, or both.
    type: str
    choices: [digest, network, both]
  password:
    description:
      - The password of the phone.
    type: str
  static_reg_address:
    description:
      - Fixed address and port of a device that does not register.
    type: str
  network_permission_group_id:
    description:
      - Id of the group of network permissions.
    type: int
  geo_list:
    description:
      - Countries from which the device may register. ISO 3166 codes separated by spaces, * for all, empty for the
        default.
    type: str
  hangup_timeout:
    description:
      - How long the phone rings before the call is given up, in seconds.
    type: int
  incoming_limit:
    description:
      - Most calls that may come in at the same time.
    type: int
  call_screening_enabled:
    description:
      - The called person has to press 1 to accept a call.
    type: bool
  ignore_early_media:
    description:
      - Let the caller hear the ringing tone instead of what the device sends before answering.
    type: bool
  intercom:
    description:
      - Intercom setting; the documentation does not explain its values.
    type: int
  external_number:
    description:
      - Outside number of the extension; the documentation does not explain it.
    type: str
  replace_pin:
    description:
      - Replacement code; the documentation does not explain it.
    type: str
  append_to_cid_name_on_transfer:
    description:
      - Text that is added to the name of the caller on a transfer.
    type: str
  transfer_caller_id_number:
    description:
      - Number shown to the target of a transfer.
    type: str
  preserve_caller_id_number_att_tr:
    description:
      - Show the original number after an attended transfer.
    type: bool
  hold_music:
    description:
      - Id of the sound for callers on hold.
    type: str
  ringback_sound:
    description:
      - Id of the sound that callers hear while the phone rings.
    type: str
  announce_sound_upon_incoming_call:
    description:
      - Id of the sound that is played when an incoming call is answered.
    type: str
  announce_sound_upon_outgoing_call:
    description:
      - Id of the sound that is played when an outgoing call is answered.
    type: str
  record_enabled:
    description:
      - Record the calls of the phone.
    type: bool
  record_format:
    description:
      - File format of recordings; null means the tenant's setting.
    type: str
    choices: [mp3, wav]
  record_stereo:
    description:
      - Whether recordings keep the two sides apart; null means the tenant's setting.
    type: str
    choices: ['yes', 'no']
  record_transfer:
    description:
      - Go on recording after a transfer.
    type: bool
  conference_pin:
    description:
      - Code of the extension's own conference room.
    type: str
  conference_end_on_exit:
    description:
      - Close that room when its owner leaves.
    type: bool
  conference_announce_caller_name:
    description:
      - Announce who joins that room.
    type: bool
  unset:
    description:
      - Fields to clear.
      - A field cannot have a value and be cleared in the same task.
    type: list
    elements: str
    choices:
      - announce_sound_upon_incoming_call
      - announce_sound_upon_outgoing_call
      - append_to_cid_name_on_transfer
      - auth_type
      - conference_pin
      - external_number
      - geo_list
      - hangup_timeout
      - hold_music
      - incoming_limit
      - intercom
      - network_permission_group_id
      - password
      - record_format
      - record_stereo
      - replace_pin
      - ringback_sound
      - static_reg_address
      - transfer_caller_id_number
      - vm_greeting
      - vm_mailto
      - vm_profile
    default: []
  update_password:
    description:
      - The update_password of the phone.
    type: str
    choices: [always, on_create]
    default: always
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource.voicemail
"""

EXAMPLES = r"""
- name: Minimal
  telops.pbx.pbx_phone:
    extension: "101"
"""

RETURN = r"""
phone:
  description:
    - The phone as the PBX has it.
  returned: success
  type: dict
  contains:
    announce_sound_upon_incoming_call:
      description: Id of the sound that is played when an incoming call is answered.
      type: int
      returned: always
    announce_sound_upon_outgoing_call:
      description: Id of the sound that is played when an outgoing call is answered.
      type: int
      returned: always
    append_to_cid_name_on_transfer:
      description: Text that is added to the name of the caller on a transfer.
      type: str
      returned: always
    auth_type:
      description: How the device proves itself. Password (digest), network address, or both.
      type: str
      returned: always
    call_screening_enabled:
      description: The called person has to press 1 to accept a call.
      type: bool
      returned: always
    conference_announce_caller_name:
      description: Announce who joins that room.
      type: bool
      returned: always
    conference_end_on_exit:
      description: Close that room when its owner leaves.
      type: bool
      returned: always
    external_number:
      description: Outside number of the extension; the documentation does not explain it.
      type: str
      returned: always
    geo_list:
      description: Countries from which the device may register. ISO 3166 codes separated by spaces, * for all, empty
        for the default.
      type: str
      returned: always
    hangup_timeout:
      description: How long the phone rings before the call is given up, in seconds.
      type: int
      returned: always
    hold_music:
      description: Id of the sound for callers on hold.
      type: int
      returned: always
    ignore_early_media:
      description: Let the caller hear the ringing tone instead of what the device sends before answering.
      type: bool
      returned: always
    incoming_limit:
      description: Most calls that may come in at the same time.
      type: int
      returned: always
    intercom:
      description: Intercom setting; the documentation does not explain its values.
      type: int
      returned: always
    label:
      description: Label of the extension, to be changed there.
      type: str
      returned: always
    name:
      description: Number of the extension with the prefix of the tenant.
      type: str
      returned: always
    network_permission_group_id:
      description: Id of the group of network permissions.
      type: int
      returned: always
    preserve_caller_id_number_att_tr:
      description: Show the original number after an attended transfer.
      type: bool
      returned: always
    record_enabled:
      description: Record the calls of the phone.
      type: bool
      returned: always
    record_format:
      description: File format of recordings; null means the tenant's setting.
      type: str
      returned: always
    record_stereo:
      description: Whether recordings keep the two sides apart; null means the tenant's setting.
      type: str
      returned: always
    record_transfer:
      description: Go on recording after a transfer.
      type: bool
      returned: always
    ringback_sound:
      description: Id of the sound that callers hear while the phone rings.
      type: int
      returned: always
    static_reg_address:
      description: Fixed address and port of a device that does not register.
      type: str
      returned: always
    transfer_caller_id_number:
      description: Number shown to the target of a transfer.
      type: str
      returned: always
    vm_attach_file:
      description: Put the message itself into the email about it.
      type: bool
      returned: always
    vm_enabled:
      description: Take a voicemail message where the call would otherwise fail.
      type: bool
      returned: always
    vm_greeting:
      description: Id of the sound that greets before the beep.
      type: int
      returned: always
    vm_mailto:
      description: Address that is told about new messages.
      type: str
      returned: always
    vm_profile:
      description: How messages are recorded; record_silence keeps the pauses.
      type: str
      returned: always
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
    run_module("pbx_phone")


if __name__ == "__main__":
    main()
