# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Live, Refusal, Step, get

CALLS = "/extension/5001/current_calls/"


def ongoing(identity: str, number: str) -> Live:
    return Live("call", {"call_api_id": identity, "caller_id_number": number, "init_time_gmt": "2026-01-01 10:00:00,5"})


CASE = Case(
    module="pbx_call_info",
    extension=PHONE,
    live=(ongoing("c1", "15550101"), ongoing("c 2/#", "15550102")),
    steps=(
        Step("read all", {}, (get(CALLS),), finds=("caller_id_number", "15550101", "15550102")),
        Step("read a few", {"limit": 1}, (get(CALLS),), finds=("init_time_gmt", "2026-01-01 10:00:00,5")),
        Step(
            "read one",
            {"call_api_id": "c 2/#"},
            (get(CALLS + "c%202%2F%23"),),
            finds=("caller_id_number", "15550102"),
        ),
        Step("read one that is over", {"call_api_id": "c3"}, (get(CALLS + "c3"),), finds=("call_api_id",)),
    ),
    refusals=(
        Refusal({"call_api_id": ""}, 'call_api_id "" is not the id of any call'),
        Refusal({"call_api_id": ".."}, 'call_api_id ".." is not the id of any call'),
        # A digit, but not of a number.
        Refusal(
            {"extension_id": "²"},
            "GET /extension/%C2%B2/current_calls/ found nothing, the server says: Extension ² not found",
        ),
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal({"extension": "200"}, 'extension "200" is of type queue; this needs an extension of type phone'),
        Refusal(
            {"extension_id": 5013},
            "GET /extension/5013/current_calls/ found nothing, the server says: Not found: extension 5013 is of type "
            "queue",
        ),
    ),
)
