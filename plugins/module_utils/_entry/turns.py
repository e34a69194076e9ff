# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The tasks of one run that are about one tenant: they take turns, and know what the others have just done.

Two hosts that ensure the same object would both find that it is missing, and both create it. A task that may write
therefore holds a lock from its first read to its last write, in a file of the run's own temporary folder. The lock is
that of the tenant where a task has found out already which one the login belongs to, else that of the login.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from .._api import disk
from .._api.client import Client
from .._api.errors import PbxError
from .._api.identity import login_key, seen_tenant, tenant_key
from .._api.settings import Settings
from .._engine.read.logins import Logins, short
from .._engine.read.recent import SPAN
from .._model.types import Json

# By how many s the clock of a file system may be behind that of the process.
GRAIN = 0.05


class Overtaken(Exception):
    """A task that uses another login of the tenant has had its turn since this one began to read."""


class Siblings:
    """The other tasks of a run for one tenant. folder: the run's own; without one there are no other tasks."""

    def __init__(self, folder: str | None, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        self._logins = Logins(folder) if folder else None
        self._login = short(login_key(settings))
        self._held: ExitStack | None = None
        self._tenant: str | None = None
        self._began = 0.0

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Within this, no other task of the run that is known to be about the same tenant is in its turn.

        Gives whether another process had a turn since the last one of this process, so that the data that this process
        has read before may have changed.
        """
        with ExitStack() as held:
            self._held = held
            self._tenant = self._logins.kept_tenant(self._settings) if self._logins else None
            last, dummy = self._lock(self._tenant or self._login)
            self._began = time.time()
            yield last not in ("", str(os.getpid()))
        self._held = None

    def claim(self, client: Client) -> None:
        """Before the first write of a turn: let no task that uses another login of the tenant be in its turn.

        The tenant is what an answer has named by now; where none has, the PBX is asked if the run uses several logins.
        Raises Overtaken where such a task was in its turn since this one began; then what was read may have changed.
        """
        if self._held is None or self._tenant:
            return
        whose = self.learn(seen_tenant(client) or (tenant_key(client) if self._is_one_of_several() else None))
        last, ended = self._lock(whose) if whose != self._login else ("", 0.0)
        if last and ended + GRAIN >= self._began:
            raise Overtaken

    def _is_one_of_several(self) -> bool:
        """Whether tasks of the run had their turns with another login."""
        files = os.listdir(self._folder) if self._folder and os.path.isdir(self._folder) else []
        own = os.path.basename(self._path(self._login, "lock"))
        return any(one.startswith("telops_pbx_") and one.endswith(".lock") and one != own for one in files)

    def learn(self, tenant: str | None) -> str:
        """Keep the tenant of the login for the tasks that follow, and give what the lock is called. tenant: see
        seen_tenant."""
        if self._logins and tenant is not None and self._tenant is None:
            with suppress(PbxError, OSError):
                self._tenant = self._logins.kept_tenant(self._settings) or self._logins.learn(self._settings, tenant)
        return self._tenant or self._login

    def recent(self) -> list[Json]:
        """The deeds that the others have done lately, see Recent."""
        known = self._logins.kept_tenant(self._settings) if self._logins else None
        return [one for whose in filter(None, (self._login, known)) for one in self._deeds(whose)]

    def note(self, deeds: list[Json]) -> None:
        """Let the others know what was done."""
        if self._folder:
            whose, now = self._tenant or self._login, time.time()
            late = [one for one in self._deeds(whose) if now - one["at"] < SPAN]
            text = "".join(f"{json.dumps(one)}\n" for one in (*late, *deeds))
            with suppress(PbxError):
                disk.write(self._path(whose, "done"), text, "")

    def _deeds(self, whose: str) -> list[Json]:
        try:
            with open(self._path(whose, "done"), encoding="utf-8") as lines:
                return [json.loads(line) for line in lines]
        except OSError:
            return []

    def _path(self, whose: str, kind: str) -> str:
        return os.path.join(self._folder or "", f"telops_pbx_{whose}.{kind}")

    def _lock(self, whose: str) -> tuple[str, float]:
        """Wait until no other task has a lock, and hold it to the end of the turn.

        Gives the process that had it last, and when its turn ended; nothing where the file system knows no locks.
        """
        if not self._folder or self._held is None:
            return "", 0.0
        path, me = self._path(whose, "lock"), str(os.getpid())
        try:
            os.makedirs(self._folder, 0o700, exist_ok=True)
            file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
        except OSError:
            return "", 0.0
        self._held.enter_context(file)
        try:
            # Ends with the process too, however that ends.
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError:
            return "", 0.0
        last, ended = file.read(), os.fstat(file.fileno()).st_mtime
        if last != me:
            file.seek(0)
            file.truncate()
            file.write(me)
            file.flush()
        self._held.callback(os.utime, file.fileno())
        return last, ended
