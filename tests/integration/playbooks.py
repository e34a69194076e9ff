# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cases of all modules as one playbook: a play and a tenant of its own for each module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.cases import CASES
from tests.cases.case import Args, Case, Request
from tests.cases.files import fresh
from tests.cases.inprocess import enliven, query_of
from tests.emulator.server import Emulator
from tests.tools.ansible import Run, TaskResult, local_host

CONNECTION = {"api_url": "{{ api_url }}", "access_token": "{{ access_token }}"}
UNKNOWN = {"no_such_option": 1}


@dataclass
class Outcome:
    """The result of one task, and the requests that it sent."""

    task: TaskResult
    requests: list[Request] = field(default_factory=list)

    @property
    def result(self) -> dict[str, Any]:
        return self.task.result

    @property
    def writes(self) -> list[Request]:
        return [request for request in self.requests if request.method != "GET"]


def inventory(emulator: Emulator, hosts: list[str], seed: str = "bare", live: bool = True) -> dict[str, Any]:
    """A new tenant for every host; live: for a module, with the events that its cases need there.

    The first host gets the tenant that the emulator starts with, where every id is known.
    """
    fresh()
    emulator.reset(seed=seed)
    first = {"client_id": emulator.client_id, "access_token": emulator.access_token}
    tenants = {}
    for number, host in enumerate(hosts):
        client = emulator.add_client(seed=seed) if number else first
        tenants[host] = client["access_token"]
        if live and host in CASES:
            enliven(emulator, CASES[host], client["client_id"])
    emulator.clear_log()
    variables = {**local_host(), "api_url": emulator.url}
    return {"all": {"vars": variables, "hosts": {h: {"access_token": token} for h, token in tenants.items()}}}


def task(name: str, module: str, args: Args, **keywords: Any) -> dict[str, Any]:
    return {"name": name, f"telops.pbx.{module}": args, **keywords}


def play(host: str, tasks: list[dict[str, Any]], **keywords: Any) -> dict[str, Any]:
    defaults = {"module_defaults": {"group/telops.pbx.pbx": CONNECTION}}
    return {"hosts": host, "gather_facts": False, **defaults, **keywords, "tasks": tasks}


def rhythm(case: Case, **options: Any) -> Iterator[dict[str, Any]]:
    """Wrong arguments; then each step as a preview, for real, and for real again."""
    for module, args in case.setup:
        yield task("setup", module, {**args, **options})
    unknown = {**case.args(case.steps[0].args, True), **UNKNOWN, **options}
    yield task("unknown option", case.module, unknown, ignore_errors=True)
    for number, refusal in enumerate(case.refusals[:2]):
        yield task(f"refusal {number}", case.module, {**case.args(refusal.args, True), **options}, ignore_errors=True)
    for step in case.portable:
        args = {**case.args(step.args, True), **options}
        yield task(f"{step.name}: preview", case.module, args, check_mode=True)
        yield task(f"{step.name}: real", case.module, args)
        yield task(f"{step.name}: again", case.module, args)


# Starting Ansible takes longer than thirty tasks, and one playbook for all modules takes minutes.
SHARES = [list(CASES)[start::4] for start in range(min(4, len(CASES)))]


def rhythms(modules: list[str], **options: Any) -> list[dict[str, Any]]:
    """The rhythm of each of the modules."""
    return [play(name, list(rhythm(CASES[name], **options))) for name in modules]


def items(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The results of a loop, or the one of a task without."""
    # A module may return "results" of its own; it has counted its requests.
    found = result["results"] if "results" in result and "requests" not in result else [result]
    return found if isinstance(found, list) else [result]


def besides_findings(warnings: list[str]) -> list[str]:
    """The warnings but those about callers: most documents of tests are parts of a tenant, where nobody is at home."""
    return [warning for warning in warnings if not re.search(r"\([A-Z]\d\d [a-z-]+\)", warning)]


def failures(run: Run) -> dict[str, str]:
    """By host, the final message of a playbook of this collection about its notes, and the message of Ansible."""
    found: dict[str, str] = {}
    for result in run.tasks:
        if result.status == "failed" or (result.name == "Print the failures" and result.status == "ok"):
            message = result.result.get("msg", "")
            found[result.host] = found.get(result.host, "") + (
                "\n".join(message) if isinstance(message, list) else message
            )
    return found


def outcomes(run: Run, log: list[dict[str, Any]]) -> dict[str, dict[str, Outcome]]:
    """By host and task. The log is dealt out by the requests that each task says it has sent: were one of them
    wrong, nothing behind it would fit."""
    requests = iter(
        [Request(e["method"], e["path"] + query_of(e), e["body"]) for e in log if not e["path"].startswith("/oauth")]
    )
    found: dict[str, dict[str, Outcome]] = {}
    for result in run.tasks:
        outcome = Outcome(result)
        for item in items(result.result):
            counted = item.get("requests", {})
            sent = [next(requests) for dummy in range(sum(counted.values()))]
            methods = [request.method for request in sent]
            assert {method: methods.count(method) for method in methods} == counted, (result.host, result.name)
            outcome.requests += sent
        found.setdefault(result.host, {})[result.name] = outcome
    left = list(requests)
    assert left == [], "requests that no task has counted"
    return found
