# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import EXTENSIONS, ODD, QUEUE, Case, Refusal, Step, get

ROWS = "/extension/5013/queue/agents/local/"
AGENTS = get("/client/@me/agent/local/")

CASE = Case(
    module="pbx_queue_agent_info",
    extension=QUEUE,
    setup=(
        ("pbx_agent", {"extension": "101", "name": ODD}),
        ("pbx_agent", {"extension": "102", "name": "Boris"}),
        ("pbx_queue_agent", {"extension": "200", "agent": f"101/{ODD}", "level": 2}),
    ),
    steps=(
        Step("read all", {}, (get(ROWS), AGENTS, *EXTENSIONS), finds=("agent", f"101/{ODD}")),
        Step(
            "read one by its name",
            {"agent": f"101/{ODD}"},
            (AGENTS, *EXTENSIONS, get(ROWS + "701")),
            finds=("level", 2),
        ),
        Step("read who is not there", {"agent": "Boris"}, (AGENTS, get(ROWS + "702")), finds=("level",)),
        Step(
            "read one of the other side",
            {"agent_id": "701", "side": "remote"},
            (get("/extension/5013/queue/agents/remote/701"), *EXTENSIONS, AGENTS),
            by_id=True,
        ),
    ),
    refusals=(
        Refusal({"agent": ""}, 'agent "" is not the id of any queue agent'),
        Refusal({"side": "both"}, "value of side must be one of: local, remote, got: both"),
        Refusal({"agent": "Bors"}, 'extension "5013": agent: there is no agent "Bors"; did you mean "Boris"?'),
    ),
)
