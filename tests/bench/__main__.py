# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`python -m tests.bench`: measure, print, and keep the numbers."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench import agents, noop, report
from tests.bench.agents import AGAIN, FROM_EMPTY, WAYS
from tests.bench.measure import PLAYBOOKS, Bench, BenchError
from tests.bench.process import EmulatorProcess
from tests.tools.tree import ROOT

RESULTS = ROOT / ".cache" / "bench" / "results.json"
PAGE = ROOT / "docs" / "performance.md"
# A run with more objects than this is long enough to need no second one.
ONCE_ABOVE = 100


def _arguments() -> argparse.Namespace:
    def numbers(value: str) -> list[int]:
        return sorted({int(number) for number in value.split(",")})

    def ways(value: str) -> list[str]:
        names = value.split(",")
        if unknown := set(names) - set(WAYS):
            raise argparse.ArgumentTypeError(f"no such way: {', '.join(sorted(unknown))}; there are {', '.join(WAYS)}")
        return names

    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="What the ways to write a task cost.")
    parser.add_argument("--sizes", type=numbers, default=[10, 100, 1000], metavar="N,...", help="numbers of objects")
    parser.add_argument("--ways", type=ways, default=list(WAYS), metavar="WAY,...", help=", ".join(WAYS))
    parser.add_argument("--runs", type=int, default=3, help=f"of each, up to {ONCE_ABOVE} objects; above, one")
    parser.add_argument("--minutes", type=float, default=15, help="leave out what would not end within them")
    parser.add_argument("--write-docs", action="store_true", help=f"put the numbers into {PAGE.relative_to(ROOT)}")
    return parser.parse_args()


class Schedule:
    """Measures as much as fits into the time, and lists the rest."""

    def __init__(self, bench: Bench, results: report.Results, minutes: float) -> None:
        self._bench = bench
        self._results = results
        self._end = time.monotonic() + minutes * 60
        self._missing = 0.0

    def warm_up(self, ways: list[str]) -> None:
        """Let Python keep the bytecode of everything, as it has it on a machine in use."""
        for way in ways:
            agents.prepare(self._bench.pbx)
            agents.converge(self._bench, WAYS[way], 1)

    def size(self, count: int, ways: list[str], runs: int) -> None:
        """The empty play and all ways in turn, and that again: a slow minute of the machine does not hit one alone."""
        for way in ways:
            if WAYS[way].most < count:
                self._results.left_out.append(f"{WAYS[way].title}, {count} objects: a playbook of {count} tasks")
        possible = sorted((way for way in ways if WAYS[way].most >= count), key=lambda way: self._expected(way, count))
        for number in range(runs):
            self._results.baseline.append(self._bench.playbook(PLAYBOOKS / "empty.yml"))
            for way in possible:
                self._once(way, count, number)

    def finish(self, minutes: float) -> None:
        """Say how to measure the parts that were left out for lack of time."""
        if self._missing:
            needed = minutes + self._missing / 60 * 1.2
            self._results.left_out.append(f"To measure these too: python -m tests.bench --minutes {needed:.0f}")

    def _once(self, way: str, count: int, number: int) -> None:
        expected, title = self._expected(way, count), f"{WAYS[way].title}, {count} objects"
        if time.monotonic() + expected > self._end:
            which = f", run {number + 1}" if number else ""
            why = f"would take about {expected:.0f} s" if expected else "no time was left"
            self._results.left_out.append(f"{title}{which}: {why}")
            self._missing += expected or 60
            return
        agents.prepare(self._bench.pbx)
        for phase in (FROM_EMPTY, AGAIN):
            sample = agents.converge(self._bench, WAYS[way], count)
            writes = sum(sample.requests.values()) - sample.requests.get("GET", 0)
            if writes != (count if phase == FROM_EMPTY else 0):
                raise BenchError(f"{title}, {phase}: {writes} writes")
            print(f"{sample.seconds:8.2f} s  {title}, {phase}", file=sys.stderr, flush=True)
            case = self._results.case(way, count, phase)
            if case is None:
                case = report.Case(way, count, phase)
                self._results.cases.append(case)
            case.samples.append(sample)

    def _expected(self, way: str, count: int) -> float:
        """The time for both phases, in s, after the largest size so far; 0 where nothing is known."""
        known = [case for case in self._results.cases if case.way == way]
        if not known:
            return 0
        largest = max(case.count for case in known)
        empty = self._results.empty_play
        return sum(empty + (c.seconds - empty) * count / largest for c in known if c.count == largest)


def _about() -> dict[str, str]:
    command = "python -m tests.bench"
    options = [argument for argument in sys.argv[1:] if argument != "--write-docs"]
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} cores, {platform.system()}, load {os.getloadavg()[0]:.1f} at the start",
        "software": f"Python {platform.python_version()}, ansible-core {version('ansible-core')}",
        "command": " ".join([command, *options]),
    }


def main() -> int:
    """Measure; return 1 when a run did not do its work."""
    arguments = _arguments()
    results = report.Results(_about())
    try:
        with EmulatorProcess() as pbx, tempfile.TemporaryDirectory(prefix="bench-") as folder:
            bench = Bench(pbx, Path(folder))
            schedule = Schedule(bench, results, arguments.minutes)
            schedule.warm_up(arguments.ways)
            results.noops = noop.measure(bench)
            for count in arguments.sizes:
                schedule.size(count, arguments.ways, arguments.runs if count <= ONCE_ABOVE else 1)
            schedule.finish(arguments.minutes)
        print(report.text(results))
        results.write(RESULTS)
        if arguments.write_docs:
            report.write_docs(results, PAGE)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
