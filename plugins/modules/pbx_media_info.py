# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_media_info
short_description: Tell about a recording, a voicemail message, a received fax, or a sound without fetching it
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Tells whether the PBX keeps a file, which name and size it has, and with O(storage_url) where it is stored.
  - Nothing is fetched. M(telops.pbx.pbx_media) does that.
  - The API lists neither voicemail messages nor received faxes. Their ids come with the events that
    M(telops.pbx.pbx_event) asks for, and with the emails about them. M(telops.pbx.pbx_record_info) lists recordings.
options:
  record:
    description:
      - The recording, by its C(record_uuid).
      - Exactly one of O(record), O(voicemail), O(fax), and O(sound) is needed.
    type: str
  voicemail:
    description:
      - The voicemail message, by its C(record_uuid).
    type: str
  fax:
    description:
      - The received fax, by its C(fax_uuid).
    type: str
  sound:
    description:
      - The sound, by its title or its id.
    type: str
  storage_url:
    description:
      - Also asks for the address at which the PBX stores the file. The API tells it of recordings and of voicemail
        messages.
    type: bool
    default: false
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_media
    description: Fetch the file.
  - module: telops.pbx.pbx_record_info
    description: List recordings.
"""

EXAMPLES = r"""
- name: List the records of the last calls
  telops.pbx.pbx_record_info:
    extension: "101"
    start_datetime: "2026-11-01"
    limit: 2
  register: last

- name: Find out where they are stored
  telops.pbx.pbx_media_info:
    extension: "101"
    record: "{{ item.record_uuid }}"
    storage_url: true
  loop: "{{ last.records }}"
  loop_control:
    label: "{{ item.record_uuid }}"
  register: stored

- name: Show the addresses
  ansible.builtin.debug:
    msg: "{{ stored.results | map(attribute='media') | selectattr('exists') | map(attribute='record_url') }}"

- name: Look at a sound
  telops.pbx.pbx_media_info:
    extension: "101"
    sound: Welcome
"""

RETURN = r"""
media:
  description: The known properties of the file.
  returned: success
  type: dict
  contains:
    exists:
      description: Whether the PBX has the file.
      type: bool
      returned: always
    media_type:
      description: The kind of file, such as C(audio/wav). It is empty where the PBX does not tell.
      type: str
      returned: when RV(media.exists)
    name:
      description: The name that the PBX gives the file. It is empty where the PBX does not tell.
      type: str
      returned: when RV(media.exists)
    record_url:
      description:
        - The address at which the PBX stores the file.
        - Whoever has it may be able to fetch the file without a login.
      type: str
      returned: when RV(media.exists) and O(storage_url=true)
    size:
      description: The size of the file, in bytes. It is null where the PBX does not tell.
      type: int
      returned: when RV(media.exists)
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_media_info"])


if __name__ == "__main__":
    main()
