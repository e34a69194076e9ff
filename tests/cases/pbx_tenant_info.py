# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import EXTENSIONS, ODD, Case, Refusal, Step, get

CASE = Case(
    module="pbx_tenant_info",
    extension=None,
    together=True,
    setup=(
        ("pbx_agent", {"extension": "101", "name": ODD, "agent_sound": "Welcome"}),
        ("pbx_queue_agent", {"extension": "200", "agent": ODD}),
    ),
    steps=(
        Step(
            "one extension",
            {"extensions": ["101"], "sections": ["agents", "extensions"]},
            (*EXTENSIONS, get("/extension/5001/agent/"), get("/client/@me/sound/")),
        ),
        Step(
            "one section",
            {"sections": ["queue_agents"]},
            (
                *EXTENSIONS,
                get("/client/@me/agent/local/"),
                get("/client/@me/sound/"),
                get("/extension/5013/queue/agents/local/"),
                get("/extension/5014/queue/agents/local/"),
            ),
        ),
        Step(
            "an IVR",
            {"extensions": ["300"], "sections": ["ivr"]},
            (*EXTENSIONS, get("/extension/5015/ivr/scheme/")),
        ),
        Step(
            "the tenant itself",
            {"sections": ["dids", "sounds"]},
            (get("/client/@me/did/"), get("/client/@me/sound/")),
        ),
    ),
    refusals=(
        Refusal({"extensions": ["101", "600", "601"]}, "there is no extension 600, 601"),
        Refusal(
            {"sections": ["agent"]},
            "value of sections must be one or more of: agents, ani, conference, dial_rules, dids, events, "
            "extension_groups, extensions, fax, incom_rules, intervals, ivr, mail_notifications, phone, queue, "
            "queue_agents, sounds, users. Got no match for: agent",
        ),
    ),
)
