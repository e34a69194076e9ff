# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cost of a task after a large one in the same preview: `python -m tests.bench.preview`.

The preview of a tenant of so many phones is remembered, and the next task exports the planned tenant. The exponent says
how its processor time grows with the number of phones: 1 where twice as many phones take twice as long.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.process import EmulatorProcess

SIZES = (200, 400, 800, 1_600)


def phones(count: int) -> list[dict[str, Any]]:
    """So many new phones, each with an agent."""
    return [
        {"number": str(number), "type": "phone", "phone": {"hangup_timeout": 20}, "agents": [{"name": "Anna"}]}
        for number in range(1000, 1000 + count)
    ]


def after_preview(pbx: EmulatorProcess, count: int) -> float:
    """The processor time in s of pbx_tenant_info after the preview of so many phones."""
    from tests.cases.inprocess import call

    with tempfile.TemporaryDirectory() as folder:
        done = call(pbx, "pbx_tenant", {"extensions": phones(count)}, check=True, memory=folder)
        before = time.process_time()
        found = call(pbx, "pbx_tenant_info", {}, check=True, memory=folder)
        spent = time.process_time() - before
    if done.get("failed") or len(found["tenant"]["extensions"]) != count:
        raise SystemExit(f"the preview of {count} phones failed: {done.get('msg')}")
    return spent


def exponent(times: dict[int, float]) -> float:
    """The slope of the line through the logarithms of sizes and times."""
    points = [(math.log(size), math.log(spent)) for size, spent in times.items()]
    middle = [sum(values) / len(points) for values in zip(*points, strict=True)]
    rise = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    return rise / sum((x - middle[0]) ** 2 for x, dummy in points)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.preview", description="A task after a large preview.")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of phones")
    arguments = parser.parse_args()
    _importable()
    times: dict[int, float] = {}
    with EmulatorProcess() as pbx:
        pbx.reset(extension_len=4)
        for size in map(int, arguments.sizes.split(",")):
            times[size] = after_preview(pbx, size)
            print(f"{size} phones: {times[size]:.2f} s of processor time", flush=True)
    print(f"growth exponent: {exponent(times):.2f}")


def _importable() -> None:
    from ansible.utils.collection_loader._collection_finder import _AnsibleCollectionFinder

    from tests.tools.tree import link

    _AnsibleCollectionFinder(paths=[str(Path(link()))], scan_sys_paths=False)._install()


if __name__ == "__main__":
    main()
