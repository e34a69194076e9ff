# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_tenant_interval
short_description: Manage the time intervals of the tenant
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates, changes, and deletes the time intervals of the tenant itself, such as public holidays. The rules of every
    extension can depend on them by name.
  - What only one extension needs, M(telops.pbx.pbx_interval) keeps there. Where both have an interval of one name, a
    rule takes that of its extension.
options:
  name:
    description:
      - The name of the interval, by which it is found.
      - It is needed for a new interval. For others, O(id) can take its place.
    type: str
  timezone:
    description:
      - The time zone of the conditions, by its IANA name such as V(Europe/Berlin), or V(UTC).
      - It is needed for a new interval.
    type: str
  conditions:
    description:
      - The whole set of times that make up the interval. It is active while at least one of them holds.
      - Within one condition, all parts that are given must hold.
      - It is needed for a new interval.
    type: list
    elements: dict
    suboptions:
      month:
        description:
          - The month, from 1 to 12.
        type: int
      start_mday:
        description:
          - The first day of the month, from 1 to 31. It needs O(conditions[].end_mday). For a single day, use
            O(conditions[].start_datetime).
        type: int
      end_mday:
        description:
          - The last day of the month, from 1 to 31, after O(conditions[].start_mday).
        type: int
      start_dow:
        description:
          - The first day of the week, from 1 for Sunday to 7 for Saturday. It needs O(conditions[].end_dow).
        type: int
      end_dow:
        description:
          - The last day of the week, from 1 for Sunday to 7 for Saturday. It may come before
            O(conditions[].start_dow). From 7 to 1 is the weekend.
        type: int
      start_time:
        description:
          - The time of day when the condition begins to hold, as C(hh:mm:ss) in quotes. It needs
            O(conditions[].end_time).
        type: str
      end_time:
        description:
          - The time of day when the condition ends, as C(hh:mm:ss) in quotes, after O(conditions[].start_time). Split
            what goes over midnight into two conditions.
        type: str
      start_datetime:
        description:
          - The moment when the condition begins to hold, as C(YYYY-MM-DD hh:mm:ss). It needs
            O(conditions[].end_datetime).
          - Other parts of the condition would be ignored beside it, so they are an error.
        type: str
      end_datetime:
        description:
          - The moment when the condition ends, as C(YYYY-MM-DD hh:mm:ss), after O(conditions[].start_datetime).
        type: str
      sched_start_date:
        description:
          - The first working day of a shift pattern, as C(YYYY-MM-DD). It needs O(conditions[].sched_active_days) and
            O(conditions[].sched_skip_days).
        type: str
      sched_active_days:
        description:
          - How many days in a row are worked in the shift pattern, 1 or more.
        type: int
      sched_skip_days:
        description:
          - How many days off follow them, 1 or more.
        type: int
  check_references:
    description:
      - Whether nothing is deleted that a rule still uses.
      - Deleting costs the list of all extensions, one request for each IVR, and one for the incoming rules of
        each extension. With V(false), none of this is read.
    type: bool
    default: true
notes:
  - The PBX takes O(name), O(timezone), and O(conditions) only together. What is left out is sent as the PBX has it.
  - Write times in quotes. YAML reads 09:00:00 without quotes as a number.
  - What the PBX does with rules that depend on an interval that is deleted is not documented. Change them before.
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.resource
  - telops.pbx.resource.id
seealso:
  - module: telops.pbx.pbx_tenant_interval_info
    description: List the intervals of the tenant.
  - module: telops.pbx.pbx_interval
    description: Manage the intervals of one extension.
  - module: telops.pbx.pbx_incom_rule
    description: Use an interval in a rule for incoming calls.
  - module: telops.pbx.pbx_ivr_option
    description: Use an interval in the rules of an IVR.
"""

EXAMPLES = r"""
- name: Define the public holidays once for all extensions
  telops.pbx.pbx_tenant_interval:
    name: Public holidays
    timezone: Europe/Berlin
    conditions:
      - {month: 12, start_mday: 25, end_mday: 26}
      - start_datetime: "2027-05-06 00:00:00"
        end_datetime: "2027-05-07 00:00:00"

- name: Let every queue be closed on them
  telops.pbx.pbx_incom_rule:
    extension: "{{ item }}"
    name: Closed on public holidays
    type: playfile
    playfile_sound: Holidays
    interval: Public holidays
  loop: ["200", "201"]

- name: Add the holidays of the next year
  telops.pbx.pbx_tenant_interval:
    name: Public holidays
    conditions:
      - {month: 12, start_mday: 25, end_mday: 26}
      - start_datetime: "2027-05-06 00:00:00"
        end_datetime: "2027-05-07 00:00:00"
      - start_datetime: "2028-05-25 00:00:00"
        end_datetime: "2028-05-26 00:00:00"

- name: Take the rules out before their interval is deleted
  telops.pbx.pbx_incom_rule:
    extension: "{{ item }}"
    name: Closed on public holidays
    state: absent
  loop: ["200", "201"]

- name: Delete the interval
  telops.pbx.pbx_tenant_interval:
    name: Public holidays
    state: absent
"""

RETURN = r"""
tenant_interval:
  description:
    - The interval as the PBX has it, or in check mode as it would have it.
    - It is empty after O(state=absent).
    - In check mode, the C(id) of a new object is a text that stands for it.
  returned: success
  type: dict
  contains:
    client_id:
      description: Id of the tenant, if the interval is one of the tenant.
      type: int
      returned: when known
    conditions:
      description: Times that make up the interval, with the parts that O(conditions) takes.
      type: list
      elements: dict
      returned: when known
    dealer_id:
      description: Id of the dealer, if the interval is one of the dealer.
      type: int
      returned: when known
    extension_id:
      description: Id of the extension, if the interval is one of an extension.
      type: int
      returned: when known
    id:
      description: Id of the interval.
      type: int
      returned: when known
    name:
      description: Name of the interval; not necessarily unique.
      type: str
      returned: when known
    timezone:
      description: Time zone of the conditions.
      type: str
      returned: when known
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
      description: The object with its place, by the names that people use.
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
      description: The fields that change, with C(field), C(from), and C(to). References are names instead of ids.
      type: list
      elements: dict
      returned: always
  sample:
    - action: update
      kind: tenant_interval
      object: tenant interval "Public holidays"
      method: PUT
      path: /client/@me/interval/9001
      body: {name: Public holidays, timezone: UTC, conditions: [{month: 12, start_mday: 25, end_mday: 26}]}
      changes: [{field: timezone, from: Europe/Berlin, to: UTC}]
diff:
  description: What changes, one element for each object, with names instead of ids and with secrets hidden.
  returned: success
  type: list
  elements: dict
  contains:
    before_header:
      description: The object with its place.
      type: str
      returned: always
    after_header:
      description: The same as RV(diff[].before_header).
      type: str
      returned: always
    before:
      description: The changed fields as the PBX had them, in YAML.
      type: str
      returned: always
    after:
      description: The changed fields as they were declared, in YAML.
      type: str
      returned: always
requests:
  description: How many requests were sent to the API, by HTTP method. Those that fetch tokens are not counted.
  returned: always
  type: dict
  sample:
    GET: 2
    PUT: 1
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_tenant_interval"])


if __name__ == "__main__":
    main()
