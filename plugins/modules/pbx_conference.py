# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_conference
short_description: Configure a conference room
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Changes the settings of an extension of the type C(conference).
  - Options that are left out stay as they are.
options:
  pin:
    description:
      - The code that admits a participant. Without one, everybody who dials the number is in.
      - Write it in quotes. Codes may begin with zeros, which YAML would drop.
      - A code shorter than eight characters is hidden in the fields of the output, but not in other text. It would make
        too much else unreadable.
    type: str
  moderator_pin:
    description:
      - The code that admits a moderator. The remarks about O(pin) hold for it too.
    type: str
  max_members:
    description:
      - The largest number of participants.
    type: int
  enter_sound:
    description:
      - The sound that is played when somebody joins, by its title or its id.
    type: str
  music_on_hold_sound:
    description:
      - The sound for a participant who is alone, by its title or its id.
    type: str
  announce_caller_name:
    description:
      - Whether it is announced who joins.
    type: bool
  mute_non_moderator:
    description:
      - Whether only moderators may speak.
    type: bool
  record_enabled:
    description:
      - Whether the conference is recorded.
    type: bool
  unset:
    description:
      - The fields to clear, so that the PBX has no value for them. Without O(pin), the room is open to all.
      - A field cannot have a value and stand here in the same task.
    type: list
    elements: str
    choices:
      - enter_sound
      - max_members
      - moderator_pin
      - music_on_hold_sound
      - pin
    default: []
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_conference_info
    description: Read the settings of a conference room.
  - module: telops.pbx.pbx_conference_control
    description: Control a conference that takes place.
  - module: telops.pbx.pbx_extension
    description: Manage the extensions.
"""

EXAMPLES = r"""
- name: Protect the room with a code that is kept on the control node
  telops.pbx.pbx_conference:
    extension: "500"
    pin: "{{ lookup('ansible.builtin.password', file, length=6, chars=['digits']) }}"
    max_members: 20
  vars:
    file: "{{ playbook_dir }}/conference-500.pin"

- name: Announce who joins, and play music to whoever is first
  telops.pbx.pbx_conference:
    extension: "500"
    announce_caller_name: true
    enter_sound: Welcome
    music_on_hold_sound: Hold music

- name: Let only moderators speak, and record what they say
  telops.pbx.pbx_conference:
    extension: "500"
    moderator_pin: "{{ lookup('ansible.builtin.password', file, length=6, chars=['digits']) }}"
    mute_non_moderator: true
    record_enabled: true
  vars:
    file: "{{ playbook_dir }}/conference-500-moderator.pin"

- name: Open the room to everybody
  telops.pbx.pbx_conference:
    extension: "500"
    unset: [pin]
"""

RETURN = r"""
conference:
  description:
    - The settings of the room as the PBX has them, or in check mode as it would have them.
    - The codes are left out.
  returned: success
  type: dict
  contains:
    announce_caller_name:
      description: Announce who joins.
      type: bool
      returned: when known
    enter_sound:
      description: Id of the sound that is played when somebody joins.
      type: int
      returned: when known
    max_members:
      description: Largest number of participants.
      type: int
      returned: when known
    music_on_hold_sound:
      description: Id of the sound for a participant who is alone.
      type: int
      returned: when known
    mute_non_moderator:
      description: Only moderators may speak.
      type: bool
      returned: when known
    record_enabled:
      description: Record the conference.
      type: bool
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
      kind: conference
      object: extension "500" > conference
      method: PUT
      path: /extension/5017/conference/
      body: {pin: '********', max_members: 20, announce_caller_name: false}
      changes:
        - {field: pin, from: null, to: '******** (changed)'}
        - {field: max_members, from: null, to: 20}
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
    run_module(SINGLE["pbx_conference"])


if __name__ == "__main__":
    main()
