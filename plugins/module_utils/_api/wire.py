# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The library requests, made to send one request at a time and nothing of its own accord.

It is imported here only, and its absence is kept as text: a collection must be importable without it.
"""

from __future__ import annotations

import traceback
from typing import Any

from . import errors
from .deadline import timed

REQUESTS_IMPORT_ERROR: str | None = None


def origin(url: str | None) -> str:
    """The scheme of a URL, and its host with the port."""
    return "/".join((url or "").split("/", 3)[:3])


try:
    import requests
    import urllib3
    from requests.adapters import HTTPAdapter
except ImportError:
    REQUESTS_IMPORT_ERROR = traceback.format_exc()
else:

    def _as_sent(url: str) -> str | None:
        """A URL in the spelling in which requests sends it."""
        request = requests.PreparedRequest()
        request.prepare_url(url, None)
        return request.url

    class Wire(HTTPAdapter):
        """The last stop before the network: on a client that may only read, no write passes here."""

        def __init__(self, read_only: bool, token_url: str, parallel: int) -> None:
            super().__init__(max_retries=0, pool_maxsize=parallel)
            self.read_only = read_only
            self._pools: dict[str, Any] = {}
            self.token_url = _as_sent(token_url) if token_url else ""

        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs)
            timed(self.poolmanager)

        def proxy_manager_for(self, proxy: str, **kwargs: Any) -> urllib3.PoolManager:
            known = proxy in self.proxy_manager
            manager: urllib3.PoolManager = super().proxy_manager_for(proxy, **kwargs)
            if not known:
                timed(manager)
            return manager

        def get_connection_with_tls_context(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
            """Looked up once for each host, since one client has one way to each."""
            # With its scheme: a request over TLS never takes a connection without it.
            host = origin(request.url)
            if host not in self._pools:
                self._pools[host] = super().get_connection_with_tls_context(request, *args, **kwargs)
            return self._pools[host]

        def request_url(self, request: requests.PreparedRequest, proxies: Any) -> str:
            if proxies or request.path_url.startswith("//"):
                return super().request_url(request, proxies)
            return request.path_url

        def build_response(self, req: requests.PreparedRequest, resp: Any) -> Any:
            """The answer as urllib3 has it. Neither cookies nor redirects are followed here, for which requests would
            read it."""
            return resp

        def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
            asks_token = request.method == "POST" and request.url == self.token_url
            if self.read_only and request.method != "GET" and not asks_token:
                raise errors.WriteRefused(
                    f"{request.method} {request.path_url} was stopped: this client may only read (check mode or "
                    "read_only)",
                    method=request.method,
                    path=request.path_url,
                )
            return super().send(request, *args, **kwargs)

        def close(self) -> None:
            # urllib3 closes a pool's connections when the pool is collected, which an error's traceback can put off.
            for manager in (self.poolmanager, *self.proxy_manager.values()):
                for key in tuple(manager.pools.keys()):
                    manager.pools[key].close()
            super().close()
