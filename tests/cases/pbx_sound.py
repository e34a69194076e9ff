# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import (
    CONFERENCES,
    EXTENSIONS,
    FAXES,
    MENUS,
    ODD,
    PHONES,
    QUEUES,
    RULES,
    Case,
    Refusal,
    Step,
    delete,
    get,
    post,
    put,
)
from tests.cases.files import GOODBYE, HELLO, MUSIC, TAGGED, TEXT

SOUNDS = get("/client/@me/sound/")
# The content is read through the first extension.
CONTENT = (SOUNDS, get("/client/@me/extension/"), get("/extension/5001/sound/3009/download/"))

POINTING = (
    *EXTENSIONS,
    get("/client/@me/agent/local/"),
    *PHONES,
    *QUEUES,
    *FAXES,
    *CONFERENCES,
    *MENUS,
    *RULES,
)

CASE = Case(
    module="pbx_sound",
    extension=None,
    steps=(
        Step(
            "create",
            {"title": ODD, "file": HELLO},
            (SOUNDS, post("/client/@me/sound/", title=ODD, file="<file hello.wav>")),
            repeated=CONTENT,
        ),
        Step(
            "replace",
            {"title": ODD, "file": MUSIC},
            (*CONTENT, post("/client/@me/sound/3009", file="<file music.mp3>")),
        ),
        Step("replace by the same sound with a tag", {"title": ODD, "file": TAGGED}, CONTENT),
        Step("only on creation", {"title": ODD, "file": GOODBYE, "update_file": "on_create"}, (SOUNDS,)),
        Step(
            "always",
            {"title": ODD, "file": MUSIC, "update_file": "always"},
            (SOUNDS, post("/client/@me/sound/3009", file="<file music.mp3>")),
            repeated=(SOUNDS, post("/client/@me/sound/3009", file="<file music.mp3>")),
            settles=False,
        ),
        Step(
            "rename",
            {"id": "3009", "title": "Greeting"},
            (SOUNDS, put("/client/@me/sound/3009", title="Greeting")),
            by_id=True,
        ),
        Step(
            "rename and replace",
            {"id": "3009", "title": ODD, "file": GOODBYE},
            (
                *CONTENT,
                put("/client/@me/sound/3009", title=ODD),
                post("/client/@me/sound/3009", file="<file Auf Wiederhören.wav>"),
            ),
            by_id=True,
        ),
        Step(
            "delete",
            {"title": ODD, "state": "absent"},
            (SOUNDS, *POINTING, delete("/client/@me/sound/3009")),
            guards=POINTING,
        ),
    ),
    refusals=(
        Refusal({}, "one of the following is required: title, id"),
        Refusal({"title": "Greeting", "file": TEXT}, f'sound "Greeting": file "{TEXT}" is neither WAV nor MP3'),
        Refusal({"title": "Welcome", "file": "/none.wav"}, 'sound "Welcome": file "/none.wav" is not there'),
        Refusal({"title": "Greeting"}, 'sound "Greeting": file is missing; a new sound needs it'),
        Refusal(
            {"id": "1", "file": HELLO},
            "sound: there is no sound with id 1; there are: 3001 (Welcome), 3002 (Menu), 3003 (Hold music), "
            "3004 (Please wait), 3005 (Closed), 3006 (Holidays), 3007 (Emergency), 3008 (Voicemail greeting)",
        ),
        Refusal({"title": ""}, "sound: title must name the sound, or id must pick it"),
    ),
    together=True,
)
