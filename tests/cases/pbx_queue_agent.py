# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import ODD, QUEUE, Case, Refusal, Step, delete, get, post, put

CALLERS = (get("/extension/5013/queue/status/"),)

CASE = Case(
    module="pbx_queue_agent",
    extension=QUEUE,
    setup=(
        ("pbx_agent", {"extension": "101", "name": ODD}),
        ("pbx_agent", {"extension": "102", "name": "Boris"}),
        ("pbx_agent", {"extension": "103", "name": "Boris"}),
    ),
    steps=(
        Step(
            "create",
            {"agent": f"101/{ODD}"},
            (
                get("/client/@me/agent/local/"),
                get("/client/@me/extension/"),
                get("/client/@me/extension/"),
                get("/extension/5013/queue/agents/local/"),
                *CALLERS,
                post("/extension/5013/queue/agents/local/", agent_id=701, level=1, position=1),
            ),
            guards=CALLERS,
        ),
        Step(
            "update",
            {"agent": ODD, "level": 2, "position": 3},
            (
                get("/client/@me/agent/local/"),
                get("/client/@me/extension/"),
                get("/client/@me/extension/"),
                get("/extension/5013/queue/agents/local/"),
                *CALLERS,
                put("/extension/5013/queue/agents/local/701", level=2, position=3),
            ),
            guards=CALLERS,
        ),
        Step(
            "delete",
            {"agent": f"101/{ODD}", "state": "absent"},
            (
                get("/client/@me/agent/local/"),
                get("/client/@me/extension/"),
                get("/client/@me/extension/"),
                get("/extension/5013/queue/agents/local/"),
                *CALLERS,
                delete("/extension/5013/queue/agents/local/701"),
            ),
            guards=CALLERS,
        ),
        Step(
            "create remote",
            {"agent": "701", "side": "remote"},
            (
                get("/extension/5013/queue/agents/remote/"),
                post("/extension/5013/queue/agents/remote/", agent_id=701, level=1, position=1),
            ),
            by_id=True,
        ),
        Step(
            "update remote",
            {"agent": "701", "side": "remote", "level": 2},
            (
                get("/extension/5013/queue/agents/remote/"),
                put("/extension/5013/queue/agents/remote/701", level=2),
            ),
            by_id=True,
        ),
        Step(
            "delete remote",
            {"agent": "701", "side": "remote", "state": "absent"},
            (
                get("/extension/5013/queue/agents/remote/"),
                delete("/extension/5013/queue/agents/remote/701"),
            ),
            by_id=True,
        ),
    ),
    refusals=(
        Refusal({}, "missing required arguments: agent"),
        Refusal(
            {"agent": "Boris"},
            'extension "5013" > queue agent "Boris": agent: agent "Boris" is not unique: ids 702, '
            "703; name one by its id",
        ),
        Refusal(
            {"agent": "101/Boris"},
            'extension "5013" > queue agent "101/Boris": agent: there is no agent "101/Boris"; did '
            'you mean "103/Boris"?',
        ),
        Refusal(
            {"agent": "Carla"},
            'extension "5013" > queue agent "Carla": agent: there is no agent "Carla"; there are: '
            'Büro 1/2 "Mitte" O\'Brien, שלום #*100% (id 701), Boris (id 702), Boris (id 703)',
        ),
    ),
)
