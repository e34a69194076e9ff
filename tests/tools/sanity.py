# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs ``ansible-test sanity`` on a copy of the checkout, and does not believe it when it says nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.tools.pythons import search_path
from tests.tools.seed_ansible_test import seed
from tests.tools.tree import ROOT, copy


def _home() -> Path:
    """Return a home folder below .cache that keeps the user's pip configuration, and nothing else of theirs."""
    home = ROOT / ".cache" / "home"
    for name in (".config/pip", ".pip", ".cache/pip"):
        theirs, ours = Path.home() / name, home / name
        if theirs.is_dir() and not ours.exists():
            ours.parent.mkdir(parents=True, exist_ok=True)
            ours.symlink_to(theirs)
    return home


def _listed(tree: Path, env: dict[str, str]) -> set[str]:
    listed = subprocess.run(
        ["ansible-test", "sanity", "--list-tests"], cwd=tree, env=env, check=True, capture_output=True, text=True
    )
    return {line.split()[0] for line in listed.stdout.splitlines() if line.strip()}


def main() -> int:
    """Run it and return its exit code, or 1 when it did not do what it was asked to."""
    home = _home()
    seed(home)
    tree = copy()
    env = {**os.environ, "HOME": str(home), "PATH": os.pathsep.join(search_path()), "LC_ALL": "C.UTF-8"}
    command = ["ansible-test", "sanity", "--local", "--color", "no", *sys.argv[1:]]
    done = subprocess.run(
        command, cwd=tree, env=env, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    print(done.stdout)
    if done.returncode:
        return done.returncode

    ran = set(re.findall(r"""^Running sanity test ["']([\w-]+)["']""", done.stdout, re.MULTILINE))
    missing = set() if sys.argv[1:] else _listed(tree, env) - ran
    if "All targets skipped" in done.stdout or not ran or missing:
        print(f"ansible-test sanity left out: {', '.join(sorted(missing)) or 'everything'}")
        return 1
    for line in sorted(set(re.findall(r"^WARNING: (Skipping .*)$", done.stdout, re.MULTILINE))):
        print(line)
    print(f"{len(ran)} sanity tests ran")
    return 0


if __name__ == "__main__":
    sys.exit(main())
