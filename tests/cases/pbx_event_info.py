# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Refusal, Step, get

EVENTS = "/extension/5001/event/"
URL = "https://crm.invalid/büro?a=1&b=2"

CASE = Case(
    module="pbx_event_info",
    extension=PHONE,
    setup=(
        ("pbx_event", {"extension": "101", "event_type": "hangup", "url": URL, "method": "POST"}),
        ("pbx_event", {"extension": "101", "event_type": "dial-in", "url": URL, "method": "GET"}),
    ),
    steps=(
        Step("read all", {}, (get(EVENTS),), finds=("event_type", "hangup", "dial-in")),
        Step(
            "read some",
            {"event_type": ["hangup", "voicemail"], "url": [URL]},
            (get(EVENTS),),
            finds=("event_type", "hangup"),
        ),
        Step("read what is not there", {"id": "9999"}, (get(EVENTS + "9999"),), finds=("id",)),
    ),
    refusals=(
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal({"extension_id": "1"}, "GET /extension/1/event/ found nothing, the server says: Extension 1 not found"),
    ),
)
