# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: hours_in_words
short_description: The conditions of an interval in words
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Turns the conditions of an interval into words, as the report of a plan tells them, such as
    V(Monday to Friday 08:00 to 12:30).
  - It is the way back from P(telops.pbx.hours#filter), P(telops.pbx.holidays#filter) and P(telops.pbx.calendar#filter),
    and takes every other condition too.
options:
  _input:
    description: The conditions, as an interval has them.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Read the intervals of the main menu
  telops.pbx.pbx_interval_info:
    extension: "300"
  register: read

- name: Print when they hold
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.conditions | telops.pbx.hours_in_words | join(', ') }}"
  loop: "{{ read.intervals }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
_value:
  description: Each condition in words, in the same order.
  type: list
  elements: str
  sample:
    - Monday to Friday 08:00 to 12:30
    - 2027-12-24 14:00 to 2027-12-26
"""

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.telops.pbx.plugins.module_utils._model.hours import HoursProblem, in_words


def hours_in_words(conditions: Any) -> list[str]:
    """Each condition in words. Raises AnsibleFilterError for anything but a list of conditions."""
    try:
        return in_words(conditions)
    except HoursProblem as problem:
        raise AnsibleFilterError(f"hours_in_words: {problem}") from problem


class FilterModule:
    def filters(self) -> dict[str, Callable[[Any], list[str]]]:
        return {"hours_in_words": hours_in_words}
