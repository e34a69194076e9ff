# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_conference_control
short_description: Direct a conference that is going on
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Locks a conference, mutes or deafens its members, and plays sounds to them.
  - Tells who takes part, and how long already.
  - How a conference starts is configured elsewhere. This module changes only the running conference; its settings end
    with the conference.
options:
  member_id:
    description:
      - The member that the orders are for, by its id within the conference. RV(status) tells the ids with
        O(show=show_members).
      - If not set, the orders are for the conference as a whole.
    type: int
  mute:
    description: Whether the others cannot hear the member.
    type: bool
  deaf:
    description: Whether the member cannot hear the others.
    type: bool
  lock:
    description: Whether nobody else gets into the conference.
    type: bool
  enter_sound:
    description: Whether a sound is played when somebody comes in.
    type: bool
  play_file:
    description: The sound to play, by its title or its id.
    type: str
  stop_play:
    description: Whether the sound that is being played ends.
    type: bool
  show:
    description:
      - The questions to the conference. Each of these costs a request, and is answered in RV(status).
      - It is asked for after the orders were given. In check mode, the answer is that of now.
    type: list
    elements: str
    choices: [show_members, is_locked, max_members, count, run_time]
attributes:
  idempotent:
    description: Reports no change when nothing is to be done.
    support: partial
    details:
      - Before O(lock), O(mute), and O(deaf), the module reads the current setting of the conference. The module sends
        only differences, and skips a member that has left.
      - How the PBX answers is not documented. An answer that cannot be read counts as unknown, and the order is sent.
      - The PBX does not tell about O(enter_sound), O(play_file), and O(stop_play), so these are sent each time.
      - A request that may have arrived without an answer is not sent again, because a sound would be played twice. The
        task fails instead.
extends_documentation_fragment:
  - telops.pbx.operation
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_call
    description: Bring somebody into a call.
"""

EXAMPLES = r"""
- name: Let nobody else in
  telops.pbx.pbx_conference_control:
    extension: "500"
    lock: true

- name: Play a sound to all members
  telops.pbx.pbx_conference_control:
    extension: "500"
    play_file: Please wait

- name: Ask who takes part
  telops.pbx.pbx_conference_control:
    extension: "500"
    show: [count, show_members]
  register: conference

- name: Say how many they are
  ansible.builtin.debug:
    msg: "There are {{ conference.status.count }} members."

- name: Open the conference again
  telops.pbx.pbx_conference_control:
    extension: "500"
    lock: false
    show: [is_locked]
"""

RETURN = r"""
status:
  description:
    - The answers to the questions in O(show), each under that name.
    - The documentation of the PBX does not say how it answers. The values are passed on as they come.
  returned: success
  type: dict
  contains:
    show_members:
      description: The members of the conference.
      type: raw
      returned: when asked for
    is_locked:
      description: Whether the conference is locked.
      type: raw
      returned: when asked for
    max_members:
      description: How many members there can be.
      type: raw
      returned: when asked for
    count:
      description: How many members there are.
      type: raw
      returned: when asked for
    run_time:
      description: How long the conference has been going on.
      type: raw
      returned: when asked for
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
    - action: control
      kind: conference_control
      object: extension "500" > conference
      method: PUT
      path: /extension/5017/conference/status/
      body: {lock: true}
      changes: [{field: lock, from: false, to: true}]
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
  sample: {GET: 1, PUT: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_conference_control"])


if __name__ == "__main__":
    main()
