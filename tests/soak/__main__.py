# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A soak test: `python -m tests.soak`. Exits with 1 when a tenant is wrong, or a failure is no sentence."""

from __future__ import annotations

import argparse
import os
import sys
import time

from tests.bench.process import EmulatorProcess
from tests.tools.tree import link

sys.path.insert(0, str(link()))

from tests.soak import soak


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=soak.__doc__)
    parser.add_argument("--tenants", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--percent", type=float, default=1.0, help="of all requests that meet a fault")
    parser.add_argument("--latency", default="5-200", metavar="MS-MS")
    parser.add_argument("--workers", type=int, default=8, help="tenants that each of the two nodes works on at once")
    parser.add_argument("--phones", type=int, default=3, help="phones of each tenant at most")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    least, most = map(int, arguments.latency.split("-"))
    started = time.perf_counter()
    with EmulatorProcess() as pbx:
        tenants = soak.tenants_of(pbx, arguments.tenants, arguments.rounds, arguments.seed, arguments.phones)
        last = [tenant.documents[-1] for tenant in tenants]
        soak.misbehave(pbx, arguments.percent, (least, most))
        with soak.node(arguments.workers) as one, soak.node(arguments.workers) as other:
            done = soak.run(tenants, (one, other), arguments.seed)
        sent = len(pbx.log())
        soak.look(pbx, done, last)
    seconds = time.perf_counter() - started
    for message, count in done.failures.most_common(15):
        print(f"{count:6} {message}")
    print(
        f"{len(tenants)} tenants, {arguments.rounds} rounds, {arguments.percent} % faults, {least} to {most} ms: "
        f"{done.runs} runs, {sum(done.failures.values())} of which failed, {sent} requests, {seconds:.0f} s, "
        f"load {os.getloadavg()[0]:.0f}"
    )
    for sentence in done.wrong:
        print(f"WRONG: {sentence}", file=sys.stderr)
    return int(bool(done.wrong))


if __name__ == "__main__":
    sys.exit(main())
