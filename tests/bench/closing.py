# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A whole fleet that closes early by one line, as docs/closing-day.md says: `python -m tests.bench.closing`.

The tenants are there already. The playbooks of the page run with the real ansible-playbook; the page with the plan of
all tenants is the report of the callback telops.pbx.plan.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from ansible.utils.collection_loader._collection_finder import _AnsibleCollectionFinder

from tests.tools.tree import link

# Templates find the filters of the collection by it, so that it comes before the collection.
_AnsibleCollectionFinder(paths=[str(link())], scan_sys_paths=False)._install()

# ruff: noqa: E402
from tests.bench.measure import LIMIT, BenchError, variables_of
from tests.cases.closing import DOCUMENT, VARIABLES, group_file, tenant
from tests.cases.inprocess import call, connections
from tests.emulator.server import Emulator

# The writes of one tenant that the line may cost.
MOST_WRITES = 2


def _number(index: int) -> str:
    return f"4930555{index:05}"


def build(emulator: Emulator, folder: Path, tenants: int) -> None:
    """Make the tenants, open on 24 December, and the inventory of the page, in which they close at 14:00."""
    hosts: dict[str, dict[str, Any]] = {}
    common = {"prompt_folder": str(folder / "prompts"), "flow_check": "off", "dialect": {}}
    with connections():
        for index in range(tenants):
            client = emulator.add_client(dids=[_number(index)])
            access = {"pbx_api_url": emulator.url, "pbx_access_token": client["access_token"]}
            hosts[f"tenant{index:03}"] = {**access, "site_number": _number(index)}
            document = tenant(_number(index), fleet_closings=[])
            del document["call_tests"]
            made = call(emulator, "pbx_tenant", {**document, **common, "access_token": client["access_token"]})
            if made.get("failed"):
                raise BenchError(made["msg"])
    defaults = yaml.safe_load(VARIABLES)
    inventory = {"all": {"children": {"offices": {"hosts": hosts}}}}
    offices, everybody = folder / "group_vars" / "offices", folder / "group_vars" / "all"
    for place in (offices, everybody):
        place.mkdir(parents=True)
    (folder / "inventory.yml").write_text(yaml.safe_dump(inventory), encoding="utf-8")
    (offices / "variables.yml").write_text(yaml.safe_dump(defaults), encoding="utf-8")
    (offices / "document.yml").write_text(DOCUMENT, encoding="utf-8")
    (everybody / "closing.yml").write_text(group_file(), encoding="utf-8")


def run(emulator: Emulator, folder: Path, playbook: str, *args: str, forks: int) -> str:
    """Run a playbook of the page, and say what it took. Raises BenchError where it fails."""
    report = folder / f"{playbook}.html"
    env = variables_of(
        folder / "home", {"ANSIBLE_CALLBACKS_ENABLED": "telops.pbx.plan", "PBX_PLAN_REPORT": str(report)}
    )
    command = ["ansible-playbook", "-i", "inventory.yml", f"telops.pbx.{playbook}", "--forks", str(forks), *args]
    emulator.clear_log()
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=LIMIT)
    seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    (folder / f"{playbook}.txt").write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        raise BenchError(done.stdout[-4000:] + done.stderr)
    writes = Counter(entry["client_id"] for entry in emulator.writes())
    if max(writes.values(), default=0) > MOST_WRITES:
        raise BenchError(f"a tenant had {max(writes.values())} writes")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    page = f", page of {report.stat().st_size / 1024:.0f} kB" if report.exists() else ""
    return (
        f"{playbook:6} {seconds:6.1f} s, {processor:6.1f} s of processor, {len(emulator.log())} requests, "
        f"{sum(writes.values())} writes at {len(writes)} tenants, {len(done.stdout.splitlines())} lines{page}"
    )


def main() -> int:
    """Run the page once. 0 if no tenant had more writes than allowed, and each playbook was green."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tenants", type=int, default=200)
    parser.add_argument("--forks", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a new folder for the inventory, the output and the pages")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, Emulator(seed="empty") as emulator:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        build(emulator, folder, arguments.tenants)
        print(f"{arguments.tenants} tenants, {arguments.forks} forks, {os.cpu_count()} cores", flush=True)
        for playbook, args in (("check", ("-e", "pbx_offline=true")), ("plan", ()), ("site", ()), ("drift", ())):
            print(run(emulator, folder, playbook, *args, forks=arguments.forks), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
