# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import ODD, PHONE, Case, Refusal, Step, delete, get, post, put

EVENING = {"start_time": "18:00", "end_time": "23:59"}

CASE = Case(
    module="pbx_incom_rule",
    extension=PHONE,
    setup=(
        (
            "pbx_interval",
            {"extension": "101", "name": "Evening", "timezone": "Europe/Berlin", "conditions": [EVENING]},
        ),
    ),
    steps=(
        Step(
            "create",
            {
                "name": ODD,
                "type": "transfer",
                "transfer_dst": "102 103",
                "interval": "Evening",
                "call_status": "busy",
                "caller_id_action": "matches",
                "caller_id": r"^(\+|)7812",
            },
            (
                get("/extension/5001/interval/"),
                get("/extension/5001/incom_rule/"),
                post(
                    "/extension/5001/incom_rule/",
                    name=ODD,
                    type="transfer",
                    interval=1,
                    call_status="busy",
                    caller_id_action="matches",
                    caller_id="^(\\+|)7812",
                    transfer_dst="102 103",
                ),
            ),
        ),
        Step(
            "update",
            {"name": ODD, "type": "playfile", "playfile_sound": "Closed", "final": False},
            (
                get("/extension/5001/sound/"),
                get("/extension/5001/incom_rule/"),
                put(
                    "/extension/5001/incom_rule/1", type="playfile", final=False, transfer_dst=None, playfile_sound=3005
                ),
            ),
        ),
        Step(
            "clear",
            {"name": ODD, "unset": ["interval", "call_status"]},
            (
                get("/extension/5001/incom_rule/"),
                put("/extension/5001/incom_rule/1", interval=None, call_status=None),
            ),
        ),
        Step(
            "cascade",
            {
                "name": ODD,
                "type": "cascade",
                "cascade_numbers": [{"delay": 0, "number": "102"}, {"delay": 5, "number": "103"}],
            },
            (
                get("/extension/5001/incom_rule/"),
                put(
                    "/extension/5001/incom_rule/1",
                    type="cascade",
                    playfile_sound=None,
                    cascade_numbers=[{"delay": 0, "number": "102"}, {"delay": 5, "number": "103"}],
                ),
            ),
        ),
        Step(
            "delete",
            {"name": ODD, "state": "absent"},
            (
                get("/extension/5001/incom_rule/"),
                delete("/extension/5001/incom_rule/1"),
            ),
        ),
    ),
    refusals=(
        Refusal({}, "one of the following is required: name, id"),
        Refusal(
            {"name": "Night"}, 'extension "5001" > incoming rule "Night": type is missing; a new incoming rule needs it'
        ),
        Refusal(
            {"name": "Night", "type": "transfer"},
            'extension "5001" > incoming rule "Night": type transfer needs transfer_dst',
        ),
        Refusal(
            {"name": "Night", "type": "transfer", "transfer_dst": "1 2 3 4 5 6 7 8 9 10 11"},
            'extension "5001" > incoming rule "Night": transfer_dst has 11 numbers; transfer takes 10 '
            "at the most, simple_transfer takes more",
        ),
        Refusal(
            {"name": "Night", "type": "voicemail", "transfer_dst": "102"},
            'extension "5001" > incoming rule "Night": transfer_dst means nothing to type voicemail, '
            "which takes no parameter; leave it out",
        ),
        Refusal(
            {"name": "Night", "type": "busy", "caller_id": "^7"},
            'extension "5001" > incoming rule "Night": caller_id is looked at only with '
            "caller_id_action matches or not_matches; set one of them",
        ),
        Refusal(
            {"name": "Night", "type": "busy", "caller_id_action": "matches"},
            'extension "5001" > incoming rule "Night": caller_id_action matches needs a caller_id',
        ),
        Refusal(
            {"name": "Night", "type": "busy", "interval": "Evenings"},
            'extension "5001" > incoming rule "Night": interval: there is no interval "Evenings"; did '
            'you mean "Evening"?',
        ),
        Refusal(
            {"name": "Night", "type": "cascade", "cascade_numbers": []},
            'extension "5001" > incoming rule "Night": type cascade needs cascade_numbers',
        ),
        Refusal(
            {"name": "Night", "type": "cascade", "cascade_numbers": [{"delay": 1}]},
            "missing required arguments: number found in cascade_numbers",
        ),
        Refusal(
            {"name": "Night", "type": "cascade", "cascade_numbers": [{"delay": 1, "number": "1", "dela": 2}]},
            ('extension "5001" > incoming rule "Night": cascade_numbers[0] has no field dela; did you mean delay?'),
        ),
    ),
)
