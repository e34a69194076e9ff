# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_flow_diagram
short_description: Draw call flows, and tell who answers when
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Draws where calls go, from the numbers that are dialled through hours, menus and queues to people and voicemail.
  - The forms V(html) and V(markdown) hold a sheet as well that tells who answers when. It has a week for each number
    and for each key that its first menu offers, and beside it the days of the next year that are other than this week.
    The sheet comes from calls that are followed, one for each piece of time in which they all come to the same.
  - A picture shows only the host of an address. It holds no PIN and no password.
  - The page C(docs/calls.md) lists the simulated parts and the assumptions.
options:
  numbers:
    description:
      - The numbers and extensions at which the flows begin. The picture contains only the parts that a call to them
        can reach.
      - If not set, the picture is of the whole tenant. Phones to which nothing leads are left out.
    type: list
    elements: str
    default: []
  form:
    description:
      - V(mermaid) is text that many platforms show as a picture in Markdown, and V(markdown) a page of it with the
        sheet. V(dot) is the language of Graphviz.
      - V(svg) is an image, and V(html) a page of its own, which needs no script, no other file and no network. Both are
        laid out by Graphviz, so that the program C(dot) must be there.
    type: str
    choices: [mermaid, dot, svg, html, markdown]
    default: mermaid
  opened:
    description:
      - Whether every rule is drawn, in the order of its list. If not, the picture shows numbers, hours, menus, queues,
        people and voicemail.
    type: bool
    default: false
  changes:
    description:
      - Whether the picture marks new, changed and deleted parts, compared with the PBX.
    type: bool
    default: true
  timezone:
    description:
      - The time zone in which the sheet is written, such as C(Europe/Berlin).
      - If not set, it is the one that all intervals share. If they share none, this is an error.
    type: str
  path:
    description:
      - A file on the host that the module runs on. It is written whole or not at all, only its owner may read it, and
        one with the same content is left as it is.
    type: path
attributes:
  check_mode:
    description: Runs in check mode as it does otherwise.
    support: full
    details:
      - With O(path), it tells whether the file would be another one, and writes none.
  idempotent:
    description: Reports no change when everything is as declared.
    support: full
    details:
      - It reports a change when it writes a file.
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.connection
  - telops.pbx.following
  - telops.pbx.prompts
seealso:
  - module: telops.pbx.pbx_call_test
    description: Try calls, and see that callers reach whom they should.
  - module: telops.pbx.pbx_tenant
    description: Apply a document to a tenant.
"""

EXAMPLES = r"""
- name: Draw where the calls of a small office go
  telops.pbx.pbx_flow_diagram:
    offline: true
    dids:
      - {name: "74950000101", extension: "300"}
    extensions:
      - number: "101"
        type: phone
        label: Reception
        phone: {hangup_timeout: 20, vm_enabled: true}
      - number: "300"
        type: ivr
        label: Main menu
        ivr:
          entry_context: main
          contexts:
            - name: main
              options:
                - {digits: start, rules: [{action: voicemail, interval: Night}]}
                - {digits: "1", rules: [{action: transfer, transfer_dst: "101"}]}
                - {digits: timeout, rules: [{action: transfer, transfer_dst: "101"}]}
          vm_enabled: true
    intervals:
      - name: Night
        timezone: Europe/Berlin
        conditions:
          - {start_time: "18:00:00", end_time: "23:59:59"}
          - {start_time: "00:00:00", end_time: "07:59:59"}
  register: picture

- name: Show it as text
  ansible.builtin.debug:
    msg: "{{ picture.diagram }}"

- name: Have a page with every rule of one extension, for those who look after it
  telops.pbx.pbx_flow_diagram:
    offline: true
    extensions:
      - number: "103"
        type: phone
        label: Doctor
        phone: {hangup_timeout: 30, vm_enabled: true}
        incom_rules:
          - {name: When busy, type: transfer, transfer_dst: "+4930555000", call_status: busy, final: false}
          - {name: Voicemail, type: voicemail}
    numbers: ["103"]
    form: html
    opened: true
    path: "{{ playbook_dir }}/doctor.html"
"""

RETURN = r"""
diagram:
  description: The picture, or the page, in the form that was asked for.
  returned: success
  type: str
  sample: "flowchart LR\n  n0([\"74950000101\"])\n  n1(\"101 Reception\")\n  n0 --> n1\n"
form:
  description: The form.
  returned: success
  type: str
  sample: mermaid
nodes:
  description: How many numbers, hours, menus, queues, people and other things the picture has.
  returned: success
  type: int
  sample: 2
edges:
  description: How many ways between them.
  returned: success
  type: int
  sample: 1
marked:
  description:
    - The marked parts of the picture, by V(new), V(changed) and V(gone). It is empty where the document changes
      nothing that the picture shows, and where the PBX was not read.
  returned: success
  type: list
  elements: str
  sample: [changed]
path:
  description: The file.
  returned: when O(path) is set
  type: str
  sample: doctor.html
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
    run_module(MODULES["pbx_flow_diagram"])


if __name__ == "__main__":
    main()
