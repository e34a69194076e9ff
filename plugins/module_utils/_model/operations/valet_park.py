# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The numbered places where calls wait (operations.json ``.../valet_park/``).

The answer of the PBX is not documented.
"""

from __future__ import annotations

from ..field import choice, number, text
from ..operation import Action, Operation
from .call import CALLS

ACTIONS = {
    "park": Action("PUT", takes=("slot",), named="body"),
    "bridge": Action("PUT", ("slot",), named="body"),
    "slots": Action("PUT", named="body", repeatable=True),
}

VALET_PARK = Operation(
    name="valet_park",
    title="call",
    path="/extension/{extension}/valet_park/{call_api_id}",
    identity="call_api_id",
    extension_types=("phone",),
    actions=ACTIONS,
    state=CALLS,
    listed="call_list",
    returned=("valet_park", "answer"),
    fields=(
        text("call_api_id", required=True, write_only=True),
        choice("action", *ACTIONS, required=True, write_only=True),
        number("slot", write_only=True),
    ),
)
