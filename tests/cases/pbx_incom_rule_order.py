# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Refusal, Step, get, put

CASE = Case(
    module="pbx_incom_rule_order",
    extension=PHONE,
    setup=tuple(
        ("pbx_incom_rule", {"extension": "101", "name": name, "type": "voicemail"}) for name in ("a", "b", "ц")
    ),
    steps=(
        Step(
            "order",
            {"rules": ["ц", "a", "b"]},
            (
                get("/extension/5001/incom_rule/"),
                get("/extension/5001/incom_rule/order/"),
                put("/extension/5001/incom_rule/order/", rules_ids=[3, 1, 2]),
            ),
        ),
        Step(
            "first",
            {"rules": ["b"]},
            (
                get("/extension/5001/incom_rule/"),
                get("/extension/5001/incom_rule/order/"),
                put("/extension/5001/incom_rule/order/", rules_ids=[2, 3, 1]),
            ),
        ),
    ),
    refusals=(
        Refusal({}, "missing required arguments: rules"),
        Refusal(
            {"rules": ["a", "d"]},
            'extension "5001": there is no incoming rule "d"; there are: a (id 1), b (id 2), ц (id 3)',
        ),
        Refusal({"rules": ["a", "b", "a"]}, 'extension "5001": a stands twice in the order; name each rule once'),
    ),
)
