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
notes:
  - Everything that can be wrong is found before the first write, and all of it is said at once, each with its place in
    the document.
  - A menu that no caller could ever leave is such a mistake. A probable mistake is a warning, such as a rule that
    never runs, or a menu that never lets go of somebody who presses nothing.
  - A plan that leaves something behind that refers to a deleted object is refused.
  - Before the first write, the module compares the number of planned requests with the rest of the hourly limit. A
    plan that cannot finish does not start, unless O(rate_limit_wait) lets it wait.
  - The plan creates an object before others refer to it, and deletes it after the last reference is gone. A run that
    ends in the middle leaves a state that callers can use, and the next run goes on from there.
"""
