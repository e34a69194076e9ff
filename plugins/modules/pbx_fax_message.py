# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_fax_message
short_description: Send a fax, cancel it, or retry it
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Sends a file as a fax, stops a fax that is waiting, or sends a failed one again.
options:
  action:
    description:
      - V(send) sends O(file) to O(dst_num). Every run sends it once more.
      - V(cancel) stops the fax O(message_id).
      - V(retry) sends the fax O(message_id) again.
    type: str
    required: true
    choices: [send, cancel, retry]
  dst_num:
    description: The number that the fax goes to. It is needed with O(action=send), and only taken there.
    type: str
  file:
    description:
      - The file to send, on the host where the module runs. It is needed with O(action=send), and only taken there.
      - On a local connection, a path that is not absolute begins in the folder of the playbook.
      - Which formats it can have is up to the PBX.
    type: path
  message_id:
    description:
      - The fax, by the RV(fax_message.id) that sending it has returned. It is needed with O(action=cancel) and
        O(action=retry), and only taken there.
      - An id that does not exist is an error.
    type: str
attributes:
  idempotent:
    description: Reports no change when nothing is to be done.
    support: none
    details:
      - The API does not return the state of a fax, so the module cannot look before it acts. Every run sends its
        request, and reports a change.
      - With O(action=send) and O(action=retry), the request is sent once only. If its answer is lost, the task fails,
        because nobody knows whether the fax is on its way.
extends_documentation_fragment:
  - telops.pbx.operation
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_event
    description: Send events to a web server.
"""

EXAMPLES = r"""
- name: Send a document
  telops.pbx.pbx_fax_message:
    extension: "400"
    action: send
    dst_num: "74950000998"
    file: /etc/hostname
  register: sent

- name: Think better of it
  telops.pbx.pbx_fax_message:
    extension: "400"
    action: cancel
    message_id: "{{ sent.fax_message.id }}"

- name: Send it after all
  telops.pbx.pbx_fax_message:
    extension: "400"
    action: retry
    message_id: "{{ sent.fax_message.id }}"
"""

RETURN = r"""
fax_message:
  description:
    - The fax as the PBX has it.
    - In check mode, it contains the known values. After O(action=send), a text stands for its id, and this module
      takes it for the id in the same preview.
  returned: success
  type: dict
  contains:
    datetime:
      description: When the fax was sent, as the PBX writes it.
      type: str
      returned: when known
    dst_num:
      description: The number that the fax goes to.
      type: str
      returned: when known
    id:
      description: Id of the fax.
      type: int
      returned: when known
    status:
      description: The state of the fax, in a word of the PBX.
      type: str
      returned: when known
  sample:
    datetime: '2026-01-31 12:00:00'
    dst_num: '74950000998'
    id: 7
    status: queued
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
    - action: send
      kind: fax_message
      object: extension "400" > fax "74950000998"
      method: POST
      path: /extension/5016/fax/out/
      body: {dst_num: '74950000998', file: <file offer.pdf>}
      changes:
        - {field: dst_num, from: null, to: '74950000998'}
        - {field: file, from: null, to: /srv/fax/offer.pdf}
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
  sample: {GET: 1, POST: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_fax_message"])


if __name__ == "__main__":
    main()
