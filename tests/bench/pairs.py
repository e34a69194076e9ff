# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant that is as declared beside a task that does nothing: `python -m tests.bench.pairs`.

Both are tasks of one run of Ansible for the same hosts, pair after pair, so that whatever else the machine does meets
both alike. Measured is the processor time of Ansible with all its worker processes, from the beginning of a task until
its last worker has ended; the PBX is a process of its own, and does not count.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench.fleet import Fleet
from tests.bench.measure import Bench, BenchError
from tests.bench.process import EmulatorProcess
from tests.bench.report import put_into, table
from tests.bench.tenants import PAGE

BEGIN = "<!-- pairs: written by `python -m tests.bench.pairs --write-docs` -->"
END = "<!-- end of pairs -->"
# How many times the processor time of an empty task a tenant that is as declared may take.
TO_REACH = 2.5


def main() -> int:
    """Measure and print; return 1 when a tenant takes longer than it is to."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.pairs", description="What a tenant costs that is as declared."
    )
    parser.add_argument("--tenants", type=int, default=40)
    parser.add_argument("--objects", type=int, default=50, help="of each tenant")
    parser.add_argument("--forks", type=int, default=5)
    parser.add_argument("--pairs", type=int, default=16)
    parser.add_argument("--write-docs", action="store_true")
    arguments = parser.parse_args()
    try:
        with EmulatorProcess() as pbx, tempfile.TemporaryDirectory(prefix="bench-") as folder:
            fleet = Fleet(Bench(pbx, Path(folder)), arguments.tenants, arguments.objects)
            pairs = fleet.pairs(arguments.pairs, arguments.forks)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    ratios = [tenant / empty for empty, tenant in pairs]
    ms = [[1000 * one / arguments.tenants for one in column] for column in zip(*pairs, strict=True)]
    rows = [
        [name, *(f"{one(column):.{digits}f}" for one in (statistics.median, min, max))]
        for name, column, digits in (
            ("an empty task, CPU ms", ms[0], 1), ("a tenant as declared, CPU ms", ms[1], 1), ("ratio", ratios, 2)
        )
    ]  # fmt: skip
    text = (
        f"{arguments.pairs} pairs of tasks on {arguments.tenants} hosts, {fleet.wanted.objects} objects and "
        f"{fleet.wanted.least} requests of each tenant, load {os.getloadavg()[0]:.0f}:\n"
        f"{table(['for each host', 'median', 'least', 'most'], rows, left=(0,))}"
    )
    print(text)
    if arguments.write_docs:
        put_into(PAGE, BEGIN, END, text)
    return int(statistics.median(ratios) > TO_REACH)


if __name__ == "__main__":
    sys.exit(main())
