# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The messages of a chat (operations.json ``.../chat/{chat_id}/messages/``). The API cannot list them."""

from __future__ import annotations

from ..field import choice, flag, text
from ..operation import Action, Operation

ACTIONS = {
    "mark": Action("PUT", ("read",), repeatable=True),
    "delete": Action("DELETE", ends=True, repeatable=True),
}

CHAT = Operation(
    name="chat",
    title="chat",
    path="/extension/{extension}/chat/{chat_id}/messages/",
    identity="chat_id",
    actions=ACTIONS,
    returned=("chat", "answer"),
    fields=(
        text("chat_id", required=True, write_only=True),
        choice("action", *ACTIONS, required=True, write_only=True),
        flag("read"),
        text("id", read_only=True),
    ),
)
