# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
attributes:
  check_mode:
    description: Shows the request, and does not send it.
    support: full
    details:
      - It is the real run without its last step, so RV(plan) holds the request that the real run would send.
      - Only C(GET) requests reach the API.
      - A call or conference that an earlier task of the same preview would end counts as ended. Where the module runs
        as a process of its own, it cannot know of that.
  diff_mode:
    description: Shows the state that starts, and the state that ends.
    support: full
    details:
      - The diff uses the names that people know instead of ids.
  action_group:
    description: Takes its connection options from C(module_defaults) of C(group/telops.pbx.pbx).
    support: full
    membership:
      - telops.pbx.pbx
"""
