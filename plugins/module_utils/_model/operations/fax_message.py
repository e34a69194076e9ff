# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A fax on its way out (operations.json ``.../fax/out/``). The API cannot list them."""

from __future__ import annotations

from ..field import Field, choice, number, text
from ..operation import Action, Operation

ACTIONS = {
    "send": Action("POST", ("dst_num", "file")),
    "cancel": Action("PUT", ("message_id",), named="query", repeatable=True),
    "retry": Action("PUT", ("message_id",), named="query"),
}

FAX_MESSAGE = Operation(
    name="fax_message",
    title="fax",
    path="/extension/{extension}/fax/out/{message_id}",
    key=("dst_num",),
    identity="message_id",
    actions=ACTIONS,
    returned=("fax_message", "answer"),
    stand_ins=("id",),
    fields=(
        text("message_id", write_only=True),
        choice("action", *ACTIONS, required=True, write_only=True),
        text("dst_num", kind="destination"),
        Field("file", "file", write_only=True),
        text("status", read_only=True),
        number("id", read_only=True),
        text("datetime", read_only=True),
    ),
)
