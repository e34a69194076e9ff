# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Refusal, Step, get

RECORD = "/extension/5001/record/5001-1"
ONE = {"record": "5001-1"}

CASE = Case(
    module="pbx_media_info",
    extension=PHONE,
    steps=(
        Step("look for a recording", {**ONE, "storage_url": True}, (get(RECORD),)),
        Step(
            "look at a sound",
            {"sound": "Menu"},
            (get("/extension/5001/sound/"), get("/extension/5001/sound/3002/download/")),
        ),
        Step("look for a fax", {"fax": "e 1/#"}, (get("/extension/5001/fax/in/e%201%2F%23"),)),
    ),
    refusals=(
        Refusal({}, "one of the following is required: record, voicemail, fax, sound"),
        Refusal({**ONE, "fax": "1"}, "parameters are mutually exclusive: record|voicemail|fax|sound"),
        Refusal(
            {"fax": "1", "storage_url": True},
            "storage_url: the API does not tell where a received fax is stored; leave it out",
        ),
        Refusal({"voicemail": ".."}, 'extension "5001": voicemail ".." is not the id of any voicemail message'),
        Refusal({"sound": "Men"}, 'extension "5001": there is no sound "Men"; did you mean "Menu"?'),
    ),
)
