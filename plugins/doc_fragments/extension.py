# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  extension:
    description:
      - The extension by its number, as it is dialled inside the tenant, for example V("200") where the PBX lists
        C(000*200).
      - Write it in quotes. Numbers may begin with zeros, which YAML would drop.
      - Exactly one of O(extension) and O(extension_id) is needed.
    type: str
  extension_id:
    description:
      - The extension by its id, or V(@me) for the extension that the user of the token belongs to.
      - It saves the request that finds the id for a number.
      - Exactly one of O(extension) and O(extension_id) is needed.
    type: str
"""
