# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import ODD, PHONE, Case, Refusal, Step, get

AGENTS = "/extension/5001/agent/"
# The title of an agent's sound.
SOUNDS = get("/extension/5001/sound/")

CASE = Case(
    module="pbx_agent_info",
    extension=PHONE,
    setup=(
        ("pbx_agent", {"extension": "101", "name": ODD, "agent_sound": "Welcome"}),
        ("pbx_agent", {"extension": "101", "name": "Boris"}),
    ),
    steps=(
        Step("read all", {}, (get(AGENTS), SOUNDS), finds=("agent_sound", "Welcome", None)),
        Step("read one by its name", {"name": [ODD]}, (get(AGENTS), SOUNDS), finds=("name", ODD)),
        Step("read none", {"name": []}, (get(AGENTS),), finds=("name",)),
        Step("read a few", {"name": ["Boris", "Carla"], "limit": 1}, (get(AGENTS),), finds=("name", "Boris")),
        Step("read one", {"id": "702"}, (get(AGENTS + "702"),), by_id=True, finds=("name", "Boris")),
        Step("read what is not there", {"id": "1"}, (get(AGENTS + "1"),), finds=("name",)),
    ),
    refusals=(
        Refusal({"limit": -1}, "limit is -1; it starts at 1"),
        Refusal({"id": "."}, 'id "." is not the id of any agent'),
        Refusal({"extension": "200"}, 'extension "200" is of type queue; this needs an extension of type phone'),
        Refusal(
            {"extension_id": "x/y"},
            "GET /extension/x%2Fy/agent/ found nothing, the server says: Extension x/y not found",
        ),
    ),
)
