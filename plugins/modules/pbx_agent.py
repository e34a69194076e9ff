# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_agent
short_description: Manage the call center agents of a phone
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates, changes, and deletes the agents of an extension of the type C(phone).
  - An agent gets no calls until M(telops.pbx.pbx_queue_agent) puts it into a queue.
options:
  name:
    description:
      - The name of the agent, by which it is found.
      - It is needed for a new agent. For others, O(id) can take its place.
    type: str
  status:
    description:
      - Whether the agent takes calls. With V(logged_out), queues offer it none.
      - Agents log in and out by themselves during the day. Leave this out, unless the playbook is to overrule them.
    type: str
    choices: [logged_out, available]
  agent_sound:
    description:
      - The sound that belongs to the agent, by its title or its id.
      - The documentation of the PBX does not say when it is played.
    type: str
    aliases: [agent_sound_id]
  call_timeout:
    description:
      - How long a call rings at the agent, in seconds.
    type: int
  wrap_up_time:
    description:
      - How long the agent gets no call after the end of a call, in seconds.
    type: int
  busy_delay_time:
    description:
      - How long the agent gets no call after being busy, in seconds.
    type: int
  no_answer_delay_time:
    description:
      - How long the agent gets no call after not answering one, in seconds.
    type: int
  reject_delay_time:
    description:
      - How long the agent gets no call after refusing one, in seconds.
    type: int
  extra_params:
    description:
      - Data that integrations keep with the object, as JSON. A structure is sent as JSON text, and values are
        compared as JSON.
      - The PBX does not look into it.
    type: raw
  live_traffic:
    description:
      - The reaction to callers in a queue that no agent would answer any more, because the last one is deleted or
        logged out. V(refuse) changes nothing, V(allow) goes on.
      - With V(refuse), deleting an agent or logging one out costs as many more requests as there are queues,
        and one for each queue of which it is the last. In check mode, nothing is refused, since other callers
        will wait when the real run comes.
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
    choices:
      - agent_sound
      - busy_delay_time
      - call_timeout
      - extra_params
      - no_answer_delay_time
      - reject_delay_time
      - status
      - wrap_up_time
    default: []
  remove_from_queues:
    description:
      - Whether an agent that is deleted also leaves the queues that it serves.
      - If not set, the PBX decides, which documents V(true).
    type: bool
  check_references:
    description:
      - Whether nothing is deleted that still stands in a queue.
      - It is looked at only with O(remove_from_queues=false), since the PBX takes an agent out of all queues
        otherwise. It costs the list of all extensions, and one request for each queue. With V(false), none of
        this is read.
    type: bool
    default: true
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
  - telops.pbx.resource.id
seealso:
  - module: telops.pbx.pbx_queue_agent
    description: Put agents into queues.
  - module: telops.pbx.pbx_queue
    description: Configure the queues.
  - module: telops.pbx.pbx_phone
    description: Configure the phone of the agent.
"""

EXAMPLES = r"""
- name: Set the connection once for all modules of the collection
  module_defaults:
    group/telops.pbx.pbx:
      api_url: "{{ lookup('ansible.builtin.env', 'PBX_API_URL') }}"
      access_token: "{{ lookup('ansible.builtin.env', 'PBX_ACCESS_TOKEN') }}"
      api_timeout: 10
  block:
    - name: Create an agent for a phone
      telops.pbx.pbx_agent:
        extension: "102"
        name: Boris
        call_timeout: 20
        wrap_up_time: 15

# The following examples take the connection from the environment: PBX_API_URL and PBX_ACCESS_TOKEN.

- name: Give the agent more time after each call, and a sound by its title
  telops.pbx.pbx_agent:
    extension: "102"
    name: Boris
    wrap_up_time: 30
    agent_sound: Please wait

- name: Keep calls away from the agent
  telops.pbx.pbx_agent:
    extension: "102"
    name: Boris
    status: logged_out

- name: Rename an agent, which its id picks
  telops.pbx.pbx_agent:
    extension: "101"
    id: 701
    name: Anna Bauer

- name: Clear the sound again
  telops.pbx.pbx_agent:
    extension: "102"
    name: Boris
    unset: [agent_sound]

- name: Remove the agent
  telops.pbx.pbx_agent:
    extension: "102"
    name: Boris
    state: absent
"""

RETURN = r"""
agent:
  description:
    - The agent as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
    - In check mode, the C(id) of a new object is a text that stands for it.
  returned: success
  type: dict
  contains:
    agent_sound_id:
      description: Id of the sound that belongs to the agent; its use is not documented.
      type: int
      returned: when known
    busy_delay_time:
      description: Pause before the next call after the agent was busy, in seconds.
      type: int
      returned: when known
    call_timeout:
      description: How long a call rings at the agent, in seconds.
      type: int
      returned: when known
    extension_id:
      description: Id of the phone extension of the agent.
      type: int
      returned: when known
    extra_params:
      description: Free text for integrations. The PBX does not look into it.
      type: str
      returned: when known
    id:
      description: Id of the agent.
      type: int
      returned: when known
    name:
      description: Name of the agent.
      type: str
      returned: when known
    no_answer_delay_time:
      description: Pause before the next call after the agent did not answer, in seconds.
      type: int
      returned: when known
    reject_delay_time:
      description: Pause before the next call after the agent refused one, in seconds.
      type: int
      returned: when known
    status:
      description:
        - Whether the agent takes calls; sent as a word, answered as a word or as an object.
        - One of V(logged_out) or V(available).
      type: str
      returned: when known
    wrap_up_time:
      description: Pause after a finished call, in seconds.
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
    run_module(SINGLE["pbx_agent"])


if __name__ == "__main__":
    main()
