# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
attributes:
  check_mode:
    description: Shows the changes and sends no write.
    support: full
    details:
      - It is the real run without its last step, so RV(plan) holds the same requests in the same order.
      - Only C(GET) requests reach the API.
      - A task can refer to objects that earlier tasks of the same preview would create. Where the module runs as a
        process of its own, it cannot know of that. It then assumes that missing objects were created, and warns.
  diff_mode:
    description: Shows the changed fields before and after.
    support: full
    details:
      - The diff uses the names that people know instead of ids, and hides secrets.
  idempotent:
    description: Reports no change when everything is as declared.
    support: full
    details:
      - Options that are left out are neither compared nor sent.
  action_group:
    description: Takes its connection options from C(module_defaults) of C(group/telops.pbx.pbx).
    support: full
    membership:
      - telops.pbx.pbx
"""
