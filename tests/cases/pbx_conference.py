# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.bodies import NEW_CONFERENCE, whole
from tests.cases.case import CONFERENCE, Case, Refusal, Step, get, put

ROOM, SOUND = "/extension/5017/conference/", "/extension/5017/sound/"
# The room as the first step leaves it.
CONFIGURED = {
    "pin": "***",
    "moderator_pin": "***",
    "max_members": 100,
    "enter_sound": 3001,
    "music_on_hold_sound": 3003,
    "announce_caller_name": True,
}

CASE = Case(
    module="pbx_conference",
    extension=CONFERENCE,
    steps=(
        Step(
            "configure",
            {
                "pin": "100",
                "moderator_pin": "0500",
                "max_members": 100,
                "enter_sound": "Welcome",
                "music_on_hold_sound": "Hold music",
                "announce_caller_name": True,
            },
            (
                get(SOUND),
                get(ROOM),
                put(ROOM, **whole(NEW_CONFERENCE, **CONFIGURED)),
            ),
        ),
        Step("say the same", {"pin": "100", "moderator_pin": "0500"}, (get(ROOM),)),
        Step(
            "change a code",
            {"pin": "200"},
            (
                get(ROOM),
                put(ROOM, **whole(NEW_CONFERENCE, **CONFIGURED)),
            ),
        ),
        Step(
            "clear",
            {"unset": ["pin", "max_members", "enter_sound"], "mute_non_moderator": True},
            (
                get(ROOM),
                put(
                    ROOM,
                    **whole(
                        {**NEW_CONFERENCE, **CONFIGURED},
                        pin=None,
                        max_members=None,
                        enter_sound=None,
                        mute_non_moderator=True,
                    ),
                ),
            ),
        ),
    ),
    refusals=(
        Refusal({"extension": "101"}, 'extension "101" is of type phone; this needs an extension of type conference'),
        Refusal({"pin": ""}, 'extension "5017": pin is empty; give one, or clear it with unset (null in a document)'),
        Refusal(
            {"pin": "1234", "enter_sound": "Welcom"},
            'extension "5017": enter_sound: there is no sound "Welcom"; did you mean "Welcome"?',
        ),
        Refusal(
            {"pin": "1234", "unset": ["pin"]},
            'extension "5017": pin has a value and stands in unset; remove the one or the other',
        ),
    ),
)
