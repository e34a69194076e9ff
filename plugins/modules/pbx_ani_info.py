# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_ani_info
short_description: Read the number that an extension shows when it calls
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Reads the number that the public network sees when an extension calls, its ANI.
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_ani
    description: Choose the number.
"""

EXAMPLES = r"""
- name: Choose the number that the reception shows
  telops.pbx.pbx_ani:
    extension: "101"
    ani_number: "74950000101"

- name: Read it
  telops.pbx.pbx_ani_info:
    extension: "101"
  register: shown

- name: Show it
  ansible.builtin.debug:
    msg: "The reception calls as {{ shown.ani.default or 'nobody in particular' }}"
"""

RETURN = r"""
ani:
  description:
    - The number that the extension shows.
  returned: success
  type: dict
  contains:
    default:
      description: The number that is shown; null or the word None if unset.
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
    run_module(SINGLE["pbx_ani_info"])


if __name__ == "__main__":
    main()
