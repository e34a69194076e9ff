# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.bodies import NEW_IVR, whole
from tests.cases.case import IVR, ODD, Case, Refusal, Step, get, put

CASE = Case(
    module="pbx_ivr",
    extension=IVR,
    setup=(
        ("pbx_ivr_context", {"extension": "300", "name": ODD}),
        ("pbx_ivr_context", {"extension": "300", "name": "night"}),
    ),
    steps=(
        Step(
            "configure",
            {
                "entry_context": ODD,
                "lifetime": 600,
                "lifetime_exp_action": "transfer",
                "lifetime_exp_transfer_dst": "101",
                "vm_enabled": True,
                "vm_greeting": "Voicemail greeting",
            },
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/sound/"),
                get("/extension/5015/ivr/"),
                put(
                    "/extension/5015/ivr/",
                    **whole(
                        NEW_IVR,
                        entry_context=1,
                        lifetime=600,
                        lifetime_exp_action="transfer",
                        lifetime_exp_transfer_dst="101",
                        vm_enabled=True,
                        vm_greeting=3008,
                    ),
                ),
            ),
        ),
        Step(
            "update",
            {"entry_context": "night", "vm_mailto": "büro@example.com", "sleep_time": 500},
            (
                get("/extension/5015/ivr/context/"),
                get("/extension/5015/ivr/"),
                put(
                    "/extension/5015/ivr/",
                    **whole(
                        NEW_IVR,
                        entry_context=2,
                        sleep_time=500,
                        lifetime=600,
                        lifetime_exp_action="transfer",
                        lifetime_exp_transfer_dst="101",
                        vm_enabled=True,
                        vm_greeting=3008,
                        vm_mailto="büro@example.com",
                    ),
                ),
            ),
        ),
        Step(
            "clear",
            {"unset": ["vm_greeting", "lifetime", "vm_mailto"]},
            (
                get("/extension/5015/ivr/"),
                put(
                    "/extension/5015/ivr/",
                    **whole(
                        NEW_IVR,
                        entry_context=2,
                        sleep_time=500,
                        lifetime=None,
                        lifetime_exp_action="transfer",
                        lifetime_exp_transfer_dst="101",
                        vm_enabled=True,
                        vm_greeting=None,
                        vm_mailto=None,
                    ),
                ),
            ),
        ),
    ),
    refusals=(
        Refusal(
            {"entry_context": "day"},
            'extension "5015": entry_context: there is no IVR context "day"; there are: Büro 1/2 '
            '"Mitte" O\'Brien, שלום #*100% (id 1), night (id 2)',
        ),
        Refusal(
            {"lifetime_exp_transfer_dst": "101"},
            'extension "5015": lifetime_exp_transfer_dst means something only while '
            "lifetime_exp_action is transfer, and it is not set; declare lifetime_exp_action too, or "
            "leave lifetime_exp_transfer_dst out",
        ),
        Refusal(
            {"lifetime_exp_action": "voicemail"},
            'extension "5015": lifetime_exp_action "voicemail" is none of hangup, transfer',
        ),
        Refusal(
            {"vm_greeting": "Welcome!"},
            'extension "5015": vm_greeting: there is no sound "Welcome!"; did you mean "Welcome"?',
        ),
        Refusal(
            {"extension": "200", "vm_enabled": True},
            'extension "200" is of type queue; this needs an extension of type ivr',
        ),
        Refusal({"extension": "310", "vm_enabled": True}, 'there is no extension "310"; did you mean "300"?'),
    ),
)
