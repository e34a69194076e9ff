# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_conference_info
short_description: Read the settings of a conference room
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Reads the settings of an extension of the type C(conference). The codes that admit participants are never returned.
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_conference
    description: Configure a conference room.
"""

EXAMPLES = r"""
- name: Read the settings of the conference room
  telops.pbx.pbx_conference_info:
    extension: "500"
  register: pbx

- name: Stop where conferences are recorded
  ansible.builtin.assert:
    that: not pbx.conference.record_enabled
    fail_msg: Conferences must not be recorded here.
"""

RETURN = r"""
conference:
  description:
    - The settings of the room, without its codes.
  returned: success
  type: dict
  contains:
    announce_caller_name:
      description: Announce who joins.
      type: bool
      returned: always
    enter_sound:
      description: Id of the sound that is played when somebody joins.
      type: int
      returned: always
    enter_sound_name:
      description: Name of the sound with the id in C(enter_sound), or null where the id refers to nothing.
      type: str
      returned: always
    max_members:
      description: Largest number of participants.
      type: int
      returned: always
    music_on_hold_sound:
      description: Id of the sound for a participant who is alone.
      type: int
      returned: always
    music_on_hold_sound_name:
      description: Name of the sound with the id in C(music_on_hold_sound), or null where the id refers to nothing.
      type: str
      returned: always
    mute_non_moderator:
      description: Only moderators may speak.
      type: bool
      returned: always
    record_enabled:
      description: Record the conference.
      type: bool
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
    run_module(SINGLE["pbx_conference_info"])


if __name__ == "__main__":
    main()
