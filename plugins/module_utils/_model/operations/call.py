# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A call that a phone takes part in now (operations.json ``.../current_calls/``; semantics.md section 4, call_mdl, and
section 5, current_calls).

The fields of a call do not tell whether it is on hold, parked or listened to, so a call that is there is always acted
upon.
"""

from __future__ import annotations

from ..field import choice, flag, number, text
from ..operation import Action, Operation

CALLS = "/extension/{extension}/current_calls/"

# The facts about a call. The name and the number of its caller bear the names of options with another meaning.
FACTS = (
    text("call_flow", read_only=True),
    text("called_did", read_only=True),
    text("called_number", read_only=True),
    text("callback_id", read_only=True),
    text("init_time_gmt", read_only=True),
    text("answer_time_gmt", read_only=True),
    flag("real_call", read_only=True),
    text("record_uuid", read_only=True),
    number("extension_id", read_only=True),
)
CALLER = (text("caller_id_name"), text("caller_id_number", kind="caller_id"))
CALLER_FACTS = (text("caller_id_name", read_only=True), text("caller_id_number", read_only=True))

_DIALS = Action("PUT", ("send_dst",), ("caller_id_name", "caller_id_number"), "body")
_MAY_DIAL = Action("PUT", (), ("send_dst", "caller_id_name", "caller_id_number"), "body")
_STAYS = Action("PUT", named="body", repeatable=True)
_LEAVES = Action("PUT", ("send_dst",), ("caller_id_name", "caller_id_number"), "body", ends=True)

ACTIONS = {
    "transfer": _LEAVES,
    "attended_transfer": _DIALS,
    "hold": _STAYS,
    "offhold": _STAYS,
    "park": _MAY_DIAL,
    "pickup": _MAY_DIAL,
    "eavesdrop": _DIALS,
    "whisper": _DIALS,
    "conference": _DIALS,
    "hangup": Action("DELETE", ends=True, repeatable=True),
}

CALL = Operation(
    name="call",
    title="call",
    path=CALLS + "{call_api_id}",
    identity="call_api_id",
    extension_types=("phone",),
    actions=ACTIONS,
    state=CALLS,
    listed="call_list",
    returned=("call", "found"),
    fields=(
        text("call_api_id", required=True),
        choice("action", *ACTIONS, required=True, write_only=True),
        text("send_dst", kind="destinations", write_only=True),
        *CALLER,
        *FACTS,
    ),
)
