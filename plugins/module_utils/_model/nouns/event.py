# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The webhook of an extension (operations.json ``.../event/``; semantics.md section 5, event)."""

from __future__ import annotations

from ..field import address, choice, number
from ..noun import Doubt, Noun

# Webhooks of IVRs: semantics.md sections 5 (event) and 10 (4).
ON_AN_IVR = Doubt(
    types=("ivr",),
    about=lambda values: values.get("event_type") != "hangup",
    says="on an IVR, the PBX refuses some types of events, and which ones is not documented; only hangup is "
    "recommended there. If it refuses this one, the real run stops here",
)

EVENT = Noun(
    name="event",
    title="event",
    path="/extension/{extension}/event/",
    key=("event_type", "url"),
    emptiable=True,
    doubts=(ON_AN_IVR,),
    fields=(
        choice(
            "event_type",
            "dial-in",
            "dial-out",
            "hangup",
            "answer",
            "message-in",
            "message-out",
            "message-out-status",
            "voicemail",
            required=True,
        ),
        address("url", required=True),
        choice("method", "GET", "POST", required=True),
        number("id", read_only=True),
    ),
)
