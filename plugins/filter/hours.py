# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: hours
short_description: Opening hours as people write them, as the conditions of an interval
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Turns text such as V(mon-fri 08:00-12:30, 14:00-18:00; sat 09:00-13:00) into the conditions that an interval takes.
  - Groups are separated by semicolons or lines, days and times within them by commas. Days have their English names, or
    the first letters of them; V(daily), V(weekdays) and V(weekend) are several. A group without times holds the whole
    day, one without days every day.
  - Times are V(08:30), V(8.30), V(0830), V(8) or V(8:30 am). Between two of them, or two days, a hyphen, a dash or
    V(to) stands, so that the words of P(telops.pbx.hours_in_words#filter) can be read again.
  - Hours over midnight, such as V(fri 22:00-02:00), become two conditions, the second of them on the next day.
  - An hour ends with the second that it names, as the intervals of the PBX do. V(24:00) is the end of the day.
options:
  _input:
    description: The opening hours.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Opening hours of the tenant
  telops.pbx.pbx_interval:
    extension: "300"
    name: Opening hours
    timezone: Europe/Berlin
    conditions: "{{ 'mon-fri 08:00-12:30, 14:00-18:00; sat 09:00-13:00' | telops.pbx.hours }}"
"""

RETURN = r"""
_value:
  description: The conditions, in the order of the text.
  type: list
  elements: dict
  sample:
    - {start_dow: 2, end_dow: 6, start_time: "08:00:00", end_time: "12:30:00"}
    - {start_dow: 2, end_dow: 6, start_time: "14:00:00", end_time: "18:00:00"}
    - {start_dow: 7, end_dow: 7, start_time: "09:00:00", end_time: "13:00:00"}
"""

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.telops.pbx.plugins.module_utils._model.hours import HoursProblem, conditions_of


def hours(text: Any) -> list[dict[str, Any]]:
    """Conditions of the opening hours. Raises AnsibleFilterError for anything but a text that tells hours."""
    if not isinstance(text, str):
        raise AnsibleFilterError(f"hours: {text!r} is no text; write the hours in quotes")
    try:
        return conditions_of(text)
    except HoursProblem as problem:
        raise AnsibleFilterError(f"hours: {problem}") from problem


class FilterModule:
    def filters(self) -> dict[str, Callable[..., list[dict[str, Any]]]]:
        return {"hours": hours}
