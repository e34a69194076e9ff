# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_event
short_description: Manage the event
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Manages the event of an extension.
options:
  event_type:
    description:
      - What triggers the request.
    type: str
    choices: [dial-in, dial-out, hangup, answer, message-in, message-out, message-out-status, voicemail]
  url:
    description:
      - Address that is requested; put a token into it, for the PBX does not sign.
    type: str
  method:
    description:
      - How it is requested. GET carries the data in the query, POST as a form.
    type: str
    choices: [GET, POST]
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
  - telops.pbx.resource.id
"""

EXAMPLES = r"""
- name: Minimal
  telops.pbx.pbx_event:
    extension: "101"
"""

RETURN = r"""
event:
  description:
    - The event as the PBX has it.
  returned: success
  type: dict
  contains:
    event_type:
      description: What triggers the request.
      type: str
      returned: always
    id:
      description: Id of the webhook.
      type: int
      returned: always
    method:
      description: How it is requested. GET carries the data in the query, POST as a form.
      type: str
      returned: always
    url:
      description: Address that is requested; put a token into it, for the PBX does not sign.
      type: str
      returned: always
plan:
  description:
    - The steps that change the PBX, in the order in which they are sent. Each step is one HTTP request.
    - In check mode, these are the steps that the real run would take.
    - It is empty when nothing is to be done.
  returned: success
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
      description: The object with its place, in the names that people use.
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
      description: The fields that change, each with its C(field), C(from) and C(to), as names instead of ids.
      type: list
      elements: dict
      returned: always
diff:
  description: The changed fields before and after, by object, with names instead of ids and with secrets hidden.
  returned: success
  type: dict
  contains:
    before:
      description: What changes, as it is on the PBX.
      type: dict
      returned: always
    after:
      description: What changes, as it was declared.
      type: dict
      returned: always
requests:
  description: How many requests were sent to the PBX, by HTTP method.
  returned: always
  type: dict
  sample:
    GET: 2
    PUT: 1
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry import run_module


def main() -> None:
    run_module("pbx_event")


if __name__ == "__main__":
    main()
