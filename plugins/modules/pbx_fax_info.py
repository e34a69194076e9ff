# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_fax_info
short_description: Read the settings of a fax
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Reads the settings of an extension of the type C(fax).
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_fax
    description: Configure a fax.
"""

EXAMPLES = r"""
- name: Read the settings of the fax
  telops.pbx.pbx_fax_info:
    extension: "400"
  register: pbx

- name: Show where received faxes go
  ansible.builtin.debug:
    msg: "{{ pbx.fax.fax_mailto or 'Received faxes are sent to nobody.' }}"
"""

RETURN = r"""
fax:
  description:
    - The settings of the fax.
  returned: success
  type: dict
  contains:
    email_to_fax_accept:
      description: Addresses from which an email is sent on as a fax.
      type: list
      elements: str
      returned: always
    fax_in_format:
      description: File format of received faxes.
      type: str
      returned: always
    fax_mailto:
      description: Address that received faxes are sent to.
      type: str
      returned: always
    fax_out_greeting:
      description: Id of the sound that is played before a fax is sent.
      type: int
      returned: always
    fax_out_greeting_name:
      description: Name of the sound with the id in C(fax_out_greeting), or null where the id refers to nothing.
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
    run_module(SINGLE["pbx_fax_info"])


if __name__ == "__main__":
    main()
