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
    - Steps that change the PBX, in the order in which the module sends them. Each step is one HTTP request.
    - In check mode, the list contains the steps of the real run.
    - The list is empty when the current state is the desired state.
    - After a failure, the list contains the steps before it.
  returned: success, or failure of a step
  type: list
  elements: dict
  contains:
    action:
      description: Kind of change, V(create), V(update), V(replace), V(delete) or V(order).
      type: str
      returned: always
    kind:
      description: Kind of object that the step changes.
      type: str
      returned: always
    object:
      description: Object with its place, by the names that people use.
      type: str
      returned: always
    method:
      description: HTTP method of the request.
      type: str
      returned: always
    path:
      description: Path of the request below O(api_url). A placeholder with the object's name stands for an id that
        does not exist yet.
      type: str
      returned: always
    body:
      description: Request body with secrets hidden, or nothing when the request has none.
      type: dict
      returned: always
    changes:
      description: Fields that change, with C(field), C(from), and C(to). References are names instead of ids.
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
  description: Changes, one element per object, with names instead of ids and with secrets hidden.
  returned: success
  type: list
  elements: dict
  contains:
    before_header:
      description: Object with its place.
      type: str
      returned: always
    after_header:
      description: The same as RV(diff[].before_header).
      type: str
      returned: always
    before:
      description: Current values of the changed fields, in YAML.
      type: str
      returned: always
    after:
      description: Desired values of the changed fields, in YAML.
      type: str
      returned: always
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 2, PUT: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_fax"])


if __name__ == "__main__":
    main()
