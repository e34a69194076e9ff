# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import IVR, Case, Refusal, Step, get, put

OPTION = {"ivr_context": "main", "option_digits": "1"}
RULES = [
    {"name": "hello", "action": "play_sound", "sound": "Welcome"},
    {"name": "wait", "action": "play_silence", "silence_time": 300},
    {"name": "конец", "action": "hangup"},
]

CASE = Case(
    module="pbx_ivr_rule_order",
    extension=IVR,
    setup=(
        ("pbx_ivr_context", {"extension": "300", "name": "main"}),
        ("pbx_ivr_option", {"extension": "300", "ivr_context": "main", "digits": "1", "rules": RULES}),
    ),
    steps=(
        Step(
            "order",
            {**OPTION, "rules": ["wait", "hello", "конец"]},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/ivr/context/1/options/1/rules/"),
                get("/extension/5015/ivr/context/1/options/1/rules/order/"),
                put("/extension/5015/ivr/context/1/options/1/rules/order/", rules_ids=[2, 1, 3]),
            ),
        ),
        Step(
            "first",
            {**OPTION, "rules": ["конец"]},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/ivr/context/1/options/1/rules/"),
                get("/extension/5015/ivr/context/1/options/1/rules/order/"),
                put("/extension/5015/ivr/context/1/options/1/rules/order/", rules_ids=[3, 2, 1]),
            ),
        ),
    ),
    refusals=(
        Refusal({}, "missing required arguments: ivr_context, option_digits, rules"),
        Refusal(
            {**OPTION, "rules": ["hello", "weit"]},
            'extension "5015" > IVR context "main" > IVR option "1": there is no IVR rule "weit"; did you mean "wait"?',
        ),
        Refusal(
            {**OPTION, "rules": ["hello", "hello"]},
            'extension "5015" > IVR context "main" > IVR option "1": hello stands twice in the order; '
            "name each rule once",
        ),
    ),
)
