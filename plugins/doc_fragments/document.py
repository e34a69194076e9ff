# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  plan_file:
    description:
      - A file on the host that the module runs on, for a plan that people review before it is applied.
      - In check mode, the plan is written there. It is JSON without secrets, and the same bytes on every machine.
      - Otherwise, the plan must be there, and the module changes nothing unless a new plan would be the same. If it is
        not, the module fails and lists the differences.
    type: path
  max_deletes:
    description:
      - How many objects one run may delete. A plan that deletes more is refused as a whole.
      - It counts deleted objects and the objects that are deleted along with them, such as the content of an
        extension, and the places of an agent in queues. To count them, the module reads the lists of deleted objects.
      - If not set, there is no such limit. With V(0), nothing is ever deleted.
    type: int
  max_delete_share:
    description:
      - How many of a hundred objects of one list one run may delete. A plan that deletes more is refused as a whole.
      - The same holds for all objects of one kind in the tenant, including objects that are deleted along with others.
        To be sure of their number, lists that are not declared are read before a plan is refused.
      - It counts for lists of 10 objects and more, and not for rules. With V(100), nothing is counted.
    type: int
    default: 30
  protect:
    description:
      - Names that are never deleted, such as V("300") for an extension. A plan that deletes one is refused as a
        whole, also where it would be deleted along with another object.
      - The wildcards V(*), V(?) and V([...]) stand for any characters. A name can also be that of the whole place as
        the plan shows it, such as V(extension "300" > *).
    type: list
    elements: str
    default: []
  expect_client_id:
    description:
      - The id of the tenant that is to be changed. If the credentials belong to another tenant, the module fails before
        it reads anything else.
      - It costs one more request.
    type: int
  flow_check:
    description:
      - The reaction to new faults in call flows, such as a queue in which they wait for ever, or a rule that never
        runs; the page C(docs/checks.md) lists all of it. V(refuse) refuses the whole plan, V(warn) warns, V(off) does
        not look.
      - The tenant that the plan would make is checked without further requests, or by all that O(flow_read) names. An
        unknown value never counts as absent. A plan without a step is not judged; M(telops.pbx.pbx_flow_check) judges
        the tenant as it is.
      - A fault that exists before the plan, at the same place, never refuses it. RV(findings) tells it.
    type: str
    choices: [refuse, warn, 'off']
    default: refuse
  flow_check_severity:
    description:
      - The least severity of findings that refuse a plan. V(E) is an error, by which callers are lost or misrouted for
        sure; V(W) a probable mistake; and V(N) a notice.
      - Errors and warnings below it are warned of; notices are only returned.
    type: str
    choices: [E, W, N]
    default: E
  flow_read:
    description:
      - The data that is read to check the tenant. With V(planned), only the data that the plan needs. With
        V(reachable), all that calls to the DIDs can come to, before the plan and after it, and no more.
      - RV(flow_read) tells how many requests that takes. They come before the first write, so that they count where
        the plan is compared with the rest of the hourly limit.
      - If not set, it is V(planned), or V(reachable) for a tenant with O(telops.pbx.pbx_tenant#module:call_tests) or
        O(telops.pbx.pbx_tenant#module:intent).
    type: str
    choices: [planned, reachable]
  flow_accept:
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
notes:
  - Everything that can be wrong is found before the first write, and all of it is said at once, each with its place in
    the document.
  - A menu that no caller could ever leave is such a mistake. A probable mistake is a warning, such as a rule that
    never runs, or a menu that a caller who presses nothing never leaves.
  - A plan that leaves something behind that refers to a deleted object is refused.
  - Before the first write, the module compares the number of planned requests with the rest of the hourly limit. A
    plan that cannot finish does not start, unless O(rate_limit_wait) lets it wait.
  - The plan creates an object before others refer to it, and deletes it after the last reference is gone. A run that
    ends in the middle leaves a state that callers can use, and the next run goes on from there.
"""
