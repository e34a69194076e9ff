# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every request that arrived, with secrets masked."""

from __future__ import annotations

import time
from typing import Any

MASK = "***"
SECRETS = frozenset(
    {"password", "pin", "moderator_pin", "conference_pin", "replace_pin", "client_secret", "app_secret", "access_token",
     "refresh_token", "code"}
)  # fmt: skip


def masked(value: Any) -> Any:
    """A copy in which the values of secret fields are hidden; null stays visible, it hides nothing."""
    if isinstance(value, dict):
        return {k: MASK if k in SECRETS and v is not None else masked(v) for k, v in value.items()}
    return [masked(part) for part in value] if isinstance(value, list) else value


class Log:
    """Entries in the order of arrival."""

    def __init__(self) -> None:
        self._entries: list[dict[str, Any]] = []
        self._count = 0

    def begin(self, method: str, path: str, query: list[tuple[str, str]]) -> dict[str, Any]:
        """Add a request; the caller completes `body`, `status` and `client_id` as they become known, and `delay`,
        the ms of latency that have passed before the answer."""
        self._count += 1
        values: dict[str, list[str]] = {}
        for name, value in query:
            values.setdefault(name, []).append(value)
        entry = {
            "n": self._count, "time": time.time(), "method": method, "path": path, "query": masked(values),
            "body": None, "status": None, "client_id": None, "fault": None, "delay": 0,
        }  # fmt: skip
        self._entries.append(entry)
        return entry

    def entries(self) -> list[dict[str, Any]]:
        """All entries."""
        return list(self._entries)

    def clear(self) -> None:
        """Forget the entries, and count from 1 again."""
        self._entries.clear()
        self._count = 0
