# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_interval
short_description: Manage the time intervals of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates, changes, and deletes time intervals, such as working hours and holidays, which rules of the same
    extension can depend on.
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
          - The first day of the week, by its English name such as V(mon), or by its number from 1 for Sunday to 7 for
            Saturday. It needs O(conditions[].end_dow).
        type: str
      end_dow:
        description:
          - The last day of the week, written as O(conditions[].start_dow). It may come before
            O(conditions[].start_dow). From V(sat) to V(sun) is the weekend.
        type: str
      start_time:
        description:
          - The time of day when the condition begins to hold, as C(hh:mm:ss) in quotes. It needs
            O(conditions[].end_time).
        type: str
      end_time:
        description:
          - The time of day when the condition ends, as C(hh:mm:ss) in quotes.
          - If it is before O(conditions[].start_time), the condition goes over midnight. The module writes it as two
            conditions, the second one for the next day. It keeps a condition that the PBX holds in this form already.
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
      - Deleting costs one request for the incoming rules of the extension, and up to two for the rules of its
        menus. With V(false), none of this is read.
    type: bool
    default: true
notes:
  - The PBX takes O(name), O(timezone), and O(conditions) only together. The module sends the current values of
    omitted options.
  - Write times in quotes. YAML reads 09:00:00 without quotes as a number.
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
  - telops.pbx.resource.id
seealso:
  - module: telops.pbx.pbx_tenant_interval
    description: Manage the intervals that all extensions share.
  - module: telops.pbx.pbx_incom_rule
    description: Use an interval in a rule for incoming calls.
  - module: telops.pbx.pbx_ivr_option
    description: Use an interval in the rules of an IVR.
"""

EXAMPLES = r"""
- name: Define working hours from Monday to Friday
  telops.pbx.pbx_interval:
    extension: "300"
    name: Working hours
    timezone: Europe/Berlin
    conditions:
      - start_dow: mon
        end_dow: fri
        start_time: "09:00:00"
        end_time: "18:00:00"

- name: Close earlier on Friday
  telops.pbx.pbx_interval:
    extension: "300"
    name: Working hours
    conditions:
      - start_dow: 2
        end_dow: 5
        start_time: "09:00:00"
        end_time: "18:00:00"
      - start_dow: 6
        end_dow: 6
        start_time: "09:00:00"
        end_time: "15:00:00"

- name: Define the holidays, every year and only once
  telops.pbx.pbx_interval:
    extension: "300"
    name: Holidays
    timezone: Europe/Berlin
    conditions:
      - month: 12
        start_mday: 24
        end_mday: 26
      - start_datetime: "2027-05-06 00:00:00"
        end_datetime: "2027-05-07 00:00:00"

- name: Define a shift of two days on and two days off
  telops.pbx.pbx_interval:
    extension: "300"
    name: Early shift
    timezone: Europe/Berlin
    conditions:
      - sched_start_date: "2027-01-04"
        sched_active_days: 2
        sched_skip_days: 2
        start_time: "06:00:00"
        end_time: "14:00:00"

- name: Remove an interval
  telops.pbx.pbx_interval:
    extension: "300"
    name: Early shift
    state: absent
"""

RETURN = r"""
interval:
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
      description: The times that make up the interval. One of them is enough.
      type: list
      elements: dict
      returned: when known
      contains:
        month:
          description: Month, 1 to 12; may stand alone.
          type: int
          returned: when known
        start_mday:
          description: First day of the month, 1 to 31; goes with end_mday.
          type: int
          returned: when known
        end_mday:
          description: Last day of the month, 1 to 31, after start_mday.
          type: int
          returned: when known
        start_dow:
          description: The first day of the week, from 1 for Sunday to 7 for Saturday.
          type: int
          returned: when known
        end_dow:
          description: Last day of the week; may be before start_dow, so that 3 to 1 is every day but Monday.
          type: int
          returned: when known
        start_time:
          description: The time of day when the condition begins to hold, HH:MM:SS.
          type: str
          returned: when known
        end_time:
          description: The time of day when the condition ends, HH:MM:SS.
          type: str
          returned: when known
        start_datetime:
          description: Moment it starts at, YYYY-MM-DD hh:mm:ss (form inferred); if set, only this and end_datetime
            count.
          type: str
          returned: when known
        end_datetime:
          description: Moment it ends at, YYYY-MM-DD hh:mm:ss (form inferred), after start_datetime.
          type: str
          returned: when known
        sched_start_date:
          description: The first working day of a shift pattern, YYYY-MM-DD.
          type: str
          returned: when known
        sched_active_days:
          description: How many days in a row are worked in a shift pattern.
          type: int
          returned: when known
        sched_skip_days:
          description: How many days off follow them.
          type: int
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
      description: Name of the interval. Several intervals can have the same one.
      type: str
      returned: when known
    timezone:
      description: 'Time zone of the conditions: an IANA name or UTC.'
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
    run_module(SINGLE["pbx_interval"])


if __name__ == "__main__":
    main()
