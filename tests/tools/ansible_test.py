# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs ``ansible-test`` on a copy of the checkout, where it accepts the collection.

``make review`` runs units and integration, as those who review a collection do.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ansible.release import __version__

from tests.tools.pythons import search_path
from tests.tools.seed_ansible_test import seed
from tests.tools.tree import ROOT, copy

# The suites that are one process each, and quick: ansible-test forks for every test. It gives them none of the settings
# by which npm reaches its registry, so that the tests with Node are left out.
_NODE = ("--exclude", "tests/unit/flow/test_draw_forms.py")
_REVIEW = (
    ("units", "--local", *_NODE, "tests/unit/model/", "tests/unit/flow/", "tests/unit/test_arrows.py"),
    ("integration", "--local"),
)


def _home() -> Path:
    """Return a home folder below .cache that keeps the user's pip configuration, and nothing else of theirs."""
    home = ROOT / ".cache" / "home"
    for name in (".config/pip", ".pip", ".cache/pip"):
        theirs, ours = Path.home() / name, home / name
        if theirs.is_dir() and not ours.exists():
            ours.parent.mkdir(parents=True, exist_ok=True)
            ours.symlink_to(theirs)
    return home


class AnsibleTest:
    """Runs the ansible-test of this Python on a copy of the checkout: one for each purpose and each ansible-core, so
    that they do not get in each other's way."""

    def __init__(self, purpose: str) -> None:
        home = _home()
        seed(home)
        self._env = {**os.environ, "HOME": str(home), "PATH": os.pathsep.join(search_path()), "LC_ALL": "C.UTF-8"}
        self._tree = copy(base=ROOT / ".cache" / purpose / __version__)

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        """Run it and return its exit code and all that it printed."""
        return subprocess.run(
            ["ansible-test", *args],
            cwd=self._tree,
            env=self._env,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def main() -> int:
    """Run the command that is given, or units and integration; return 1 when one fails or does nothing."""
    tool, failed = AnsibleTest("review"), False
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for command in [tuple(sys.argv[1:])] if sys.argv[1:] else _REVIEW:
        done = tool.run(*command, "--python", version, "--color", "no")
        print(done.stdout, flush=True)
        failed = failed or bool(done.returncode) or "All targets skipped" in done.stdout
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
