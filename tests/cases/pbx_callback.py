# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Refusal, Step, get, post

ALL = {
    "src_num": ["101", "+79160000000"],
    "dst_num": "200",
    "caller_id_name": "Büro",
    "caller_id_number": "74950000101",
    "src_caller_id_name": "Callback",
    "src_caller_id_number": "100",
    "src_ani": "74950000101",
    "dst_ani": "74950000102",
    "dst_dtmf": "W1#",
    "transfer_after_src_hangup": "102",
    "transfer_after_dst_hangup": "103",
    "allow_public_transfer": False,
    "wait_for_pickup": 20,
    "call_duration": 600,
    "callback_rate_limit": 50,
}
SOUNDS = {"announce_sound": "Welcome", "dst_announce_sound": "Menu"}
IDS = {"announce_sound_id": 3001, "dst_announce_sound_id": 3002}

CASE = Case(
    module="pbx_callback",
    extension=PHONE,
    steps=(
        Step(
            "start",
            {"src_num": ["101"], "dst_num": "74950000999"},
            (post("/extension/5001/callback/", src_num=["101"], dst_num="74950000999"),),
            settles=False,
            once=True,
        ),
        Step(
            "start with everything",
            {**ALL, **SOUNDS},
            (get("/extension/5001/sound/"), post("/extension/5001/callback/", **ALL, **IDS)),
            settles=False,
            once=True,
        ),
    ),
    refusals=(
        Refusal({}, "missing required arguments: dst_num, src_num"),
        Refusal({"dst_num": "200"}, "missing required arguments: src_num"),
        Refusal(
            {"src_num": ["101"], "dst_num": "200", "announce_sound": "Welcom"},
            'extension "5001" > callback "200": announce_sound: there is no sound "Welcom"; did you mean "Welcome"?',
        ),
        Refusal(
            {"src_num": ["101"], "dst_num": "200", "extension": "20"},
            'there is no extension "20"; did you mean "201"?',
        ),
    ),
)
