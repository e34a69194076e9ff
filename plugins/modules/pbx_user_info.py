# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_user_info
short_description: List the users of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the people who may log in to the PBX for one extension, or those that are asked for. Passwords are never
    returned.
options:
  login:
    description: Only the users with these logins.
    type: list
    elements: str
  name:
    description: Only the users with these names.
    type: list
    elements: str
  email:
    description: Only the users with these email addresses.
    type: list
    elements: str
  comment:
    description: Only the users with these comments.
    type: list
    elements: str
  status:
    description: Only the users with these states, V(active) or V(blocked).
    type: list
    elements: str
  timezone:
    description: Only the users with these time zones.
    type: list
    elements: str
  access:
    description: Only the users who may do this, V(full) or V(read_only).
    type: list
    elements: str
  id:
    description:
      - Reads only the user with this id.
      - An id that does not exist gives an empty list.
    type: str
  limit:
    description:
      - The most users to return. If not set, all of them are returned.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_user
    description: Manage the users of an extension.
"""

EXAMPLES = r"""
- name: List the users of a phone
  telops.pbx.pbx_user_info:
    extension: "101"
  register: reception

- name: Show who may change its settings
  ansible.builtin.debug:
    msg: "{{ reception.users | selectattr('access', 'equalto', 'full') | map(attribute='login') }}"

- name: Find the blocked ones
  telops.pbx.pbx_user_info:
    extension: "101"
    status: [blocked]
"""

RETURN = r"""
users:
  description:
    - The users of the extension.
  returned: success
  type: list
  elements: dict
  contains:
    access:
      description:
        - 'Rights of the user: read_only allows nothing but GET.'
        - One of V(full) or V(read_only).
      type: str
      returned: always
    comment:
      description: Free text about the user.
      type: str
      returned: always
    email:
      description: Email address of the person.
      type: str
      returned: always
    extension:
      description: Number of the extension with the id in C(extension_id), or null where the id refers to nothing.
      type: str
      returned: always
    extension_id:
      description: Id of the extension that the user is limited to.
      type: int
      returned: always
    extra_params:
      description: Free text for integrations. The PBX does not look into it.
      type: str
      returned: always
    id:
      description: Id of the user.
      type: int
      returned: always
    login:
      description: Name to log in with, unique on the platform and fixed once created.
      type: str
      returned: always
    name:
      description: Name of the person.
      type: str
      returned: always
    status:
      description: Whether the login works, active or blocked.
      type: str
      returned: always
    timezone:
      description: Time zone of the user, an IANA name.
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
    run_module(SINGLE["pbx_user_info"])


if __name__ == "__main__":
    main()
