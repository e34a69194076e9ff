# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Refusal, Step, delete, get, post, put

HOOK = {"event_type": "hangup", "url": "https://crm.invalid/hook?büro=1&x=%20#top"}

# Its address has nothing to hide.
OPEN = {"event_type": "hangup", "url": "https://crm.invalid/hook"}

SPARED = f'extension "5001" > event "hangup {OPEN["url"]}": all=true deletes all events; leave out event_type, url'

CASE = Case(
    module="pbx_event",
    extension=PHONE,
    steps=(
        Step(
            "create",
            {**HOOK, "method": "POST"},
            (
                get("/extension/5001/event/"),
                post(
                    "/extension/5001/event/",
                    event_type="hangup",
                    url="https://crm.invalid/hook?büro=1&x=%20#top",
                    method="POST",
                ),
            ),
        ),
        Step(
            "update",
            {**HOOK, "method": "GET"},
            (
                get("/extension/5001/event/"),
                put("/extension/5001/event/1", method="GET"),
            ),
        ),
        Step(
            "delete",
            {**HOOK, "state": "absent"},
            (
                get("/extension/5001/event/"),
                delete("/extension/5001/event/1"),
            ),
        ),
        Step(
            "create another",
            {**HOOK, "method": "POST"},
            (
                get("/extension/5001/event/"),
                post("/extension/5001/event/", **HOOK, method="POST"),
            ),
        ),
        Step(
            "delete all",
            {"all": True, "state": "absent"},
            (
                get("/extension/5001/event/"),
                delete("/extension/5001/event/"),
            ),
        ),
    ),
    refusals=(
        Refusal({}, "one of the following is required: event_type, id, all"),
        Refusal({"event_type": "hangup"}, "one of the following is required: url, id, all"),
        Refusal(
            {"event_type": "ring", "url": "https://crm.invalid/", "method": "GET"},
            (
                'extension "5001" > event "ring https://crm.invalid/": event_type "ring" is none of '
                "dial-in, dial-out, hangup, answer, message-in, message-out, message-out-status, "
                "voicemail"
            ),
        ),
        Refusal(
            OPEN,
            'extension "5001" > event "hangup https://crm.invalid/hook": method is missing; a new event needs it',
        ),
        Refusal({"all": True}, 'extension "5001": all=true deletes all events; say so with state=absent'),
        Refusal({**OPEN, "all": True, "state": "absent"}, SPARED),
        Refusal({**HOOK, "id": 9}, 'extension "5001": there is no event with id 9; there are: none'),
    ),
)
