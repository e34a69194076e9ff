# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP connections that the emulator can cut, which ASGI has no word for."""

from __future__ import annotations

import asyncio
from typing import Any
from weakref import WeakValueDictionary

from starlette.requests import Request
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_open: WeakValueDictionary[tuple[Any, ...], HttpToolsProtocol] = WeakValueDictionary()


class Protocol(HttpToolsProtocol):
    """uvicorn's protocol, found again by the address of its client."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Remember the connection."""
        super().connection_made(transport)
        _open[tuple(transport.get_extra_info("peername"))[:2]] = self


async def cut(request: Request) -> None:
    """Cut the connection of `request` without another byte, and return when that is done."""
    assert request.client is not None
    _open[request.client.host, request.client.port].transport.abort()
    while (await request.receive())["type"] != "http.disconnect":
        pass
