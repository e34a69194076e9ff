# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by `make runtime` from the modules that are there.
from __future__ import annotations

from ansible_collections.telops.pbx.plugins.action.pbx import ActionModule, prepare

__all__ = ["ActionModule"]

prepare("pbx_variable")
