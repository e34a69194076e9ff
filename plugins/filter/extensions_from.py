# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: extensions_from
short_description: Extensions of a document, out of the rows of a list
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Makes an extension of each row, as the section C(extensions) of M(telops.pbx.pbx_tenant) takes it.
  - In the template, C({Name}) stands for the cell of the column V(Name). A field that consists of an empty cell is left
    out.
  - The number may be a range, such as V(101-116), or a list, such as V(101-116, 120). Each number makes an extension,
    and C({number}) stands for it. Leading zeros are kept.
  - The filter judges the extensions as a document. A mistake is an error that names the row, counted from 1 without the
    header, and the column.
positional: template, columns
options:
  _input:
    description:
      - The rows, each a dictionary of cells by column, as C(community.general.read_csv) returns them in C(list).
      - A row may be a number or a range instead, and a single range may stand for the list.
    type: raw
    required: true
  template:
    description: One extension. Without a number, that of the column V(number).
    type: dict
    required: true
  columns:
    description: The column of each further field, by the path of the field, such as C(phone.vm_mailto).
    type: dict
"""

EXAMPLES = r"""
- name: Ensure the phones of 16 rooms, and of the people in a list
  telops.pbx.pbx_tenant:
    extensions: >-
      {{ '601-616' | telops.pbx.extensions_from(room)
         + people | telops.pbx.extensions_from(desk, columns={'phone.vm_mailto': 'Mail'}) }}
  vars:
    room: {type: phone, label: "Room {number}", phone: {hangup_timeout: 30}}
    desk: {number: "{Number}", type: phone, label: "{Name}", phone: {hangup_timeout: 20, vm_enabled: true}}
    people:
      - {Number: "621", Name: Anna Berg, Mail: anna@example.com}
      - {Number: "622", Name: Ben Dahl, Mail: ben@example.com}
"""

RETURN = r"""
_value:
  description: The extensions, in the order of the rows.
  type: list
  elements: dict
  sample:
    - {number: "621", type: phone, label: Anna Berg, phone: {vm_enabled: true, vm_mailto: anna@example.com}}
"""

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.telops.pbx.plugins.module_utils._model.rows import RowsProblem, extensions_of
from ansible_collections.telops.pbx.plugins.plugin_utils.data import as_data


def extensions_from(rows: Any, template: Any, columns: Any = None) -> list[dict[str, Any]]:
    """The extensions. Raises AnsibleFilterError with one line for each mistake."""
    try:
        return list(as_data(extensions_of(rows, template, columns)))
    except RowsProblem as problem:
        raise AnsibleFilterError(f"extensions_from: {problem}") from problem


class FilterModule:
    def filters(self) -> dict[str, Callable[..., list[dict[str, Any]]]]:
        return {"extensions_from": extensions_from}
