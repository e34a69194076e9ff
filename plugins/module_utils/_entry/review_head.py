# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The head of a report about its run: who ran it, on which files, and with which versions."""

from __future__ import annotations

import getpass
import hashlib
import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from ansible.module_utils.ansible_release import __version__ as ansible_version

from .._api import disk
from .._api.errors import FileFailed
from .._review.head import Head
from .git import git

COLLECTION = Path(__file__).resolve().parents[3]
_SECONDS = 5


def head_of(folder: str, inventory: Iterable[str], limit: str, applied: bool, plans: Mapping[str, str]) -> Head:
    """folder: of the playbook. plans: the file of each saved plan, by tenant."""
    commit = _git(folder, "rev-parse", "--short=12", "HEAD")
    return Head(
        datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %z"),
        _user(),
        tuple(inventory),
        limit,
        commit or "",
        bool(commit) and _git(folder, "status", "--porcelain") == "",
        applied,
        {"telops.pbx": _collection_version(), "ansible-core": ansible_version},
        {tenant: found for tenant, path in sorted(plans.items()) if (found := _checksum(path))},
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        # In a container there may be nothing but a number.
        return "somebody without a name here"


def _git(folder: str, *arguments: str) -> str | None:
    """Return the output of git in a folder; None where it is under no version control, or there is no git."""
    try:
        done = git(folder, *arguments, seconds=_SECONDS)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return None if done.returncode else done.stdout.decode("utf-8", "replace").strip()


def _collection_version() -> str:
    """Out of the metadata of an installed collection or a checkout."""
    try:
        manifest = COLLECTION / "MANIFEST.json"
        if manifest.exists():
            return str(json.loads(manifest.read_text(encoding="utf-8"))["collection_info"]["version"])
        found = re.search(r"^version: *(\S+)", (COLLECTION / "galaxy.yml").read_text(encoding="utf-8"), re.MULTILINE)
    except (OSError, ValueError, KeyError, TypeError):
        return "of an unknown version"
    return found[1] if found else "of an unknown version"


def _checksum(path: str) -> str:
    try:
        content = disk.read(path, f"plan_file {path}")
    except FileFailed:
        return ""
    return hashlib.sha256(content).hexdigest() if content else ""
