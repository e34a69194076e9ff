# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_phone
short_description: Configure a phone
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Changes the settings of an extension of the type C(phone).
  - Options that are left out stay as they are.
options:
  auth_type:
    description:
      - How a device proves that it may use the extension. V(digest) asks for O(password), V(network) looks at its
        address, and V(both) does both.
    type: str
    choices: [digest, network, both]
  password:
    description:
      - The SIP password of the device. See O(update_password) for when it is sent.
      - A password shorter than eight characters is hidden in the fields of the output, but not in other text.
    type: str
  static_reg_address:
    description:
      - The fixed address and port of a device that does not register.
    type: str
  network_permission_group_id:
    description:
      - The id of the group of networks from which the device may connect.
    type: int
  geo_list:
    description:
      - The countries from which the device may register, as ISO 3166 codes of two letters separated by spaces, or
        V(*) for all.
    type: str
  hangup_timeout:
    description:
      - How long the phone rings before the call is given up, in seconds.
    type: int
  incoming_limit:
    description:
      - How many incoming calls there can be at the same time.
    type: int
  call_screening_enabled:
    description:
      - Whether the called person has to press 1 to take a call.
    type: bool
  ignore_early_media:
    description:
      - Whether callers hear the ringing tone instead of the early media of the device.
    type: bool
  intercom:
    description:
      - The intercom setting. The documentation of the PBX does not explain its values.
    type: int
  external_number:
    description:
      - The outside number of the extension. The documentation of the PBX does not explain it further.
    type: str
  replace_pin:
    description:
      - The PIN for replacing a call. The documentation of the PBX does not explain it further.
    type: str
  append_to_cid_name_on_transfer:
    description:
      - The text that is added to the name of the caller when a call is transferred.
    type: str
  transfer_caller_id_number:
    description:
      - The number that the target of a transfer sees.
    type: str
  preserve_caller_id_number_att_tr:
    description:
      - Whether the number of the caller stays visible after an attended transfer.
    type: bool
  hold_music:
    description:
      - The sound that the other side hears on hold, by its title or its id.
    type: str
  ringback_sound:
    description:
      - The sound that callers hear while the phone rings, by its title or its id.
    type: str
  announce_sound_upon_incoming_call:
    description:
      - The sound that is played when an incoming call is answered, by its title or its id.
    type: str
  announce_sound_upon_outgoing_call:
    description:
      - The sound that is played when an outgoing call is answered, by its title or its id.
    type: str
  record_enabled:
    description:
      - Whether calls are recorded.
    type: bool
  record_format:
    description:
      - The file format of recordings. A phone without it follows the setting of the tenant.
    type: str
    choices: [mp3, wav]
  record_stereo:
    description:
      - Whether recordings keep the two sides of a call apart. A phone without it follows the setting of the tenant.
        Write V(yes) and V(no) in quotes.
    type: str
    choices: ['yes', 'no']
  record_transfer:
    description:
      - Whether recording goes on after a transfer.
    type: bool
  conference_pin:
    description:
      - The PIN of the conference room that belongs to the phone.
    type: str
  conference_end_on_exit:
    description:
      - Whether the conference room that belongs to the phone closes when its owner leaves.
    type: bool
  conference_announce_caller_name:
    description:
      - Whether the conference room that belongs to the phone announces who joins.
    type: bool
  unset:
    description:
      - The fields to clear, so that the PBX has no value for them.
      - A field cannot have a value and stand here in the same task.
      - A field also counts as cleared where the PBX answers with its own default for it.
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
      - When O(password) is sent. The PBX never returns a password, so it cannot be compared.
      - V(always) sends it in every run, and reports a change each time.
      - V(on_create) sends it only together with a new object. A phone exists as soon as its extension does, so this
        module then never sends the password of a phone.
    type: str
    choices: [always, on_create]
    default: always
attributes:
  idempotent:
    support: partial
    details:
      - Options that are left out are neither compared nor sent.
      - With O(password) and O(update_password=always), every run sends the password and reports a change.
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource.voicemail
seealso:
  - module: telops.pbx.pbx_agent
    description: Manage the agents of the phone.
  - module: telops.pbx.pbx_incom_rule
    description: Manage the rules for its incoming calls.
  - module: telops.pbx.pbx_extension_info
    description: Find the phones of the tenant.
"""

EXAMPLES = r"""
- name: Let the phone ring for half a minute, and take a message then
  telops.pbx.pbx_phone:
    extension: "101"
    hangup_timeout: 30
    vm_enabled: true
    vm_greeting: Voicemail greeting
    vm_mailto: reception@example.com

- name: Play music on hold, and record all calls
  telops.pbx.pbx_phone:
    extension: "101"
    hold_music: Hold music
    record_enabled: true
    record_format: mp3
    record_stereo: "yes"

- name: Lock out a lost device with a password that nobody knows, a new one in every run
  telops.pbx.pbx_phone:
    extension: "101"
    auth_type: digest
    password: "{{ lookup('ansible.builtin.password', '/dev/null', length=20) }}"
    update_password: always

- name: Return to the music and the file format of the tenant
  telops.pbx.pbx_phone:
    extension: "101"
    unset: [hold_music, record_format, record_stereo]
"""

RETURN = r"""
phone:
  description:
    - The settings of the phone as the PBX has them, or in check mode as it would have them.
    - The password and the PINs are left out.
  returned: success
  type: dict
  contains:
    announce_sound_upon_incoming_call:
      description: Id of the sound that is played when an incoming call is answered.
      type: int
      returned: when known
    announce_sound_upon_outgoing_call:
      description: Id of the sound that is played when an outgoing call is answered.
      type: int
      returned: when known
    append_to_cid_name_on_transfer:
      description: Text that is added to the name of the caller on a transfer.
      type: str
      returned: when known
    auth_type:
      description: 'How the device proves itself: password (digest), network address, or both.'
      type: str
      returned: when known
    call_screening_enabled:
      description: Whether the called person has to press 1 to accept a call.
      type: bool
      returned: when known
    conference_announce_caller_name:
      description: Whether the phone's own conference room announces who joins.
      type: bool
      returned: when known
    conference_end_on_exit:
      description: Whether the phone's own conference room closes when its owner leaves.
      type: bool
      returned: when known
    external_number:
      description: Outside number of the extension. The documentation does not explain it.
      type: str
      returned: when known
    geo_list:
      description: 'Countries from which the device may register: ISO 3166 codes separated by spaces, * for all,
        empty for the default.'
      type: str
      returned: when known
    hangup_timeout:
      description: How long the phone rings before the call is given up, in seconds.
      type: int
      returned: when known
    hold_music:
      description: Id of the sound for callers on hold.
      type: int
      returned: when known
    ignore_early_media:
      description: Whether callers hear the ringing tone instead of the sounds that the device sends before it answers.
      type: bool
      returned: when known
    incoming_limit:
      description: How many calls may come in at the same time.
      type: int
      returned: when known
    intercom:
      description: Intercom setting. The documentation does not explain its values.
      type: int
      returned: when known
    label:
      description: Label of the extension, to be changed there.
      type: str
      returned: when known
    name:
      description: Number of the extension with the prefix of the tenant.
      type: str
      returned: when known
    network_permission_group_id:
      description: Id of the group of network permissions.
      type: int
      returned: when known
    preserve_caller_id_number_att_tr:
      description: Whether the original number is shown after an attended transfer.
      type: bool
      returned: when known
    record_enabled:
      description: Whether the calls of the phone are recorded.
      type: bool
      returned: when known
    record_format:
      description:
        - File format of recordings. It is empty where that of the tenant holds.
        - One of V(mp3) or V(wav).
      type: str
      returned: when known
    record_stereo:
      description:
        - Whether recordings keep the two sides apart. It is empty where the setting of the tenant holds.
        - One of V(yes) or V(no).
      type: str
      returned: when known
    record_transfer:
      description: Whether recording goes on after a transfer.
      type: bool
      returned: when known
    ringback_sound:
      description: Id of the sound that callers hear while the phone rings.
      type: int
      returned: when known
    static_reg_address:
      description: Fixed address and port of a device that does not register.
      type: str
      returned: when known
    transfer_caller_id_number:
      description: The caller ID that the target of a transfer sees.
      type: str
      returned: when known
    vm_attach_file:
      description: Whether the email carries the message itself.
      type: bool
      returned: when known
    vm_enabled:
      description: Whether a caller can leave a message where the call would otherwise fail.
      type: bool
      returned: when known
    vm_greeting:
      description: Id of the sound that callers hear before the beep.
      type: int
      returned: when known
    vm_mailto:
      description: Email address that is told about new messages.
      type: str
      returned: when known
    vm_profile:
      description:
        - How messages are recorded. record_silence keeps the pauses.
        - One of V(default) or V(record_silence).
      type: str
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
      description: Path of the request below O(api_url). A placeholder with the object's name stands for an id that
        does not exist yet.
      type: str
      returned: always
    body:
      description: Request body with secrets hidden, or nothing when the request has none.
      type: dict
      returned: always
    changes:
      description: Fields that change, with C(field), C(from), and C(to). References are names instead of ids.
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
    run_module(SINGLE["pbx_phone"])


if __name__ == "__main__":
    main()
