# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Hosts of one tenant take turns, where Ansible runs them in parallel.

Two of them that ensure the same object would both find that it is missing, and both create it. A task that may write
therefore holds a lock from its first read to its last write, in a file of the run's own temporary folder.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO, Any

# How long in s what a server tells may lag behind what it does.
LAG = 2.0
LOGIN = ("api_url", "client", "access_token", "app_id", "api_username")


@contextmanager
def turn(folder: str | None, params: Mapping[str, Any]) -> Iterator[bool]:
    """Within this, no other task of the run that has the same login is in its turn.

    folder: the run's own; without one there are no other tasks. Gives whether another process had a turn since the last
    one of this process, so that what this process has read before may have changed.
    """
    file = _locked(folder, params) if folder else None
    if file is None:
        yield False
        return
    with file:
        last, me = file.read(), str(os.getpid())
        if last != me:
            file.seek(0)
            file.truncate()
            file.write(me)
            file.flush()
        yield last not in ("", me)


def note_creation(folder: str | None, params: Mapping[str, Any]) -> None:
    """Remember that a task of the run has just created something."""
    if folder:
        with suppress(OSError), open(_path(folder, params, "created"), "w", encoding="utf-8"):
            pass


def created_lately(folder: str | None, params: Mapping[str, Any]) -> bool:
    """Whether a task of the run with the same login created something so lately that reads may lag behind it."""
    if not folder:
        return False
    try:
        return 0 <= time.time() - os.stat(_path(folder, params, "created")).st_mtime < LAG
    except OSError:
        return False


def _path(folder: str, params: Mapping[str, Any], kind: str) -> str:
    login = "\n".join(str(params.get(name)).rstrip("/") for name in LOGIN)
    return os.path.join(folder, f"telops_pbx_{hashlib.sha256(login.encode()).hexdigest()[:16]}.{kind}")


def _locked(folder: str, params: Mapping[str, Any]) -> IO[str] | None:
    """The open file of a login as soon as no other task has it; None where the folder's file system knows no locks."""
    path = _path(folder, params, "lock")
    try:
        os.makedirs(folder, 0o700, exist_ok=True)
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
    except OSError:
        return None
    try:
        # Ends with the process too, however that ends.
        fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:
        file.close()
        return None
    return file
