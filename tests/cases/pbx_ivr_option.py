# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import IVR, MENUS, Case, Refusal, Step, delete, get, post, put

OPTION = {"ivr_context": "main", "digits": "*#1"}
TALK = {"action": "play_sound", "sound": "Welcome", "sound_type": "background"}
PASS_ON = {"name": "в очередь", "action": "transfer", "transfer_dst": "200", "transfer_timeout": 30}
BACK = {"action": "jump_to_context", "context": "main", "context_option": "start"}
BYE = {"action": "hangup", "hangup_cause": "busy"}

CASE = Case(
    module="pbx_ivr_option",
    extension=IVR,
    setup=(("pbx_ivr_context", {"extension": "300", "name": "main"}),),
    steps=(
        Step(
            "create",
            {**OPTION, "rules": [TALK, BACK]},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/sound/"),
                post("/extension/5015/ivr/context/1/options/", digits="*#1"),
                get("/extension/5015/ivr/context/1/options/*%231/rules/"),
                post(
                    "/extension/5015/ivr/context/1/options/*%231/rules/",
                    action="play_sound",
                    sound=3001,
                    sound_type="background",
                ),
                post(
                    "/extension/5015/ivr/context/1/options/*%231/rules/",
                    action="jump_to_context",
                    context=1,
                    context_option="start",
                ),
                put("/extension/5015/ivr/context/1/options/*%231/rules/order/", rules_ids=[1, 2]),
            ),
            repeated=(
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/sound/"),
                get("/extension/5015/ivr/context/1/options/*%231/rules/"),
                get("/extension/5015/ivr/context/1/options/*%231/rules/order/"),
            ),
        ),
        Step(
            "update",
            {**OPTION, "rules": [{**TALK, "sound": "Menu"}, PASS_ON, BACK]},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/sound/"),
                get("/extension/5015/ivr/context/1/options/*%231/rules/"),
                get("/extension/5015/ivr/context/1/options/*%231/rules/order/"),
                put("/extension/5015/ivr/context/1/options/*%231/rules/1", sound=3002),
                post(
                    "/extension/5015/ivr/context/1/options/*%231/rules/",
                    name="в очередь",
                    action="transfer",
                    transfer_dst="200",
                    transfer_timeout=30,
                ),
                put("/extension/5015/ivr/context/1/options/*%231/rules/order/", rules_ids=[1, 3, 2]),
            ),
        ),
        Step(
            "turn round",
            {**OPTION, "rules": [PASS_ON, {**TALK, "sound": "Menu"}]},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/sound/"),
                get("/extension/5015/ivr/context/1/options/*%231/rules/"),
                get("/extension/5015/ivr/context/1/options/*%231/rules/order/"),
                put("/extension/5015/ivr/context/1/options/*%231/rules/order/", rules_ids=[3, 1, 2]),
                delete("/extension/5015/ivr/context/1/options/*%231/rules/2"),
            ),
        ),
        Step(
            "replace",
            {**OPTION, "rules": [BYE]},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/ivr/context/1/options/*%231/rules/"),
                get("/extension/5015/ivr/context/1/options/*%231/rules/order/"),
                post("/extension/5015/ivr/context/1/options/*%231/rules/", action="hangup", hangup_cause="busy"),
                put("/extension/5015/ivr/context/1/options/*%231/rules/order/", rules_ids=[4, 3, 1]),
                delete("/extension/5015/ivr/context/1/options/*%231/rules/3"),
                delete("/extension/5015/ivr/context/1/options/*%231/rules/1"),
            ),
            repeated=(
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/ivr/context/1/options/*%231/rules/"),
            ),
        ),
        Step(
            "empty",
            {**OPTION, "rules": []},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/ivr/context/1/options/*%231/rules/"),
                delete("/extension/5015/ivr/context/1/options/*%231/rules/4"),
            ),
        ),
        Step(
            "delete",
            {**OPTION, "state": "absent"},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                *MENUS,
                delete("/extension/5015/ivr/context/1/options/*%231"),
            ),
            guards=MENUS,
        ),
    ),
    refusals=(
        Refusal({}, "missing required arguments: digits, ivr_context"),
        Refusal({"digits": "1"}, "missing required arguments: ivr_context"),
        Refusal(
            {"ivr_context": "main", "digits": "1a"},
            'extension "5015" > IVR context "main" > IVR option "1a": digits "1a" is neither a key of '
            "a phone (0-9, *, #) nor start, timeout, invalid",
        ),
        Refusal(
            {"ivr_context": "main", "digits": "start", "state": "absent"},
            'extension "5015" > IVR context "main" > IVR option "start": every IVR context has a '
            "start option, it cannot be removed; declare an empty list of rules to empty it",
        ),
        Refusal(
            {"ivr_context": "mein", "digits": "1"},
            'extension "5015": there is no IVR context "mein"; did you mean "main"?',
        ),
        Refusal({**OPTION, "rules": [{"name": "x"}]}, "missing required arguments: action found in rules"),
        Refusal(
            {**OPTION, "rules": [TALK, {"action": "transfer"}, {"action": "play_sound"}]},
            'extension "5015" > IVR context "main" > IVR option "*#1" > rules[1]: action transfer '
            "needs transfer_dst\n"
            'extension "5015" > IVR context "main" > IVR option "*#1" > rules[2]: action play_sound '
            "needs sound, or play_sound_from_variable",
        ),
        Refusal(
            {**OPTION, "rules": [{**BYE, "transfer_dst": "200"}]},
            'extension "5015" > IVR context "main" > IVR option "*#1" > rules[0]: transfer_dst means '
            "nothing to action hangup, which takes hangup_cause; leave it out",
        ),
        Refusal(
            {**OPTION, "rules": [{**BACK, "context": "maine"}]},
            'extension "5015" > IVR context "main" > IVR option "*#1" > rules[0]: context: there is '
            'no IVR context "maine"; did you mean "main"?',
        ),
        Refusal(
            {**OPTION, "rules": [{**TALK, "sound": "Bye"}]},
            'extension "5015" > IVR context "main" > IVR option "*#1" > rules[0]: sound: there is no '
            'sound "Bye"; there are: Welcome (id 3001), Menu (id 3002), Hold music (id 3003), Please '
            "wait (id 3004), Closed (id 3005), Holidays (id 3006), Emergency (id 3007), Voicemail "
            "greeting (id 3008)",
        ),
        Refusal(
            {**OPTION, "rules": [{**BYE, "match_variable_name": "x"}]},
            'extension "5015" > IVR context "main" > IVR option "*#1" > rules[0]: match_variable_name '
            "needs match_variable_value; give both",
        ),
        Refusal(
            {**OPTION, "rules": [{**BYE, "unset": ["hangup_cause"]}]},
            'extension "5015" > IVR context "main" > IVR option "*#1" > rules[0]: hangup_cause has a '
            "value and stands in unset; remove the one or the other",
        ),
    ),
)
