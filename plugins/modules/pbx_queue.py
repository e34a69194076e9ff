# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_queue
short_description: Configure a queue
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Changes the settings of an extension of the type C(queue).
  - Options that are left out stay as they are.
options:
  strategy:
    description:
      - How the agents of one level are called.
      - Levels come first with every strategy. See M(telops.pbx.pbx_queue_agent).
    type: str
    choices:
      - ring-all
      - longest-idle-agent
      - round-robin
      - top-down
      - agent-with-least-talk-time
      - agent-with-fewest-calls
      - sequentially-by-agent-order
      - random
  sound_type:
    description:
      - The sound for waiting callers. V(ring) is the ringing tone, V(music) is O(sound).
    type: str
    choices: [ring, music]
  sound:
    description:
      - The music for waiting callers, by its title or its id.
      - It is only for O(sound_type=music). The PBX removes it when O(sound_type) becomes V(ring).
    type: str
  start_sound:
    description:
      - The sound that callers hear when they enter the queue, by its title or its id.
    type: str
  announce_sound:
    description:
      - The sound that waiting callers hear again and again, by its title or its id.
    type: str
  announce_frequency:
    description:
      - How often O(announce_sound) is played, as the time between two times, in seconds.
    type: int
  position_announce_frequency:
    description:
      - How often callers hear their place in the queue, as the time between two times, in seconds.
    type: int
  agent_announce_sound:
    description:
      - The sound that the agent hears before the caller, by its title or its id.
    type: str
  agent_report_wait_time:
    description:
      - Whether the agent is told how long the caller has waited.
    type: bool
  max_wait_time:
    description:
      - How long a caller waits at most, in seconds.
    type: int
  timeout_transfer_dst:
    description:
      - The number for callers who have waited for O(max_wait_time).
    type: str
  timeout_transfer_dst_sound:
    description:
      - The sound that they hear before, by its title or its id.
    type: str
  max_wait_time_with_no_agent:
    description:
      - How long a caller waits at most while the queue has no agent, in seconds.
    type: int
  no_agent_timeout_transfer_dst:
    description:
      - The number for callers who have waited for O(max_wait_time_with_no_agent).
    type: str
  no_agent_timeout_transfer_dst_sound:
    description:
      - The sound that they hear before, by its title or its id.
    type: str
  exit_with_no_av_agents:
    description:
      - Whether calls are kept out of the queue while no agent is available.
    type: bool
  exit_key:
    description:
      - The key with which a caller leaves the queue, one digit, V(*), or V(#). Write it in quotes.
    type: str
  exit_transfer_dst:
    description:
      - The number for callers who have pressed O(exit_key).
    type: str
  exit_transfer_dst_sound:
    description:
      - The sound that they hear before, by its title or its id.
    type: str
  agent_hangup_action:
    description:
      - The treatment of the caller when the agent hangs up. V(transfer) goes to O(agent_hangup_transfer_dst), and
        V(quality_rate) asks for a mark. Without it, the call ends.
    type: str
    choices: [transfer, quality_rate]
  agent_hangup_transfer_dst:
    description:
      - The number for callers whose agent has hung up. It is only for O(agent_hangup_action=transfer).
    type: str
  quality_rate_sound:
    description:
      - The sound that asks for a mark, by its title or its id.
    type: str
  quality_rate_finish_sound:
    description:
      - The sound that follows the mark, by its title or its id.
    type: str
  quality_rate_max:
    description:
      - The best mark that a caller can give.
    type: int
  skip_busy_agents:
    description:
      - Whether agents who are talking are passed over.
    type: bool
  try_same_agent_time:
    description:
      - How long a caller gets the same agent as last time when calling again, in seconds.
    type: int
  tier_rules_apply:
    description:
      - Whether the next level of agents is called only after O(tier_rule_wait_second).
    type: bool
  tier_rule_wait_second:
    description:
      - How long a call waits before the next level of agents is called, in seconds.
    type: int
  tier_rule_wait_multiply_level:
    description:
      - Whether that time is multiplied by the level.
    type: bool
  disable_answer:
    description:
      - Whether the call is answered only when an agent answers.
    type: bool
  record_enabled:
    description:
      - Whether calls are recorded.
    type: bool
  append_to_cid_name_on_transfer:
    description:
      - The text that is added to the name of the caller when a call is transferred.
    type: str
  live_traffic:
    description:
      - The reaction to callers who wait in the queue. V(refuse) changes nothing, V(allow) goes on.
      - With V(refuse), a change costs one more request. In check mode, nothing is refused, since other callers
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
      - agent_announce_sound
      - agent_hangup_action
      - agent_hangup_transfer_dst
      - announce_frequency
      - announce_sound
      - append_to_cid_name_on_transfer
      - exit_key
      - exit_transfer_dst
      - exit_transfer_dst_sound
      - max_wait_time
      - max_wait_time_with_no_agent
      - no_agent_timeout_transfer_dst
      - no_agent_timeout_transfer_dst_sound
      - position_announce_frequency
      - quality_rate_finish_sound
      - quality_rate_max
      - quality_rate_sound
      - sound
      - start_sound
      - strategy
      - tier_rule_wait_second
      - timeout_transfer_dst
      - timeout_transfer_dst_sound
      - try_same_agent_time
      - vm_greeting
      - vm_mailto
      - vm_profile
    default: []
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource.voicemail
seealso:
  - module: telops.pbx.pbx_queue_agent
    description: Put agents into the queue.
  - module: telops.pbx.pbx_agent
    description: Manage the agents.
  - module: telops.pbx.pbx_incom_rule
    description: Manage the rules for calls before they enter the queue.
"""

EXAMPLES = r"""
- name: Call the agents in turn, and play music to those who wait
  telops.pbx.pbx_queue:
    extension: "200"
    strategy: round-robin
    sound_type: music
    sound: Hold music
    announce_sound: Please wait
    announce_frequency: 60
    position_announce_frequency: 120

- name: Pass callers on to the reception after five minutes, or when they press 0
  telops.pbx.pbx_queue:
    extension: "200"
    max_wait_time: 300
    timeout_transfer_dst: "101"
    exit_key: "0"
    exit_transfer_dst: "101"

- name: Call the second level of agents after 20 seconds
  telops.pbx.pbx_queue:
    extension: "200"
    tier_rules_apply: true
    tier_rule_wait_second: 20

- name: Ask for a mark when the agent has hung up
  telops.pbx.pbx_queue:
    extension: "200"
    agent_hangup_action: quality_rate
    quality_rate_max: 5

- name: Stop the announcements
  telops.pbx.pbx_queue:
    extension: "200"
    unset: [announce_sound, announce_frequency, position_announce_frequency]
"""

RETURN = r"""
queue:
  description:
    - The settings of the queue as the PBX has them, or in check mode as it would have them.
  returned: success
  type: dict
  contains:
    agent_announce_sound:
      description: Id of the sound that the agent hears before the caller.
      type: int
      returned: when known
    agent_hangup_action:
      description: Treatment of the caller when the agent hangs up, transfer or quality_rate. The call ends where
        it is empty.
      type: str
      returned: when known
    agent_hangup_transfer_dst:
      description: Number that the caller is transferred to by agent_hangup_action transfer.
      type: str
      returned: when known
    agent_report_wait_time:
      description: Whether the agent is told how long the caller has waited.
      type: bool
      returned: when known
    announce_frequency:
      description: Time between two announcements, in seconds.
      type: int
      returned: when known
    announce_sound:
      description: Id of the sound that is repeated to waiting callers.
      type: int
      returned: when known
    append_to_cid_name_on_transfer:
      description: Text that is added to the name of the caller on a transfer.
      type: str
      returned: when known
    disable_answer:
      description: Whether the call is not answered before an agent does.
      type: bool
      returned: when known
    exit_key:
      description: 'Key with which a caller leaves the queue: one digit, * or #.'
      type: str
      returned: when known
    exit_transfer_dst:
      description: Number for callers who left with exit_key.
      type: str
      returned: when known
    exit_transfer_dst_sound:
      description: Id of the sound before the transfer to exit_transfer_dst.
      type: int
      returned: when known
    exit_with_no_av_agents:
      description: Whether a call is refused when no agent is there to take it.
      type: bool
      returned: when known
    max_wait_time:
      description: How long a caller waits at most, in seconds.
      type: int
      returned: when known
    max_wait_time_with_no_agent:
      description: How long a caller waits at most while the queue has no agent, in seconds.
      type: int
      returned: when known
    no_agent_timeout_transfer_dst:
      description: Number for callers who leave because of max_wait_time_with_no_agent.
      type: str
      returned: when known
    no_agent_timeout_transfer_dst_sound:
      description: Id of the sound before the transfer to no_agent_timeout_transfer_dst.
      type: int
      returned: when known
    position_announce_frequency:
      description: Time between two announcements of the place in the queue, in seconds.
      type: int
      returned: when known
    quality_rate_finish_sound:
      description: Id of the sound that thanks for the mark.
      type: int
      returned: when known
    quality_rate_max:
      description: The best mark.
      type: int
      returned: when known
    quality_rate_sound:
      description: Id of the sound that asks for a mark.
      type: int
      returned: when known
    record_enabled:
      description: Whether the calls of the queue are recorded.
      type: bool
      returned: when known
    skip_busy_agents:
      description: Whether agents who are talking are offered no call.
      type: bool
      returned: when known
    sound:
      description: Id of the music for waiting callers; ignored and reset with sound_type ring.
      type: int
      returned: when known
    sound_type:
      description:
        - Sound that waiting callers hear; with ring the server resets sound.
        - One of V(ring) or V(music).
      type: str
      returned: when known
    start_sound:
      description: Id of the sound that is played when a call enters the queue.
      type: int
      returned: when known
    strategy:
      description:
        - In which sequence the agents of a level are called.
        - One of V(ring-all), V(longest-idle-agent), V(round-robin), V(top-down), V(agent-with-least-talk-time),
          V(agent-with-fewest-calls), V(sequentially-by-agent-order) or V(random).
      type: str
      returned: when known
    tier_rule_wait_multiply_level:
      description: Whether tier_rule_wait_second is multiplied by the level.
      type: bool
      returned: when known
    tier_rule_wait_second:
      description: Waiting time before the next level is opened, in seconds.
      type: int
      returned: when known
    tier_rules_apply:
      description: Whether the next level is called only after tier_rule_wait_second.
      type: bool
      returned: when known
    timeout_transfer_dst:
      description: Number for callers who leave because of max_wait_time.
      type: str
      returned: when known
    timeout_transfer_dst_sound:
      description: Id of the sound before the transfer to timeout_transfer_dst.
      type: int
      returned: when known
    try_same_agent_time:
      description: Within this time, a caller who was connected before gets the same agent, in seconds.
      type: int
      returned: when known
    vm_attach_file:
      description: Whether the email carries the message itself.
      type: bool
      returned: when known
    vm_enabled:
      description: Whether a caller can leave a message where the call would otherwise fail.
      type: bool
      returned: when known
    vm_greeting:
      description: Id of the sound that callers hear before the beep.
      type: int
      returned: when known
    vm_mailto:
      description: Email address that is told about new messages.
      type: str
      returned: when known
    vm_profile:
      description:
        - How messages are recorded. record_silence keeps the pauses.
        - One of V(default) or V(record_silence).
      type: str
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
    run_module(SINGLE["pbx_queue"])


if __name__ == "__main__":
    main()
