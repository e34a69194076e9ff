# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_flow_check
short_description: Find faults in the call flows of a tenant
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Looks in a tenant for 89 classes of faults, such as queues in which callers wait for ever, rules that never
    run, holidays that have run out, and calls that are hung up on without a word.
  - Each finding comes with a call that proves it, which RV(findings) tells. No call is made; calls are followed
    through the tenant, as M(telops.pbx.pbx_call_test) does.
  - An unknown value never counts as absent. A fault that hangs on it is not found.
  - The page C(docs/checks.md) lists all classes, each with an example and a remedy.
options:
  severity:
    description:
      - The least severity of findings that are returned. V(E) is an error, by which callers are lost or misrouted
        for sure; V(W) a probable mistake; and V(N) a notice.
    type: str
    choices: [E, W, N]
    default: N
  fail_from:
    description:
      - The least severity of findings with which the task fails, unless they are accepted.
      - If not set, findings do not fail the task.
    type: str
    choices: [E, W, N]
  accept:
    description:
      - Accepted findings. They are still returned, as C(accepted), but they neither fail the task nor give a warning.
      - A warning names each entry that fits no finding any more.
    type: list
    elements: dict
    default: []
    suboptions:
      check:
        description:
          - The class, by its code such as V(T09), or by its name such as V(holidays-run-out).
        type: str
        required: true
      place:
        description:
          - The place of the finding, as RV(findings) shows it. Only names and the positions of rules in it count.
        type: str
        required: true
      because:
        description:
          - The reason why you accept it.
        type: str
        required: true
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
- name: Find what callers of a small office will not like
  telops.pbx.pbx_flow_check:
    offline: true
    today: "2026-11-24"
    dids:
      - {name: "74950000101", extension: "103"}
    extensions:
      - number: "103"
        type: phone
        phone: {hangup_timeout: 20, vm_enabled: false}
  register: found

- name: Fail where callers are lost, and accept what is meant to be
  telops.pbx.pbx_flow_check:
    offline: true
    today: "2026-11-24"
    dids:
      - {name: "74950000101", extension: "103"}
    extensions:
      - number: "103"
        type: phone
        phone: {hangup_timeout: 20, vm_enabled: false}
    fail_from: W
    accept:
      - check: no-fallback
        place: dids[0] "74950000101"
        because: The line of the lift must never be taken by a mailbox.
      - check: H04
        place: dids[0] "74950000101"
        because: The same.
"""

RETURN = r"""
findings:
  description:
    - The findings, the worst first.
    - A task that fails returns it too.
  returned: when the document makes sense
  type: list
  elements: dict
  contains:
    check:
      description: The code of the class.
      type: str
      returned: always
    name:
      description: The name of the class.
      type: str
      returned: always
    severity:
      description: How bad it is.
      type: str
      returned: always
    place:
      description: Where in the document something has to be changed.
      type: str
      returned: always
    message:
      description: One sentence about the fault.
      type: str
      returned: always
    remedy:
      description: The general remedy.
      type: str
      returned: always
    witness:
      description:
        - A call that proves it. C(call) and C(world) are in the form that the tests of M(telops.pbx.pbx_call_test)
          have in their raw form, C(outcome) tells how the call ends, and C(fired) which rules run.
        - It is null for classes that need no call.
      type: dict
      returned: always
    accepted:
      description: Whether O(accept) names it.
      type: bool
      returned: always
    because:
      description: Why it is as it should be.
      type: str
      returned: when it is accepted
  sample:
    - check: H03
      name: no-fallback
      severity: W
      place: dids[0] "74950000101"
      message: 'when nobody answers, callers are hung up on: no mailbox, no further rule'
      remedy: Switch a mailbox on, or add a rule for calls that nobody answers.
      witness:
        call: {to: '74950000101', at: 1795564800}
        world: {phones: {'103': {does: no_answer}}}
        outcome: {class: hangup, cause: no_answer, told: false, at: 20000}
        fired: []
      accepted: false
counts:
  description: How many C(errors), C(warnings) and C(notices) were found, and how many findings are C(accepted)
    besides.
  returned: when the document makes sense
  type: dict
  sample: {errors: 0, warnings: 2, notices: 0, accepted: 0}
unused:
  description: The elements of O(accept) that nothing fits any more.
  returned: when the document makes sense
  type: list
  elements: dict
  sample: []
today:
  description: The day that counted as today.
  returned: when the document makes sense
  type: str
  sample: '2026-11-24'
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
    run_module(MODULES["pbx_flow_check"])


if __name__ == "__main__":
    main()
