# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make demo``: a clinic's call center on the emulator, previewed, applied, applied again, and changed."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.tools.ansible import Ansible, Run
from tests.tools.pythons import search_path
from tests.tools.tree import ROOT

LOGS = ROOT / ".cache" / "demo"
EXCERPTS = ('extension "201" > queue', 'extension "300" > IVR context "main" > IVR option "start"')
# So many of the changes that callers notice are told.
_GROUPS = 1
# Ids of objects that a preview would create stand in its paths by name.
_PLACEHOLDER = re.compile(r"<[^>]+>")
_WIDTH = 80
# The demo shows so many lines at the beginning and at the end of a call test's message.
_FIRST_LINES, _LAST_LINES = 6, 5
# At most this many seconds for one run of the playbook.
_LIMIT = 300


class Pbx:
    """The emulator in a process of its own, for which only its address is known."""

    def __init__(self, address: str) -> None:
        self.origin = address.partition("/api/")[0]
        client = self._ask("GET", "clients")[0]
        self.environment = {
            "PBX_API_URL": address,
            "PBX_APP_ID": client["app_id"],
            "PBX_APP_SECRET": client["app_secret"],
        }

    def requests(self) -> list[dict[str, Any]]:
        """Return the log of the API's requests since the last call; tokens are not counted."""
        log = self._ask("GET", "log")
        self._ask("DELETE", "log")
        return [entry for entry in log if not entry["path"].startswith("/oauth")]

    def _ask(self, method: str, path: str) -> Any:
        request = urllib.request.Request(f"{self.origin}/_emulator/{path}", method=method)  # noqa: S310
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as response:
            return json.load(response)


@contextmanager
def pbx() -> Iterator[Pbx]:
    """Run the emulator with numbers and sounds, and no extension. Raises RuntimeError if it does not start."""
    command = [sys.executable, "-m", "tests.emulator", "--seed", "new"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        # It listens before it prints, and the line is empty when it dies instead.
        address = process.stdout.readline().strip()
        if not address:
            raise RuntimeError("the emulator did not start")
        yield Pbx(address)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def plan(run: Run) -> list[dict[str, Any]]:
    """Return the steps that a run announced, or took, in order."""
    results = [result for task in run.tasks for result in task.result.get("results", [task.result])]
    return [step for result in results for step in result.get("plan", [])]


def writes(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [request for request in requests if request["method"] != "GET"]


def same_requests(announced: list[dict[str, Any]], sent: list[dict[str, Any]]) -> bool:
    """Return whether methods and paths are the same, whatever ids the PBX gave to objects that a preview knows by name,
    and whichever of those that wait for nothing came first."""
    left = list(sent)
    # Steps with ids choose their requests first, so that a step with placeholders takes none of theirs.
    for step in sorted(announced, key=lambda one: bool(_PLACEHOLDER.search(one["path"]))):
        pattern = ".*" + "[^/]+".join(re.escape(part) for part in _PLACEHOLDER.split(step["path"]))
        fitting = (r for r in left if step["method"] == r["method"] and re.fullmatch(pattern, r["path"]))
        found = next(fitting, None)
        if found is None:
            return False
        left.remove(found)
    return not left


def counted(requests: list[dict[str, Any]]) -> str:
    """Return ``118 writes (71 POST, 47 PUT)``."""
    methods = Counter(request["method"] for request in requests)
    detail = ", ".join(f"{count} {method}" for method, count in sorted(methods.items()))
    return f"{len(requests)} writes" + (f" ({detail})" if detail else "")


def excerpt(output: str, title: str) -> Iterator[str]:
    """Yield the diff of one object as Ansible printed it."""
    block = re.search(rf"^\+\+\+ after: {re.escape(title)}\n@@.*\n((?:[-+ ].*\n)+)", output, re.MULTILINE)
    if not block:
        raise LookupError(f"no diff of {title} in the preview")
    yield f"\n   {title}"
    yield from (f"   {line}" for line in block[1].splitlines())


class Demo:
    """The five runs, each one headline and a few lines."""

    def __init__(
        self, exchange: Pbx, ansible: Ansible, playbook: str = "playbooks/demo.yml", logs: Path = LOGS
    ) -> None:
        self._pbx = exchange
        self._inventory = ansible.folder / "inventory"
        self._inventory.write_text("localhost\n", encoding="utf-8")
        self._ansible = ansible
        self._playbook = playbook
        shutil.rmtree(logs, ignore_errors=True)
        logs.mkdir(parents=True)
        self._logs = logs
        self._failed = False
        self.warnings: list[str] = []

    def run(self) -> int:
        """Return 0 when the preview told exactly the requests of the run, and the second run found nothing to do."""
        preview = self._play("1. Preview", "preview", "--check", "--diff")
        announced = plan(preview)
        for title in EXCERPTS:
            print("\n".join(excerpt(preview.output, title)))
        print()
        requests = self._pbx.requests()
        sent = writes(requests)
        print(f"   announced: {counted(announced)}")
        print(f"   sent:      {counted(sent)}, {len(requests) - len(sent)} GET")
        self._verdict(not sent, "a preview only reads")

        self._play("2. Apply", "apply")
        requests = self._pbx.requests()
        sent = writes(requests)
        print(f"   sent:      {counted(sent)}, {len(requests) - len(sent)} GET")
        self._verdict(same_requests(announced, sent), "these are the requests that the preview announced")

        again = self._play("3. Apply again", "again")
        requests = self._pbx.requests()
        sent = writes(requests)
        changed = len([task for task in again.tasks if task.changed])
        print(f"   sent:      {counted(sent)}, {len(requests) - len(sent)} GET; {changed} tasks changed")
        self._verdict(not sent and not changed, "the PBX matches the document")
        self._change()
        print("The document:       playbooks/vars/clinic.yml")
        print("Where its calls go: docs/pictures/clinic.md")
        print(f"All that was shown: {os.path.relpath(self._logs, ROOT)}/{{preview,apply,again,refused,change}}.log")
        return 1 if self._failed else 0

    def _change(self) -> None:
        """A change that would lose callers, and the one that was meant."""
        playbook = self._playbook.replace("demo", "demo_change")
        refused = self._play("4. A change that loses callers", "refused", playbook=playbook, fails=True)
        (said,) = (task.result["msg"] for task in refused.tasks if task.status == "failed")
        told = said.splitlines()
        shown = [*told[:_FIRST_LINES], "  ...", *told[-_LAST_LINES:]]
        print("\n".join(f"   {line}"[:_WIDTH] for line in shown))
        sent = writes(self._pbx.requests())
        self._verdict(not sent, "a call test has refused it before the first write")

        page = self._logs / "change.html"
        report = {"ANSIBLE_CALLBACKS_ENABLED": "telops.pbx.plan", "PBX_PLAN_SUMMARY": "0", "PBX_PLAN_REPORT": str(page)}
        meant = "5. The change that was meant"
        change = self._play(meant, "change", "-e", "clinic_callers_go_on=true", playbook=playbook, more=report)
        (noticed,) = (task.result["impact"] for task in change.tasks if "impact" in task.result)
        for group in noticed["groups"][:_GROUPS]:
            print(textwrap.fill(group["words"], _WIDTH, initial_indent="   noticed:   ", subsequent_indent="      "))
        left = len(noticed["groups"]) - _GROUPS
        more = f", with {left} more changes for callers" if left > 0 else ""
        print(f"   pictured:  {os.path.relpath(page, ROOT)}{more}")
        sent = writes(self._pbx.requests())
        print(f"   sent:      {counted(sent)}")
        self._verdict(bool(sent), "both call tests are passed, and it goes through")

    def _play(
        self,
        headline: str,
        log: str,
        *args: str,
        playbook: str = "",
        fails: bool = False,
        more: dict[str, str] | None = None,
    ) -> Run:
        """Run a playbook, by default that of the demo. fails: it has to. more: environment variables."""
        playbook = playbook or self._playbook
        command = " ".join(("ansible-playbook", *args, playbook))
        line = f"{headline}: {command}"
        print(line if len(line) <= _WIDTH else f"{headline}:\n   {command}", flush=True)
        start = time.monotonic()
        run = self._ansible.playbook(
            ROOT / playbook if playbook.endswith(".yml") else playbook,
            *args,
            inventory=self._inventory,
            env={**self._pbx.environment, **(more or {})},
            timeout=_LIMIT,
        )
        path = self._logs / f"{log}.log"
        path.write_text(run.output, encoding="utf-8")
        if bool(run.rc) is not fails:
            print(run.output)
            raise RuntimeError(f"ansible-playbook ended with exit code {run.rc}; its output is in {path}")
        print(f"   {time.monotonic() - start:.1f} s, {len(run.warnings)} warnings")
        self.warnings += run.warnings
        return run

    def _verdict(self, good: bool, sentence: str) -> None:
        self._failed = self._failed or not good
        print(f"   {'OK' if good else 'NOT TRUE'}: {sentence}\n", flush=True)


def _elsewhere(exchange: Pbx, folder: Path, programs: Path | None, collections: Path | None) -> int:
    """Run the demo by its name, with another Ansible or from another place, where a warning is a failure too."""
    env = {}
    if programs:
        env["PATH"] = os.pathsep.join([str(programs), *search_path()])
    if collections:
        env["ANSIBLE_COLLECTIONS_PATH"] = str(collections)
    demo = Demo(exchange, Ansible(folder, folder / "home", env), "telops.pbx.demo", folder / "logs")
    failed = demo.run()
    print("\n".join(demo.warnings))
    return 1 if demo.warnings else failed


def _stop(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def main() -> int:
    """Run the demo; 0 if all of its claims hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=Path, help="folder with the programs of another Ansible")
    parser.add_argument("--collections", type=Path, help="folder where the collection is installed")
    elsewhere = vars(parser.parse_args())
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        with pbx() as exchange, tempfile.TemporaryDirectory() as folder:
            print("A clinic: 12 phones, 2 queues, an IVR of 5 menus that jump back to each other.")
            print(f"The PBX: the emulator on {exchange.origin}, no extension there yet.\n")
            if not any(elsewhere.values()):
                return Demo(exchange, Ansible(Path(folder), Path(folder, "home"))).run()
            return _elsewhere(exchange, Path(folder), **elsewhere)
    except (RuntimeError, LookupError, OSError, subprocess.TimeoutExpired) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
