# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.bodies import NEW_PHONE, whole
from tests.cases.case import PHONE, Case, Refusal, Step, get, put

CASE = Case(
    module="pbx_phone",
    extension=PHONE,
    steps=(
        Step(
            "configure",
            {
                "hangup_timeout": 30,
                "vm_enabled": True,
                "vm_greeting": "Voicemail greeting",
                "record_format": "wav",
                "conference_pin": "100",
                "geo_list": "DE RU",
            },
            (
                get("/extension/5001/sound/"),
                get("/extension/5001/phone/"),
                put(
                    "/extension/5001/phone/",
                    **whole(
                        NEW_PHONE,
                        geo_list="DE RU",
                        hangup_timeout=30,
                        record_format="wav",
                        conference_pin="***",
                        vm_enabled=True,
                        vm_greeting=3008,
                    ),
                ),
            ),
        ),
        Step(
            "update",
            {"hangup_timeout": 45, "hold_music": "Hold music", "call_screening_enabled": True},
            (
                get("/extension/5001/sound/"),
                get("/extension/5001/phone/"),
                put(
                    "/extension/5001/phone/",
                    **whole(
                        NEW_PHONE,
                        geo_list="DE RU",
                        hangup_timeout=45,
                        call_screening_enabled=True,
                        hold_music=3003,
                        record_format="wav",
                        conference_pin="***",
                        vm_enabled=True,
                        vm_greeting=3008,
                    ),
                ),
            ),
        ),
        Step(
            "clear",
            {"unset": ["hangup_timeout", "record_format", "vm_greeting", "conference_pin"]},
            (
                get("/extension/5001/phone/"),
                put(
                    "/extension/5001/phone/",
                    **whole(
                        NEW_PHONE,
                        geo_list="DE RU",
                        hangup_timeout=None,
                        call_screening_enabled=True,
                        hold_music=3003,
                        record_format=None,
                        conference_pin=None,
                        vm_enabled=True,
                        vm_greeting=None,
                    ),
                ),
            ),
        ),
        Step(
            "password",
            {"password": "correct-horse-battery"},
            (
                get("/extension/5001/phone/"),
                put(
                    "/extension/5001/phone/",
                    **whole(
                        NEW_PHONE,
                        password="***",
                        geo_list="DE RU",
                        call_screening_enabled=True,
                        hold_music=3003,
                        vm_enabled=True,
                    ),
                ),
            ),
            settles=False,
        ),
    ),
    refusals=(
        Refusal({"auth_type": "none"}, 'extension "5001": auth_type "none" is none of digest, network, both'),
        Refusal(
            {"hold_music": "Muzak"},
            'extension "5001": hold_music: there is no sound "Muzak"; there are: Welcome (id 3001), '
            "Menu (id 3002), Hold music (id 3003), Please wait (id 3004), Closed (id 3005), Holidays "
            "(id 3006), Emergency (id 3007), Voicemail greeting (id 3008)",
        ),
        Refusal(
            {"hangup_timeout": 10, "unset": ["hangup_timeout"]},
            'extension "5001": hangup_timeout has a value and stands in unset; remove the one or the other',
        ),
        Refusal({"record_stereo": "maybe"}, 'extension "5001": record_stereo "maybe" is none of yes, no'),
    ),
)
