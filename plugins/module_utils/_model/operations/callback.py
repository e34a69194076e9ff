# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A call that the PBX makes to two sides and connects (operations.json ``.../callback/``; semantics.md section 5,
callback)."""

from __future__ import annotations

from dataclasses import replace

from ..field import flag, items, number, sound, text
from ..operation import Action, Operation

ORDERS = (
    items("src_num", "str", required=True, kind="destination"),
    text("dst_num", required=True, kind="destination"),
    text("caller_id_name"),
    text("caller_id_number", kind="caller_id"),
    text("src_caller_id_name"),
    text("src_caller_id_number", kind="caller_id"),
    text("src_ani", kind="caller_id"),
    text("dst_ani", kind="caller_id"),
    text("dst_dtmf", kind="code"),
    sound("announce_sound", api_name="announce_sound_id"),
    sound("dst_announce_sound", api_name="dst_announce_sound_id"),
    text("transfer_after_src_hangup", kind="destinations"),
    text("transfer_after_dst_hangup", kind="destinations"),
    flag("allow_public_transfer"),
    number("wait_for_pickup"),
    number("call_duration"),
    number("callback_rate_limit"),
)

CALLBACK = Operation(
    name="callback",
    title="callback",
    path="/extension/{extension}/callback/",
    key=("dst_num",),
    actions={"start": Action("POST")},
    returned=("callback", "answer"),
    stand_ins=("call_api_id", "call_id"),
    fields=(
        *(replace(order, write_only=True) for order in ORDERS),
        text("call_api_id", read_only=True),
        text("call_id", read_only=True),
    ),
)
