# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import QUEUE, Case, Live, Refusal, Step, get

STATUS = "/extension/5013/queue/status/"


def caller(number: str, state: str) -> Live:
    return Live("queue_member", {"number": number, "state": state, "wait_time": 7, "call_api_id": f"call-{number}"})


CASE = Case(
    module="pbx_queue_status_info",
    extension=QUEUE,
    setup=(
        ("pbx_agent", {"extension": "101", "name": "Anna"}),
        ("pbx_queue_agent", {"extension": "200", "agent": "101/Anna", "live_traffic": "allow"}),
    ),
    live=(caller("15550101", "Waiting"), caller("15550102", "Answered")),
    steps=(
        Step(
            "read all",
            {},
            (get(STATUS), get(STATUS + "agents/"), get(STATUS + "members/")),
            finds=("waiting_members", 1),
        ),
        Step("read the numbers", {"include": []}, (get(STATUS),), finds=("trying_members", 0)),
        Step(
            "read the agents",
            {"include": ["agents"]},
            (get(STATUS), get(STATUS + "agents/")),
            finds=("answered_members", 1),
        ),
    ),
    refusals=(
        Refusal(
            {"include": ["callers"]},
            "value of include must be one or more of: agents, members. Got no match for: callers",
        ),
        Refusal({"extension": "101"}, 'extension "101" is of type phone; this needs an extension of type queue'),
    ),
)
