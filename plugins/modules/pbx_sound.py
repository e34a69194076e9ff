# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_sound
short_description: Upload, replace, and remove the sounds of the tenant
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Uploads a WAV or MP3 file as a sound that all extensions of the tenant can play, replaces the content of a sound,
    renames it, and removes it.
  - Other modules refer to a sound by its title, for example O(telops.pbx.pbx_queue#module:sound).
  - A file is only sent where the sound holds something else. To know that, the module reads the present content through
    any extension of the tenant and compares it, without the tags that a file may carry.
  - Whether a PBX keeps a sound as it was uploaded is not documented. If it answers with another form of sound, such as
    WAV for an MP3 file or another rate, then nothing but the lengths can be compared. A sound of the same length then
    counts as the same, and a warning says so. O(dialect.sound_content) tells the module how the PBX behaves.
options:
  title:
    description:
      - The title of the sound, by which it is found, and by which other modules name it.
      - It is needed for a new sound. For others, O(id) can take its place.
      - Sounds that the operator offers to all of its tenants are not found here.
    type: str
  file:
    description:
      - The WAV or MP3 file with the sound, on the host where the module runs. On a local connection, a path that is not
        absolute begins in the folder of the playbook.
      - It is needed for a new sound. Without it, the content of a sound stays as it is.
      - The file has at most 10 MB. A WAV file has a complete header and no floating point samples. All of this is
        checked before anything is sent.
    type: path
  update_file:
    description:
      - When to send O(file) for a sound that is there already.
      - V(differs) sends it where the sound holds something else.
      - V(always) sends it in every run, so that every run reports a change.
      - V(on_create) sends it for new sounds only, and saves the requests for the comparison.
    type: str
    choices: [differs, always, on_create]
    default: differs
  check_references:
    description:
      - Whether nothing is deleted that is still played somewhere.
      - Deleting costs the list of all extensions, one request for the agents of the tenant, one for the
        settings of each extension, and one for its incoming rules. With V(false), none of this is read, and
        callers hear nothing where the sound was played.
    type: bool
    default: true
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.resource
  - telops.pbx.resource.id
notes:
  - Removing a sound that something still plays is up to the PBX. It may refuse, or leave callers without the sound.
    First change the objects that play it.
seealso:
  - module: telops.pbx.pbx_media
    description: Fetch a sound into a file.
  - module: telops.pbx.pbx_queue
    description: Play a sound to those who wait.
  - module: telops.pbx.pbx_ivr_option
    description: Play a sound in a menu.
"""

EXAMPLES = r"""
- name: Upload a greeting
  telops.pbx.pbx_sound:
    title: Summer greeting
    file: "{{ playbook_dir }}/sounds/summer.wav"

- name: Play it to those who wait in a queue
  telops.pbx.pbx_queue:
    extension: "200"
    start_sound: Summer greeting

- name: Have another content in a sound that is there, if it is not the same already
  telops.pbx.pbx_sound:
    title: Hold music
    file: "{{ playbook_dir }}/sounds/music.mp3"

- name: Find the id of a sound
  telops.pbx.pbx_sound_info:
    title: Holidays
  register: found

- name: Rename the sound, which its id picks
  telops.pbx.pbx_sound:
    id: "{{ found.sounds[0].id }}"
    title: Public holidays

- name: Upload a sound once, and leave it alone afterwards
  telops.pbx.pbx_sound:
    title: Emergency
    file: "{{ playbook_dir }}/sounds/summer.wav"
    update_file: on_create

- name: Remove a sound that nothing plays
  telops.pbx.pbx_sound:
    title: Closed
    state: absent
"""

RETURN = r"""
sound:
  description:
    - The sound as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
    - In check mode, the C(id) of a new sound is a text that stands for it.
  returned: success
  type: dict
  contains:
    client_id:
      description: Id of the tenant; null for a sound of the operator.
      type: int
      returned: when known
    dealer_id:
      description: Id of the dealer, if the sound is one of the dealer.
      type: int
      returned: when known
    filename:
      description: Name of the file on the PBX, which the PBX makes up.
      type: str
      returned: when known
    id:
      description: Id of the sound.
      type: int
      returned: when known
    title:
      description: Name that people know the sound by.
      type: str
      returned: when known
  sample:
    client_id: 100
    dealer_id: null
    filename: 1ded1588121e9137cb548a3b1afe5815fa4fa895.wav
    id: 3001
    title: Welcome
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
    - action: replace
      kind: tenant_sound
      object: sound "Welcome"
      method: POST
      path: /client/@me/sound/3001
      body: {file: <file welcome.wav>}
      changes:
        - field: file
          from: WAV, 8000 Hz, 0.10 s, SHA-1 8a170ab6f01319d84876c789afaaba42203942a0
          to: sounds/welcome.wav
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
    run_module(SINGLE["pbx_sound"])


if __name__ == "__main__":
    main()
