# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_sound_info
short_description: List the sounds of the tenant, or those that an extension can use
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the sounds of the tenant with their ids and titles, or with O(extension) or O(extension_id) those that an
    extension can use.
options:
  extension:
    description:
      - Lists the sounds that this extension can use. It is the extension by its number, as it is dialled inside the
        tenant. Write it in quotes.
      - If neither O(extension) nor O(extension_id) is set, the sounds of the tenant are listed.
    type: str
  extension_id:
    description:
      - Lists the sounds that this extension can use. It is the extension by its id, or V(@me) for the extension that
        the user of the token belongs to.
    type: str
  id:
    description:
      - Only the sounds with these ids.
    type: list
    elements: str
  title:
    description:
      - Only the sounds with these titles.
    type: list
    elements: str
  own_only:
    description:
      - Only the sounds that belong to the tenant itself, and not those that its dealer provides.
      - It cannot be combined with O(extension) or O(extension_id).
    type: bool
  limit:
    description:
      - The most sounds to return. If not set, all of them are read, however many pages that takes.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_sound
    description: Manage the sounds of the tenant.
  - module: telops.pbx.pbx_queue
    description: Use sounds in a queue.
"""

EXAMPLES = r"""
- name: List all sounds of the tenant
  telops.pbx.pbx_sound_info:
    own_only: true
  register: pbx

- name: Show their titles
  ansible.builtin.debug:
    msg: "{{ pbx.sounds | map(attribute='title') | sort }}"

- name: Make sure that two sounds are there
  telops.pbx.pbx_sound_info:
    title: [Welcome, Menu]
  register: found
  until: found.sounds | length == 2
  retries: 3
  delay: 1

- name: List the sounds that a queue can use
  telops.pbx.pbx_sound_info:
    extension: "200"
"""

RETURN = r"""
sounds:
  description:
    - The sounds.
  returned: success
  type: list
  elements: dict
  contains:
    client_id:
      description: Id of the tenant; null for a sound of the operator.
      type: int
      returned: always
    dealer_id:
      description: Id of the dealer, if the sound is one of the dealer.
      type: int
      returned: always
    filename:
      description: Name of the file on the PBX, which the PBX makes up.
      type: str
      returned: always
    id:
      description: Id of the sound.
      type: int
      returned: always
    title:
      description: Name that people know the sound by.
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
    run_module(SINGLE["pbx_sound_info"])


if __name__ == "__main__":
    main()
