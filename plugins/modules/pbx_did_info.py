# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_did_info
short_description: List the numbers of the public network
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists all DIDs of the tenant, that is its numbers of the public network, and which extensions they reach, or those
    that are asked for.
options:
  id:
    description:
      - Reads only the number with this id.
      - An id that does not exist gives an empty list.
    type: str
  name:
    description: Only these numbers, exactly as the PBX lists them.
    type: list
    elements: str
  limit:
    description:
      - The most numbers to return. If not set, all of them are read, however many pages that takes.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_did
    description: Assign the numbers.
  - module: telops.pbx.pbx_extension_info
    description: List the extensions.
"""

EXAMPLES = r"""
- name: List all numbers of the tenant
  telops.pbx.pbx_did_info:
  register: pbx

- name: Show the numbers that nobody answers
  ansible.builtin.debug:
    msg: "{{ pbx.dids | selectattr('extension_id', 'none') | map(attribute='name') }}"

- name: Assign one of them
  telops.pbx.pbx_did:
    name: "74950000101"
    extension: "300"

- name: See where it leads now
  telops.pbx.pbx_did_info:
    name: ["74950000101"]
  register: main
"""

RETURN = r"""
dids:
  description:
    - The numbers of the public network.
  returned: success
  type: list
  elements: dict
  contains:
    allow_message:
      description: Whether the number takes text messages.
      type: bool
      returned: always
    client_id:
      description: Id of the tenant it belongs to.
      type: int
      returned: always
    comment:
      description: Free text about the number.
      type: str
      returned: always
    create_date:
      description: When it was created, YYYY-MM-DD HH:MM:SS.
      type: str
      returned: always
    domain:
      description: SIP domain of the number.
      type: str
      returned: always
    extension:
      description: Number of the extension with the id in C(extension_id), or null where the id refers to nothing.
      type: str
      returned: always
    extension_id:
      description: Id of the extension that gets the calls; null for none.
      type: int
      returned: always
    id:
      description: Id of the number.
      type: int
      returned: always
    message_extension:
      description: Name of the extension with the id in C(message_extension_id), or null where the id refers to
        nothing.
      type: str
      returned: always
    message_extension_id:
      description: Id of the extension that gets the text messages.
      type: int
      returned: always
    name:
      description: The number of the public network.
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
    run_module(SINGLE["pbx_did_info"])


if __name__ == "__main__":
    main()
