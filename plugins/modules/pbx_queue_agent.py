# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_queue_agent
short_description: Manage the queue agent
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Manages the queue agent of an extension.
options:
  agent:
    description:
      - Id of the agent; an answer may hold the id of the extension of the agent instead.
    type: str
    required: true
    aliases: [agent_id]
  level:
    description:
      - Lower levels are called first, whatever the strategy; 0 or 1 if not given, so always give it.
    type: int
  position:
    description:
      - Place within the level; 0 or 1 if not given, so always give it.
    type: int
  unset:
    description:
      - Fields to clear.
      - A field cannot have a value and be cleared in the same task.
    type: list
    elements: str
    choices: [level, position]
    default: []
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
"""

EXAMPLES = r"""
- name: Minimal
  telops.pbx.pbx_queue_agent:
    extension: "101"
"""

RETURN = r"""
queue_agent:
  description:
    - The queue agent as the PBX has it.
  returned: success
  type: dict
  contains:
    agent_id:
      description: Id of the agent; an answer may hold the id of the extension of the agent instead.
      type: int
      returned: always
    level:
      description: Lower levels are called first, whatever the strategy; 0 or 1 if not given, so always give it.
      type: int
      returned: always
    position:
      description: Place within the level; 0 or 1 if not given, so always give it.
      type: int
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
    run_module("pbx_queue_agent")


if __name__ == "__main__":
    main()
