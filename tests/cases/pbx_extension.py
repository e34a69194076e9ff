# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import EXTENSIONS, MENUS, ODD, QUEUES, RULES, Case, Refusal, Step, delete, get, post, put

ALL = "/client/@me/extension/"

POINTING = (get("/client/@me/agent/local/"), get("/client/@me/did/"), *QUEUES, *MENUS, *RULES)
AGENTS = (get("/extension/5018/agent/"),)
CALLERS = (get("/extension/5019/queue/status/"),)

CASE = Case(
    module="pbx_extension",
    extension=None,
    setup=(
        ("pbx_extension_group", {"name": ODD}),
        ("pbx_dial_rule", {"dial_rules": [{"match_exp": "^0", "repl_exp": "00"}]}),
    ),
    steps=(
        Step(
            "create",
            {"number": "120", "type": "phone", "label": ODD, "extension_group": ODD, "dial_rule": "^0 -> 00"},
            (
                get("/client/@me/extension_group/"),
                get("/client/@me/dial_rule/"),
                *EXTENSIONS,
                post(
                    ALL,
                    name="120",
                    type="phone",
                    status="active",
                    label=ODD,
                    extension_group_id=601,
                    dial_rule_id=801,
                ),
            ),
        ),
        Step(
            "update",
            {"number": "120", "type": "phone", "caller_id_name": ODD, "ani_rfc3325": True, "dial_rule_limit": 3},
            (*EXTENSIONS, put(f"{ALL}5018", caller_id_name=ODD, dial_rule_limit=3, ani_rfc3325=True)),
        ),
        Step(
            "clear",
            {"number": "120", "unset": ["label", "extension_group", "dial_rule", "dial_rule_limit"]},
            (
                *EXTENSIONS,
                put(f"{ALL}5018", label=None, extension_group_id=None, dial_rule_id=None, dial_rule_limit=None),
            ),
        ),
        Step(
            "block",
            {"number": "120", "status": "blocked"},
            (*EXTENSIONS, *AGENTS, put(f"{ALL}5018", status="blocked")),
            guards=AGENTS,
        ),
        Step("leave it blocked", {"number": "120", "type": "phone"}, EXTENSIONS),
        Step(
            "update by id",
            {"id": "5018", "status": "active", "message_did": "74950000101", "did_as_transfer_caller_id": "1"},
            (
                *EXTENSIONS,
                put(f"{ALL}5018", status="active", did_as_transfer_caller_id="1", message_did="74950000101"),
            ),
            by_id=True,
        ),
        Step(
            "delete",
            {"number": "120", "state": "absent"},
            (*EXTENSIONS, *POINTING, delete(f"{ALL}5018")),
            guards=POINTING,
        ),
        Step(
            "create a blocked one, by its full name",
            {"name": "0100*121", "type": "queue", "status": "blocked"},
            (*EXTENSIONS, post(ALL, name="121", type="queue", status="blocked")),
        ),
        Step(
            "delete by id",
            {"id": "5019", "state": "absent", "check_references": False},
            (*EXTENSIONS, *CALLERS, delete(f"{ALL}5019")),
            guards=CALLERS,
            by_id=True,
        ),
    ),
    refusals=(
        Refusal({"type": "phone"}, "one of the following is required: number, id"),
        Refusal({"number": "120"}, 'extension "120": type is missing; a new extension needs it'),
        Refusal({"number": "", "type": "fax"}, "extension: number must name the extension, or id must pick it"),
        Refusal(
            {"number": "120", "type": "pager"},
            'extension "120": type "pager" is none of phone, queue, ivr, fax, conference',
        ),
        Refusal(
            {"number": "101", "type": "queue"},
            'extension "101": type is phone and cannot be changed to queue; only a new extension can have another',
        ),
        Refusal(
            {"number": "130", "id": 5001},
            'extension "130": number is 101 and cannot be changed to 130; only a new extension can have another',
        ),
        Refusal(
            {"number": "101", "id": 5002, "state": "absent"},
            'extension "101": id 5002 is that of another extension, "102"; name the one that is to be deleted',
        ),
        Refusal(
            {"number": "101", "unset": ["status"]},
            'extension "101": status cannot be cleared; give it a value, or leave it out',
        ),
        Refusal(
            {"number": "101", "extension_group": "Sales"},
            f'extension "101": extension_group: there is no extension group "Sales"; there are: {ODD} (id 601)',
        ),
        Refusal(
            {"number": "101", "dial_rule": "1"},
            'extension "101": dial_rule: there is no dial rule "1"; there are: ^0 -> 00 (id 801)',
        ),
    ),
    together=True,
)
