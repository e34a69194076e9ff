# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import IVR, Case, Refusal, Step, get

MENU = {"ivr_context": "main", "option_digits": "*#1"}
OPTION = "/extension/5015/ivr/context/1/options/"
RULES = f"{OPTION}*%231/rules/"
FOUND = (get("/extension/5015/ivr/context/"), get(OPTION))
# The titles of the sounds that the rules play.
SOUNDS = get("/extension/5015/sound/")
READ = (*FOUND, get(RULES), get(f"{RULES}order/"), SOUNDS)

CASE = Case(
    module="pbx_ivr_rule_info",
    extension=IVR,
    setup=(
        ("pbx_ivr_context", {"extension": "300", "name": "main"}),
        (
            "pbx_ivr_option",
            {
                "extension": "300",
                "ivr_context": "main",
                "digits": "*#1",
                "rules": [{"name": "b", "action": "play_sound", "sound": "Menu"}, {"name": "a", "action": "voicemail"}],
            },
        ),
        ("pbx_ivr_rule_order", {"extension": "300", **MENU, "rules": ["a", "b"]}),
    ),
    steps=(
        Step("read all in their order", MENU, READ, finds=("name", "a", "b")),
        Step("read one by its name", {**MENU, "name": ["b"]}, READ, finds=("sound_name", "Menu")),
        Step("read one", {**MENU, "id": "2"}, (*FOUND, get(f"{RULES}2")), by_id=True),
        Step("read none", {**MENU, "option_digits": "start"}, (*FOUND, get(f"{OPTION}start/rules/"))),
    ),
    refusals=(
        Refusal({}, "missing required arguments: ivr_context, option_digits"),
        Refusal(
            {"ivr_context": "main", "option_digits": "7"},
            'extension "5015" > IVR context "main": there is no IVR option "7"; there are: '
            "start, timeout, invalid, *#1",
        ),
    ),
)
