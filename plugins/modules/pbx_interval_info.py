# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_interval_info
short_description: List the time intervals of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the intervals of an extension, such as its working hours and holidays.
  - The intervals of the tenant, which all extensions share, are not among them.
options:
  name:
    description:
      - Only the intervals with these names.
    type: list
    elements: str
  id:
    description:
      - Reads only the interval with this id.
      - An id that does not exist gives an empty list.
    type: str
  limit:
    description:
      - The most intervals to return. If not set, all of them are returned.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_interval
    description: Manage the intervals of an extension.
  - module: telops.pbx.pbx_incom_rule
    description: Use an interval in a rule for incoming calls.
"""

EXAMPLES = r"""
- name: Define working hours
  telops.pbx.pbx_interval:
    extension: "300"
    name: Working hours
    timezone: Europe/Berlin
    conditions:
      - {start_dow: 2, end_dow: 6, start_time: "09:00:00", end_time: "18:00:00"}

- name: Read the working hours
  telops.pbx.pbx_interval_info:
    extension: "300"
    name: Working hours
  register: menu

- name: Give another menu the same hours
  telops.pbx.pbx_interval:
    extension: "101"
    name: "{{ item.name }}"
    timezone: "{{ item.timezone }}"
    conditions: "{{ item.conditions }}"
  loop: "{{ menu.intervals }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
intervals:
  description:
    - The intervals of the extension.
  returned: success
  type: list
  elements: dict
  contains:
    client_id:
      description: Id of the tenant, if the interval is one of the tenant.
      type: int
      returned: always
    conditions:
      description: The times that make up the interval. One of them is enough.
      type: list
      elements: dict
      returned: always
      contains:
        month:
          description: Month, 1 to 12; may stand alone.
          type: int
          returned: when it is set
        start_mday:
          description: First day of the month, 1 to 31; goes with end_mday.
          type: int
          returned: when it is set
        end_mday:
          description: Last day of the month, 1 to 31, after start_mday.
          type: int
          returned: when it is set
        start_dow:
          description: The first day of the week, from 1 for Sunday to 7 for Saturday.
          type: int
          returned: when it is set
        end_dow:
          description: Last day of the week; may be before start_dow, so that 3 to 1 is every day but Monday.
          type: int
          returned: when it is set
        start_time:
          description: The time of day when the condition begins to hold, HH:MM:SS.
          type: str
          returned: when it is set
        end_time:
          description: The time of day when the condition ends, HH:MM:SS.
          type: str
          returned: when it is set
        start_datetime:
          description: Moment it starts at, YYYY-MM-DD hh:mm:ss (form inferred); if set, only this and end_datetime
            count.
          type: str
          returned: when it is set
        end_datetime:
          description: Moment it ends at, YYYY-MM-DD hh:mm:ss (form inferred), after start_datetime.
          type: str
          returned: when it is set
        sched_start_date:
          description: The first working day of a shift pattern, YYYY-MM-DD.
          type: str
          returned: when it is set
        sched_active_days:
          description: How many days in a row are worked in a shift pattern.
          type: int
          returned: when it is set
        sched_skip_days:
          description: How many days off follow them.
          type: int
          returned: when it is set
    dealer_id:
      description: Id of the dealer, if the interval is one of the dealer.
      type: int
      returned: always
    extension:
      description: Number of the extension with the id in C(extension_id), or null where the id refers to nothing.
      type: str
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
      description: Name of the interval. Several intervals can have the same one.
      type: str
      returned: always
    timezone:
      description: 'Time zone of the conditions: an IANA name or UTC.'
      type: str
      returned: always
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_interval_info"])


if __name__ == "__main__":
    main()
