# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_extension_group_info
short_description: List the groups of extensions
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists all groups of extensions of the tenant, or those that are asked for.
  - Which extensions belong to a group, M(telops.pbx.pbx_extension_info) tells.
options:
  id:
    description:
      - Returns only the group with this id.
      - An id that does not exist gives an empty list.
    type: str
  name:
    description: Only the groups with these names.
    type: list
    elements: str
  limit:
    description:
      - The most groups to return. If not set, all of them are read, however many pages that takes.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_extension_group
    description: Manage the groups.
  - module: telops.pbx.pbx_extension_info
    description: List the extensions.
"""

EXAMPLES = r"""
- name: Find a group by its name
  telops.pbx.pbx_extension_group_info:
    name: [Reception]
  register: reception

- name: Read the extensions
  telops.pbx.pbx_extension_info:
  register: pbx

- name: Show which numbers belong to the group
  ansible.builtin.debug:
    msg: "{{ pbx.extensions | selectattr('extension_group_id', 'in', ids) | map(attribute='number') }}"
  vars:
    ids: "{{ reception.extension_groups | map(attribute='id') }}"
"""

RETURN = r"""
extension_groups:
  description:
    - The groups of extensions.
  returned: success
  type: list
  elements: dict
  contains:
    client_id:
      description: Id of the tenant it belongs to.
      type: int
      returned: always
    extra_params:
      description: Free text for integrations. The PBX does not look into it.
      type: str
      returned: always
    id:
      description: Id of the group.
      type: int
      returned: always
    name:
      description: Name of the group.
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
    run_module(SINGLE["pbx_extension_group_info"])


if __name__ == "__main__":
    main()
