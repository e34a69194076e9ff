# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_queue_info
short_description: Read the settings of a queue
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Reads the settings of a queue. Its agents are listed by M(telops.pbx.pbx_queue_agent_info).
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_queue
    description: Configure a queue.
  - module: telops.pbx.pbx_queue_agent_info
    description: List the agents of the queue.
"""

EXAMPLES = r"""
- name: Read the settings of the appointment queue
  telops.pbx.pbx_queue_info:
    extension: "200"
  register: appointments

- name: Show how it calls its agents
  ansible.builtin.debug:
    msg: "{{ appointments.queue.strategy }}"
"""

RETURN = r"""
queue:
  description:
    - The settings of the queue.
  returned: success
  type: dict
  contains:
    agent_announce_sound:
      description: Id of the sound that the agent hears before the caller.
      type: int
      returned: always
    agent_announce_sound_name:
      description: Name of the sound with the id in C(agent_announce_sound), or null where the id refers to nothing.
      type: str
      returned: always
    agent_hangup_action:
      description: Treatment of the caller when the agent hangs up, transfer or quality_rate. The call ends where
        it is empty.
      type: str
      returned: always
    agent_hangup_transfer_dst:
      description: Number that the caller is transferred to by agent_hangup_action transfer.
      type: str
      returned: always
    agent_report_wait_time:
      description: Whether the agent is told how long the caller has waited.
      type: bool
      returned: always
    announce_frequency:
      description: Time between two announcements, in seconds.
      type: int
      returned: always
    announce_sound:
      description: Id of the sound that is repeated to waiting callers.
      type: int
      returned: always
    announce_sound_name:
      description: Name of the sound with the id in C(announce_sound), or null where the id refers to nothing.
      type: str
      returned: always
    append_to_cid_name_on_transfer:
      description: Text that is added to the name of the caller on a transfer.
      type: str
      returned: always
    disable_answer:
      description: Whether the call is not answered before an agent does.
      type: bool
      returned: always
    exit_key:
      description: 'Key with which a caller leaves the queue: one digit, * or #.'
      type: str
      returned: always
    exit_transfer_dst:
      description: Number for callers who left with exit_key.
      type: str
      returned: always
    exit_transfer_dst_sound:
      description: Id of the sound before the transfer to exit_transfer_dst.
      type: int
      returned: always
    exit_transfer_dst_sound_name:
      description: Name of the sound with the id in C(exit_transfer_dst_sound), or null where the id refers to nothing.
      type: str
      returned: always
    exit_with_no_av_agents:
      description: Whether a call is refused when no agent is there to take it.
      type: bool
      returned: always
    max_wait_time:
      description: How long a caller waits at most, in seconds.
      type: int
      returned: always
    max_wait_time_with_no_agent:
      description: How long a caller waits at most while the queue has no agent, in seconds.
      type: int
      returned: always
    no_agent_timeout_transfer_dst:
      description: Number for callers who leave because of max_wait_time_with_no_agent.
      type: str
      returned: always
    no_agent_timeout_transfer_dst_sound:
      description: Id of the sound before the transfer to no_agent_timeout_transfer_dst.
      type: int
      returned: always
    no_agent_timeout_transfer_dst_sound_name:
      description: Name of the sound with the id in C(no_agent_timeout_transfer_dst_sound), or null where the id
        refers to nothing.
      type: str
      returned: always
    position_announce_frequency:
      description: Time between two announcements of the place in the queue, in seconds.
      type: int
      returned: always
    quality_rate_finish_sound:
      description: Id of the sound that thanks for the mark.
      type: int
      returned: always
    quality_rate_finish_sound_name:
      description: Name of the sound with the id in C(quality_rate_finish_sound), or null where the id refers to
        nothing.
      type: str
      returned: always
    quality_rate_max:
      description: The best mark.
      type: int
      returned: always
    quality_rate_sound:
      description: Id of the sound that asks for a mark.
      type: int
      returned: always
    quality_rate_sound_name:
      description: Name of the sound with the id in C(quality_rate_sound), or null where the id refers to nothing.
      type: str
      returned: always
    record_enabled:
      description: Whether the calls of the queue are recorded.
      type: bool
      returned: always
    skip_busy_agents:
      description: Whether agents who are talking are offered no call.
      type: bool
      returned: always
    sound:
      description: Id of the music for waiting callers; ignored and reset with sound_type ring.
      type: int
      returned: always
    sound_name:
      description: Name of the sound with the id in C(sound), or null where the id refers to nothing.
      type: str
      returned: always
    sound_type:
      description:
        - Sound that waiting callers hear; with ring the server resets sound.
        - One of V(ring) or V(music).
      type: str
      returned: always
    start_sound:
      description: Id of the sound that is played when a call enters the queue.
      type: int
      returned: always
    start_sound_name:
      description: Name of the sound with the id in C(start_sound), or null where the id refers to nothing.
      type: str
      returned: always
    strategy:
      description:
        - In which sequence the agents of a level are called.
        - One of V(ring-all), V(longest-idle-agent), V(round-robin), V(top-down), V(agent-with-least-talk-time),
          V(agent-with-fewest-calls), V(sequentially-by-agent-order) or V(random).
      type: str
      returned: always
    tier_rule_wait_multiply_level:
      description: Whether tier_rule_wait_second is multiplied by the level.
      type: bool
      returned: always
    tier_rule_wait_second:
      description: Waiting time before the next level is opened, in seconds.
      type: int
      returned: always
    tier_rules_apply:
      description: Whether the next level is called only after tier_rule_wait_second.
      type: bool
      returned: always
    timeout_transfer_dst:
      description: Number for callers who leave because of max_wait_time.
      type: str
      returned: always
    timeout_transfer_dst_sound:
      description: Id of the sound before the transfer to timeout_transfer_dst.
      type: int
      returned: always
    timeout_transfer_dst_sound_name:
      description: Name of the sound with the id in C(timeout_transfer_dst_sound), or null where the id refers to
        nothing.
      type: str
      returned: always
    try_same_agent_time:
      description: Within this time, a caller who was connected before gets the same agent, in seconds.
      type: int
      returned: always
    vm_attach_file:
      description: Whether the email carries the message itself.
      type: bool
      returned: always
    vm_enabled:
      description: Whether a caller can leave a message where the call would otherwise fail.
      type: bool
      returned: always
    vm_greeting:
      description: Id of the sound that callers hear before the beep.
      type: int
      returned: always
    vm_greeting_name:
      description: Name of the sound with the id in C(vm_greeting), or null where the id refers to nothing.
      type: str
      returned: always
    vm_mailto:
      description: Email address that is told about new messages.
      type: str
      returned: always
    vm_profile:
      description:
        - How messages are recorded. record_silence keeps the pauses.
        - One of V(default) or V(record_silence).
      type: str
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
    run_module(SINGLE["pbx_queue_info"])


if __name__ == "__main__":
    main()
