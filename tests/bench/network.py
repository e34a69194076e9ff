# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A whole tenant over a network with a latency: `python -m tests.bench.network`.

The module runs in this process, and the PBX in another one, so that nothing but the way between them is added. The
least possible is the time that the graph of the plan, or the number of requests under way, allows at this latency.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import time
from dataclasses import dataclass

from tests.bench.measure import BenchError
from tests.bench.process import EmulatorProcess
from tests.bench.report import put_into, table
from tests.bench.tenants import PAGE, Document, document, expect_latency
from tests.tools.tree import link

sys.path.insert(0, str(link()))

from ansible_collections.telops.pbx.plugins.module_utils._engine.apply import applier
from ansible_collections.telops.pbx.plugins.module_utils._engine.apply.graph import Graph
from ansible_collections.telops.pbx.plugins.module_utils._engine.plan.steps import Step
from tests.cases.inprocess import call, connections

BEGIN = "<!-- network: written by `python -m tests.bench.network --write-docs` -->"
END = "<!-- end of network -->"
# How many times the least possible waiting a run may take, besides its time without latency.
TO_REACH = 1.5

# The longest chain in the graph of each plan since it was cleared.
DEPTHS: list[int] = []


class Measured(Graph):
    """A graph that tells its depth."""

    def __init__(self, steps: list[Step]) -> None:
        super().__init__(steps)
        DEPTHS.append(self.depth)


@dataclass(frozen=True)
class Run:
    """One run of a tenant. seconds: its wall time. least: of waiting, in s."""

    seconds: float
    processor: float
    reads: int
    writes: int
    depth: int

    def least(self, latency: int, parallel: int) -> float:
        """The s that no run can do without: of writes; a run that only reads waits for its reads."""
        sent = self.writes or self.reads
        return max(self.depth, sent / parallel) * latency / 1000


def run(pbx: EmulatorProcess, wanted: Document, latency: int, parallel: int) -> Run:
    """Bring the tenant to the document. Raises BenchError where that fails, or a request had no latency."""
    pbx.clear_log()
    pbx.clear_faults()
    if latency:
        pbx.fault("latency", ms=latency, count=0)
    DEPTHS.clear()
    started, used = time.perf_counter(), time.process_time()
    result = call(pbx, "pbx_tenant", {"extensions": wanted.extensions, "parallel": parallel})
    seconds, processor = time.perf_counter() - started, time.process_time() - used
    if result.get("failed"):
        raise BenchError(result["msg"])
    log = pbx.log()
    expect_latency(log, latency)
    requests: dict[str, int] = result["requests"]
    writes = sum(requests.values()) - requests.get("GET", 0)
    return Run(seconds, processor, requests.get("GET", 0), writes, max(DEPTHS, default=0))


def runs(pbx: EmulatorProcess, wanted: Document, latency: int, parallel: int) -> tuple[Run, Run]:
    """From empty, and again."""
    pbx.reset(extension_len=4)
    with connections():
        return run(pbx, wanted, latency, parallel), run(pbx, wanted, latency, parallel)


def main() -> int:
    """Measure and print; return 1 when a run took longer than it is to."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.network", description="What a network costs.")
    parser.add_argument("--objects", type=int, default=500)
    parser.add_argument("--latency", type=int, default=50, metavar="MS")
    parser.add_argument("--parallel", default="8,1", help="numbers of requests under way at the same time")
    parser.add_argument("--write-docs", action="store_true")
    arguments = parser.parse_args()
    wanted, latency = document(arguments.objects), arguments.latency
    applier.Graph = Measured  # type: ignore[assignment, misc]
    rows: list[list[str]] = []
    wrong = False
    try:
        with EmulatorProcess() as pbx:
            for parallel in map(int, arguments.parallel.split(",")):
                near, far = runs(pbx, wanted, 0, parallel), runs(pbx, wanted, latency, parallel)
                for phase, without, found in zip(("from empty", "again"), near, far, strict=True):
                    most = TO_REACH * found.least(latency, parallel) + without.seconds
                    wrong |= found.seconds > most
                    counts = (parallel, found.reads, found.writes, found.depth)
                    times = (without.seconds, found.seconds, found.least(latency, parallel), most, found.processor)
                    rows.append([phase, *map(str, counts), *(f"{one:.2f}" for one in times)])
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    heads = ["run", "parallel", "GET", "writes", "depth", "s at 0 ms", f"s at {latency} ms", "least", "at most", "CPU"]
    text = (
        f"{wanted.objects} objects, {latency} ms for each request (asserted from the log), "
        f"{math.ceil(os.getloadavg()[0])} load:\n{table(heads, rows, left=(0,))}"
    )
    print(text)
    if arguments.write_docs:
        put_into(PAGE, BEGIN, END, text)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
