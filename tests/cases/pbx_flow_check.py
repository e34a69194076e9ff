# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, Refusal, Step

ALONE: dict[str, Any] = {
    "offline": True,
    "today": "2026-11-24",
    "extensions": [{"number": "103", "type": "phone", "phone": {"hangup_timeout": 20}}],
    "dids": [{"name": "74950000101", "extension": "103"}],
}
PLACE = 'dids[0] "74950000101"'
H03 = "when nobody answers, callers are hung up on: no mailbox, no further rule (H03 no-fallback)"
H04 = "when everybody is busy, callers are hung up on: no mailbox, no further rule (H04 no-busy-fallback)"

CASE = Case(
    module="pbx_flow_check",
    extension=None,
    steps=(Step("find", ALONE, ()), Step("find nothing", {**ALONE, "dids": []}, ())),
    refusals=(
        Refusal({**ALONE, "fail_from": "W"}, f"{PLACE}: {H03}\n{PLACE}: {H04}"),
        Refusal(
            {**ALONE, "accept": [{"check": "X99", "place": PLACE, "because": "so"}]},
            "accept[0].check: there is no check X99; docs/checks.md lists all of them",
        ),
        Refusal({**ALONE, "today": "tomorrow"}, "today: 'tomorrow' is no day; write YYYY-MM-DD"),
        Refusal(
            {"offline": True},
            "offline is true, and there is no document to look at; give one of sounds, intervals, dial_rules, "
            "extension_groups, extensions, dids",
        ),
    ),
)
