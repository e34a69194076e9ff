# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import Case, Refusal, Step, get

ALL = "/client/@me/dial_rule/"
RULES = [{"match_exp": "^00", "repl_exp": "810"}]

CASE = Case(
    module="pbx_dial_rule_info",
    extension=None,
    setup=(("pbx_dial_rule", {"dial_rules": RULES}), ("pbx_dial_rule", {"dial_rules": [*RULES, *RULES]})),
    steps=(
        Step("read all", {}, (get(ALL),)),
        Step("read a few", {"limit": 1}, (get(ALL),)),
        Step("read one", {"id": "802"}, (get(f"{ALL}802"),), by_id=True),
        Step("read none", {"id": "1"}, (get(f"{ALL}1"),), by_id=True),
    ),
    refusals=(
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal({"limit": -1}, "limit is -1; it starts at 1"),
    ),
)
