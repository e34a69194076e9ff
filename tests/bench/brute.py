# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The impact of 1,000 random edits against calls that are tried one by one: `python -m tests.bench.brute`.

The calls are answered by the second interpreter of tests/oracle. The edits are done in shares, and each share is told
as soon as it is finished; `--first 300 --edits 50` does one share alone. It fails where a difference is missed or
invented.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor

from tests.tools.tree import link

sys.path.insert(0, str(link()))

from tests.unit.flow.one_by_one import WHOLE, Compared, one_by_one

EDITS, SHARE, PROCESSES = 1_000, 25, 2


def share(seeds: range) -> tuple[range, list[Compared], float]:
    start = time.process_time()
    return seeds, [one_by_one(seed, *WHOLE) for seed in seeds], time.process_time() - start


def counts(found: Iterable[Compared]) -> str:
    each = list(found)
    calls, interpreted = sum(one.calls for one in each), sum(one.interpreted for one in each)
    return (
        f"{len(each):,} edits, {sum(bool(one.rows) for one in each):,} with differences, {calls:,} calls "
        f"({interpreted:,} interpreted), missed {sum(len(one.missed) for one in each)}, "
        f"invented {sum(len(one.invented) for one in each)}, "
        f"left out, because the budget was used up: {sum(one.limit for one in each)}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.brute", description="Impact against brute force.")
    parser.add_argument("--first", type=int, default=0, help="number of the first edit")
    parser.add_argument("--edits", type=int, default=EDITS)
    parser.add_argument("--processes", type=int, default=PROCESSES)
    arguments = parser.parse_args()
    last = arguments.first + arguments.edits
    shares = [range(first, min(first + SHARE, last)) for first in range(arguments.first, last, SHARE)]
    every: list[Compared] = []
    with ProcessPoolExecutor(arguments.processes) as pool:
        for seeds, found, took in pool.map(share, shares):
            every += found
            print(f"{seeds.start}-{seeds.stop - 1}: {counts(found)}; {took:.0f} s of processor time", flush=True)
            for wrong in (one for each in found for one in (*each.missed, *each.invented)):
                print(f"  {wrong}", flush=True)
    print(f"all: {counts(every)}")
    return int(any(one.missed or one.invented for one in every))


if __name__ == "__main__":
    sys.exit(main())
