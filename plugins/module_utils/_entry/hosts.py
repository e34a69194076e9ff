# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Hosts of a run that turn out to be one tenant: often, the credentials of one stand at another one, too."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Mapping
from typing import Any

# The variables of a host that the inventory plugin made of an extension: there, many hosts are one tenant on purpose.
OF_AN_EXTENSION = ("pbx_tenant", "pbx_id", "pbx_number")


def shared_tenant(folder: str, tenant: str | None, variables: Mapping[str, Any]) -> list[str]:
    """A warning where this host is the second one of a run for its tenant.

    folder: the run's own temporary folder. tenant: see seen_tenant. variables: those of the host.
    """
    host = variables["inventory_hostname"]
    if tenant is None or all(name in variables for name in OF_AN_EXTENSION):
        return []
    os.makedirs(folder, 0o700, exist_ok=True)
    path = os.path.join(folder, f"telops_pbx_{hashlib.sha256(tenant.encode()).hexdigest()[:16]}.hosts")
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        hosts = file.read().splitlines()
        if host in hosts or len(hosts) > 1:
            return []
        file.write(f"{host}\n")
    if not hosts:
        return []
    return [
        f"the hosts {hosts[0]} and {host} are one tenant, the one with the id {tenant.rpartition(' ')[2]}; if that is "
        "not meant, check the credentials of both"
    ]
