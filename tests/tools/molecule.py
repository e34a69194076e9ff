# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs molecule on this checkout: every scenario, or those of the arguments.

After ``python -m tests.tools.molecule converge -s ivr`` the emulator goes on, to be looked at, until ``destroy``.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import requests

from tests.tools.ansible import environment
from tests.tools.tree import ROOT

_FOLDER = ROOT / ".cache" / "molecule"
_STATE = _FOLDER / "run"
# Less than the limit of a step of `make test`, so that it is this that ends molecule, and then the PBX.
_LIMIT = 300


def stop(address: Path) -> None:
    """Stop the emulator whose address is in this file, if there is one."""
    if address.exists():
        origin = address.read_text(encoding="utf-8").partition("/api/")[0]
        try:
            requests.post(f"{origin}/_emulator/stop", timeout=10)
        except requests.ConnectionError:
            print("the emulator had ended already", file=sys.stderr)
        address.unlink()


def _all(env: dict[str, str]) -> int:
    # molecule remembers its creations even where they are gone.
    stop(_STATE / "address")
    shutil.rmtree(_STATE, ignore_errors=True)
    # Each scenario waits for ansible-playbook, which keeps one core busy: two of them at a time.
    command = ["molecule", "test", "--all", "--workers", "2"]
    try:
        return subprocess.run(command, cwd=ROOT, env={**env, "NO_COLOR": "1"}, check=False, timeout=_LIMIT).returncode
    finally:
        stop(_STATE / "address")


def main() -> int:
    """Return molecule's exit code."""
    env = environment(_FOLDER / "home", {"MOLECULE_EPHEMERAL_DIRECTORY": str(_STATE)})
    if sys.argv[1:]:
        return subprocess.run(["molecule", *sys.argv[1:]], cwd=ROOT, env=env, check=False).returncode
    signal.signal(signal.SIGTERM, lambda *dummy: sys.exit(128 + signal.SIGTERM))
    return _all(env)


if __name__ == "__main__":
    sys.exit(main())
