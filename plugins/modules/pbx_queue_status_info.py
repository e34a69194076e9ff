# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_queue_status_info
short_description: Read the live state of a queue
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Returns the number of waiting callers, the callers, and the state of the agents of a queue.
  - It suits C(until), for a change that is to wait for a quiet moment.
options:
  include:
    description:
      - The lists to read in addition to the numbers of callers. Each takes a request of its own.
    type: list
    elements: str
    choices: [agents, members]
    default: [agents, members]
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_queue
    description: Configure the queue.
  - module: telops.pbx.pbx_queue_agent
    description: Put agents into the queue.
"""

EXAMPLES = r"""
- name: Wait until nobody waits in the queue, for ten minutes at most
  telops.pbx.pbx_queue_status_info:
    extension: "200"
    include: []
  register: queue
  until: queue.queue_status.waiting_members == 0
  retries: 60
  delay: 10

- name: Look at its agents
  telops.pbx.pbx_queue_status_info:
    extension: "200"
    include: [agents]
  register: queue

- name: Show who can take a call
  ansible.builtin.debug:
    msg: "{{ queue.queue_status.agents | selectattr('state', 'equalto', 'Waiting') | map(attribute='name') }}"
"""

RETURN = r"""
queue_status:
  description: The state of the queue.
  returned: success
  type: dict
  contains:
    agents:
      description: The agents of the queue.
      type: list
      elements: dict
      returned: when O(include) has V(agents)
      contains:
        call_duration:
          description: Length of the current call, in seconds.
          type: int
          returned: always
        extension_name:
          description: Number of the extension of the agent.
          type: str
          returned: always
        name:
          description: Name of the agent.
          type: str
          returned: always
        name_fs:
          description: Name of the agent inside the switch.
          type: str
          returned: always
        state:
          description: Activity of the agent at the moment.
          type: str
          returned: always
        status:
          description: Whether the agent takes calls.
          type: str
          returned: always
    answered_members:
      description: How many callers talk to an agent.
      type: int
      returned: always
    members:
      description: The callers in the queue.
      type: list
      elements: dict
      returned: when O(include) has V(members)
      contains:
        call_api_id:
          description: Id of the live call, as used in paths.
          type: str
          returned: always
        joined_datetime:
          description: When the caller entered the queue, YYYY-MM-DD HH:MM:SS.
          type: str
          returned: always
        number:
          description: Number of the caller.
          type: str
          returned: always
        serving_agent:
          description: Agent who talks to the caller or is being called.
          type: str
          returned: always
        state:
          description: Current state of the caller.
          type: str
          returned: always
        wait_time:
          description: How long the caller has waited, in seconds.
          type: int
          returned: always
    trying_members:
      description: How many callers ring at an agent.
      type: int
      returned: always
    waiting_members:
      description: How many callers wait.
      type: int
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
    run_module(SINGLE["pbx_queue_status_info"])


if __name__ == "__main__":
    main()
