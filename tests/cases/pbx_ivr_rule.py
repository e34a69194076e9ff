# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import IVR, ODD, Case, Refusal, Step, delete, get, post, put

RULE = {"ivr_context": "main", "option_digits": "#0", "name": ODD}
MAIN = ("pbx_ivr_context", {"extension": "300", "name": "main"})

CASE = Case(
    module="pbx_ivr_rule",
    extension=IVR,
    setup=(
        MAIN,
        ("pbx_ivr_option", {"extension": "300", "ivr_context": "main", "digits": "#0"}),
        ("pbx_ivr_option", {"extension": "300", "ivr_context": "main", "digits": "2"}),
    ),
    steps=(
        Step(
            "create",
            {
                **RULE,
                "action": "voice_helper",
                "sound": "Menu",
                "voice_helper_rules": [{"to_option": "2", "transcription": "счёт|billing"}],
                "voice_helper_digits_max": 1,
            },
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/sound/"),
                get("/extension/5015/ivr/context/1/options/%230/rules/"),
                post(
                    "/extension/5015/ivr/context/1/options/%230/rules/",
                    name=ODD,
                    action="voice_helper",
                    sound=3002,
                    voice_helper_rules=[{"to_option": 2, "transcription": "счёт|billing"}],
                    voice_helper_digits_max=1,
                ),
            ),
        ),
        Step(
            "update",
            {**RULE, "voice_helper_timeout": 9000, "voice_helper_classic_term": False},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/ivr/context/1/options/%230/rules/"),
                put(
                    "/extension/5015/ivr/context/1/options/%230/rules/1",
                    voice_helper_classic_term=False,
                    voice_helper_timeout=9000,
                ),
            ),
        ),
        Step(
            "change",
            {**RULE, "action": "play_digits", "digits": "100", "play_digits_method": "iterated"},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/ivr/context/1/options/%230/rules/"),
                put(
                    "/extension/5015/ivr/context/1/options/%230/rules/1",
                    action="play_digits",
                    sound=None,
                    digits="100",
                    play_digits_method="iterated",
                    voice_helper_rules=None,
                    voice_helper_digits_max=None,
                    voice_helper_timeout=None,
                ),
            ),
        ),
        Step(
            "clear",
            {**RULE, "unset": ["play_digits_method"]},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/ivr/context/1/options/%230/rules/"),
                put("/extension/5015/ivr/context/1/options/%230/rules/1", play_digits_method=None),
            ),
        ),
        Step(
            "jump",
            {**RULE, "action": "jump_to_context", "context": "main", "context_option": "2"},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/ivr/context/1/options/%230/rules/"),
                put(
                    "/extension/5015/ivr/context/1/options/%230/rules/1",
                    action="jump_to_context",
                    context=1,
                    context_option="2",
                    digits=None,
                ),
            ),
        ),
        Step(
            "delete",
            {**RULE, "state": "absent"},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/context/1/options/"),
                get("/extension/5015/ivr/context/1/options/%230/rules/"),
                delete("/extension/5015/ivr/context/1/options/%230/rules/1"),
            ),
        ),
    ),
    refusals=(
        Refusal({}, "missing required arguments: ivr_context, option_digits"),
        Refusal(
            {"ivr_context": "main", "option_digits": "3", "name": "x", "action": "hangup"},
            'extension "5015" > IVR context "main": there is no IVR option "3"; there are: start, '
            "timeout, invalid, #0, 2",
        ),
        Refusal({"ivr_context": "main", "option_digits": "2"}, "one of the following is required: name, id"),
        Refusal(
            {**RULE, "action": "play_silence"},
            'extension "5015" > IVR context "main" > IVR option "#0" > IVR rule "Büro 1/2 "Mitte" '
            "O'Brien, שלום #*100%\": action play_silence needs silence_time",
        ),
        Refusal(
            {**RULE, "action": "record_digits", "record_digits_variable": "PIN", "digits": "1"},
            'extension "5015" > IVR context "main" > IVR option "#0" > IVR rule "Büro 1/2 "Mitte" '
            "O'Brien, שלום #*100%\": digits means nothing to action record_digits, which takes "
            "record_digits_variable, record_digits_max, record_digits_sound, record_digits_timeout; "
            "leave it out",
        ),
        Refusal(
            {**RULE, "action": "dance"},
            (
                'extension "5015" > IVR context "main" > IVR option "#0" > IVR rule "Büro 1/2 "Mitte" '
                'O\'Brien, שלום #*100%": action "dance" is none of transfer, hangup, play_sound, '
                "play_silence, jump_to_context, play_digits, call_interactive, "
                "transfer_from_variable, set_variable, voicemail, simple_transfer, "
                "set_caller_id_name, set_caller_id_number, record_digits, play_digits_from_variable, "
                "quality_rate, voice_helper, start_record"
            ),
        ),
        Refusal(
            {**RULE, "action": "voice_helper", "voice_helper_rules": [{"to_option": "2"}]},
            "missing required arguments: transcription found in voice_helper_rules",
        ),
    ),
)
