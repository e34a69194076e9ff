# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""community.general, out of the package ``ansible`` of PyPI: recipes read lists with it, the collection does not."""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.tools.tree import ROOT

VERSION = "12.3.0"
SHA256 = "cd156f82fa87f7a899212b0efa9f7ca3a24d609212de9f78428a572eb01e5414"
PLACE = ROOT / ".cache" / "community" / VERSION
_WANTED = "ansible_collections/community/general/"


def collections() -> Path:
    """A folder for ANSIBLE_COLLECTIONS_PATH. The first call downloads 54 MB and keeps a tenth of it."""
    PLACE.mkdir(parents=True, exist_ok=True)
    done = PLACE / "done"
    with open(PLACE / "lock", "w", encoding="utf-8") as lock:
        # Tests run side by side.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            _fetch()
            done.touch()
    return PLACE


def _fetch() -> None:
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "--dest", str(PLACE))
    command = [sys.executable, "-m", "pip", "download", *options, f"ansible=={VERSION}"]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=600)
    [wheel] = PLACE.glob("*.whl")
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != SHA256:
        raise RuntimeError(f"{wheel.name} has the digest {found}, where {SHA256} was pinned")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(PLACE, [name for name in archive.namelist() if name.startswith(_WANTED)])
    wheel.unlink()
