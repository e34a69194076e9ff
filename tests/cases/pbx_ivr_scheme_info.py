# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import IVR, ODD, Case, Refusal, Step, get

CASE = Case(
    module="pbx_ivr_scheme_info",
    extension=IVR,
    setup=(
        ("pbx_ivr_context", {"extension": "300", "name": ODD}),
        (
            "pbx_ivr_option",
            {
                "extension": "300",
                "ivr_context": ODD,
                "digits": "1",
                "rules": [{"action": "play_sound", "sound": "Welcome"}, {"action": "hangup"}],
            },
        ),
    ),
    steps=(
        Step(
            "read",
            {},
            (
                get("/extension/5015/ivr/scheme/"),
                get("/extension/5015/ivr/context/1/options/1/rules/order/"),
                get("/extension/5015/sound/"),
            ),
        ),
    ),
    refusals=(Refusal({"extension": "101"}, 'extension "101" is of type phone; this needs an extension of type ivr'),)
    * 2,
)
