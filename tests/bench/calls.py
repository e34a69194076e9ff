# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Simulated calls: `python -m tests.bench.calls`.

The tenant: 5 IVRs of 10 menus each, 5 queues with 6 agents each, 80 phones; 500 rules in all, and 60 intervals in three
time zones. The calls: 60 % to a DID of an IVR, 25 % to one of a phone, 15 % to one of a queue, at any second of a year;
of the callers 10 % are hidden, and they press nothing (30 %), one key (30 %), two (25 %) or three (15 %); one in ten is
impatient, and one in ten hangs up after 90 s. In two worlds of three everybody answers, in the others phones are busy,
silent or not registered. The benchmark measures processor time, in one process.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from tests.tools.tree import link

sys.path.insert(0, str(link()))

from ansible_collections.telops.pbx.plugins.module_utils._flow.answer import Answer
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call
from ansible_collections.telops.pbx.plugins.module_utils._flow.compile import call_plan
from ansible_collections.telops.pbx.plugins.module_utils._flow.plan import CallPlan
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document

IVRS, MENUS, QUEUES, AGENTS, PHONES = 5, 10, 5, 6, 80
RULES, INTERVALS = 500, 60
# Calls a second that are to be reached: outcomes with the rules that ran, and whole traces. Seconds for a plan.
OUTCOMES, TRACES, COMPILED = 50_000, 10_000, 1.0
YEAR_START, YEAR = 1_798_761_600, 365 * 86_400
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo")


def tenant(chance: random.Random, phones: int = PHONES) -> dict[str, Any]:
    """The document. phones: more of them make a larger tenant, and no longer calls."""
    intervals = [_interval(chance, f"Hours {number}") for number in range(INTERVALS)]
    numbers = [f"1{number:04}" for number in range(phones)]
    menus = [_ivr(chance, number, numbers) for number in range(IVRS)]
    queues = [_queue(chance, number, numbers) for number in range(QUEUES)]
    rest = RULES - sum(len(option["rules"]) for ivr in menus for option in _options(ivr))
    listed = [
        _phone(chance, index, number, rest // PHONES + (index < rest % PHONES)) for index, number in enumerate(numbers)
    ]
    dids = [{"name": f"7495000{number:04}", "extension": f"3{number:04}"} for number in range(IVRS)]
    dids += [{"name": f"7495001{number:04}", "extension": f"2{number:04}"} for number in range(QUEUES)]
    dids += [{"name": f"7495002{number:04}", "extension": numbers[number]} for number in range(PHONES)]
    return {"intervals": intervals, "extensions": [*listed, *queues, *menus], "dids": dids}


def _options(ivr: dict[str, Any]) -> list[dict[str, Any]]:
    return [option for context in ivr["ivr"]["contexts"] for option in context["options"]]


def _interval(chance: random.Random, name: str) -> dict[str, Any]:
    start = chance.randrange(6, 12)
    day = chance.randrange(1, 25)
    conditions: list[dict[str, Any]] = [
        {"start_dow": 2, "end_dow": 6, "start_time": f"{start:02}:00:00", "end_time": "12:30:00"},
        {"start_dow": 2, "end_dow": 5, "start_time": "13:30:00", "end_time": f"{start + 9:02}:00:00"},
    ]
    if chance.random() < 0.3:
        conditions = [{"month": month, "start_mday": day, "end_mday": day + 1} for month in (1, 5, 12)]
    return {"name": name, "timezone": chance.choice(ZONES), "conditions": conditions}


def _hours(chance: random.Random) -> str:
    return f"Hours {chance.randrange(INTERVALS)}"


def _ivr(chance: random.Random, number: int, phones: Sequence[str]) -> dict[str, Any]:
    contexts = []
    for menu in range(MENUS):
        following = f"menu {(menu + 1) % MENUS}"
        options: dict[str, list[dict[str, Any]]] = {
            "start": [
                {"action": "jump_to_context", "context": following, "interval": _hours(chance)} if menu == 0 else
                {"action": "play_sound", "sound": "News", "interval": _hours(chance)},
                {"action": "play_sound", "sound": f"Menu {menu}"},
            ],
            "1": [
                {"action": "transfer", "transfer_dst": f"2{number:04}", "interval": _hours(chance), "final": False},
                {"action": "voicemail"},
            ],
            "2": [{"action": "jump_to_context", "context": following}],
            "3": [{"action": "transfer", "transfer_dst": " ".join(chance.sample(phones, 2)), "transfer_timeout": 30}],
            "timeout": [{"action": "transfer", "transfer_dst": chance.choice(phones)}],
        }  # fmt: skip
        listed = [{"digits": digits, "rules": rules} for digits, rules in options.items()]
        contexts.append({"name": f"menu {menu}", "timeout": 5000, "digit_len": 1, "options": listed})
    return {
        "number": f"3{number:04}",
        "type": "ivr",
        "ivr": {"entry_context": "menu 0", "vm_enabled": True, "vm_greeting": "Greeting", "contexts": contexts},
    }


def _queue(chance: random.Random, number: int, phones: Sequence[str]) -> dict[str, Any]:
    return {
        "number": f"2{number:04}",
        "type": "queue",
        "queue": {
            "strategy": chance.choice(["round-robin", "longest-idle-agent", "ring-all", "top-down"]),
            "max_wait_time": 120,
            "timeout_transfer_dst": phones[number],
            "exit_with_no_av_agents": True,
            "tier_rules_apply": True,
            "tier_rule_wait_second": 20,
            "vm_enabled": True,
        },
        "queue_agents": [
            {"agent": f"{phones[(number * AGENTS + agent) % PHONES]}/Agent", "level": 1 + agent // 3, "position": agent}
            for agent in range(AGENTS)
        ],
    }


def _phone(chance: random.Random, index: int, number: str, rules: int) -> dict[str, Any]:
    kinds: list[dict[str, Any]] = [
        {"type": "voicemail", "interval": _hours(chance)},
        {"type": "transfer", "transfer_dst": f"1{(index + 1) % PHONES:04}", "call_status": "busy", "final": False},
        {"type": "hangup", "caller_id_action": "matches", "caller_id": f"^7999{index:03}"},
    ]
    return {
        "number": number,
        "type": "phone",
        "phone": {"hangup_timeout": 20 + index % 10, "vm_enabled": index % 3 > 0},
        "agents": [{"name": "Agent", "call_timeout": 15}],
        "incom_rules": [kinds[(index + rule) % len(kinds)] for rule in range(rules)],
    }


def worlds(chance: random.Random) -> list[World]:
    """Thirty of them, all different."""
    found = []
    for number in range(30):
        phones = {}
        if number % 3 == 2:
            for phone in range(PHONES):
                does = chance.choice([5, 5, 5, 12, "no_answer", "busy", {"reject": 3}])
                phones[f"1{phone:04}"] = {"does": does, "registered": chance.random() < 0.95}
        found.append(World.of({"phones": phones}))
    return found


def calls(chance: random.Random, count: int) -> list[Call]:
    found = []
    for dummy in range(count):
        kind = chance.choices((0, 2, 1), (60, 25, 15))[0]
        to = f"749500{kind}{chance.randrange((IVRS, QUEUES, PHONES)[kind]):04}"
        number = f"7{chance.randrange(10**10):010}"
        press = [chance.choice("123") for dummy in range(chance.choices(range(4), (30, 30, 25, 15))[0])]
        found.append(
            Call.of(
                {
                    "to": to,
                    "from": {"number": number, "anonymous": chance.random() < 0.1},
                    "at": YEAR_START + chance.randrange(YEAR),
                    "press": press,
                    "impatient": chance.random() < 0.1,
                    "hang_up_after": 90 if chance.random() < 0.1 else None,
                }
            )
        )
    return found


def compiled(document: dict[str, Any]) -> CallPlan:
    root, wrong = parse(document)
    if wrong:
        raise SystemExit("\n".join(wrong[:5]))
    return call_plan(of_document(root, complete=True))


def outcomes(plan: CallPlan, wanted: Sequence[Call], around: Sequence[World]) -> Counter[str]:
    found: Counter[str] = Counter()
    for index, call in enumerate(wanted):
        answer = simulate(plan, call, around[index % len(around)])
        found[answer.outcome.kind] += len(answer.fired) >= 0
    return found


def traces(plan: CallPlan, wanted: Sequence[Call], around: Sequence[World]) -> Counter[str]:
    found: Counter[str] = Counter()
    for index, call in enumerate(wanted):
        answer: Answer = simulate(plan, call, around[index % len(around)])
        found[answer.outcome.kind] += 1
        found["rules"] += len(answer.fired)
        found["events"] += len(answer.trace)
    return found


def seconds(work: Callable[[], Any], runs: int) -> float:
    """Processor time of the fastest run, which other programs have disturbed least."""
    found = []
    for dummy in range(runs):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.calls", description="What a simulated call costs.")
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    chance = random.Random(1)  # noqa: S311 - the same choices in each run
    document = tenant(chance)
    plan, wanted, around = compiled(document), calls(chance, arguments.calls), worlds(chance)
    counted = traces(plan, wanted, around)
    fast = arguments.calls / seconds(lambda: outcomes(plan, wanted, around), arguments.runs)
    whole = arguments.calls / seconds(lambda: traces(plan, wanted, around), arguments.runs)
    # Phones are three objects: themselves, their settings, their agent.
    root, dummy = parse(tenant(chance, phones=1_500))
    state = of_document(root, complete=True)
    objects = sum(len(items) for items in state.lists.values())
    compiling = seconds(lambda: call_plan(state), arguments.runs)
    reading = seconds(lambda: of_document(root, complete=True), arguments.runs)
    larger = call_plan(state)
    outcomes(larger, wanted, around)
    large = arguments.calls / seconds(lambda: outcomes(larger, wanted, around), arguments.runs)
    print(
        f"machine:  {os.cpu_count()} cores, {platform.system()}, load {os.getloadavg()[0]:.1f}\n"
        f"software: Python {platform.python_version()}\n\n"
        f"{arguments.calls} calls: {counted['events'] / arguments.calls:.1f} events and "
        f"{counted['rules'] / arguments.calls:.1f} rules in each; "
        f"{', '.join(f'{counted[kind]} {kind}' for kind in sorted(counted) if kind not in ('events', 'rules'))}\n"
        f"  outcome and rules   {fast:9,.0f} a second (to reach: {OUTCOMES:,})\n"
        f"  whole trace         {whole:9,.0f} a second (to reach: {TRACES:,})\n"
        f"{objects} objects:\n"
        f"  outcome and rules   {large:9,.0f} a second\n"
        f"  compiled in         {compiling:9.2f} s (to reach: {COMPILED})\n"
        f"  snapshot made in    {reading:9.2f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
