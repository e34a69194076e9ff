# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator in this process, for tests."""

from __future__ import annotations

import http.client
import json
import socket
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import uvicorn

from . import seed as seeds
from .app import BASE, TOKEN, Service, application
from .connection import Protocol
from .contract import Contract, load_document
from .pbx import Pbx
from .snapshot import kept

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def listen(host: str = "127.0.0.1", port: int = 0, exposed: bool = False) -> socket.socket:
    """A listening socket. Raises ValueError for a host that is not loopback, unless `exposed`."""
    if host not in LOOPBACK and not exposed:
        raise ValueError(f"the emulator listens on loopback only, not on {host}; in a container, --exposed allows it")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, so that asyncio sets TCP_NODELAY: headers and body are two writes, and Nagle costs 40 ms for them.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(128)
    return listener


def server(service: Service, tls: tuple[Path, Path] | None = None) -> uvicorn.Server:
    """A uvicorn server for `service`; `tls` is a certificate chain and its key. The application's state can stop it."""
    app = application(service)
    certificate, key = tls or (None, None)
    config = uvicorn.Config(
        app, http=Protocol, ws="none", lifespan="off", log_level="error", access_log=False, server_header=False,
        timeout_keep_alive=60, timeout_graceful_shutdown=1, ssl_certfile=certificate, ssl_keyfile=key,
    )  # fmt: skip
    running = uvicorn.Server(config)

    def stop() -> None:
        running.should_exit = True

    app.state.stop = stop
    return running


class Emulator:
    """Runs the emulator in a thread on a free port, as a context manager.

    `seed` is demo, bare or empty; `dialect` names switches that are not at their default; with `tls` it speaks
    https with a certificate made for this run, signed by the authority in the file `ca_path`; with `record_states`
    it keeps the tenant's state after every write (`states`).
    """

    def __init__(
        self,
        seed: str = "demo",
        dialect: dict[str, str] | None = None,
        tls: bool = False,
        database: str = ":memory:",
        record_states: bool = False,
        extension_len: int = 3,
    ) -> None:
        self._options: dict[str, Any] = {"seed": seed, "extension_len": extension_len}
        self._dialect = dialect or {}
        self._tls = tls
        self._database = database
        self._states: list[tuple[dict[str, Any], Callable[[], dict[str, Any]]]] = []
        self._record_states = record_states
        self._connection: http.client.HTTPConnection | None = None
        self.ca_path: str | None = None

    def __enter__(self) -> Emulator:
        self._pbx = Pbx(Contract(load_document()), self._database, self._dialect)
        self._adopt(seeds.start(self._pbx, **self._options))
        service = Service(self._pbx, self._options)
        if self._record_states:
            service.after_write = self._keep_state
        listener = listen()
        self.port: int = listener.getsockname()[1]
        self.origin = f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"
        self.url = self.origin + BASE
        self.token_url = self.origin + TOKEN
        self._folder = tempfile.TemporaryDirectory()
        self._server = server(service, self._certificate(Path(self._folder.name)) if self._tls else None)
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection:
            self._connection.close()
        self._server.should_exit = True
        self._thread.join()
        self._pbx.store.close()
        self._folder.cleanup()

    def control(self, method: str, path: str, body: object = None) -> Any:
        """Ask `/_emulator/<path>`. Raises ValueError when the emulator refuses."""
        kept, self._connection = self._connection, None
        connection = kept or self._connect()
        try:
            connection.request(method, f"/_emulator/{path}", None if body is None else json.dumps(body))
            response = connection.getresponse()
            answer = json.loads(response.read() or b"null")
        except (OSError, http.client.HTTPException):
            connection.close()
            if kept is None:
                raise
            # Between two tests, a connection may have been idle for too long.
            return self.control(method, path, body)
        self._connection = connection
        if response.status >= 400:
            raise ValueError(answer["message"])
        return answer

    def _connect(self) -> http.client.HTTPConnection:
        if not self._tls:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        import ssl

        context = ssl.create_default_context(cafile=self.ca_path)
        return http.client.HTTPSConnection("127.0.0.1", self.port, context=context, timeout=30)

    def log(self) -> list[dict[str, Any]]:
        """Every request since the start, the last reset or clear_log()."""
        return self._pbx.log.entries()

    def writes(self) -> list[dict[str, Any]]:
        """The requests of the API other than GET; tokens are no writes."""
        return [entry for entry in self.log() if entry["method"] != "GET" and not entry["path"].startswith("/oauth")]

    def clear_log(self) -> None:
        """Forget the log, and the recorded states."""
        self._pbx.log.clear()
        self._states.clear()

    def fault(self, kind: str, **parameters: Any) -> None:
        """Add a fault (faults.py)."""
        self.control("POST", "faults", {"kind": kind, **parameters})

    def clear_faults(self) -> None:
        """Behave again."""
        self.control("DELETE", "faults")

    def set_dialect(self, **values: str) -> None:
        """Set these switches, and all others to their defaults."""
        self.control("PUT", "dialect", values)

    def reset(self, **options: Any) -> None:
        """As it started: seed, dialect, no faults, an empty log. `options` for once replace those of the start
        (seed.start).
        """
        self._adopt(self.control("POST", "reset", options))
        self._states.clear()

    def add_client(self, **options: Any) -> dict[str, Any]:
        """One more client (seed.add_client); answers its credentials."""
        return dict(self.control("POST", "clients", options))

    def insert(self, kind: str, extension: int = 0, **body: Any) -> int:
        """Add an object that no request of the API can make, such as a queue_member or a record; answers its id."""
        return int(self.control("POST", "objects", {"kind": kind, "extension": extension, "body": body})["id"])

    def overwrite(self, kind: str, extension: int | None = None, number: int | None = None, **body: Any) -> int:
        """Change a value that no request of the API would, in every object of a kind or in one of them; answers how
        many."""
        given = {"extension": extension, "number": number}
        where = {name: value for name, value in given.items() if value is not None}
        return int(self.control("PUT", "objects", {"kind": kind, "body": body, **where})["changed"])

    def state(self, client_id: int | None = None) -> dict[str, Any]:
        """A client's state (snapshot.py), of the first one if absent."""
        return dict(self.control("GET", f"state?client_id={client_id or self.client_id}"))

    def states(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """After each write that succeeded: its log entry, and the state of its client."""
        return [(entry, state()) for entry, state in self._states]

    def extension_id(self, number: str, client_id: int | None = None) -> int:
        """The id of an extension by its number, of the first client if absent. Raises StopIteration."""
        return next(int(e["id"]) for e in self.state(client_id)["extensions"] if e["number"] == number)

    def _adopt(self, credentials: dict[str, Any]) -> None:
        self.client_id = int(credentials["client_id"])
        self.app_id = str(credentials["app_id"])
        self.app_secret = str(credentials["app_secret"])
        self.access_token = str(credentials["access_token"])
        self.username = str(credentials["username"])
        self.password = str(credentials["password"])

    def _keep_state(self, entry: dict[str, Any]) -> None:
        self._states.append((entry, kept(self._pbx.store, entry["client_id"])))

    def _certificate(self, folder: Path) -> tuple[Path, Path]:
        import trustme

        authority = trustme.CA()
        issued = authority.issue_cert("127.0.0.1", "localhost")
        chain, key, ca = folder / "chain.pem", folder / "key.pem", folder / "ca.pem"
        chain.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
        issued.private_key_pem.write_to_path(key)
        authority.cert_pem.write_to_path(ca)
        self.ca_path = str(ca)
        return chain, key
