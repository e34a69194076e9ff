# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hourly number of requests of a client (semantics.md section 3)."""

from __future__ import annotations

import time
from dataclasses import dataclass

from .errors import Refusal

PLENTY = 1_000_000
HOUR = 3600.0


@dataclass
class _Window:
    ends: float
    used: int = 0


class RateLimits:
    """One counter per client, `limit` requests per `window` seconds."""

    def __init__(self) -> None:
        self.set(PLENTY, HOUR)

    def set(self, limit: int, window: float = HOUR) -> None:
        """Start counting anew."""
        self._limit = limit
        self._window = window
        self._windows: dict[int, _Window] = {}

    def take(self, tenant: int) -> None:
        """Count one request. Raises Refusal 429 when the window is used up."""
        window = self._current(tenant)
        if window.used >= self._limit:
            raise Refusal(429, "Rate limit exceeded", "rate_limit_exceeded")
        window.used += 1

    def headers(self, tenant: int) -> dict[str, str]:
        """The headers of every answer; the reset in whole s, rounded up."""
        window = self._current(tenant)
        return {
            "X-RateLimit-Limit": str(self._limit),
            "X-RateLimit-Remaining": str(max(self._limit - window.used, 0)),
            "X-RateLimit-Reset": str(max(int(window.ends - time.monotonic() + 0.999), 1)),
        }

    def _current(self, tenant: int) -> _Window:
        now = time.monotonic()
        window = self._windows.get(tenant)
        if window is None or now >= window.ends:
            window = self._windows[tenant] = _Window(now + self._window)
        return window
