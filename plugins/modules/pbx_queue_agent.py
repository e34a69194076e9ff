# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_queue_agent
short_description: Manage which agents serve a queue
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Puts an agent into a queue, changes its level and position there, and takes it out again.
  - The agent itself is left alone.
options:
  agent:
    description:
      - The agent, as number and name of the form V(101/Anna), by its name alone where it is unique, or by its id.
      - With O(side=remote), an id is taken as it is, because the API lists no remote agents.
    type: str
    required: true
    aliases: [agent_id]
  side:
    description:
      - V(local) manages the agents of the queue O(extension), which belong to phones of the tenant.
      - V(remote) uses the other list of agents that the API has for an extension. Its documentation does not explain
        remote agents, so try it on your PBX before you rely on it.
    type: str
    choices: [local, remote]
    default: local
  level:
    description:
      - The level of the agent. Agents of the lowest level are called first, with every strategy of the queue.
      - An agent that is new in the queue gets V(1) where it is not set.
    type: int
  position:
    description:
      - The place of the agent within its level.
      - An agent that is new in the queue gets V(1) where it is not set.
    type: int
  live_traffic:
    description:
      - The reaction to callers who wait in the queue. V(refuse) changes nothing, V(allow) goes on.
      - With V(refuse), a change of the local side costs one more request. In check mode, nothing is refused,
        since other callers will wait when the real run comes.
    type: str
    choices: [refuse, allow]
    default: refuse
  unset:
    description:
      - The fields to clear, so that the PBX has no value for them.
      - A field cannot have a value and stand here in the same task.
      - A field also counts as cleared where the PBX answers with its own default for it.
    type: list
    elements: str
    choices: [level, position]
    default: []
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
seealso:
  - module: telops.pbx.pbx_agent
    description: Manage the agents.
  - module: telops.pbx.pbx_queue
    description: Configure the queue.
"""

EXAMPLES = r"""
- name: Create an agent
  telops.pbx.pbx_agent:
    extension: "103"
    name: Clara

- name: Let the agent serve a queue, after all agents of the first level
  telops.pbx.pbx_queue_agent:
    extension: "200"
    agent: 103/Clara
    level: 2

- name: Move the agent to the first level
  telops.pbx.pbx_queue_agent:
    extension: "200"
    agent: 103/Clara
    level: 1
    position: 2

- name: Take the agent out of the queue
  telops.pbx.pbx_queue_agent:
    extension: "200"
    agent: Clara
    state: absent
"""

RETURN = r"""
queue_agent:
  description:
    - The agent in the queue as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
  returned: success
  type: dict
  sample: {agent_id: 17, level: 1, position: 2}
  contains:
    agent_id:
      description: Id of the agent; an answer may hold the id of the extension of the agent instead.
      type: int
      returned: when known
    level:
      description: Lower levels are called first, whatever the strategy; 0 or 1 if not given, so always give it.
      type: int
      returned: when known
    position:
      description: Place within the level; 0 or 1 if not given, so always give it.
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
      kind: agent
      object: extension "101" > agent "Anna"
      method: PUT
      path: /extension/5001/agent/701
      body: {wrap_up_time: 30}
      changes: [{field: wrap_up_time, from: 15, to: 30}]
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
    run_module(SINGLE["pbx_queue_agent"])


if __name__ == "__main__":
    main()
