# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One deadline for a whole answer, in however many pieces it comes.

A timeout of a socket begins anew with every byte, so that it bounds neither headers that trickle in, nor endless
``100 Continue``, nor the small parts of a chunked body. All of them pass through one reader here.
"""

from __future__ import annotations

import http.client
import io
import math
import socket
import time
from typing import Any

# A whole answer, headers included, may take this many timeouts.
ANSWER_TIMEOUTS = 4


class TooSlow(socket.timeout):
    """The deadline of an answer has passed. It is a timeout, so that urllib3 gives the connection up."""


class Timed(io.RawIOBase):
    """The bytes of one answer; ``speed`` grants one s more for each so many of them."""

    def __init__(self, sock: Any, raw: io.RawIOBase) -> None:
        self._sock = sock
        self._raw = raw
        self._timeout: float = sock.gettimeout()
        self._start = time.monotonic()
        self._size = 0
        self.speed = math.inf

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        allowed = ANSWER_TIMEOUTS * self._timeout + self._size / self.speed
        left = self._start + allowed - time.monotonic()
        if left <= 0:
            raise TooSlow(f"the answer was still not complete after {allowed:g} s")
        self._sock.settimeout(min(self._timeout, left))
        try:
            count: int | None = self._raw.readinto(buffer)
        except socket.timeout:
            if left < self._timeout:
                raise TooSlow(f"the answer was still not complete after {allowed:g} s") from None
            raise
        self._size += count or 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class TimedResponse(http.client.HTTPResponse):
    """The answer of http.client, with a deadline from its first byte on."""

    def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.timed = Timed(sock, self.fp.detach())
        self.fp = io.BufferedReader(self.timed)


def timed(manager: Any) -> None:
    """Have all answers to the connections of a urllib3 pool manager read like this."""

    def pool(kind: Any) -> Any:
        connection = type(kind.ConnectionCls.__name__, (kind.ConnectionCls,), {"response_class": TimedResponse})
        return type(kind.__name__, (kind,), {"ConnectionCls": connection})

    manager.pool_classes_by_scheme = {scheme: pool(kind) for scheme, kind in manager.pool_classes_by_scheme.items()}
