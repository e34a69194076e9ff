# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP connections that the emulator can cut, which ASGI has no word for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from uvicorn.protocols.http.auto import AutoHTTPProtocol

_Ends = tuple[tuple[Any, ...], tuple[Any, ...]]
_open: dict[_Ends, asyncio.Transport] = {}


def _pair(client: Sequence[Any], server: Sequence[Any]) -> _Ends:
    """Host and port of either end: one client's port may be connected to several emulators in this process."""
    return tuple(client[:2]), tuple(server[:2])


class _Packets:
    """A transport that sends all that one turn of the event loop writes as one packet: for uvicorn, headers and body
    are two, and the client would wake up for each."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._parts: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send soon."""
        if not self._parts:
            asyncio.get_running_loop().call_soon(self._send)
        self._parts.append(data)

    def close(self) -> None:
        """Close once all is sent."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        data = b"".join(self._parts)
        self._parts.clear()
        if data and not self._transport.is_closing():
            self._transport.write(data)


class Protocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """uvicorn's protocol (on httptools where that is installed, else on h11), which tells its connections."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Keep the connection by the addresses of its two ends."""
        super().connection_made(_Packets(transport))
        self._ends = _pair(transport.get_extra_info("peername"), transport.get_extra_info("sockname"))
        _open[self._ends] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        _open.pop(self._ends, None)
        super().connection_lost(exc)


async def cut(request: Request) -> None:
    """Cut the connection of `request` without another byte, and return when that is done."""
    there = _open.get(_pair(request.scope["client"], request.scope["server"]))
    # A client that has waited for too long has cut it already.
    if there is not None:
        there.abort()
    await gone(request)


async def gone(request: Request) -> None:
    """Return when the connection of `request` has ended."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
