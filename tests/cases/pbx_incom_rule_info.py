# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Refusal, Step, get

RULES = "/extension/5001/incom_rule/"
READ = (get(RULES), get(f"{RULES}order/"))
RULE = {"extension": "101", "type": "transfer", "transfer_dst": "102"}

CASE = Case(
    module="pbx_incom_rule_info",
    extension=PHONE,
    setup=(
        ("pbx_incom_rule", {**RULE, "name": "second"}),
        ("pbx_incom_rule", {**RULE, "name": "first"}),
        (
            "pbx_incom_rule",
            {
                "extension": "101",
                "name": "night",
                "type": "cascade",
                "cascade_numbers": [{"number": "102", "delay": 5}],
            },
        ),
        ("pbx_incom_rule_order", {"extension": "101", "rules": ["first", "second"]}),
    ),
    steps=(
        Step("read all in their order", {}, READ, finds=("name", "first", "second", "night")),
        Step("read the first", {"limit": 1}, READ, finds=("name", "first")),
        Step("read some", {"name": ["second", "night"]}, READ, finds=("name", "second", "night")),
        Step("read one", {"id": "2"}, (get(RULES + "2"),), by_id=True, finds=("name", "first")),
    ),
    refusals=(
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal({"id": ""}, 'id "" is not the id of any incoming rule'),
    ),
)
