# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Refusal, Step, get

CASE = Case(
    module="pbx_phone_info",
    extension=PHONE,
    setup=(("pbx_phone", {"extension": "101", "conference_pin": "4711", "hold_music": "Hold music"}),),
    steps=(
        Step(
            "read",
            {},
            (get("/extension/5001/phone/"), get("/extension/5001/sound/")),
            finds=("hold_music_name", "Hold music"),
        ),
    ),
    refusals=(
        Refusal({"extension": "200"}, 'extension "200" is of type queue; this needs an extension of type phone'),
        Refusal({"extension_id": ""}, 'extension_id "" is not the id of any extension'),
    ),
)
