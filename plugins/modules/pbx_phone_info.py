# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_phone_info
short_description: Read the settings of a phone
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Reads the settings of a phone. The password and the PINs are left out.
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_phone
    description: Configure a phone.
  - module: telops.pbx.pbx_extension_info
    description: Find the phones of the tenant.
"""

EXAMPLES = r"""
- name: Read the settings of the reception
  telops.pbx.pbx_phone_info:
    extension: "101"
  register: reception

- name: Show how long it rings
  ansible.builtin.debug:
    msg: "{{ reception.phone.hangup_timeout }} s"

- name: Find all phones
  telops.pbx.pbx_extension_info:
    type: phone
  register: pbx

- name: Read the settings of each of them
  telops.pbx.pbx_phone_info:
    extension_id: "{{ item.id }}"
  loop: "{{ pbx.extensions }}"
  loop_control:
    label: "{{ item.number }}"
  register: phones

- name: Show which phones take no messages
  ansible.builtin.debug:
    msg: "{{ phones.results | rejectattr('phone.vm_enabled') | map(attribute='item.number') }}"
"""

RETURN = r"""
phone:
  description:
    - The settings of the phone.
  returned: success
  type: dict
  contains:
    announce_sound_upon_incoming_call:
      description: Id of the sound that is played when an incoming call is answered.
      type: int
      returned: always
    announce_sound_upon_incoming_call_name:
      description: Name of the sound with the id in C(announce_sound_upon_incoming_call), or null where the id refers
        to nothing.
      type: str
      returned: always
    announce_sound_upon_outgoing_call:
      description: Id of the sound that is played when an outgoing call is answered.
      type: int
      returned: always
    announce_sound_upon_outgoing_call_name:
      description: Name of the sound with the id in C(announce_sound_upon_outgoing_call), or null where the id refers
        to nothing.
      type: str
      returned: always
    append_to_cid_name_on_transfer:
      description: Text that is added to the name of the caller on a transfer.
      type: str
      returned: always
    auth_type:
      description: 'How the device proves itself: password (digest), network address, or both.'
      type: str
      returned: always
    call_screening_enabled:
      description: Whether the called person has to press 1 to accept a call.
      type: bool
      returned: always
    conference_announce_caller_name:
      description: Whether the phone's own conference room announces who joins.
      type: bool
      returned: always
    conference_end_on_exit:
      description: Whether the phone's own conference room closes when its owner leaves.
      type: bool
      returned: always
    external_number:
      description: Outside number of the extension. The documentation does not explain it.
      type: str
      returned: always
    geo_list:
      description: 'Countries from which the device may register: ISO 3166 codes separated by spaces, * for all,
        empty for the default.'
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
    hold_music_name:
      description: Name of the sound with the id in C(hold_music), or null where the id refers to nothing.
      type: str
      returned: always
    ignore_early_media:
      description: Whether callers hear the ringing tone instead of the sounds that the device sends before it answers.
      type: bool
      returned: always
    incoming_limit:
      description: How many calls may come in at the same time.
      type: int
      returned: always
    intercom:
      description: Intercom setting. The documentation does not explain its values.
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
      description: Whether the original number is shown after an attended transfer.
      type: bool
      returned: always
    record_enabled:
      description: Whether the calls of the phone are recorded.
      type: bool
      returned: always
    record_format:
      description:
        - File format of recordings. It is empty where that of the tenant holds.
        - One of V(mp3) or V(wav).
      type: str
      returned: always
    record_stereo:
      description:
        - Whether recordings keep the two sides apart. It is empty where the setting of the tenant holds.
        - One of V(yes) or V(no).
      type: str
      returned: always
    record_transfer:
      description: Whether recording goes on after a transfer.
      type: bool
      returned: always
    ringback_sound:
      description: Id of the sound that callers hear while the phone rings.
      type: int
      returned: always
    ringback_sound_name:
      description: Name of the sound with the id in C(ringback_sound), or null where the id refers to nothing.
      type: str
      returned: always
    static_reg_address:
      description: Fixed address and port of a device that does not register.
      type: str
      returned: always
    transfer_caller_id_number:
      description: The caller ID that the target of a transfer sees.
      type: str
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
    run_module(SINGLE["pbx_phone_info"])


if __name__ == "__main__":
    main()
