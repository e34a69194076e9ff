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
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import Bench, BenchError, Sample
from tests.bench.process import EmulatorProcess
from tests.bench.report import put_into, table
from tests.bench.tenants import PAGE, PARALLEL, WHOLE, Document, document, expect_latency
from tests.tools.ansible import local_host

BEGIN = "<!-- fleet: written by `python -m tests.bench.fleet --write-docs` -->"
END = "<!-- end of fleet -->"
# How many times the least possible a run may take, and how many times an empty action task the processor time of a
# tenant that is as declared.
TO_REACH, OF_EMPTY = 1.5, 2.5
# Enough for a run from empty, so that a limiter counts and refuses nothing.
HOURLY = 1000


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
        """Nothing and an empty task, if ``bare``; then all tenants from empty, and again. Raises BenchError.

        latency: of each request, in ms. hourly: how many requests a tenant may send in an hour; 0 for any number.
        """
        pbx = self._bench.pbx
        pbx.reset()
        tokens = [pbx.add_client(seed="empty", extension_len=4)["access_token"] for dummy in range(self._tenants)]
        hosts = {f"tenant{n:04}": {"tenant_token": token, **local_host()} for n, token in enumerate(tokens)}
        self._inventory.write_text(json.dumps({"all": {"hosts": hosts}}), encoding="utf-8")
        access = {"api_url": "{{ pbx_api_url }}", "access_token": "{{ tenant_token }}"}
        whole = {"name": "The whole tenant", WHOLE: {**access, "extensions": "{{ extensions }}"}}
        empty = {"name": "Nothing", "ansible.builtin.debug": {"msg": "{{ extensions | length }}"}}
        if latency:
            pbx.fault("latency", ms=latency, count=0)
        if hourly:
            pbx.fault("hourly_limit", limit=hourly, reset=3600)
        phases: dict[str, list[dict[str, object]]] = {"nothing": [], "empty task": [empty]} if bare else {}
        phases |= {"from empty": [whole], "again": [whole]}
        try:
            found = [self._run(phase, tasks, forks, latency) for phase, tasks in phases.items()]
        finally:
            pbx.clear_faults()
        if found[-1].sample.requests != {"GET": self.wanted.least * self._tenants}:
            raise BenchError(f"the second run of {self._tenants} tenants sent {found[-1].sample.requests}")
        return found

    def _run(self, phase: str, tasks: list[dict[str, object]], forks: int, latency: int) -> Run:
        play = {"name": "Every tenant", "hosts": "all", "gather_facts": False, "tasks": tasks}
        before = _used()
        env = {"ANSIBLE_FORKS": str(forks)}
        sample = self._bench.playbook([play], {"extensions": self.wanted.extensions}, env, self._inventory)
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
                nothing, empty, *runs = fleet.runs(one, latency, hourly)
                for run in runs:
                    waiting, processor = run.least(arguments.tenants, one, latency)
                    each, of_empty = (
                        1000 * (found.processor - nothing.processor) / arguments.tenants for found in (run, empty)
                    )
                    memory = (run.memory - nothing.memory) / arguments.tenants / 2**20
                    wrong |= run.sample.seconds > TO_REACH * max(waiting, processor)
                    wrong |= run.phase == "again" and each > OF_EMPTY * of_empty
                    rows.append(
                        [run.phase, str(latency), str(one), str(hourly or "-"), f"{run.sample.seconds:.1f}",
                         f"{waiting:.1f}", f"{processor:.1f}", f"{each:.0f}", f"{of_empty:.0f}", f"{memory:.0f}"]
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
        "of an empty task",
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
