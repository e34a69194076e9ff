# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Live, Refusal, Step, delete, put

CHAT = "/extension/5001/chat/chat%201/messages/"

CASE = Case(
    module="pbx_chat",
    extension=PHONE,
    live=(Live("chat_message", {"read": False}, "chat 1"), Live("chat_message", {"read": False}, "chat 1")),
    steps=(
        Step("read", {"chat_id": "chat 1", "action": "mark", "read": True}, (put(CHAT, read=True),), settles=False),
        Step("unread", {"chat_id": "chat 1", "action": "mark", "read": False}, (put(CHAT, read=False),), settles=False),
        # Only the answer shows that the chat does not exist.
        Step("delete", {"chat_id": "chat 1", "action": "delete"}, (delete(CHAT),), repeated=(delete(CHAT),)),
    ),
    refusals=(
        Refusal({}, "missing required arguments: action, chat_id"),
        Refusal({"chat_id": "chat 1", "action": "mark"}, 'extension "5001" > chat "chat 1": action mark needs read'),
        Refusal(
            {"chat_id": "chat 1", "action": "delete", "read": True},
            'extension "5001" > chat "chat 1": read means nothing to action delete, which takes no parameter; '
            "leave it out",
        ),
        Refusal({"chat_id": "", "action": "delete"}, 'extension "5001": chat_id "" is not the id of any chat'),
    ),
)
