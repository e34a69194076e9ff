# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.bodies import NEW_PHONE, NEW_QUEUE, whole
from tests.cases.case import EXTENSIONS, ODD, Case, Refusal, Step, delete, get, post, put

MORNING = {"start_time": "08:00", "end_time": "12:00:00"}
RULES = "/extension/5013/incom_rule/"
CIRCLE = {"action": "jump_to_context", "context": "main", "context_option": "start"}
STATUS = get("/extension/5013/queue/status/")

CASE = Case(
    module="pbx_tenant",
    extension=None,
    together=True,
    steps=(
        Step(
            "create",
            {
                "extension_groups": [{"name": ODD}],
                "intervals": [{"name": "Mornings", "timezone": "Europe/Berlin", "conditions": [MORNING]}],
                "extensions": [
                    {
                        "number": "200",
                        "queue": {"sound_type": "music", "sound": "Hold music"},
                        "queue_agents": [{"agent": "600/Eva"}],
                        "incom_rules": [
                            {"type": "transfer", "transfer_dst": "600", "interval": "Mornings"},
                            {"type": "busy"},
                        ],
                    },
                    {
                        "number": "600",
                        "type": "phone",
                        "label": ODD,
                        "extension_group": ODD,
                        "ani": "74950000101",
                        "phone": {"hangup_timeout": 30},
                        "agents": [{"name": "Eva", "wrap_up_time": 10}],
                    },
                ],
                "dids": [{"name": "74950000101", "extension": "600"}],
            },
            (
                *EXTENSIONS,
                get("/client/@me/agent/local/"),
                get("/client/@me/did/"),
                get("/client/@me/extension_group/"),
                get("/client/@me/interval/"),
                get("/client/@me/sound/"),
                get(RULES),
                get("/extension/5013/interval/"),
                get("/extension/5013/queue/"),
                get("/extension/5013/queue/agents/local/"),
                STATUS,
                post("/client/@me/extension_group/", name=ODD),
                post(
                    "/client/@me/interval/",
                    name="Mornings",
                    timezone="Europe/Berlin",
                    conditions=[{"start_time": "08:00:00", "end_time": "12:00:00"}],
                ),
                post(
                    "/client/@me/extension/",
                    name="600",
                    type="phone",
                    status="active",
                    label=ODD,
                    extension_group_id=601,
                ),
                put("/extension/5018/ani/", ani_number="74950000101"),
                post("/extension/5018/agent/", name="Eva", wrap_up_time=10),
                get("/extension/5018/phone/"),
                put("/extension/5018/phone/", **whole(NEW_PHONE, hangup_timeout=30)),
                put(
                    "/extension/5013/queue/", **whole(NEW_QUEUE, strategy="round-robin", sound_type="music", sound=3003)
                ),
                post("/extension/5013/queue/agents/local/", agent_id=701, level=1, position=1),
                post(RULES, type="transfer", interval=9001, transfer_dst="600"),
                post(RULES, type="busy"),
                put(f"{RULES}order/", rules_ids=[1, 2]),
                put("/client/@me/did/8001", extension_id=5018),
            ),
            (
                *EXTENSIONS,
                get("/client/@me/agent/local/"),
                get("/client/@me/did/"),
                get("/client/@me/extension_group/"),
                get("/client/@me/interval/"),
                get("/client/@me/sound/"),
                get(RULES),
                get(f"{RULES}order/"),
                get("/extension/5013/interval/"),
                get("/extension/5013/queue/"),
                get("/extension/5013/queue/agents/local/"),
                get("/extension/5018/ani/"),
                get("/extension/5018/phone/"),
            ),
        ),
        Step(
            "change",
            {
                "flow_check": "off",
                "extensions": [
                    {"number": "600", "label": None, "extension_group": None, "phone": {"hangup_timeout": 40}},
                    {"number": "200", "incom_rules": [{"type": "busy"}]},
                ],
                "dids": [{"name": "74950000101", "extension": None}],
            },
            (
                *EXTENSIONS,
                get("/client/@me/did/"),
                get(RULES),
                get(f"{RULES}order/"),
                get("/extension/5018/phone/"),
                put("/client/@me/extension/5018", label=None, extension_group_id=None),
                put("/extension/5018/phone/", **whole(NEW_PHONE, hangup_timeout=40)),
                put("/client/@me/did/8001", extension_id=None),
                delete(f"{RULES}1"),
            ),
            (*EXTENSIONS, get("/client/@me/did/"), get(RULES), get("/extension/5018/phone/")),
        ),
        Step(
            "empty",
            {
                "flow_check": "off",
                "extension_groups": [],
                "extensions": [
                    {"number": "600", "agents": []},
                    {"number": "200", "queue_agents": [], "incom_rules": []},
                ],
                "purge": ["extension_groups", "intervals"],
            },
            (
                *EXTENSIONS,
                get("/client/@me/agent/local/"),
                get("/client/@me/extension_group/"),
                get(RULES),
                get("/extension/5013/queue/agents/local/"),
                get("/extension/5014/queue/agents/local/"),
                get("/extension/5018/agent/"),
                STATUS,
                delete(f"{RULES}2"),
                delete("/extension/5013/queue/agents/local/701"),
                delete("/extension/5018/agent/701"),
                delete("/client/@me/extension_group/601"),
            ),
            (
                *EXTENSIONS,
                get("/client/@me/extension_group/"),
                get(RULES),
                get("/extension/5013/queue/agents/local/"),
                get("/extension/5018/agent/"),
            ),
        ),
    ),
    refusals=(
        Refusal(
            {
                "extensions": [
                    {
                        "number": "600",
                        "typ": "phone",
                        "agents": [{"name": "Eva", "wrap_up": 1}, {"name": "Eva"}],
                    }
                ],
                "dids": [{"nam": "74950000101"}],
            },
            'extensions[0] "600": there is no typ; did you mean type?\n'
            'extensions[0] "600": type is missing; a new extension needs it\n'
            'extensions[0] "600" > agents[0] "Eva": there is no wrap_up; did you mean wrap_up_time?\n'
            'extensions[0] "600" > agents[1] "Eva": the same agent stands at agents[0] "Eva" already\n'
            "dids[0]: there is no nam; did you mean name?\n"
            "dids[0]: name is missing; it names the DID",
        ),
        Refusal(
            {"intervals": [{"name": ODD, "timezone": "UTC", "conditions": [{"start_time": "08:00"}]}]},
            f'intervals[0] "{ODD}": conditions[0] has start_time without end_time; give both',
        ),
        Refusal(
            {
                "flow_check": "refuse",
                "extensions": [
                    {
                        "number": "300",
                        "ivr": {
                            "entry_context": "main",
                            "contexts": [{"name": "main", "options": [{"digits": "start", "rules": [CIRCLE]}]}],
                        },
                    }
                ],
            },
            'extensions[0] "300" > ivr > contexts[0] "main": this menu can never be left: every way leads back to it '
            "(L03 no-way-out); flow_accept accepts intended findings\n"
            'extensions[0] "300" > ivr > contexts[0] "main": options jump in a circle in which no time passes '
            "(L05 jump-circle); flow_accept accepts intended findings",
        ),
        Refusal(
            {
                "extensions": [
                    {"number": "600"},
                    {"number": "101", "queue": {"strategy": "ring-all"}},
                    {"number": "300", "ivr": {"entry_context": "main"}, "incom_rules": [{"type": "busy"}]},
                ]
            },
            'extensions[0] "600": type is missing; a new extension needs it\n'
            'extensions[1] "101" > queue: extension "101" is of type phone; this needs an extension of type queue\n'
            'extensions[2] "300" > ivr: entry_context: there is no IVR context "main" in extension "300"; there is no '
            "IVR context at all",
        ),
        Refusal(
            {
                "extensions": [
                    {"number": "101", "type": "queue", "queue_agents": []},
                    {"number": "400", "type": "ivr", "ivr": {"entry_context": "main", "contexts": [{"name": "main"}]}},
                    {"number": "200", "type": "conference", "conference": {"max_members": 5}},
                ]
            },
            'extensions[0] "101": type is phone and cannot be changed to queue; only a new extension can have another\n'
            'extensions[1] "400": type is fax and cannot be changed to ivr; only a new extension can have another\n'
            'extensions[2] "200": type is queue and cannot be changed to conference; only a new extension can have '
            "another",
        ),
        Refusal(
            {
                "extensions": [{"number": "101"}, {"number": "200"}],
                "purge": ["extensions"],
                "max_deletes": 3,
                "protect": ["30?", "400"],
            },
            "15 objects would be deleted, and max_deletes is 3; set it to 15 or more if the deletions are intended: "
            'extension "102", extension "103", extension "104", extension "105", extension "106" and 10 more\n'
            "15 of 17 extensions would be deleted, that is 88 %, and max_delete_share is 30; set it to 89 or more if "
            "the deletions are intended\n"
            'extension "300" would be deleted, and protect holds "30?"; remove this pattern if the deletion is '
            "intended\n"
            'extension "400" would be deleted, and protect holds "400"; remove this pattern if the deletion is '
            "intended",
        ),
        Refusal(
            {"extensions": [{"number": "101", "label": "Anna"}], "expect_client_id": 99},
            "these credentials belong to the tenant with the id 100, and expect_client_id is 99; nothing else was "
            "read, and nothing was changed; correct the credentials, or expect_client_id",
        ),
        Refusal(
            {"dids": [{"name": "74950000103", "extension": "101"}]},
            'dids[0] "74950000103": there is no such DID, and the API cannot add one; did you mean "74950000102"?',
        ),
    ),
)
