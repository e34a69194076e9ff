# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_registration_info
short_description: Tell which devices are registered at phones
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Tells for phones whether a device is registered, and which devices these are.
  - Without O(extensions) and O(extension_ids), it tells it for all phones, in one request.
  - It changes nothing. M(telops.pbx.pbx_registration) drops registrations.
options:
  extensions:
    description:
      - The phones by their numbers. Write them in quotes.
    type: list
    elements: str
    aliases: [extension]
  extension_ids:
    description:
      - The phones by their ids. V(@me) is the extension that the user of the token belongs to.
      - It saves the request that finds the ids for numbers.
      - It cannot be combined with O(extensions).
    type: list
    elements: str
    aliases: [extension_id]
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_registration
    description: Drop registrations, or insist that there is one.
  - module: telops.pbx.pbx_extension_info
    description: Find the phones of the tenant.
"""

EXAMPLES = r"""
- name: Look at all phones
  telops.pbx.pbx_registration_info:
  register: pbx

- name: Count the phones without a device
  ansible.builtin.debug:
    msg: "{{ pbx.registrations | rejectattr('registered') | length }}"

- name: Wait until the device at the reception has come back
  telops.pbx.pbx_registration_info:
    extensions: ["101"]
  register: reception
  until: reception.registrations[0].registered
  retries: 30
  delay: 10

- name: Find all phones
  telops.pbx.pbx_extension_info:
    type: phone
  register: phones

- name: Show the numbers of those without a device
  ansible.builtin.debug:
    msg: "{{ phones.extensions | rejectattr('id', 'in', present) | map(attribute='number') }}"
  vars:
    present: "{{ pbx.registrations | selectattr('registered') | map(attribute='extension_id') }}"
"""

RETURN = r"""
registrations:
  description:
    - One entry for each phone that was asked for, in the same order.
    - If none was asked for, the phones that the PBX tells of.
  returned: success
  type: list
  elements: dict
  contains:
    extension:
      description: Number of the extension with the id in C(extension_id), or null where the id refers to nothing.
      type: str
      returned: always
    extension_id:
      description: Id of the phone.
      type: int
      returned: always
    registered:
      description: Whether a device is registered now.
      type: bool
      returned: always
    registrations:
      description: The devices. Where none is registered, these are the last ones, whose time is up.
      type: list
      elements: dict
      returned: always
      contains:
        device:
          description: Name that the device gives itself.
          type: str
          returned: always
        real_address:
          description: The address that it was seen at.
          type: str
          returned: always
        contact_address:
          description: The address that it gives for itself.
          type: str
          returned: always
        expires:
          description: When the registration ends, in seconds.
          type: int
          returned: always
        registration_id:
          description: Id of the registration, as telops.pbx.pbx_registration takes it.
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
    run_module(SINGLE["pbx_registration_info"])


if __name__ == "__main__":
    main()
