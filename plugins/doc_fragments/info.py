# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
attributes:
  check_mode:
    description: Runs in check mode as it does otherwise.
    support: full
    details:
      - The module only reads.
  diff_mode:
    description: Shows the changed fields before and after.
    support: N/A
    details:
      - The module changes nothing.
  idempotent:
    description: Reports no change when everything is as declared.
    support: full
    details:
      - The module never reports a change.
  action_group:
    description: Takes its connection options from C(module_defaults) of C(group/telops.pbx.pbx).
    support: full
    membership:
      - telops.pbx.pbx
"""
