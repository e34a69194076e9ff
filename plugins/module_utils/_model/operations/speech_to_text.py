# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The recognition of speech in a call (operations.json ``.../speech_to_text/``). The API does not tell whether it is
going on."""

from __future__ import annotations

from ..field import address, choice, text
from ..operation import Action, Operation
from .call import CALLER_FACTS, CALLS, FACTS

ACTIONS = {
    "start": Action("PUT", ("url", "direction"), named="body"),
    "stop": Action("PUT", ("direction",), named="body", repeatable=True),
}

SPEECH_TO_TEXT = Operation(
    name="speech_to_text",
    title="call",
    path="/extension/{extension}/speech_to_text/{call_api_id}",
    identity="call_api_id",
    extension_types=("phone",),
    actions=ACTIONS,
    state=CALLS,
    listed="call_list",
    returned=("call", "found"),
    fields=(
        text("call_api_id", required=True),
        choice("action", *ACTIONS, required=True, write_only=True),
        choice("direction", "in", "out", required=True, write_only=True),
        address("url", write_only=True),
        *CALLER_FACTS,
        *FACTS,
    ),
)
