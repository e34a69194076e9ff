# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import EXTENSIONS, ODD, Case, Refusal, Step, delete, get, post, put

ALL = "/client/@me/dial_rule/"
LOCAL = {"match_exp": "^([0-9]{7})$", "repl_exp": r"8812\1"}
CUT = {"match_exp": r'^9\D"' + ODD, "repl_exp": ""}

CASE = Case(
    module="pbx_dial_rule",
    extension=None,
    steps=(
        Step("create", {"dial_rules": [LOCAL, CUT]}, (get(ALL), post(ALL, dial_rules=[LOCAL, CUT]))),
        Step(
            "create another of the same in another order",
            {"dial_rules": [CUT, LOCAL]},
            (get(ALL), post(ALL, dial_rules=[CUT, LOCAL])),
        ),
        Step(
            "change", {"id": "801", "dial_rules": [LOCAL]}, (get(ALL), put(f"{ALL}801", dial_rules=[LOCAL])), by_id=True
        ),
        Step("empty", {"id": "801", "dial_rules": []}, (get(ALL), put(f"{ALL}801", dial_rules=[])), by_id=True),
        Step(
            "delete by id",
            {"id": "801", "state": "absent"},
            (get(ALL), *EXTENSIONS, delete(f"{ALL}801")),
            guards=EXTENSIONS,
            by_id=True,
        ),
        Step(
            "delete, whoever uses it",
            {"dial_rules": [CUT, LOCAL], "state": "absent", "check_references": False},
            (get(ALL), delete(f"{ALL}802")),
        ),
    ),
    refusals=(
        Refusal({}, "one of the following is required: dial_rules, id"),
        Refusal({"dial_rules": []}, "dial rule: dial_rules must name the dial rule, or id must pick it"),
        Refusal({"dial_rules": [{"match_exp": "^8"}]}, "missing required arguments: repl_exp found in dial_rules"),
        Refusal(
            {"dial_rules": [{"match_exp": "", "repl_exp": "8"}]},
            'dial rule " -> 8": dial_rules[0] lacks match_exp',
        ),
        Refusal(
            {"id": "801", "dial_rules": [CUT]},
            "dial rule: there is no dial rule with id 801; there are: none",
        ),
    ),
)
