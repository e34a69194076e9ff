# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_alias_info
short_description: List the aliases of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the other names by which an extension can be called.
  - The API cannot create, change, or delete aliases.
options:
  id:
    description: Only the aliases with these ids.
    type: list
    elements: str
  name:
    description: Only the aliases with these names.
    type: list
    elements: str
  domain:
    description: Only the aliases of these domains.
    type: list
    elements: str
  limit:
    description:
      - The most aliases to return. If not set, all of them are read, however many pages that takes.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_extension_info
    description: Find the extensions of the tenant.
"""

EXAMPLES = r"""
- name: List the aliases of the reception
  telops.pbx.pbx_alias_info:
    extension: "101"
  register: reception

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ reception.aliases | map(attribute='name') }}"

- name: Find out whether a name is taken
  telops.pbx.pbx_alias_info:
    extension: "101"
    name: [reception]
"""

RETURN = r"""
aliases:
  description: The aliases.
  returned: success
  type: list
  elements: dict
  contains:
    comment:
      description: Free text about the number.
      type: str
      returned: always
    create_date:
      description: When it was created, YYYY-MM-DD HH:MM:SS.
      type: str
      returned: always
    domain:
      description: The domain of the alias, with its id and its name.
      type: dict
      returned: always
    extension:
      description: Number of the extension with the id in C(extension_id), or null where the id refers to nothing.
      type: str
      returned: always
    extension_id:
      description: Id of the extension that it stands for.
      type: int
      returned: always
    id:
      description: Id of the alias.
      type: int
      returned: always
    name:
      description: The additional name.
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
    run_module(SINGLE["pbx_alias_info"])


if __name__ == "__main__":
    main()
