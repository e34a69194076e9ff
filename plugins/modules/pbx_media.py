# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_media
short_description: Fetch a recording, a voicemail message, a received fax, or a sound
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Fetches one file that the PBX keeps into a file on the host where the module runs.
  - The file arrives under a temporary name in the same folder and is then renamed, so that O(dest) never holds a part
    of it. A link is followed. The module replaces only a regular file.
  - A file that is there already is left alone without asking the PBX, unless O(force) is set.
options:
  record:
    description:
      - The recording to fetch, by its C(record_uuid).
      - Exactly one of O(record), O(voicemail), O(fax), and O(sound) is needed.
    type: str
  voicemail:
    description:
      - The voicemail message to fetch, by its C(record_uuid).
    type: str
  fax:
    description:
      - The received fax to fetch, by its C(fax_uuid).
    type: str
  sound:
    description:
      - The sound to fetch, by its title or its id.
    type: str
  dest:
    description:
      - The file to fetch into, or the folder, which has to exist. A path that ends in a slash is a folder.
      - In a folder, the file gets the name that the PBX gives it, without any folders in that name. If the PBX gives
        none, the id with a suffix is the name. A name that begins with a dot, that cannot be printed, or that is longer
        than 255 bytes is refused.
      - It is needed unless O(storage_url=true).
      - On a local connection, a path that is not absolute begins in the folder of the playbook.
    type: path
  force:
    description:
      - With V(false), a file that is there is not fetched again. For a file as O(dest), nothing is asked at all. In a
        folder, the name has to be asked for, but the content is not transferred.
      - With V(true), the file is fetched, compared with the one that is there, and replaced if it differs.
    type: bool
    default: false
  basic_auth:
    description:
      - Fetches the recording O(record) with HTTP Basic authentication, that is with O(api_username) and O(api_password)
        instead of the token, which the API offers for recordings only.
    type: bool
    default: false
  storage_url:
    description:
      - Only asks for the address at which the PBX stores the file, and transfers nothing. The API tells it of
        recordings and of voicemail messages.
    type: bool
    default: false
attributes:
  check_mode:
    description: Shows the changes and sends no write.
    support: full
    details:
      - The PBX is asked for the file, so that a wrong id shows, but the content is only transferred where O(force=true)
        asks for a comparison with a file that is there. Nothing is written to O(dest).
  diff_mode:
    description: Shows the changed fields before and after.
    support: none
  idempotent:
    description: Reports no change when everything is as declared.
    support: full
    details:
      - The module compares the checksum of the file and the given attributes.
extends_documentation_fragment:
  - ansible.builtin.files
  - telops.pbx.info
  - telops.pbx.connection
  - telops.pbx.extension
notes:
  - The options O(mode), O(owner), O(group), and the other attributes of files work as in M(ansible.builtin.get_url).
    They are set by an ordinary module, so that such a task takes the time to start one.
  - A new file gets the usual permissions of new files. If O(mode) is given, nobody but the owner can read the file
    before it is set.
  - The module does not fetch a file of more than 1 GiB.
seealso:
  - module: telops.pbx.pbx_sound
    description: Upload a sound.
  - module: ansible.builtin.get_url
    description: Fetch any file from a web server.
"""

EXAMPLES = r"""
- name: Have a folder that only its owner can look into
  ansible.builtin.file:
    path: "{{ playbook_dir }}/recordings"
    state: directory
    mode: "0700"

- name: Fetch a recording under the name that the PBX gives it
  telops.pbx.pbx_media:
    extension: "101"
    record: 5001-00000000000000000000000000000001
    dest: "{{ playbook_dir }}/recordings/"

- name: Fetch another one under a name of its own, for its owner only
  telops.pbx.pbx_media:
    extension: "101"
    record: 5001-00000000000000000000000000000002
    dest: "{{ playbook_dir }}/recordings/second.wav"
    mode: "0600"

- name: Fetch a voicemail message
  telops.pbx.pbx_media:
    extension: "101"
    voicemail: 5001-000000000000000000000000000000f1
    dest: "{{ playbook_dir }}/recordings/message.wav"

- name: Fetch a received fax
  telops.pbx.pbx_media:
    extension: "400"
    fax: 5016-000000000000000000000000000000e1
    dest: "{{ playbook_dir }}/recordings/fax.tiff"

- name: Keep a copy of a sound up to date
  telops.pbx.pbx_media:
    extension: "101"
    sound: Welcome
    dest: "{{ playbook_dir }}/recordings/welcome.wav"
    force: true

- name: Ask where a recording is stored, without fetching it
  telops.pbx.pbx_media:
    extension: "101"
    record: 5001-00000000000000000000000000000001
    storage_url: true
  register: stored

- name: Show the address
  ansible.builtin.debug:
    var: stored.media.record_url
"""

RETURN = r"""
media:
  description:
    - The file.
  returned: success
  type: dict
  contains:
    checksum:
      description:
        - SHA-1 of the content, as M(ansible.builtin.copy) and M(ansible.builtin.stat) give it.
        - In check mode, it is not known of a file that is new.
      type: str
      returned: when known
    media_type:
      description: The content type, as the PBX returns it.
      type: str
      returned: when the PBX was asked for the file
    path:
      description: Path of the file.
      type: str
      returned: unless O(storage_url=true)
    record_url:
      description: Address at which the PBX stores the file.
      type: str
      returned: when O(storage_url=true)
    size:
      description: Length of the content in bytes.
      type: int
      returned: when known
  sample:
    checksum: 8a170ab6f01319d84876c789afaaba42203942a0
    media_type: audio/wav
    path: /srv/recordings/5001-00000000000000000000000000000001.wav
    size: 1644
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 2}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_media"])


if __name__ == "__main__":
    main()
