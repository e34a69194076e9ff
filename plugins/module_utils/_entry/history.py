# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One line for each run of a tenant: when, who, from which state of the files, and with which result."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any

from .._api import disk
from .._api.errors import FileFailed
from .._state.announced import announced, counted
from .git import git

# How many s git may take to say which commit the files are of.
GIT_TIMEOUT = 5
PLAN_DIGITS = 12


def note(path: str, tenant: str, result: Mapping[str, Any], undoes: str | None = None) -> list[str]:
    """Add a run to the history. tenant: the host of the inventory. result: that of the module. undoes: the undo
    document that it has applied, if it was an undo.

    Gives what to warn of: a history that cannot be written undoes nothing.
    """
    path = os.path.abspath(path)
    line = json.dumps(entry(os.path.dirname(path), tenant, {**result, "undoes": undoes}), ensure_ascii=False)
    try:
        disk.append(path, f"{line}\n", f"history_file {path}")
    except FileFailed as error:
        return [f"{error}; the run itself is not in the history"]
    return []


def entry(folder: str, tenant: str, result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the history's entry for a run. The result of a module, from which it is made, holds no secret."""
    plan: Sequence[Any] = result.get("plan") or []
    unknown = len(result.get("unknown") or ())
    digest = hashlib.sha256(json.dumps(plan, sort_keys=True, default=str).encode()).hexdigest()
    row = {
        "when": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "tenant": tenant,
        "who": f"{_user()}@{platform.node()}",
        "commit": _commit(folder),
        "plan": digest[:PLAN_DIGITS] if plan else None,
        "changed": bool(plan or unknown),
        "failed": bool(result.get("failed")),
        "rolled_back": result.get("rolled_back"),
        "counts": result.get("counts") or None,
        "summary": counted(announced(plan, done=True), done=True) + (f", {unknown} unknown" if unknown else ""),
        "impact": _impact(result.get("impact")),
        "undo_file": result.get("undo_file"),
        "undoes": result.get("undoes"),
    }
    return {name: value for name, value in row.items() if value is not None}


def _user() -> str:
    # Who became somebody else by sudo is the one to ask.
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


@lru_cache
def _commit(folder: str) -> str | None:
    """The commit of the files around a folder, with ``-dirty`` behind it where they have been changed since."""
    there = folder
    while there and not os.path.isdir(there):
        there = os.path.dirname(there)
    try:
        done = git(there, "describe", "--always", "--abbrev=12", "--dirty", "--exclude=*", seconds=GIT_TIMEOUT)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").strip() or None


def _impact(impact: Any) -> str | None:
    """The sentence about callers, where the task has worked it out."""
    return impact["words"] if isinstance(impact, Mapping) else None
