# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many tenants over a network, in one play: `python -m tests.bench.fleet`.

The least possible is the larger of two bounds: the waiting, for which `parallel` requests of each of `forks` tenants
are under way at the same time, and the processor time of Ansible and of the PBX, which share the cores.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.measure import Bench, BenchError, Sample
from tests.bench.process import EmulatorProcess
from tests.bench.report import put_into, table
from tests.bench.tenants import PAGE, PARALLEL, WHOLE, Document, document, expect_latency
from tests.tools.ansible import local_host

BEGIN = "<!-- fleet: written by `python -m tests.bench.fleet --write-docs` -->"
END = "<!-- end of fleet -->"
# How many times the least possible a run may take.
TO_REACH = 1.5
# Enough for a run from empty, so that a limiter counts and refuses nothing.
HOURLY = 1000
Task = Mapping[str, Any]
_ACCESS = {"api_url": "{{ pbx_api_url }}", "access_token": "{{ tenant_token }}"}
TENANT: Task = {"name": "The whole tenant", WHOLE: {**_ACCESS, "extensions": "{{ extensions }}"}}
EMPTY: Task = {"name": "Nothing", "ansible.builtin.debug": {"msg": "{{ extensions | length }}"}}


@dataclass(frozen=True)
class Run:
    """processor: the s that Ansible has used in all its processes. memory: the bytes of the pages that these have
    used for the first time, which is the most that they can have for themselves."""

    phase: str
    sample: Sample
    processor: float
    memory: int

    def least(self, tenants: int, forks: int, latency: int) -> tuple[float, float]:
        """The s of waiting, and of processor time on the cores of this machine."""
        total = sum(self.sample.requests.values())
        waiting = total / PARALLEL / tenants * math.ceil(tenants / forks) * latency / 1000
        return waiting, (self.processor + self.sample.emulator) / (os.cpu_count() or 1)


class Fleet:
    """Tenants of one PBX, each a host of one inventory."""

    def __init__(self, bench: Bench, tenants: int, objects: int) -> None:
        self.wanted: Document = document(objects)
        self._bench = bench
        self._tenants = tenants
        self._inventory = bench.folder / "fleet.json"

    def runs(self, forks: int, latency: int, hourly: int, bare: bool = True) -> list[Run]:
        """Nothing, if ``bare``; then all tenants from empty, and again. Raises BenchError.

        latency: of each request, in ms. hourly: how many requests a tenant may send in an hour; 0 for any number.
        """
        pbx = self._bench.pbx
        self._begin()
        if latency:
            pbx.fault("latency", ms=latency, count=0)
        if hourly:
            pbx.fault("hourly_limit", limit=hourly, reset=3600)
        phases: dict[str, list[Task]] = {"nothing": []} if bare else {}
        phases |= {"from empty": [TENANT], "again": [TENANT]}
        try:
            found = [self._run(phase, tasks, forks, latency) for phase, tasks in phases.items()]
        finally:
            pbx.clear_faults()
        if found[-1].sample.requests != {"GET": self.wanted.least * self._tenants}:
            raise BenchError(f"the second run of {self._tenants} tenants sent {found[-1].sample.requests}")
        return found

    def pairs(self, count: int, forks: int) -> list[tuple[float, float]]:
        """The s of processor time of an empty task and of one that finds all tenants as declared, so many times, in one
        run. Raises BenchError."""
        self._begin()
        self._play([TENANT], forks)
        # The first of each pair is the second of the next, so that no order favours one of them.
        tasks = [one for number in range(count) for one in ((EMPTY, TENANT) if number % 2 else (TENANT, EMPTY))]
        # The first tasks of all load the code that the others use.
        file = self._bench.folder / "processor.jsonl"
        env = {"ANSIBLE_CALLBACKS_ENABLED": "task_processor", "TASK_PROCESSOR_FILE": str(file)}
        sample = self._play([EMPTY, TENANT, *tasks], forks, env)
        if sample.requests != {"GET": self.wanted.least * self._tenants * (count + 1)}:
            raise BenchError(f"{count + 1} runs of {self._tenants} tenants sent {sample.requests}")
        told = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()][2:]
        taken = [[one["seconds"] for one in told if one["name"] == task["name"]] for task in (EMPTY, TENANT)]
        return list(zip(*taken, strict=True))

    def _begin(self) -> None:
        """Empty tenants, and the inventory of their hosts."""
        pbx = self._bench.pbx
        pbx.reset()
        tokens = [pbx.add_client(seed="empty", extension_len=4)["access_token"] for dummy in range(self._tenants)]
        hosts = {f"tenant{n:04}": {"tenant_token": token, **local_host()} for n, token in enumerate(tokens)}
        self._inventory.write_text(json.dumps({"all": {"hosts": hosts}}), encoding="utf-8")

    def _play(self, tasks: Sequence[Task], forks: int, env: Mapping[str, str] | None = None) -> Sample:
        play = {"name": "Every tenant", "hosts": "all", "gather_facts": False, "tasks": list(tasks)}
        env = {"ANSIBLE_FORKS": str(forks), **(env or {})}
        return self._bench.playbook([play], {"extensions": self.wanted.extensions}, env, self._inventory)

    def _run(self, phase: str, tasks: Sequence[Task], forks: int, latency: int) -> Run:
        before = _used()
        sample = self._play(tasks, forks)
        log = self._bench.pbx.log()
        expect_latency(log, latency)
        if any(entry["status"] == 429 for entry in log):
            raise BenchError("the limiter has refused a request")
        after = _used()
        return Run(phase, sample, after[0] - before[0], after[1] - before[1])


def _used() -> tuple[float, int]:
    """The s of processor time of all ended processes, and the bytes of the pages that they have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_minflt * resource.getpagesize()


def main() -> int:
    """Measure and print; return 1 when a run did not do its work, or took longer than it is to."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fleet", description="What many tenants cost.")
    parser.add_argument("--tenants", type=int, default=200)
    parser.add_argument("--objects", type=int, default=50, help="of each tenant")
    parser.add_argument("--forks", default="5,20,50")
    parser.add_argument("--latency", default="20,100", metavar="MS,...")
    parser.add_argument("--write-docs", action="store_true")
    arguments = parser.parse_args()
    forks, latencies = ([int(one) for one in text.split(",")] for text in (arguments.forks, arguments.latency))
    rows: list[list[str]] = []
    wrong = False
    # A limiter costs the PBX nothing worth a second look, so that once is enough.
    plans = [(one, latency, 0) for latency in latencies for one in forks] + [(forks[-1], latencies[0], HOURLY)]
    try:
        with EmulatorProcess() as pbx, tempfile.TemporaryDirectory(prefix="bench-") as folder:
            fleet = Fleet(Bench(pbx, Path(folder)), arguments.tenants, arguments.objects)
            for one, latency, hourly in plans:
                nothing, *runs = fleet.runs(one, latency, hourly)
                for run in runs:
                    waiting, processor = run.least(arguments.tenants, one, latency)
                    each = 1000 * (run.processor - nothing.processor) / arguments.tenants
                    memory = (run.memory - nothing.memory) / arguments.tenants / 2**20
                    wrong |= run.sample.seconds > TO_REACH * max(waiting, processor)
                    rows.append(
                        [run.phase, str(latency), str(one), str(hourly or "-"), f"{run.sample.seconds:.1f}",
                         f"{waiting:.1f}", f"{processor:.1f}", f"{each:.0f}", f"{memory:.0f}"]
                    )  # fmt: skip
                    print(*rows[-1], file=sys.stderr, flush=True)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    heads = [
        "run",
        "ms",
        "forks",
        "limit",
        "wall s",
        "waiting s",
        "processor s",
        "CPU ms/tenant",
        "MiB/tenant",
    ]
    text = (
        f"{arguments.tenants} tenants of {fleet.wanted.objects} objects, latency asserted from the log, load "
        f"{os.getloadavg()[0]:.0f}:\n{table(heads, rows, left=(0,))}\n\nThe largest of all processes took "
        f"{largest:.0f} MiB; a worker shares most of that with the process that it was forked from."
    )
    print(text)
    if arguments.write_docs:
        put_into(PAGE, BEGIN, END, text)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
