# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, Refusal, Step

ALONE: dict[str, Any] = {
    "offline": True,
    "extensions": [{"number": "103", "type": "phone", "phone": {"hangup_timeout": 20}, "incom_rules": []}],
    "dids": [{"name": "74950000101", "extension": "103"}],
}

CASE = Case(
    module="pbx_flow_diagram",
    extension=None,
    steps=(
        Step("draw", {**ALONE, "numbers": ["74950000101"]}, ()),
        Step("tell who answers when", {**ALONE, "form": "markdown", "opened": True}, ()),
    ),
    refusals=(
        Refusal(
            {**ALONE, "numbers": ["103", "104"]},
            'numbers[1]: nobody has the number "104"; there are: 74950000101, 103',
        ),
        Refusal(
            {**ALONE, "form": "markdown", "timezone": "Mars"},
            'timezone: "Mars" is no time zone of the tz database',
        ),
        Refusal({**ALONE, "today": "tomorrow"}, "today: 'tomorrow' is no day; write YYYY-MM-DD"),
        Refusal({**ALONE, "path": "/dev/null"}, "the picture /dev/null is there, and is no file"),
        Refusal(
            {"offline": True},
            "offline is true, and there is no document to look at; give one of sounds, intervals, dial_rules, "
            "extension_groups, extensions, dids",
        ),
    ),
)
