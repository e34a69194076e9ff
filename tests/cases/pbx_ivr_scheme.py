# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.bodies import NEW_IVR, whole
from tests.cases.case import IVR, ODD, Case, Refusal, Step, delete, get, post, put

BACK = {"action": "jump_to_context", "context": "main", "context_option": "start"}
HANGUP = {"action": "hangup", "call_status": "busy"}

SCHEME = "/extension/5015/ivr/scheme/"
CONTEXTS = "/extension/5015/ivr/context/"
TIMEOUT = f"{CONTEXTS}2/options/timeout/rules/"

CASE = Case(
    module="pbx_ivr_scheme",
    extension=IVR,
    together=True,
    steps=(
        Step(
            "create",
            {
                "ivr": {
                    "entry_context": "main",
                    "contexts": [
                        {
                            "name": "main",
                            "timeout": 4000,
                            "options": [
                                {"digits": "*#1", "rules": [{"action": "jump_to_context", "context": ODD}]},
                                {"digits": "start", "rules": [{"action": "play_sound", "sound": "Welcome"}]},
                            ],
                        },
                        {
                            "name": ODD,
                            "options": [{"digits": "timeout", "rules": [{**BACK, "interval": "Day"}, HANGUP]}],
                        },
                    ],
                },
                "intervals": [{"name": "Day", "timezone": "UTC", "conditions": [{"start_dow": 2, "end_dow": 6}]}],
            },
            (
                get("/client/@me/sound/"),
                get("/extension/5015/interval/"),
                get(SCHEME),
                post(
                    "/extension/5015/interval/",
                    name="Day",
                    timezone="UTC",
                    conditions=[{"start_dow": 2, "end_dow": 6}],
                ),
                post(CONTEXTS, name="main", timeout=4000),
                get(f"{CONTEXTS}1/options/start/rules/"),
                post(CONTEXTS, name=ODD),
                post(f"{CONTEXTS}1/options/", digits="*#1"),
                post(f"{CONTEXTS}1/options/*%231/rules/", action="jump_to_context", context=2),
                post(f"{CONTEXTS}1/options/start/rules/", action="play_sound", sound=3001),
                post(TIMEOUT, action="jump_to_context", interval=1, context=1, context_option="start"),
                post(TIMEOUT, action="hangup", call_status="busy"),
                put(f"{TIMEOUT}order/", rules_ids=[3, 4]),
                put("/extension/5015/ivr/", **whole(NEW_IVR, entry_context=1)),
            ),
            (get("/client/@me/sound/"), get("/extension/5015/interval/"), get(SCHEME), get(f"{TIMEOUT}order/")),
        ),
        Step(
            "change",
            {
                "ivr": {
                    "contexts": [
                        {"name": "main", "timeout": None, "options": [{"digits": "start", "rules": []}]},
                        {"name": ODD, "options": [{"digits": "timeout", "rules": [HANGUP, BACK]}]},
                    ]
                }
            },
            (
                get(SCHEME),
                get(f"{TIMEOUT}order/"),
                put(f"{CONTEXTS}1", timeout=None),
                put(f"{TIMEOUT}order/", rules_ids=[4, 3]),
                delete(f"{CONTEXTS}1/options/start/rules/2"),
            ),
        ),
        Step(
            "purge",
            {
                "ivr": {
                    "entry_context": ODD,
                    "contexts": [{"name": ODD, "options": [{"digits": "timeout", "rules": [HANGUP]}]}],
                },
                "intervals": [],
                "purge": ["contexts"],
            },
            (
                get(SCHEME),
                get("/extension/5015/interval/"),
                get(f"{TIMEOUT}order/"),
                # Its rules may refer to the interval that goes.
                get("/extension/5015/incom_rule/"),
                put("/extension/5015/ivr/", **whole(NEW_IVR, entry_context=2)),
                delete(f"{TIMEOUT}3"),
                delete(f"{CONTEXTS}1"),
                delete("/extension/5015/interval/1"),
            ),
            (get(SCHEME), get("/extension/5015/interval/")),
        ),
    ),
    refusals=(
        Refusal(
            {
                "ivr": {
                    "contexts": [
                        {
                            "name": "main",
                            "options": [
                                {"digits": "1", "rules": [BACK, {"action": "jump_to_context", "context": "lobby"}]},
                                {"digits": "2", "rules": [{**BACK, "interval": "Day"}]},
                            ],
                        }
                    ]
                }
            },
            'ivr > contexts[0] "main" > options[0] "1" > rules[1]: context: there is no IVR context "lobby" in '
            'extension "5015"; there are: main\n'
            'ivr > contexts[0] "main" > options[1] "2" > rules[0]: interval: there is no interval "Day" in extension '
            '"5015"; there is no interval at all',
        ),
        Refusal(
            {"ivr": {"contexts": [{"name": ODD, "options": [{"digits": "1x"}]}, {"name": ODD}]}},
            f'ivr > contexts[0] "{ODD}" > options[0] "1x": digits "1x" is neither a key of a phone (0-9, *, #) nor '
            "start, timeout, invalid\n"
            f'ivr > contexts[1] "{ODD}": the same IVR context stands at contexts[0] "{ODD}" already',
        ),
        Refusal({"ivr": "main"}, "ivr is text, where a dictionary of fields belongs"),
        Refusal(
            {"ivr": {"contexts": []}, "purge": ["rules"]},
            "value of purge must be one or more of: contexts, intervals, options. Got no match for: rules",
        ),
        Refusal(
            {"extension": "200", "ivr": {"entry_context": "main"}},
            'extension "200" is of type queue; this needs an extension of type ivr',
        ),
    ),
)
