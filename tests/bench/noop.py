# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each module on an object that is as declared already: how many requests that takes, and how many it must take."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.bench.measure import Bench, BenchError, play
from tests.tools.tree import link

DID = "74950000101"
USER = {"login": "anna", "name": "Anna", "email": "anna@example.com", "password": "not a real one"}
RULES = [{"action": "jump_to_context", "context": "main", "context_option": "start"}, {"action": "hangup"}]
IN_MAIN = {"extension": "300", "ivr_context": "main"}

# In an order in which they build on one another.
TASKS: list[tuple[str, dict[str, Any]]] = [
    ("pbx_extension_info", {}),
    ("pbx_extension_group", {"name": "Office"}),
    ("pbx_extension_group_info", {}),
    ("pbx_dial_rule", {"dial_rules": [{"match_exp": "^00", "repl_exp": "810"}]}),
    ("pbx_dial_rule_info", {}),
    ("pbx_extension", {"number": "101", "type": "phone", "extension_group": "Office", "dial_rule": "^00 -> 810"}),
    ("pbx_did", {"name": DID, "extension": "300", "comment": "Main number"}),
    ("pbx_did_info", {}),
    (
        "pbx_tenant_interval",
        {"name": "Holidays", "timezone": "UTC", "conditions": [{"month": 12, "start_mday": 24, "end_mday": 26}]},
    ),
    ("pbx_tenant_interval_info", {}),
    ("pbx_user", {"extension": "101", **USER, "update_password": "on_create"}),
    ("pbx_user_info", {"extension": "101"}),
    ("pbx_mail_notification", {"extension": "101", "event_type": "call_failed_mail", "mail": USER["email"]}),
    ("pbx_mail_notification_info", {"extension": "101"}),
    ("pbx_ani", {"extension": "101", "ani_number": DID}),
    ("pbx_ani_info", {"extension": "101"}),
    ("pbx_fax", {"extension": "400", "fax_mailto": USER["email"]}),
    ("pbx_fax_info", {"extension": "400"}),
    ("pbx_conference", {"extension": "500", "pin": "4711", "max_members": 5}),
    ("pbx_conference_info", {"extension": "500"}),
    ("pbx_agent", {"extension": "101", "name": "Anna", "wrap_up_time": 10}),
    ("pbx_event", {"extension": "101", "event_type": "hangup", "url": "https://crm.example.com/", "method": "POST"}),
    (
        "pbx_interval",
        {
            "extension": "101",
            "name": "Mornings",
            "timezone": "Europe/Berlin",
            "conditions": [{"start_time": "08:00:00", "end_time": "12:00:00"}],
        },
    ),
    ("pbx_incom_rule", {"extension": "101", "name": "Away", "type": "voicemail"}),
    ("pbx_incom_rule", {"extension": "101", "name": "Ask again", "type": "busy", "interval": "Mornings"}),
    ("pbx_incom_rule_order", {"extension": "101", "rules": ["Ask again", "Away"]}),
    ("pbx_phone", {"extension": "101", "hangup_timeout": 30}),
    ("pbx_queue", {"extension": "200", "strategy": "round-robin"}),
    ("pbx_queue_agent", {"extension": "200", "agent": "101/Anna", "level": 1}),
    ("pbx_ivr_context", {"extension": "300", "name": "main", "timeout": 4000}),
    ("pbx_ivr", {"extension": "300", "entry_context": "main"}),
    ("pbx_ivr_option", {**IN_MAIN, "digits": "1", "rules": RULES}),
    ("pbx_ivr_option", {**IN_MAIN, "digits": "2"}),
    ("pbx_ivr_rule", {**IN_MAIN, "option_digits": "2", "name": "Back", **RULES[0]}),
    ("pbx_ivr_rule", {**IN_MAIN, "option_digits": "2", "name": "Bye", "action": "hangup"}),
    ("pbx_ivr_rule_order", {**IN_MAIN, "option_digits": "2", "rules": ["Back", "Bye"]}),
]


# The kinds of objects whose names info modules return here, beside their ids.
NAMED = {
    "pbx_did_info": ("extension",),
    "pbx_extension_info": ("extension_group", "dial_rule"),
}


@dataclass(frozen=True)
class Noop:
    """A task's module, the lists that its parameters lead it to read, and its requests as declared and as counted."""

    module: str
    reads: tuple[str, ...]
    least: int
    requests: dict[str, int]


def reads(module: str, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """The lists that a task has to read: one for each kind of name in it, and that of its own object.

    A program of two rules or more takes its order too (semantics.md section 9 (20)).
    """
    if str(link()) not in sys.path:
        sys.path.insert(0, str(link()))
    from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
    from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS

    binding: Any = MODULES[module]
    noun = binding.noun

    def named() -> Iterator[str]:
        yield from noun.parents
        yield from (field.refers_to for field in noun.writable if field.refers_to and field.name in parameters)
        section, kind = noun.program or ("", "")
        for rule in parameters.get(section, ()):
            yield from (field.refers_to for field in NOUNS[kind].writable if field.refers_to and field.name in rule)

    found = [*dict.fromkeys([*named(), *NAMED.get(module, ())]), noun.name]
    rules = parameters.get("rules")
    if binding.writes and not binding.declares:
        found.append("order")
    elif rules is not None:
        found += ["rules", "order"] if len(rules) > 1 else ["rules"]
    return tuple(found)


def measure(bench: Bench) -> list[Noop]:
    """Every task of TASKS on a tenant that they built before. Raises BenchError if one of them writes again."""
    bench.pbx.reset()
    kinds = {"101": "phone", "200": "queue", "300": "ivr", "400": "fax", "500": "conference"}
    for number, kind in kinds.items():
        bench.pbx.add_extension(number, kind)
    bench.pbx.insert("did", name=DID, extension_id=None)
    bench.playbook([play(*map(_task, TASKS))])
    answers = bench.folder / "answers.jsonl"
    env = {"ANSIBLE_CALLBACKS_ENABLED": "test_results", "TEST_RESULTS_FILE": str(answers)}
    logged = bench.playbook([play(*map(_task, TASKS))], env=env).requests
    counted = [json.loads(line)["result"]["requests"] for line in answers.read_text(encoding="utf-8").splitlines()]
    answers.unlink()
    # A task tells its own requests; that none of them keeps one to itself, the log tells of all together.
    if sum(map(Counter, counted), Counter()) != logged:
        raise BenchError(f"the tasks say that they sent {counted}, the PBX received {logged}")
    if set(logged) != {"GET"}:
        raise BenchError(f"a task is not content with what it has made: {logged}")
    return [
        Noop(module, needed := reads(module, parameters), len(needed), requests)
        for (module, parameters), requests in zip(TASKS, counted, strict=True)
    ]


def _task(task: tuple[str, Mapping[str, Any]]) -> dict[str, Any]:
    module, parameters = task
    return {"name": module, f"telops.pbx.{module}": parameters}
