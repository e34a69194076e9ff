# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which callers notice a change: `python -m tests.bench.impact`.

The large tenant is that of tests.bench.calls: 50 menus, 500 rules, 60 intervals in three time zones. Each of its
changes is compared over 24 months, all numbers and callers, in the four worlds, for as many answers of a caller as a
plan follows. The fleet is 200 tenants with the flow of the clinic and two changes each, on two processes. It fails
where they take longer than is to be reached.
"""

from __future__ import annotations

import argparse
import copy
import os
import platform
import random
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import yaml

from tests.bench.calls import seconds, tenant
from tests.tools.tree import ROOT, link

sys.path.insert(0, str(link()))

from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.impact import Impact, as_deep_as, impact
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document
from ansible_collections.telops.pbx.plugins.module_utils._state.snapshot import Snapshot

Document = dict[str, Any]
Edit = Callable[[Document], None]

LARGE, FLEET = 1.0, 60.0
TENANTS, PROCESSES = 200, 2
# As in a plan: so many simulated calls decide how many answers of a caller are followed.
CALLS = 2_000
# 2026-11-30, a Monday, and 24 months.
BEGIN, MONTHS = 1_796_000_400, 730 * 86_400
CLINIC = ROOT / "playbooks" / "vars" / "clinic.yml"


def _interval(document: Document) -> None:
    document["intervals"][0]["conditions"][0]["start_time"] = "11:45:00"


def _options(document: Document, ivr: int) -> list[Document]:
    menus = [one for one in document["extensions"] if one["type"] == "ivr"]
    return [option for context in menus[ivr]["ivr"]["contexts"] for option in context["options"]]


def _menu_rule(document: Document) -> None:
    _options(document, 0)[3]["rules"][0]["transfer_dst"] = "10000"


def _deep_rule(document: Document) -> None:
    _options(document, 2)[-1]["rules"][0]["transfer_dst"] = "10000"


def _queue(document: Document) -> None:
    queue = next(one for one in document["extensions"] if one["type"] == "queue")
    queue["queue"]["max_wait_time"] = 60


def _phone(document: Document) -> None:
    document["extensions"][5]["phone"]["hangup_timeout"] = 7


def _did(document: Document) -> None:
    document["dids"][0]["extension"], document["dids"][1]["extension"] = (
        document["dids"][1]["extension"],
        document["dids"][0]["extension"],
    )


def _label(document: Document) -> None:
    for one in document["extensions"]:
        one["label"] = "Label"


CHANGES: dict[str, Edit] = {
    "hours of an interval": _interval,
    "a rule of a first menu": _menu_rule,
    "a rule of a deep menu": _deep_rule,
    "the longest wait of a queue": _queue,
    "the ringing of a phone": _phone,
    "two numbers swapped": _did,
    "labels": _label,
}


def state(document: Document) -> Snapshot:
    root, wrong = parse(document)
    if wrong:
        raise SystemExit("\n".join(map(str, wrong[:5])))
    return of_document(root, complete=True)


def compared(before: Snapshot, after: Snapshot) -> Impact:
    """As a plan compares."""
    return as_deep_as(
        CALLS,
        lambda depth, budget: impact(before, after, BEGIN, BEGIN + MONTHS, depth=depth, budget=budget, longer=True),
    )


def of_fleet(number: int) -> int:
    """One of many tenants, whose clinic opens at another time; how many groups callers notice."""
    document = clinic()
    edited = copy.deepcopy(document)
    edited["intervals"][0]["conditions"][0]["start_time"] = f"08:{number % 59 + 1:02}:00"
    edited["dids"][number % 2]["extension"] = "101"
    return len(compared(state(document), state(edited)).groups)


def clinic() -> Document:
    """The clinic, with its opening hours as intervals of the tenant."""
    given = yaml.safe_load(CLINIC.read_text(encoding="utf-8"))
    return {
        "extensions": _literal(given["pbx_extensions"]),
        "dids": given["pbx_dids"],
        "intervals": [copy.deepcopy(given["clinic_open"]), copy.deepcopy(given["clinic_holidays"])],
    }


def _literal(value: Any) -> Any:
    """The value as the playbook fills it in: night mode is off, so each text with `clinic_night_mode` is False."""
    if isinstance(value, dict):
        return {name: _literal(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_literal(one) for one in value]
    return False if isinstance(value, str) and "clinic_night_mode" in value else value


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.impact", description="What an impact costs.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tenants", type=int, default=TENANTS)
    arguments = parser.parse_args()
    document = tenant(random.Random(1))  # noqa: S311 - the same choices in each run
    before = state(document)
    print(
        f"machine:  {os.cpu_count()} cores, {platform.system()}, load {os.getloadavg()[0]:.1f}\n"
        f"software: Python {platform.python_version()}\n\n"
        f"50 menus, 500 rules, 60 intervals, 24 months; seconds of processor time (to reach: {LARGE} each)"
    )
    slow = []
    for name, edit in CHANGES.items():
        edited = copy.deepcopy(document)
        edit(edited)
        after = state(edited)
        found = compared(before, after)
        took = seconds(lambda before=before, after=after: compared(before, after), arguments.runs)
        depth = f"depth {found.scope.depth}, {found.spent} calls, {len(found.groups)} groups"
        print(f"  {name:30} {took:6.2f} s  {depth}{'  LIMIT: ' + found.limit if found.limit else ''}")
        if took > LARGE or found.limit:
            slow.append(name)
    start = time.monotonic()
    with ProcessPoolExecutor(PROCESSES) as pool:
        groups = list(pool.map(of_fleet, range(arguments.tenants)))
    took = time.monotonic() - start
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"\n{arguments.tenants} tenants, {PROCESSES} processes: {took:.1f} s (to reach: {FLEET}), "
        f"of which each has used its processor for {(spent.ru_utime + spent.ru_stime) / PROCESSES:.1f} s"
    )
    if not all(groups):
        raise SystemExit("a change of a tenant of the fleet was noticed by nobody, so this is no measurement")
    if took > FLEET * arguments.tenants / TENANTS:
        slow.append("the fleet")
    if slow:
        print(f"too slow: {', '.join(slow)}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
