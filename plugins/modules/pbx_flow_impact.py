# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_flow_impact
short_description: Find out which callers notice a change, when, and how
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Compares all calls to two states of a tenant, without making any, and returns those that end in another
    way, or on another way, with the lines of the document that cause it.
  - The states are the PBX before and after the document in the options is applied, unless O(before) and
    O(after) say otherwise. They can also be two documents, two exports, or two commits of a file.
  - Nothing is changed. With an O(intent) or an O(impact_limit), the task fails where a change does something
    else than it is meant to do.
  - The page C(docs/impact.md) explains the comparison and its limits.
options:
  before:
    description:
      - The state before the change. V(pbx), a document as a dictionary of the sections of this module,
        or the path of a file or a folder with such sections, which may also have the names of host variables,
        such as C(pbx_extensions).
      - A document is taken for all that the tenant holds.
      - If not set, it is the PBX as it is.
    type: raw
  after:
    description:
      - The state after the change, in the same forms.
      - If not set, it is the PBX after the document in the other options is applied, or this document
        alone where O(offline) is true.
    type: raw
  before_revision:
    description: The revision of git in which the file or the folder of O(before) is looked up, such as
      V(HEAD~1).
    type: str
  after_revision:
    description: The revision of git in which the file or the folder of O(after) is looked up.
    type: str
  from:
    description:
      - The first day whose calls are compared, in the form C(YYYY-MM-DD).
      - If not set, it is O(today).
    type: str
  until:
    description:
      - The day before which the calls end, in the form C(YYYY-MM-DD).
      - If not set, it is two years after O(from).
    type: str
  numbers:
    description:
      - The numbers whose calls are compared, DIDs or extensions.
      - If not set, they are all DIDs of both states.
    type: list
    elements: str
    default: []
  worlds:
    description:
      - Who is there when a call comes. V(fair) is everybody, V(nobody) answers no call, V(busy) is on
        the phone, and with V(no_agents) no agent is logged in. V(all) tries every mixture that a call
        can meet.
    type: list
    elements: str
    choices: [fair, nobody, busy, no_agents, all]
    default:
      - fair
      - nobody
      - busy
      - no_agents
  depth:
    description:
      - How many answers a caller gives at most where the PBX listens, from 0 to 8.
      - If not set, it is from 1 to 3, as deep as 20,000 simulated calls allow. RV(summary) names it as
        C(depth). Longer lists of keys are then followed as far as they come to something new.
    type: int
  only_outcomes:
    description: Whether only the end of a call counts, and not the sounds and the waiting before it.
    type: bool
    default: false
  records:
    description:
      - Recorded calls, as M(telops.pbx.pbx_record_info) returns them, or as dictionaries of C(to), C(from)
        and C(at) in seconds since 1970; or the path of a file of JSON or YAML with such a list, or with
        the result of that module. Each change then says how many of them it would have met.
      - Pressed keys are not in records. Where they decide, the number is the most that it can be.
    type: raw
  rows:
    description: How many rows RV(impact) has at most. RV(groups) is always complete.
    type: int
    default: 1000
  intent:
    description:
      - The intended effect on callers, as a list of changes, or as a dictionary with C(timezone) and
        the list in C(changes). Nobody else is to notice anything.
      - A change has C(call), one or several numbers, and C(after), the outcome of the calls in the words
        of a call test. It may have C(name), C(from), C(at) such as V(during 12:30-14:00), C(press), C(worlds),
        and C(before).
      - An empty list means that nobody is to notice anything.
    type: raw
  intent_mismatch:
    description: Whether the task fails, or only warns, where the change differs from O(intent).
    type: str
    choices: [refuse, warn]
    default: refuse
  impact_limit:
    description: How much callers may notice. If they notice more, the task fails and changes nothing.
    type: dict
    suboptions:
      hung_up:
        description: The count of numbers whose callers may lose their answer.
        type: int
      numbers:
        description: The count of numbers whose callers may notice anything.
        type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.connection
  - telops.pbx.following
  - telops.pbx.prompts
seealso:
  - module: telops.pbx.pbx_call_test
    description: Try single calls.
  - module: telops.pbx.pbx_tenant
    description: Apply a document to a tenant.
"""

EXAMPLES = r"""
- name: See who notices a longer lunch break
  telops.pbx.pbx_flow_impact:
    offline: true
    today: "2026-11-23"
    before:
      dids:
        - {name: "74950000101", extension: "103"}
      extensions:
        - number: "103"
          type: phone
          phone: {hangup_timeout: 20, vm_enabled: true}
          incom_rules:
            - {name: Closed, type: voicemail, interval: Lunch}
      intervals:
        - name: Lunch
          timezone: Europe/Berlin
          conditions:
            - {start_dow: 2, end_dow: 6, start_time: "12:30:00", end_time: "13:29:59"}
    after:
      dids:
        - {name: "74950000101", extension: "103"}
      extensions:
        - number: "103"
          type: phone
          phone: {hangup_timeout: 20, vm_enabled: true}
          incom_rules:
            - {name: Closed, type: voicemail, interval: Lunch}
      intervals:
        - name: Lunch
          timezone: Europe/Berlin
          conditions:
            - {start_dow: 2, end_dow: 6, start_time: "12:30:00", end_time: "13:59:59"}
    intent:
      - name: Lunch ends at two
        call: "74950000101"
        at: during 13:30-14:00
        after: {voicemail: "103"}
  register: lunch

- name: Say it in words
  ansible.builtin.debug:
    msg: "{{ lunch.groups | map(attribute='words') | list }}"

- name: Refuse a change of the PBX that hangs up on somebody
  telops.pbx.pbx_flow_impact:
    extensions:
      - number: "101"
        incom_rules:
          - {name: To the second desk, type: transfer, transfer_dst: "102", transfer_timeout: 15}
    impact_limit: {hung_up: 0, numbers: 5}
"""

RETURN = r"""
impact:
  description:
    - The calls that change, one row for each number, kind of caller, list of keys, world, and span of time, the
      worst first.
    - A task that fails returns it too.
  returned: when the options make sense
  type: list
  elements: dict
  contains:
    to:
      description: The number that is called.
      type: str
      returned: always
    from:
      description: One caller of the kind, as C(number) and C(anonymous).
      type: dict
      returned: always
    press:
      description: The keys or words of the caller, each time the PBX listens. PINs are hidden.
      type: list
      elements: raw
      returned: always
    world:
      description: Who is there, as one of O(worlds).
      type: str
      returned: always
    begin:
      description: The first second at which a call arrives that changes, in seconds UTC since 1970.
      type: int
      returned: always
    end:
      description: The first second after the span.
      type: int
      returned: always
    before:
      description: How the call ends before the change, as RV(telops.pbx.pbx_call_test#module:results[].outcome).
      type: dict
      returned: always
    after:
      description: How it ends after the change.
      type: dict
      returned: always
    lines:
      description:
        - The edited lines that cause it. Taking all of them back takes the change back, and no fewer of them do.
        - Each has C(change), V(added), V(removed), V(changed) or V(moved), C(before) and C(after), the places in
          both states, and the C(field).
      type: list
      elements: dict
      returned: always
    witness:
      description: A call that shows it, in the raw form that M(telops.pbx.pbx_call_test) takes.
      type: dict
      returned: always
    calls:
      description: How many recorded calls it would have met.
      type: int
      returned: when O(records) is set
    words:
      description: The difference for the caller.
      type: str
      returned: always
    group:
      description: The index of its group in RV(groups).
      type: int
      returned: always
groups:
  description:
    - The same for people. Differences with the same reason are one group, the worst loss and the most callers first.
    - A task that fails returns it too.
  returned: when the options make sense
  type: list
  elements: dict
  contains:
    words:
      description: The group in one sentence.
      type: str
      returned: always
    loss:
      description:
        - How bad it is. V(hung_up) is that somebody who was answered is not any more, V(unknown) that something
          is not known, V(elsewhere) that a call ends in another way, V(hears) that the caller hears something else
          until then, V(waits) that others are rung before, and V(gained) that somebody is answered who was not.
      type: str
      returned: always
    what:
      description: The differences that callers notice.
      type: str
      returned: always
    who:
      description: Which callers, when, with which keys, and who is there then.
      type: list
      elements: str
      returned: always
    numbers:
      description: The numbers that are called.
      type: list
      elements: str
      returned: always
    worlds:
      description: Who is there, as some of O(worlds).
      type: list
      elements: str
      returned: always
    press:
      description: Lists of pressed keys, at most 20 of them.
      type: list
      elements: list
      returned: always
    before:
      description: How the witness ends before the change.
      type: dict
      returned: always
    after:
      description: How the witness ends after the change.
      type: dict
      returned: always
    lines:
      description: The edited lines that cause it, as in RV(impact).
      type: list
      elements: dict
      returned: always
    other_lines:
      description: Whether taking other lines back would do as well.
      type: bool
      returned: always
    witness:
      description: The call with the fewest keys that shows it and, of those, the earliest.
      type: dict
      returned: always
    rows:
      description: How many rows belong to it.
      type: int
      returned: always
    calls:
      description: How many recorded calls it would have met.
      type: int
      returned: when O(records) is set
    possible:
      description: Whether C(calls) is the most that it can be, because records do not contain pressed keys or present
        agents.
      type: bool
      returned: when O(records) is set
summary:
  description:
    - In C(words) the verdict; V(no caller notices) only where everything was tried and is known. Where more answers
      may come to something else, the words name how many were followed.
    - Beside it the numbers that were compared, and how many C(groups), C(rows), C(rows_left_out), C(simulated_calls)
      and C(recorded_calls) there are, and the C(depth). With C(complete), keys of any length come to nothing else.
    - A task that fails returns it too.
  returned: when the options make sense
  type: dict
verdict:
  description:
    - Whether the change matches O(intent) exactly. V(matched), V(no caller notices), V(undeclared changes), or
      V(undecided) where something is not known or not simulated.
    - A task that fails returns it too.
  returned: when O(intent) is set
  type: str
undeclared:
  description: Undeclared differences that callers notice, in sentences.
  returned: when O(intent) is set
  type: list
  elements: str
missing:
  description: Declared differences that do not happen, or not to all calls, in sentences.
  returned: when O(intent) is set
  type: list
  elements: str
unknown:
  description: The places of undeclared values that a call needs. Such calls are not taken for equal.
  returned: when the options make sense
  type: list
  elements: str
not_modelled:
  description: The reached parts and the edited lines that are not simulated.
  returned: when the options make sense
  type: list
  elements: str
not_exact:
  description: Patterns that are no simple regular expressions, so that kinds of callers may be missing.
  returned: when the options make sense
  type: list
  elements: str
assumptions_used:
  description: The names of the assumptions that decided something in a call that changes.
  returned: when the options make sense
  type: list
  elements: str
limit:
  description: Why not everything was tried. It is empty if it was.
  returned: when the options make sense
  type: str
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {}
prompts:
  description:
    - The sounds that are spoken, each with C(title), C(text), C(voice), C(language) and its C(file).
    - C(rendered) says whether the file is still to be made. It is not written.
  returned: when a sound of the document has a C(text)
  type: list
  elements: dict
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module


def main() -> None:
    run_module(MODULES["pbx_flow_impact"])


if __name__ == "__main__":
    main()
