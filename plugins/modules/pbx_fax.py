# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_fax
short_description: Configure a fax
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Changes the settings of an extension of the type C(fax).
  - Options that are left out stay as they are.
options:
  fax_in_format:
    description:
      - The file format of received faxes. The documentation of the PBX names V(tiff) as its default, and no others.
    type: str
  fax_mailto:
    description:
      - The email address that received faxes are sent to.
    type: str
  fax_out_greeting:
    description:
      - The sound that the other side hears before a fax is sent, by its title or its id.
    type: str
  email_to_fax_accept:
    description:
      - The whole set of addresses from which an email is sent on as a fax. Mail from others is not.
      - An empty list removes all of them.
    type: list
    elements: str
  unset:
    description:
      - The fields to clear, so that the PBX has no value for them.
      - A field cannot have a value and stand here in the same task.
      - A field also counts as cleared where the PBX answers with its own default for it.
    type: list
    elements: str
    choices:
      - email_to_fax_accept
      - fax_in_format
      - fax_mailto
      - fax_out_greeting
    default: []
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_fax_info
    description: Read the settings of a fax.
  - module: telops.pbx.pbx_fax_message
    description: Send a fax.
  - module: telops.pbx.pbx_extension
    description: Manage the extensions.
"""

EXAMPLES = r"""
- name: Send received faxes to the office, and let it fax by email
  telops.pbx.pbx_fax:
    extension: "400"
    fax_mailto: office@example.com
    email_to_fax_accept:
      - office@example.com
      - dr.weber@example.com

- name: Say something before a fax is sent
  telops.pbx.pbx_fax:
    extension: "400"
    fax_out_greeting: Welcome

- name: Let nobody fax by email, and say nothing
  telops.pbx.pbx_fax:
    extension: "400"
    email_to_fax_accept: []
    unset: [fax_out_greeting]
"""

RETURN = r"""
fax:
  description:
    - The settings of the fax as the PBX has them, or in check mode as it would have them.
  returned: success
  type: dict
  contains:
    email_to_fax_accept:
      description: Addresses from which an email is sent on as a fax.
      type: list
      elements: str
      returned: when known
    fax_in_format:
      description: File format of received faxes.
      type: str
      returned: when known
    fax_mailto:
      description: Address that received faxes are sent to.
      type: str
      returned: when known
    fax_out_greeting:
      description: Id of the sound that is played before a fax is sent.
      type: int
      returned: when known
plan:
  description:
    - The steps that change the PBX, in the order in which they are sent. Each step is one HTTP request.
    - In check mode, these are the steps that the real run would take.
    - It is empty when nothing is to be done.
    - After a failure, these are the steps that were taken before it.
  returned: success, or failure of a step
  type: list
  elements: dict
  contains:
    action:
      description: What the step does, V(create), V(update), V(delete) or V(order).
      type: str
      returned: always
    kind:
      description: What kind of object the step is about.
      type: str
      returned: always
    object:
      description: The object with its place, by the names that people use.
      type: str
      returned: always
    method:
      description: The HTTP method of the request.
      type: str
      returned: always
    path:
      description: The path of the request below O(api_url). An id that is not known yet stands there as a name.
      type: str
      returned: always
    body:
      description: The JSON body of the request with secrets hidden, or nothing when it has none.
      type: dict
      returned: always
    changes:
      description: The fields that change, with C(field), C(from), and C(to). References are names instead of ids.
      type: list
      elements: dict
      returned: always
  sample:
    - action: update
      kind: fax
      object: extension "400" > fax
      method: PUT
      path: /extension/5016/fax/
      body: {fax_in_format: tiff, fax_mailto: office@example.com, email_to_fax_accept: []}
      changes: [{field: fax_mailto, from: null, to: office@example.com}]
diff:
  description: What changes, one element for each object, with names instead of ids and with secrets hidden.
  returned: success
  type: list
  elements: dict
  contains:
    before_header:
      description: The object with its place.
      type: str
      returned: always
    after_header:
      description: The same as RV(diff[].before_header).
      type: str
      returned: always
    before:
      description: The changed fields as the PBX had them, in YAML.
      type: str
      returned: always
    after:
      description: The changed fields as they were declared, in YAML.
      type: str
      returned: always
requests:
  description: How many requests were sent to the API, by HTTP method. Those that fetch tokens are not counted.
  returned: always
  type: dict
  sample:
    GET: 2
    PUT: 1
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_fax"])


if __name__ == "__main__":
    main()
