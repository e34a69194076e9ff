# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The calls of a phone that are going on (operations.json ``.../current_calls/``; semantics.md section 4, call_mdl)."""

from __future__ import annotations

from ..field import text
from ..operations.call import CALLER_FACTS, CALLS, FACTS
from ..reading import Reading

CALL = Reading(
    name="call",
    title="call",
    path=CALLS,
    identity="call_api_id",
    readable=True,
    extension_types=("phone",),
    wrapped="call_list",
    fields=(text("call_api_id", read_only=True), *CALLER_FACTS, *FACTS),
)
