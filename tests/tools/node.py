# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Programs for Node that tests run: as package-lock.json says, below .cache, by the Node that pip has brought."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.tools.tree import ROOT

DECLARED = Path(__file__).parent / "node"
FILES = ("package.json", "package-lock.json")
PLACE = ROOT / ".cache" / "node"


def program(name: str) -> str:
    """The path of node or npm: beside this Python, else on PATH. Raises LookupError with what to install."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise LookupError(f"there is no {name}; pip install -r requirements/test.txt brings it")
    return found


def modules() -> Path:
    """The folder node_modules, installed anew where package-lock.json has changed."""
    PLACE.mkdir(parents=True, exist_ok=True)
    wanted = {name: (DECLARED / name).read_text(encoding="utf-8") for name in FILES}
    done = PLACE / "done"
    with open(PLACE / "lock", "w", encoding="utf-8") as lock:
        # Tests run side by side.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists() or done.read_text(encoding="utf-8") != wanted[FILES[1]]:
            for name, text in wanted.items():
                (PLACE / name).write_text(text, encoding="utf-8")
            command = [program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            env = {**os.environ, "npm_config_cache": str(PLACE / "cache")}
            subprocess.run(command, cwd=PLACE, env=env, check=True, stdin=subprocess.DEVNULL, timeout=300)
            done.write_text(wanted[FILES[1]], encoding="utf-8")
    return PLACE / "node_modules"


if __name__ == "__main__":
    modules()
