# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_queue_agent_info
short_description: List the agents of a queue
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists which agents serve a queue, with their levels and positions.
options:
  agent:
    description:
      - Reads only this agent, as number and name of the form V(101/Anna), by its name alone where it is unique, or by
        its id.
      - An agent that does not serve the queue gives an empty list.
      - With O(side=remote), an id is taken as it is, because the API lists no remote agents.
    type: str
    aliases: [agent_id]
  side:
    description:
      - V(local) lists the agents of the queue O(extension), which belong to phones of the tenant.
      - V(remote) lists the other list of agents that the API has for an extension. Its documentation does not explain
        remote agents.
    type: str
    choices: [local, remote]
    default: local
  limit:
    description:
      - The most agents to return. If not set, all of them are returned.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_queue_agent
    description: Manage which agents serve a queue.
  - module: telops.pbx.pbx_agent_info
    description: List the agents of a phone.
"""

EXAMPLES = r"""
- name: List the agents of the appointment queue
  telops.pbx.pbx_queue_agent_info:
    extension: "200"
  register: appointments

- name: Show how many are called first
  ansible.builtin.debug:
    msg: "{{ appointments.queue_agents | selectattr('level', 'equalto', 1) | length }}"

- name: Ask whether one agent serves the queue
  telops.pbx.pbx_queue_agent_info:
    extension: "200"
    agent: 101/Anna
"""

RETURN = r"""
queue_agents:
  description:
    - The agents of the queue.
  returned: success
  type: list
  elements: dict
  contains:
    agent:
      description: Name of the agent with the id in C(agent_id), or null where the id refers to nothing.
      type: str
      returned: always
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
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_queue_agent_info"])


if __name__ == "__main__":
    main()
