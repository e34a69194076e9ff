# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The numbers as text: one block for the terminal and for docs/performance.md."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.agents import AGAIN, FROM_EMPTY, WAYS
from tests.bench.measure import BenchError, Sample
from tests.bench.noop import Noop

BEGIN = "<!-- numbers: written by `python -m tests.bench --write-docs` -->"
END = "<!-- end of numbers -->"
# How many times faster than an ordinary module a task on the fast path is meant to be.
TO_REACH = 6


@dataclass
class Case:
    """One way at one size, from empty or again."""

    way: str
    count: int
    phase: str
    samples: list[Sample] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return median(sample.seconds for sample in self.samples)


@dataclass
class Results:
    """All that one run of the benchmark has found. ``left_out`` are sentences."""

    about: dict[str, str]
    baseline: list[Sample] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    noops: list[Noop] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def case(self, way: str, count: int, phase: str) -> Case | None:
        """The case, if it was measured."""
        return next((c for c in self.cases if (c.way, c.count, c.phase) == (way, count, phase)), None)

    @property
    def empty_play(self) -> float:
        """The cost of every run, in s: the median of the empty plays."""
        return median(sample.seconds for sample in self.baseline)

    def per_object(self, case: Case) -> float:
        """The cost of one object, in s."""
        return (case.seconds - self.empty_play) / case.count

    def ratio(self, slow: str, fast: str, count: int, phase: str) -> float | None:
        """How many times faster the one way is per object; None where noise hides it or one was not measured."""
        one, other = self.case(slow, count, phase), self.case(fast, count, phase)
        if one is None or other is None or self.per_object(other) <= 0:
            return None
        return self.per_object(one) / self.per_object(other)

    def write(self, path: Path) -> None:
        """Write everything as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def text(results: Results) -> str:
    """Tables and ratios."""
    parts = [
        "\n".join(f"{name + ':':10}{value}" for name, value in results.about.items()),
        _times(results),
        _ratios(results),
        _noops(results.noops),
    ]
    if results.left_out:
        parts.append("Left out:\n" + "\n".join(f"  {sentence}" for sentence in results.left_out))
    return "\n\n".join(part for part in parts if part)


def write_docs(results: Results, page: Path) -> None:
    """Put the numbers into a page; see put_into."""
    put_into(page, BEGIN, END, text(results))


def put_into(page: Path, begin_mark: str, end_mark: str, numbers: str) -> None:
    """Replace the text between the two marks. Raises BenchError when they are not there once each."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(begin_mark)
    dummy, end, after = rest.partition(end_mark)
    if not begin or not end or begin_mark in rest or end_mark in after:
        raise BenchError(f"{page.name} needs the marks {begin_mark} and {end_mark}, once each and in this order")
    page.write_text(f"{before}{begin}\n\n```text\n{numbers}\n```\n\n{end}{after}", encoding="utf-8")


def _times(results: Results) -> str:
    spread = ["wall s", "min", "max", "runs"]
    head = ["objects", "way", "run", *spread, "ms per object", "GET", "POST", "PUT", "PBX s", "PBX %"]
    rows = [["0", "empty play", "", *_spread(results.baseline), "", "0", "0", "0", "", ""]]
    for case in results.cases:
        requests = case.samples[0].requests
        emulator = median(sample.emulator for sample in case.samples)
        rows.append(
            [
                str(case.count),
                WAYS[case.way].title,
                case.phase,
                *_spread(case.samples),
                f"{results.per_object(case) * 1000:.1f}",
                *(str(requests.get(method, 0)) for method in ("GET", "POST", "PUT")),
                *(["", ""] if math.isnan(emulator) else [f"{emulator:.2f}", f"{emulator / case.seconds * 100:.0f}"]),
            ]
        )
    return table(head, rows, left=(1, 2))


def _spread(samples: Sequence[Sample]) -> list[str]:
    seconds = [sample.seconds for sample in samples]
    return [f"{median(seconds):.2f}", f"{min(seconds):.2f}", f"{max(seconds):.2f}", str(len(seconds))]


def _ratios(results: Results) -> str:
    def cell(slow: str, fast: str, count: int, phase: str) -> str:
        ratio = results.ratio(slow, fast, count, phase)
        return "" if ratio is None else f"{ratio:.1f}"

    head = ["objects", "run", "module : fast loop", "module : fast tasks", "uri : fast loop"]
    rows = [
        [
            str(count),
            phase,
            cell("module", "fast", count, phase),
            cell("module", "tasks", count, phase),
            cell("uri", "fast", count, phase),
        ]
        for count in dict.fromkeys(case.count for case in results.cases)
        for phase in (FROM_EMPTY, AGAIN)
    ]
    rows = [row for row in rows if any(row[2:])]
    if not rows:
        return ""
    return f"Times faster per object (module : fast is to reach {TO_REACH}):\n" + table(head, rows, left=(1,))


def _noops(noops: Sequence[Noop]) -> str:
    if not noops:
        return ""
    rows = [[n.module, str(n.least), str(n.requests["GET"]), ", ".join(n.reads)] for n in noops]
    return "Requests of a task that finds everything as declared:\n" + table(
        ["module", "least", "GET", "what it must read"], rows, left=(0, 3)
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: Sequence[int]) -> str:
    """Columns, those in ``left`` aligned to the left."""
    lines: list[Sequence[Any]] = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            c.ljust(w) if i in left else c.rjust(w) for i, (c, w) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
