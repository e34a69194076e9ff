# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, Refusal, Step


def office(**settings: Any) -> dict[str, Any]:
    phone = {"number": "103", "type": "phone", "phone": {"hangup_timeout": 20, **settings}, "incom_rules": []}
    return {"extensions": [phone], "dids": [{"name": "7495001", "extension": "103"}]}


SAME: dict[str, Any] = {"before": office(vm_enabled=True), "after": office(vm_enabled=True)}
GONE: dict[str, Any] = {"before": office(vm_enabled=True), "after": office(vm_enabled=False), "today": "2026-11-23"}
NOBODY = (
    "Callers of 7495001, at any time, when nobody answers: are not answered instead of reaching the voicemail of 103"
)
BUSY = (
    "Callers of 7495001, at any time, when everybody is busy: hear that the line is busy instead of reaching the "
    "voicemail of 103"
)
BY = '(by extensions[0] "103" > phone: vm_enabled)'

CASE = Case(
    module="pbx_flow_impact",
    extension=None,
    steps=(Step("same", SAME, ()), Step("gone", GONE, ())),
    refusals=(
        Refusal(
            {**GONE, "impact_limit": {"hung_up": 0}},
            "impact_limit: on 1 number somebody who was answered is not any more; 0 are allowed\n"
            f"{NOBODY}\n{BUSY}\n"
            "to go on nevertheless, set impact_limit: {hung_up: 1}",
        ),
        Refusal(
            {**GONE, "intent": []},
            "intent: the verdict is: undeclared changes\n"
            f"{NOBODY} {BY}\n{BUSY} {BY}\n"
            "to go on nevertheless, set intent_mismatch: warn",
        ),
        Refusal(
            {**SAME, "intent": [{"call": "7495001", "after": {"voicemail": "103"}}]},
            "intent: the verdict is: no caller notices\n"
            "intent.changes[0]: no call changes so\n"
            "to go on nevertheless, set intent_mismatch: warn",
        ),
        Refusal(
            {**SAME, "after": {"extensions": [{"number": "999", "type": "fax"}]}},
            "before and after share no number; they seem to be of different tenants",
        ),
        Refusal(
            {**SAME, "after": "no-such-file.yml"}, "after: no-such-file.yml cannot be read: No such file or directory"
        ),
        Refusal({**SAME, "numbers": ["12"]}, 'numbers[0]: nobody has the number "12"; there are: 7495001, 103'),
        Refusal({**SAME, "depth": 20}, "depth: 20 is not from 0 to 8"),
        Refusal({**SAME, "until": "2020-01-01", "today": "2026-11-23"}, "until: 2020-01-01 is not after 2026-11-23"),
        Refusal({**SAME, "before_revision": "HEAD"}, "before_revision needs the path of a file or a folder in before"),
        Refusal({"offline": True, **office()}, "offline is true, and before names no document; give one in before"),
        Refusal(
            {},
            "there is nothing to compare the PBX with; give after, or some of sounds, intervals, "
            "dial_rules, extension_groups, extensions, dids",
        ),
    ),
)
