# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many tenants in one job and in slices, as an automation controller runs them: `python -m tests.bench.slices`.

A controller gives each slice of a job an inventory of its own. Slice n of k gets the n-th host in the order of the
names, and every k-th host after it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ansible_runner

from tests.bench.measure import BenchError
from tests.bench.process import EmulatorProcess
from tests.emulator.server import Emulator
from tests.tools.ansible import ROOT, environment, local_host
from tests.tools.demo import same_requests

PROJECT = ROOT / "docs" / "examples" / "controller" / "project"
# A job that takes more s than this has failed.
LIMIT = 500
Hosts = dict[str, dict[str, Any]]
DOCUMENT = {
    "pbx_intervals": [
        {
            "name": "Opening hours",
            "timezone": "Europe/Lisbon",
            "conditions": [{"start_dow": 2, "end_dow": 6, "start_time": "09:00:00", "end_time": "18:00:00"}],
        }
    ],
    "pbx_extensions": [
        {
            "number": "101",
            "type": "phone",
            "label": "Desk of {{ inventory_hostname }}",
            "agents": [{"name": "Anna {{ inventory_hostname }}"}],
            "incom_rules": [{"name": "Busy", "type": "busy", "interval": "Opening hours"}],
        }
    ],
}


@dataclass(frozen=True)
class Job:
    """The outcome of one run of a playbook: its hosts, and the steps that it announced or took for each of them."""

    hosts: list[str]
    steps: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def add_tenants(emulator: Emulator, count: int) -> tuple[Hosts, dict[int, str]]:
    """Add empty tenants. Answers a host for each, and the host that belongs to each client's id."""
    hosts, owner = {}, {}
    for number in range(count):
        client = emulator.add_client(seed="empty")
        name = f"tenant{number:03}"
        hosts[name] = {"pbx_app_id": client["app_id"], "pbx_app_secret": client["app_secret"], **local_host()}
        owner[client["client_id"]] = name
    return hosts, owner


def sliced(hosts: Hosts, count: int) -> list[Hosts]:
    """The inventories of the slices."""
    names = sorted(hosts)
    return [{name: hosts[name] for name in names[first::count]} for first in range(count)]


def run(emulator: Emulator, folder: Path, playbook: str, inventories: Iterable[Hosts]) -> list[Job]:
    """Run a playbook of the project once for each inventory, at the same time. Raises BenchError when a job fails."""
    env = environment(folder / "home", {"PBX_API_URL": emulator.url})
    started = []
    for number, hosts in enumerate(inventories):
        private = folder / f"{playbook}{number}"
        shutil.copytree(PROJECT, private / "project")
        started.append(
            ansible_runner.run_async(
                private_data_dir=str(private),
                playbook=playbook,
                inventory={"all": {"hosts": hosts, "vars": DOCUMENT}},
                envvars=env,
                settings={"job_timeout": LIMIT},
                quiet=True,
            )
        )
    jobs = []
    for thread, runner in started:
        thread.join()
        if runner.rc:
            raise BenchError(f"{playbook}: exit code {runner.rc}\n{runner.stdout.read()[-3000:]}")
        job = Job(sorted(runner.stats["ok"]))
        for event in runner.events:
            result = event["event_data"].get("res", {})
            if event["event"] == "runner_on_ok" and "plan" in result:
                job.steps[event["event_data"]["host"]] = result["plan"]
        jobs.append(job)
    return jobs


def written(emulator: Emulator, owner: dict[int, str]) -> dict[str, list[dict[str, Any]]]:
    """The writes that each tenant has received since the log was cleared."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in emulator.writes():
        found[owner[entry["client_id"]]].append(entry)
    return found


def differences(hosts: Hosts, whole: Job, slices: list[Job], writes: dict[str, list[dict[str, Any]]]) -> list[str]:
    """The differences between the slices together and the whole, as sentences that name the tenant."""
    times = Counter(name for job in slices for name in job.hosts)
    said = [f"{name} is in {times[name]} slices" for name in sorted(hosts) if times[name] != 1]
    said += [f"{name} is in a slice and not in the inventory" for name in sorted(set(times) - set(hosts))]
    said += [f"{name} is not in the whole" for name in sorted(set(hosts) - set(whole.steps))]
    return said + [
        f"{name}: {len(writes.get(name, []))} requests, and the whole announced {len(steps)}"
        for name, steps in sorted(whole.steps.items())
        if not same_requests(steps, writes.get(name, []))
    ]


def main() -> int:
    """Plan all tenants in one job, apply in slices, compare; return 1 when they differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.slices", description="Many tenants in sliced jobs.")
    parser.add_argument("--tenants", type=int, default=200)
    parser.add_argument("--slices", type=int, default=8)
    arguments = parser.parse_args()
    with EmulatorProcess() as pbx, tempfile.TemporaryDirectory(prefix="bench-") as name:
        hosts, owner = add_tenants(pbx, arguments.tenants)
        start = time.perf_counter()
        (whole,) = run(pbx, Path(name), "plan.yml", [hosts])
        planned = time.perf_counter()
        pbx.clear_log()
        jobs = run(pbx, Path(name), "site.yml", sliced(hosts, arguments.slices))
        applied = time.perf_counter()
        writes = written(pbx, owner)
        said = differences(hosts, whole, jobs, writes)
    print(f"{arguments.tenants} tenants planned in one job: {planned - start:.1f} s")
    print(f"applied in {arguments.slices} slices: {applied - planned:.1f} s, {sum(map(len, writes.values()))} writes")
    print("\n".join(said) or "the slices together are the whole")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
