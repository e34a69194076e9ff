# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A Galaxy server on loopback with one collection and its signature: as much of one as ``install`` asks."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

# ansible-galaxy compares it with its cache.
_DAY = "2026-01-01T00:00:00Z"


def answers(tarball: Path, signature: str) -> dict[str, bytes]:
    """The answer to each path of the API (version 3), and the tarball."""
    namespace, name, version = tarball.name.removesuffix(".tar.gz").split("-", 2)
    content = tarball.read_bytes()
    collection = f"/api/v3/collections/{namespace}/{name}/"
    versions = f"{collection}versions/"
    one: dict[str, Any] = {
        "namespace": {"name": namespace},
        "collection": {"name": name},
        "version": version,
        "href": f"{versions}{version}/",
        "download_url": f"/download/{tarball.name}",
        "artifact": {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)},
        "metadata": {"dependencies": {}},
        "signatures": [{"signature": signature}],
    }
    found = {
        "/api/": {"available_versions": {"v3": "v3/"}},
        collection: {"name": name, "created_at": _DAY, "updated_at": _DAY},
        versions: {"data": [{"version": version, "href": one["href"]}], "meta": {"count": 1}, "links": {"next": None}},
        one["href"]: one,
    }
    return {**{path: json.dumps(answer).encode() for path, answer in found.items()}, one["download_url"]: content}


@contextmanager
def serving(tarball: Path, signature: str) -> Iterator[str]:
    """The address of a server with this tarball, for as long as the block runs."""
    known = answers(tarball, signature)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = known.get(self.path.partition("?")[0])
            self.send_response(404 if content is None else 200)
            self.send_header(
                "Content-Type", "application/json" if self.path.startswith("/api/") else "application/gzip"
            )
            self.send_header("Content-Length", str(len(content or b"{}")))
            self.end_headers()
            self.wfile.write(content or b"{}")

        def log_message(self, *args: object) -> None:
            """Say nothing of each request."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api/"
        finally:
            server.shutdown()
            thread.join()
