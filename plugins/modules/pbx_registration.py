# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_registration
short_description: Drop the registrations of a phone, or require one
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Drops one device of an extension or all of them, so that they have to register again.
  - Makes sure that a device is registered before a playbook goes on.
options:
  action:
    description:
      - The operation. There is no default, and nothing is dropped unless it is named.
      - V(require) does nothing, and fails unless a device is registered. With O(registration_id), it fails unless that
        one is.
      - V(drop) drops the registration O(registration_id). The device cannot be called until it registers again.
      - V(drop_all) drops all registrations of the extension.
      - A device that knows the password registers again by itself. Change the password first to keep it out.
    type: str
    required: true
    choices: [require, drop, drop_all]
  registration_id:
    description:
      - The registration, by its id. RV(registration) tells it.
      - It is needed with O(action=drop), and not taken with O(action=drop_all).
    type: str
attributes:
  idempotent:
    description: Reports no change when nothing is to be done.
    support: full
    details:
      - The registrations are read first. Where nothing is registered, or not the device that is named, nothing is
        dropped.
      - A device registers again by itself, often within seconds. Then the next run finds something to drop again.
extends_documentation_fragment:
  - telops.pbx.operation
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_registration_info
    description: Look at the registrations of many phones at once.
  - module: telops.pbx.pbx_phone
    description: Change the password of a phone.
"""

EXAMPLES = r"""
- name: Wait until the phone is registered
  telops.pbx.pbx_registration:
    extension: "101"
    action: require
  register: phone
  until: phone is success
  retries: 5
  delay: 2

- name: Drop one of its devices
  telops.pbx.pbx_registration:
    extension: "101"
    action: drop
    registration_id: "{{ phone.registration.registrations[0].registration_id }}"

- name: Lock out every device of a phone, after its password was changed
  telops.pbx.pbx_registration:
    extension: "102"
    action: drop_all
"""

RETURN = r"""
registration:
  description: The registrations of the extension as they were found, before anything was dropped.
  returned: success
  type: dict
  contains:
    extension_id:
      description: Id of the extension.
      type: int
      returned: when known
    registered:
      description:
        - Whether a device is registered. If none is, RV(registration.registrations) may tell which ones were.
      type: bool
      returned: when known
    registrations:
      description: The devices.
      type: list
      elements: dict
      returned: when known
      contains:
        contact_address:
          description: The address that the device gives as its own.
          type: str
          returned: when known
        device:
          description: The name that the device gives itself.
          type: str
          returned: when known
        expires:
          description: How long the registration is valid, in seconds.
          type: int
          returned: when known
        real_address:
          description: The address that the device is reached at.
          type: str
          returned: when known
        registration_id:
          description: Id of the registration.
          type: str
          returned: when known
plan:
  description:
    - The request of the operation, as a list with one element.
    - In check mode, the list contains the request of the real run.
    - The list is empty when the module has nothing to do.
  returned: success
  type: list
  elements: dict
  contains:
    action:
      description: Kind of operation.
      type: str
      returned: always
    kind:
      description: Kind of object that the operation concerns.
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
      description: Path of the request below O(api_url), with its query.
      type: str
      returned: always
    body:
      description: Request body, or the form with the name of the file, or nothing when the request has none.
      type: dict
      returned: always
    changes:
      description: State that the operation starts or ends, with C(field), C(from), and C(to). References are names
        instead of ids.
      type: list
      elements: dict
      returned: always
  sample:
    - action: drop
      kind: registration
      object: extension "101" > registration "uloc-572b0ffb-6d47-001"
      method: DELETE
      path: /extension/5001/registration/uloc-572b0ffb-6d47-001
      body: null
      changes: [{field: device, from: Emulated desk phone, to: null}]
diff:
  description: State that the operation starts or ends, with names instead of ids. The list has one element, or
    none.
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
      description: State that ends or changes, in YAML.
      type: str
      returned: always
    after:
      description: State that starts, in YAML.
      type: str
      returned: always
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 1, DELETE: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_registration"])


if __name__ == "__main__":
    main()
