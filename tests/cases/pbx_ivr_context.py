# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import IVR, MENUS, ODD, Case, Refusal, Step, delete, get, post, put

CASE = Case(
    module="pbx_ivr_context",
    extension=IVR,
    steps=(
        Step(
            "create",
            {"name": ODD, "description": "День", "timeout": 4000},
            (
                get("/extension/5015/ivr/context/"),
                post("/extension/5015/ivr/context/", name=ODD, description="День", timeout=4000),
            ),
        ),
        Step(
            "update",
            {"name": ODD, "inter_digit_timeout": 1500, "digit_len": 3, "allow_any_dial": True},
            (
                get("/extension/5015/ivr/context/"),
                put("/extension/5015/ivr/context/1", inter_digit_timeout=1500, digit_len=3, allow_any_dial=True),
            ),
        ),
        Step(
            "clear",
            {"name": ODD, "unset": ["description", "digit_len"]},
            (
                get("/extension/5015/ivr/context/"),
                put("/extension/5015/ivr/context/1", description=None, digit_len=None),
            ),
        ),
        Step(
            "delete",
            {"name": ODD, "state": "absent"},
            (
                get("/extension/5015/ivr/context/"),
                *MENUS,
                delete("/extension/5015/ivr/context/1"),
            ),
            guards=MENUS,
        ),
    ),
    refusals=(
        Refusal({}, "one of the following is required: name, id"),
        Refusal(
            {"name": "main", "unset": ["name"]},
            'extension "5015" > IVR context "main": name cannot be cleared; give it a value',
        ),
        Refusal({"id": 77, "timeout": 3000}, 'extension "5015": there is no IVR context with id 77; there are: none'),
    ),
)
