# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import QUEUE, Case, Refusal, Step, get

CASE = Case(
    module="pbx_queue_info",
    extension=QUEUE,
    setup=(("pbx_queue", {"extension": "200", "sound_type": "music", "sound": "Hold music"}),),
    steps=(
        Step(
            "read",
            {},
            (get("/extension/5013/queue/"), get("/extension/5013/sound/")),
            finds=("sound_name", "Hold music"),
        ),
    ),
    refusals=(
        Refusal({"extension": "101"}, 'extension "101" is of type phone; this needs an extension of type queue'),
        Refusal({"extension": "20"}, 'there is no extension "20"; did you mean "201"?'),
    ),
)
