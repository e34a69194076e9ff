# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Which tenant each login of a run belongs to: asked once a run, and kept in the run's own temporary folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..._api import disk
from ..._api.client import Client
from ..._api.identity import login_key, tenant_key

FOLDER = "telops_pbx"


class Logins:
    """folder: the run's own temporary folder, which all of its tasks and hosts share."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder, FOLDER)

    def tenant(self, client: Client) -> str:
        """A short text that is the same for all logins of one tenant."""
        path = self._folder / f"login_{_short(login_key(client))}"
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            found = _short(tenant_key(client))
        self._folder.mkdir(0o700, parents=True, exist_ok=True)
        # Two hosts may ask at the same time, and are told the same.
        disk.written(str(path), found, f"{path}, in which this run keeps the tenant of a login,")
        return found


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
