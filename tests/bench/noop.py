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

RULES = [{"action": "jump_to_context", "context": "main", "context_option": "start"}, {"action": "hangup"}]
IN_MAIN = {"extension": "300", "ivr_context": "main"}

# In an order in which they build on one another.
TASKS: list[tuple[str, dict[str, Any]]] = [
    ("pbx_extension_info", {}),
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


@dataclass(frozen=True)
class Noop:
    """A task's module, what its parameters lead it to read, and its requests as declared and as counted."""

    module: str
    reads: tuple[str, ...]
    least: int
    requests: dict[str, int]


def reads(module: str, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """What a task cannot do without: the lists of the names in it, one for each kind, and its own object's list.

    A program of two rules or more takes its order too (semantics.md section 9 (20)).
    """
    if str(link()) not in sys.path:
        sys.path.insert(0, str(link()))
    from ansible_collections.telops.pbx.plugins.module_utils._entry import MODULES
    from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS

    binding = MODULES[module]
    noun = binding.noun

    def named() -> Iterator[str]:
        yield from noun.parents
        yield from (field.refers_to for field in noun.writable if field.refers_to and field.name in parameters)
        for section, kind in noun.contains:
            for rule in parameters.get(section, ()):
                yield from (field.refers_to for field in NOUNS[kind].writable if field.refers_to and field.name in rule)

    found = [*dict.fromkeys(named()), noun.name]
    rules = parameters.get("rules")
    if binding.kind == "order":
        found.append("order")
    elif rules is not None:
        found += ["rules", "order"] if len(rules) > 1 else ["rules"]
    return tuple(found)


def measure(bench: Bench) -> list[Noop]:
    """Every task of TASKS on a tenant that they built before. Raises BenchError if one of them writes again."""
    bench.pbx.reset()
    for number, kind in (("101", "phone"), ("200", "queue"), ("300", "ivr")):
        bench.pbx.add_extension(number, kind)
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
