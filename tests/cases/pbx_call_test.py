# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, Refusal, Step

ALONE: dict[str, Any] = {
    "offline": True,
    "extensions": [{"number": "103", "type": "phone", "phone": {"hangup_timeout": 20}, "incom_rules": []}],
    "dids": [],
}
BUSY = {"call": "103", "phones": {"103": "busy"}}

CASE = Case(
    module="pbx_call_test",
    extension=None,
    steps=(
        Step("pass", {**ALONE, "tests": [{"call": "103", "expect": {"answered": "103"}}]}, ()),
        Step("ask", {**ALONE, "tests": [BUSY]}, ()),
    ),
    refusals=(
        Refusal(
            {**ALONE, "tests": [{**BUSY, "expect": {"answered": "103", "within": 10}}]},
            "1 of 1 call tests is not passed:\n"
            "tests[0]: not passed\n"
            "  call to 103 from 70000000000; phones 103 busy\n"
            "  expected: answered 103 - found: hangup busy after 0 s, without a message\n"
            "  happened: hangup busy after 0 s, without a message\n"
            "  decided by: no rule; none has run\n"
            "         0 s  extension 103 phone\n"
            "         0 s  ring 103 for 0 s busy\n"
            "         0 s  hangup busy",
        ),
        Refusal(
            {**ALONE, "tests": [{"call": "104"}]},
            "tests[0].call: nobody has the number '104'; there are: 103",
        ),
        Refusal(
            {**ALONE, "tests": {"timezone": "Mars", "calls": []}},
            "tests.timezone: 'Mars' is no time zone of the tz database, such as Europe/Berlin",
        ),
        Refusal(
            {**ALONE, "tests": [], "assumptions": {"dnd": "maybe"}},
            "assumptions.dnd: 'maybe' is none of busy, no_answer",
        ),
        Refusal(ALONE, "one of the following is required: tests, record"),
        Refusal({**ALONE, "tests": [], "today": "tomorrow"}, "today: 'tomorrow' is no day; write YYYY-MM-DD"),
        Refusal(
            {"offline": True, "tests": []},
            "offline is true, and there is no document to look at; give one of sounds, intervals, dial_rules, "
            "extension_groups, extensions, dids",
        ),
        Refusal(
            {"offline": True, "extensions": [{"number": "103", "typ": "phone"}], "tests": []},
            'extensions[0] "103": there is no typ; did you mean type?',
        ),
    ),
)
