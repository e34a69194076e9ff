# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_agent_info
short_description: List the agents of a phone
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the agents of a phone with their ids and their settings.
options:
  name:
    description:
      - Only the agents with these names.
    type: list
    elements: str
  id:
    description:
      - Reads only the agent with this id.
      - An id that does not exist gives an empty list.
    type: str
  limit:
    description:
      - The most agents to return. If not set, all of them are returned.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_agent
    description: Manage the agents of a phone.
  - module: telops.pbx.pbx_queue_agent_info
    description: List the agents of a queue.
"""

EXAMPLES = r"""
- name: List the agents at the reception
  telops.pbx.pbx_agent_info:
    extension: "101"
  register: reception

- name: Show who takes calls there
  ansible.builtin.debug:
    msg: "{{ reception.agents | selectattr('status', 'equalto', 'available') | map(attribute='name') }}"

- name: Find one agent by its name
  telops.pbx.pbx_agent_info:
    extension: "101"
    name: Anna

- name: Keep calls away from all agents of the phone
  telops.pbx.pbx_agent:
    extension: "101"
    id: "{{ item.id }}"
    status: logged_out
  loop: "{{ reception.agents }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
agents:
  description:
    - The agents of the phone.
  returned: success
  type: list
  elements: dict
  contains:
    agent_sound:
      description: Name of the sound with the id in C(agent_sound_id), or null where the id refers to nothing.
      type: str
      returned: always
    agent_sound_id:
      description: Id of the sound that belongs to the agent; its use is not documented.
      type: int
      returned: always
    busy_delay_time:
      description: Pause before the next call after the agent was busy, in seconds.
      type: int
      returned: always
    call_timeout:
      description: How long a call rings at the agent, in seconds.
      type: int
      returned: always
    extension:
      description: Number of the extension with the id in C(extension_id), or null where the id refers to nothing.
      type: str
      returned: always
    extension_id:
      description: Id of the phone extension of the agent.
      type: int
      returned: always
    extra_params:
      description: Free text for integrations. The PBX does not look into it.
      type: str
      returned: always
    id:
      description: Id of the agent.
      type: int
      returned: always
    name:
      description: Name of the agent.
      type: str
      returned: always
    no_answer_delay_time:
      description: Pause before the next call after the agent did not answer, in seconds.
      type: int
      returned: always
    reject_delay_time:
      description: Pause before the next call after the agent refused one, in seconds.
      type: int
      returned: always
    status:
      description:
        - Whether the agent takes calls; sent as a word, answered as a word or as an object.
        - One of V(logged_out) or V(available).
      type: str
      returned: always
    wrap_up_time:
      description: Pause after a finished call, in seconds.
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
    run_module(SINGLE["pbx_agent_info"])


if __name__ == "__main__":
    main()
