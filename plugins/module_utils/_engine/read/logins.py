# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Which tenant each login of a run belongs to: known once a run, and kept in the run's own temporary folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..._api import disk
from ..._api.client import Client
from ..._api.identity import login_key, tenant_key
from ..._api.settings import Settings


class Logins:
    """folder: the run's own temporary folder, which all of its tasks and hosts share."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)

    def tenant(self, client: Client) -> str:
        """A short text that is the same for all logins of one tenant; the PBX is asked where it is not known."""
        return self.kept_tenant(client.settings) or self.learn(client.settings, tenant_key(client))

    def kept_tenant(self, settings: Settings) -> str | None:
        """The same as far as a task of the run has found it out."""
        try:
            return self._path(settings).read_text(encoding="utf-8")
        except OSError:
            return None

    def learn(self, settings: Settings, tenant: str) -> str:
        """Keep which tenant a login belongs to, and give the text for it. tenant: see tenant_key."""
        found, path = short(tenant), self._path(settings)
        self._folder.mkdir(0o700, parents=True, exist_ok=True)
        # Two hosts may find it out at the same time, and find the same.
        disk.write(str(path), found, f"{path}, in which this run keeps the tenant of a login,")
        return found

    def _path(self, settings: Settings) -> Path:
        return self._folder / f"telops_pbx_{short(login_key(settings))}.login"


def short(text: str) -> str:
    """A digest that can be a part of a file's name."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
