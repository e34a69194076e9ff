# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Refusal, Step, put
from tests.cases.pbx_call import CALLS, ongoing

SPEECH = "/extension/5001/speech_to_text/c1"
URL = "https://crm.invalid/speech?büro=1"

CASE = Case(
    module="pbx_speech_to_text",
    extension=PHONE,
    live=(ongoing("c1"),),
    steps=(
        Step(
            "start",
            {"call_api_id": "c1", "action": "start", "direction": "in", "url": URL},
            (CALLS, put(SPEECH, action="start", direction="in", url=URL)),
            settles=False,
            once=True,
        ),
        Step(
            "stop",
            {"call_api_id": "c1", "action": "stop", "direction": "in"},
            (CALLS, put(SPEECH, action="stop", direction="in")),
            settles=False,
        ),
        Step("listen to what is gone", {"call_api_id": "c9", "action": "stop", "direction": "out"}, (CALLS,)),
    ),
    refusals=(
        Refusal({}, "missing required arguments: action, call_api_id, direction"),
        Refusal(
            {"call_api_id": "c1", "action": "start", "direction": "in"},
            'extension "5001" > call "c1": action start needs url',
        ),
        Refusal(
            {"call_api_id": "c1", "action": "stop", "direction": "in", "url": URL},
            'extension "5001" > call "c1": url means nothing to action stop, which takes direction; leave it out',
        ),
        Refusal(
            {"call_api_id": "c1", "action": "stop", "direction": "both"},
            'extension "5001": direction "both" is none of in, out',
        ),
    ),
)
