# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import ODD, Case, Refusal, Step, post

ALL = "/client/@me/variables/"
SEASON = {"var": "SEASON", "value": "summer"}
DESK = {"var": "DESK", "value": "200"}

CASE = Case(
    module="pbx_variable",
    extension=None,
    steps=(
        Step("set a variable", {"variables": [SEASON]}, (post(ALL, variables=[SEASON]),), settles=False, once=True),
        Step(
            "set two, and empty one",
            {"variables": [DESK, {"var": "SEASON", "value": ""}]},
            (post(ALL, variables=[DESK, {"var": "SEASON", "value": ""}]),),
            settles=False,
            once=True,
        ),
        Step(
            "set one to any text",
            {"variables": [{"var": "DESK", "value": ODD}]},
            (post(ALL, variables=[{"var": "DESK", "value": ODD}]),),
            settles=False,
            once=True,
        ),
    ),
    refusals=(
        Refusal({}, "missing required arguments: variables"),
        Refusal({"variables": []}, "variables: variables is empty; list at least one variable"),
        Refusal({"variables": [{"var": "DESK"}]}, "missing required arguments: value found in variables"),
        Refusal(
            {"variables": [{"var": " ", "value": "200"}]},
            "variables: variables[0].var is empty; give the variable a name",
        ),
        Refusal(
            {"variables": [DESK, SEASON, DESK]},
            'variables: variables[2].var "DESK" is set in variables[0] already; remove one of them',
        ),
    ),
)
