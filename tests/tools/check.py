# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the parts of ``make test``: one line for each that is green, everything for one that is red."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.tools.ansible import environment
from tests.tools.tree import ROOT, link

_PYTHON = sys.executable
_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
_COLLECTION = "ansible_collections.telops.pbx.plugins"
_TYPED = ("module_utils", "action", "callback", "inventory", "filter", "lookup", "plugin_utils")
# A step that hangs is red after this many seconds.
_LIMIT = 1800
# One that is measured in detail is slower.
_LONG = 3600
# Groups of steps that run side by side. Most steps keep one core busy, and wait for a process now and then.
_LANES = min(os.cpu_count() or 1, 4)
_PYTEST_LINES = r"^(SKIPPED|XFAIL|XPASS) |^(=+ )?\d+ (passed|failed|error|skipped|deselected)"


@dataclass(frozen=True)
class Step:
    """One command. ``show`` is a pattern of the lines worth reading when all is well; it may take ``limit`` s."""

    name: str
    command: tuple[str, ...]
    show: str = r"(?!)"
    limit: float = _LIMIT


def _python(name: str, module: str, *args: str, show: str = r"(?!)") -> Step:
    return Step(name, (_PYTHON, "-m", module, *args), show)


def _pytest(folder: str, *args: str) -> Step:
    return _python(f"pytest {folder}", "pytest", "-q", "--color=no", *args, f"tests/{folder}", show=_PYTEST_LINES)


def _sanity(*args: str) -> Step:
    python = ("--python", _VERSION, *args)
    return _python("ansible-test sanity", "tests.tools.sanity", *python, show=r"^Skipping |sanity tests ran")


# Its plugin takes seconds to import, in every process that runs tests.
_WITHOUT_SCHEMATHESIS = ("-p", "no:schemathesis")

_RUFF = [Step("ruff check", ("ruff", "check")), Step("ruff format", ("ruff", "format", "--check"))]
_ANSIBLE_LINT = Step("ansible-lint", ("ansible-lint", "--offline", "--profile", "production", "--nocolor"))
_PROSE = _python("prose", "tests.tools.prose")

GROUPS: dict[str, list[Step]] = {
    "lint": [
        *_RUFF,
        Step("yamllint", ("yamllint", "--strict", ".")),
        _ANSIBLE_LINT,
        Step("antsibull-changelog", ("antsibull-changelog", "lint")),
        _python("ansible-doc", "tests.tools.plugin_docs", show="documented"),
        _python("antsibull-docs", "tests.tools.docs_lint"),
        Step("reuse", ("reuse", "lint", "--lines")),
        _python("runtime", "tests.tools.runtime", "--check"),
        _python("schema", "tests.tools.schema", "--check"),
        _python("checks page", "tests.tools.checks_page", "--check"),
        _python("pictures", "tests.tools.pictures", "--check"),
        _python("inclusion", "tests.tools.inclusion", "--check"),
        _PROSE,
        _python("docs-sync", "tests.tools.docs_sync", "--check"),
    ],
    "typecheck": [
        _python("mypy plugins", "mypy", *(arg for name in _TYPED for arg in ("-p", f"{_COLLECTION}.{name}"))),
        _python("mypy tests", "mypy", "tests/emulator", "tests/tools", "tests/conftest.py"),
    ],
    "unit": [_pytest("unit", "--ignore=tests/unit/emulator", *_WITHOUT_SCHEMATHESIS)],
    "tooling": [_pytest("tooling", *_WITHOUT_SCHEMATHESIS)],
    "quick lint": [*_RUFF, _PROSE],
    # Tests that start no emulator, and try no more than one example.
    "quick unit": [_pytest("unit", "--quick", "-n", "2", "--ignore=tests/unit/emulator", *_WITHOUT_SCHEMATHESIS)],
    "certify": [_ANSIBLE_LINT],
    "contract": [_pytest("contract", *_WITHOUT_SCHEMATHESIS)],
    "emulator": [_pytest("unit/emulator")],
    # Each test waits for ansible-playbook, which keeps one core busy: two of them at a time.
    "integration": [_pytest("integration", "-n", "2", *_WITHOUT_SCHEMATHESIS)],
    "integration-sample": [_pytest("integration", "-n", "2", "-m", "not long", *_WITHOUT_SCHEMATHESIS)],
    "molecule": [_python("molecule", "tests.tools.molecule", show="Molecule executed")],
    # The other Pythons, and all files in each test, are for the matrix, which takes minutes.
    "sanity": [_sanity()],
    "sanity-sample": [_sanity("--sample")],
    "cores": [_python("oldest and newest ansible-core", "tests.tools.matrix", "--quick", show=r"^ok |^Skipped: ")],
    # The one that waits a minute for its second poll is for make events.
    "events-sample": [_python("rulebooks", "tests.tools.rulebooks", "--sample", show="^ok ")],
    "release": [_python("what a release would hold", "tests.tools.release", show=r"^ok |nothing against it")],
    "docs": [_python("documentation site", "tests.tools.docs_site", show="pages in")],
    "coverage": [
        Step(
            "pytest --cov",
            (
                *(_PYTHON, "-m", "pytest", "-q", "--color=no", "-n", "2", "--cov", "--cov-report=term"),
                *("--ignore=tests/unit/emulator", "tests/unit", "tests/contract", "tests/integration"),
            ),
            f"{_PYTEST_LINES}|^TOTAL",
            _LONG,
        )
    ],
}
# The longest checks come first, so that nothing long is left for the end.
ALL = (
    "integration-sample",
    "sanity-sample",
    "unit",
    "lint",
    "molecule",
    "release",
    "events-sample",
    "cores",
    "docs",
    "emulator",
    "contract",
    "tooling",
    "typecheck",
)
# The checks that answer soon.
QUICK = ("quick unit", "quick lint", "typecheck")
_PRINTING = threading.Lock()


def run(step: Step, env: dict[str, str]) -> bool:
    """Run one step and report it. Return whether it is green."""
    start = time.monotonic()
    try:
        done = subprocess.run(
            step.command,
            cwd=ROOT,
            env=env,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=step.limit,
        )
        green, output = done.returncode == 0, done.stdout
    except subprocess.TimeoutExpired as error:
        # The output so far comes as bytes, whatever was asked for.
        so_far = error.stdout.decode(errors="replace") if isinstance(error.stdout, bytes) else error.stdout
        green, output = False, f"{so_far or ''}\nstill running after {step.limit:.0f} s"
    lines = output.splitlines()
    if green:
        lines = [line for line in lines if re.search(step.show, line)]
    with _PRINTING:
        print(f"{'ok ' if green else 'RED'} {time.monotonic() - start:6.1f} s  {step.name}", flush=True)
        for line in lines:
            print(line if not green or re.match(_PYTEST_LINES, line) else f"              {line}", flush=True)
    return green


def main() -> int:
    """Run the groups named on the command line, or ``all``; return 1 when anything is red."""
    names = list(QUICK) if sys.argv[1:] == ["quick"] else sys.argv[1:]
    if names in ([], ["all"]):
        names = list(ALL)
    if unknown := set(names) - set(GROUPS):
        sys.exit(f"no such group: {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)} and all")
    start = time.monotonic()
    # Below .cache: ansible-lint and mypy find the collection there, under the name that Ansible wants.
    env = environment(
        ROOT / ".cache" / "ansible",
        {
            "MYPYPATH": os.pathsep.join([str(link()), str(ROOT)]),
            "COVERAGE_ROOT": str(ROOT),
            "COVERAGE_FILE": str(ROOT / ".coverage"),
        },
    )
    steps = [step for name in names for step in GROUPS[name]]
    with ThreadPoolExecutor(_LANES) as lanes:
        reds = lanes.map(lambda name: [step.name for step in GROUPS[name] if not run(step, env)], names)
        red = [step for lane in reds for step in lane]
    seconds = time.monotonic() - start
    print(
        f"{len(steps) - len(red)} of {len(steps)} green in {seconds:.0f} s"
        + (f"; RED: {', '.join(red)}" if red else "")
    )
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
