# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs ``ansible-test sanity``, and does not believe it when it says nothing.

``--sample`` leaves the parts of the two dearest tests out that others stand for: Pylint looks at the plugins alone,
because Ruff lints the tests; and one module that configures one object is imported for all of them, because they differ
in nothing but a name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from tests.tools.ansible_test import AnsibleTest
from tests.tools.runtime import modules
from tests.tools.tree import ROOT

_DEAR = ("pylint", "import")
_ONE_OBJECT = "run_module(SINGLE["


def _imported() -> list[str]:
    """The targets of the sample's import test: the plugins that are no modules, and each module that differs."""
    sources = {name: (ROOT / "plugins" / "modules" / f"{name}.py").read_text(encoding="utf-8") for name in modules()}
    alike = [name for name, source in sources.items() if _ONE_OBJECT in source][1:]
    folders = [path.name for path in (ROOT / "plugins").iterdir() if path.name in ("filter", "inventory", "lookup")]
    return [
        *(f"plugins/{folder}/" for folder in sorted(folders)),
        *(f"plugins/modules/{name}.py" for name in sources if name not in alike),
    ]


def _runs(options: Sequence[str]) -> list[list[str]]:
    """The arguments of each run of ansible-test."""
    if "--sample" not in options:
        return [[*options]]
    rest = [option for option in options if option != "--sample"]
    return [
        [*rest, *(word for test in _DEAR for word in ("--skip-test", test))],
        [*rest, "--test", "pylint", "--exclude", "tests/"],
        [*rest, "--test", "import", *_imported()],
    ]


def main() -> int:
    """Run it and return its exit code, or 1 when it did not run the requested tests."""
    tool, options = AnsibleTest("sanity"), sys.argv[1:]
    output = ""
    for run in _runs(options):
        done = tool.run("sanity", "--local", "--color", "no", *run)
        print(done.stdout)
        output += done.stdout
        if done.returncode or "All targets skipped" in done.stdout:
            return done.returncode or 1

    listed = tool.run("sanity", "--list-tests").stdout.splitlines() if "--test" not in options else []
    ran = set(re.findall(r"""^Running sanity test ["']([\w-]+)["']""", output, re.MULTILINE))
    missing = {line.split()[0] for line in listed if re.match(r"[\w-]+(?: \(|$)", line)} - ran
    if not ran or missing:
        print(f"ansible-test sanity left out: {', '.join(sorted(missing)) or 'everything'}")
        return 1
    for line in sorted(set(re.findall(r"^WARNING: (Skipping .*)$", output, re.MULTILINE))):
        print(line)
    print(f"{len(ran)} sanity tests ran")
    return 0


if __name__ == "__main__":
    sys.exit(main())
