# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_interval
short_description: Manage the interval
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Manages the interval of an extension.
options:
  name:
    description:
      - Name of the interval; not necessarily unique.
    type: str
  timezone:
    description:
      - Time zone of the conditions. An IANA name or UTC.
    type: str
  conditions:
    description:
      - Times; one that holds is enough to make the interval active.
    type: list
    elements: dict
    suboptions:
      month:
        description:
          - The month.
        type: int
      start_mday:
        description:
          - The start_mday.
        type: int
      end_mday:
        description:
          - The end_mday.
        type: int
      start_dow:
        description:
          - The start_dow.
        type: int
      end_dow:
        description:
          - The end_dow.
        type: int
      start_time:
        description:
          - The start_time.
        type: str
      end_time:
        description:
          - The end_time.
        type: str
      start_datetime:
        description:
          - The start_datetime.
        type: str
      end_datetime:
        description:
          - The end_datetime.
        type: str
      sched_start_date:
        description:
          - The sched_start_date.
        type: str
      sched_active_days:
        description:
          - The sched_active_days.
        type: int
      sched_skip_days:
        description:
          - The sched_skip_days.
        type: int
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
  - telops.pbx.resource.id
"""

EXAMPLES = r"""
- name: Minimal
  telops.pbx.pbx_interval:
    extension: "101"
"""

RETURN = r"""
interval:
  description:
    - The interval as the PBX has it.
  returned: success
  type: dict
  contains:
    client_id:
      description: Id of the tenant, if the interval is one of the tenant.
      type: int
      returned: always
    conditions:
      description: Times; one that holds is enough to make the interval active.
      type: list
      elements: dict
      returned: always
    dealer_id:
      description: Id of the dealer, if the interval is one of the dealer.
      type: int
      returned: always
    extension_id:
      description: Id of the extension, if the interval is one of an extension.
      type: int
      returned: always
    id:
      description: Id of the interval.
      type: int
      returned: always
    name:
      description: Name of the interval; not necessarily unique.
      type: str
      returned: always
    timezone:
      description: Time zone of the conditions. An IANA name or UTC.
      type: str
      returned: always
plan:
  description:
    - The steps that change the PBX, in the order in which they are sent. Each step is one HTTP request.
    - In check mode, these are the steps that the real run would take.
    - It is empty when nothing is to be done.
  returned: success
  type: list
  elements: dict
  contains:
    action:
      description: What the step does, V(create), V(update), V(delete) or V(order).
      type: str
      returned: always
    kind:
      description: What kind of object the step is about.
      type: str
      returned: always
    object:
      description: The object with its place, in the names that people use.
      type: str
      returned: always
    method:
      description: The HTTP method of the request.
      type: str
      returned: always
    path:
      description: The path of the request below O(api_url). An id that is not known yet stands there as a name.
      type: str
      returned: always
    body:
      description: The JSON body of the request with secrets hidden, or nothing when it has none.
      type: dict
      returned: always
    changes:
      description: The fields that change, each with its C(field), C(from) and C(to), as names instead of ids.
      type: list
      elements: dict
      returned: always
diff:
  description: The changed fields before and after, by object, with names instead of ids and with secrets hidden.
  returned: success
  type: dict
  contains:
    before:
      description: What changes, as it is on the PBX.
      type: dict
      returned: always
    after:
      description: What changes, as it was declared.
      type: dict
      returned: always
requests:
  description: How many requests were sent to the PBX, by HTTP method.
  returned: always
  type: dict
  sample:
    GET: 2
    PUT: 1
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry import run_module


def main() -> None:
    run_module("pbx_interval")


if __name__ == "__main__":
    main()
