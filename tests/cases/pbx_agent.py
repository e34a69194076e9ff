# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import EXTENSIONS, ODD, PHONE, Case, Refusal, Step, delete, get, post, put

# An agent who answers is looked for in all queues before it stops to.
QUEUES = (*EXTENSIONS, get("/extension/5013/queue/agents/local/"), get("/extension/5014/queue/agents/local/"))

CASE = Case(
    module="pbx_agent",
    extension=PHONE,
    steps=(
        Step(
            "create",
            {"name": ODD, "status": "available", "agent_sound": "Welcome", "wrap_up_time": 10},
            (
                get("/extension/5001/sound/"),
                get("/extension/5001/agent/"),
                post("/extension/5001/agent/", name=ODD, status="available", agent_sound_id=3001, wrap_up_time=10),
            ),
        ),
        Step(
            "update",
            {"name": ODD, "status": "logged_out", "call_timeout": 30, "wrap_up_time": 20},
            (
                get("/extension/5001/agent/"),
                *QUEUES,
                put("/extension/5001/agent/701", status="logged_out", call_timeout=30, wrap_up_time=20),
            ),
            guards=QUEUES,
        ),
        Step(
            "clear",
            {"name": ODD, "unset": ["agent_sound", "call_timeout"]},
            (
                get("/extension/5001/agent/"),
                put("/extension/5001/agent/701", agent_sound_id=None, call_timeout=None),
            ),
        ),
        Step(
            "delete",
            {"name": ODD, "state": "absent"},
            (
                get("/extension/5001/agent/"),
                delete("/extension/5001/agent/701"),
            ),
        ),
        Step(
            "create another",
            {"name": "Anna"},
            (
                get("/extension/5001/agent/"),
                post("/extension/5001/agent/", name="Anna"),
            ),
        ),
        Step(
            "delete from the queues too",
            {"name": "Anna", "state": "absent", "remove_from_queues": True},
            (
                get("/extension/5001/agent/"),
                *QUEUES,
                delete("/extension/5001/agent/702?remove_from_queues=true"),
            ),
            guards=QUEUES,
        ),
    ),
    refusals=(
        Refusal({}, "one of the following is required: name, id"),
        Refusal({"name": ""}, 'extension "5001": name must name the agent, or id must pick it'),
        Refusal({"name": "Anna", "id": 700}, 'extension "5001": there is no agent with id 700; there are: none'),
        Refusal(
            {"name": "Anna", "status": "busy"},
            'extension "5001" > agent "Anna": status "busy" is none of logged_out, available',
        ),
        Refusal(
            {"name": "Anna", "agent_sound": "Welcom"},
            'extension "5001" > agent "Anna": agent_sound: there is no sound "Welcom"; did you mean "Welcome"?',
        ),
        Refusal(
            {"name": "Anna", "agent_sound": ""},
            'extension "5001" > agent "Anna": agent_sound is empty; name its target, '
            "or clear it with unset (null in a document)",
        ),
        Refusal(
            {"name": "Anna", "wrap_up_time": 1, "unset": ["wrap_up_time"]},
            'extension "5001" > agent "Anna": wrap_up_time has a value and stands in unset; remove '
            "the one or the other",
        ),
        Refusal(
            {"name": "Anna", "extension": "101", "extension_id": PHONE},
            "parameters are mutually exclusive: extension|extension_id",
        ),
        Refusal(
            {"name": "Anna", "extension": "200"},
            'extension "200" is of type queue; this needs an extension of type phone',
        ),
    ),
)
