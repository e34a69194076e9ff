# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import CONFERENCE, Case, Live, Refusal, Step, get, put

STATUS = "/extension/5017/conference/status/"
MEMBERS = [{"member_id": 3, "mute": False, "deaf": False}, {"member_id": 4, "mute": True, "deaf": False}]

CASE = Case(
    module="pbx_conference_control",
    extension=CONFERENCE,
    live=(Live("room", {"locked": False, "members": MEMBERS, "started": None}, number=0),),
    steps=(
        Step("lock", {"lock": True}, (get(STATUS), put(STATUS, lock=True)), once=True),
        Step("mute one", {"member_id": 3, "mute": True}, (get(STATUS), put(STATUS, member_id=3, mute=True)), once=True),
        Step("mute all, who are", {"mute": True}, (get(STATUS),)),
        Step(
            "only what differs",
            {"member_id": 4, "mute": True, "deaf": True},
            (get(STATUS), put(STATUS, member_id=4, deaf=True)),
            once=True,
        ),
        Step("deafen some", {"deaf": True}, (get(STATUS), put(STATUS, deaf=True)), once=True),
        Step("mute who has left", {"member_id": 9, "mute": False}, (get(STATUS),)),
        Step("ask", {"show": ["count"]}, (get(STATUS),)),
        Step("unlock", {"lock": False}, (get(STATUS), put(STATUS, lock=False)), once=True),
        Step(
            "play",
            {"play_file": "Welcome", "enter_sound": True},
            (get("/extension/5017/sound/"), put(STATUS, enter_sound=True, play_file=3001)),
            settles=False,
            once=True,
        ),
        Step("stop", {"stop_play": True}, (put(STATUS, stop_play=True),), settles=False, once=True),
    ),
    refusals=(
        Refusal(
            {},
            "one of the following is required: mute, deaf, lock, enter_sound, play_file, stop_play, show",
        ),
        Refusal(
            {"member_id": 3},
            "one of the following is required: mute, deaf, lock, enter_sound, play_file, stop_play, show",
        ),
        Refusal(
            {"show": ["members"]},
            "value of show must be one or more of: show_members, is_locked, max_members, count, run_time. "
            "Got no match for: members",
        ),
        Refusal(
            {"play_file": "Welcom"},
            'extension "5017" > conference: play_file: there is no sound "Welcom"; did you mean "Welcome"?',
        ),
    ),
)
