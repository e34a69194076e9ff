# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random changes, failed or not, taken back so that no caller notices: `python -m tests.soak.undos`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.tools.tree import link

sys.path.insert(0, str(link()))

from ansible_collections.telops.pbx.plugins.module_utils._api import client
from tests.cases.changes import FREE, Changes, Thing
from tests.cases.inprocess import call, connections
from tests.emulator.server import Emulator
from tests.soak.soak import FAULTS

# Requests for tokens are none of the run's writes.
WRITES = {"method": "[PD]*", "path": "/[!o]*"}
# Those that make a run fail at once, so that a thousand of them fit in an hour.
QUICK = [fault for fault in FAULTS if fault["kind"] not in ("timeout", "endless", "rate_limit")]
# A run may end before as many writes as this.
MOST_WRITES = 40


@dataclass
class Undos:
    """How many undos there were, how many of them after a run that failed, and their mistakes."""

    done: int = 0
    after_failures: int = 0
    wrong: list[str] = field(default_factory=list)


def judge(pbx: Emulator, seed: int, folder: Path, undos: Undos) -> None:
    """Change a tenant, take that back, and compare all calls before and after. seed: of the tenant and the change."""
    chance, file = Random(seed), folder / f"{seed}.json"  # noqa: S311 - a test wants the same choices again
    login: Thing = {"access_token": None, "app_id": pbx.app_id, "app_secret": pbx.app_secret}

    def run(module: str, **options: Any) -> Thing:
        return call(pbx, module, {**login, **options})

    def export() -> Any:
        return run("pbx_tenant_info")["tenant"]

    pbx.reset(seed="new")
    change = Changes(seed, 3)
    document = change.tenant()
    changed = change.changed(document)
    made = run("pbx_tenant", **document, **FREE)
    if made.get("failed"):
        undos.wrong.append(f"seed {seed}: the tenant cannot be made: {made['msg']}")
        return
    before, nth = export(), chance.randint(0, MOST_WRITES)
    if nth:
        pbx.fault(**chance.choice(QUICK), **WRITES, nth=nth)
        pbx.fault("cut_before", **WRITES, nth=nth + 1, count=0)
    died = run("pbx_tenant", **changed, **FREE, undo_file=str(file), rate_limit_wait=0).get("failed")
    pbx.clear_faults()
    if not file.exists():
        return
    undos.done += 1
    undos.after_failures += bool(died)
    undone = run("pbx_tenant", undo_from=str(file), live_traffic="allow")
    if undone.get("failed"):
        undos.wrong.append(f"seed {seed}, failure {nth}: the undo is refused: {undone['msg']}")
        return
    states = {"before": before, "after": export()}
    found = run("pbx_flow_impact", **states, offline=True, today="2026-11-23", depth=1)
    words = found.get("msg") or found["summary"]["words"]
    if words != "no caller notices":
        undos.wrong.append(f"seed {seed}, failure {nth}: {words}")


def main() -> int:
    """Return 1 when a caller notices."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.undos", description=judge.__doc__)
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0, help="of the first change")
    parser.add_argument("--minutes", type=float, default=600, help="no further change begins after so many")
    arguments = parser.parse_args()
    client.BACKOFF = 0.0
    undos, started = Undos(), time.monotonic()
    dialect = {"sound_filename": "checksum"}
    with tempfile.TemporaryDirectory() as folder, Emulator(seed="new", dialect=dialect) as pbx, connections():
        for seed in range(arguments.seed, arguments.seed + arguments.changes):
            if time.monotonic() - started > arguments.minutes * 60:
                break
            judge(pbx, seed, Path(folder), undos)
    print(
        f"{undos.done} undos, {undos.after_failures} of them after a run that failed, "
        f"{time.monotonic() - started:.0f} s: {len(undos.wrong)} wrong"
    )
    for sentence in undos.wrong:
        print(f"WRONG: {sentence}", file=sys.stderr)
    return int(bool(undos.wrong))


if __name__ == "__main__":
    sys.exit(main())
