# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import ODD, PHONE, Case, Refusal, Step, get
from tests.cases.files import FETCHED, GOODBYE

SOUNDS = get("/extension/5001/sound/")
FILE = str(FETCHED / "Büro 1.wav")


CASE = Case(
    module="pbx_media",
    extension=PHONE,
    setup=(("pbx_sound", {"title": ODD, "file": GOODBYE}),),
    steps=(
        Step(
            "fetch",
            {"sound": "Welcome", "dest": FILE},
            (SOUNDS, get("/extension/5001/sound/3001/download/")),
            repeated=(),
            fetches=True,
        ),
        Step(
            "compare",
            {"sound": "Welcome", "dest": FILE, "force": True},
            (SOUNDS, get("/extension/5001/sound/3001/download/")),
        ),
        Step(
            "replace",
            {"sound": ODD, "dest": FILE, "force": True},
            (SOUNDS, get("/extension/5001/sound/3009/download/")),
            fetches=True,
        ),
        Step("keep", {"sound": "Welcome", "dest": FILE}, ()),
        Step(
            "fetch into a folder",
            {"sound": ODD, "dest": str(FETCHED)},
            (SOUNDS, get("/extension/5001/sound/3009/download/")),
            fetches=True,
        ),
    ),
    refusals=(
        Refusal({"dest": FILE}, "one of the following is required: record, voicemail, fax, sound"),
        Refusal({"sound": "Welcome"}, "dest is missing; it is the file or the folder that the file goes to"),
        Refusal(
            {"sound": "Welcome", "fax": "1", "dest": FILE},
            "parameters are mutually exclusive: record|voicemail|fax|sound",
        ),
        Refusal(
            {"sound": "Welcome", "storage_url": True},
            "storage_url: the API does not tell where a sound is stored; give dest to fetch it",
        ),
        Refusal(
            {"record": "1", "storage_url": True, "dest": FILE},
            "storage_url only tells the address; leave out dest, or storage_url to fetch the file",
        ),
        Refusal(
            {"voicemail": "1", "basic_auth": True, "dest": FILE},
            "basic_auth is for recordings only; a voicemail message is fetched with the token",
        ),
        Refusal(
            {"record": "1", "basic_auth": True, "dest": FILE},
            "HTTP Basic authentication needs api_username and api_password (PBX_USERNAME, PBX_PASSWORD)",
        ),
        Refusal({"record": "..", "dest": FILE}, 'extension "5001": record ".." is not the id of any recording'),
        Refusal(
            {"record": "5001-1", "dest": FILE},
            "GET /extension/5001/record/5001-1 found nothing, the server says: Record not found",
        ),
        Refusal(
            {"sound": "Welcom", "dest": FILE},
            'extension "5001": there is no sound "Welcom"; did you mean "Welcome"?',
        ),
    ),
)
