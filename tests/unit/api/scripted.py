# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A loopback HTTP server that answers by script, in ways that no well-behaved server would."""

from __future__ import annotations

import http.server
import json
import ssl
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

BASE = "/api/ver1.0"


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path.removeprefix(BASE)

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.target).query)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode()))

    @property
    def token(self) -> str | None:
        return self.headers.get("Authorization", "").removeprefix("Bearer ") or None


@dataclass(frozen=True)
class Reply:
    """A complete answer: ``json``, or ``text`` as it stands."""

    status: int = 200
    json: Any = None
    text: str | bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    chunked: bool = False
    # Close the connection afterwards without having said so.
    hang_up: bool = False

    @property
    def body(self) -> bytes:
        if self.text is not None:
            return self.text.encode() if isinstance(self.text, str) else self.text
        return b"" if self.status == 204 else json.dumps(self.json).encode()


@dataclass(frozen=True)
class Cut:
    """Close the connection: ``before`` reading the request, ``after`` reading it, or ``within`` the answer."""

    when: str


@dataclass(frozen=True)
class Stall:
    """Read the request and say nothing."""


@dataclass(frozen=True)
class Drip:
    """Start a good answer and send one blank at a time, for ever; ``piece`` is sent without a pause when it is long."""

    piece: bytes = b" "
    pause: float = 0.02
    chunked: bool = False
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Raw:
    """Bytes in place of an answer, as they stand; ``again`` follows for ever, with a pause before each."""

    start: bytes
    again: bytes = b""
    pause: float = 0.02


@dataclass(frozen=True)
class Paced:
    """A complete file in pieces, with a pause before each."""

    pieces: tuple[bytes, ...]
    pause: float


Step = Reply | Cut | Stall | Drip | Raw | Paced
Script = Step | Callable[[Seen], Step]


class Scripted:
    """Answers one step of ``script`` per request, in order; ``always`` answers when the script has run out."""

    def __init__(self, tls: ssl.SSLContext | None = None, port: int = 0) -> None:
        self.script: deque[Script] = deque()
        self.always: Callable[[Seen], Step] | None = None
        self.seen: list[Seen] = []
        self.unexpected: list[str] = []
        self.connections = 0
        self.hung_up = threading.Event()
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = False
        self._scheme = "http"
        if tls is not None:
            self._scheme = "https"
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        return f"{self._scheme}://{self.host}{BASE}"

    def answers(self, *steps: Script) -> None:
        self.script.extend(steps)

    def methods(self) -> list[str]:
        return [seen.method for seen in self.seen]

    def stop(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def peek(self) -> Script | None:
        with self._lock:
            return self.script[0] if self.script else None

    def next(self, seen: Seen | None) -> Step:
        with self._lock:
            if seen is not None:
                self.seen.append(seen)
            step: Script | None = self.script.popleft() if self.script else self.always
            if step is None:
                self.unexpected.append(f"{seen.method} {seen.target}" if seen else "a connection")
                return Reply(599, {"message": "the script has run out"})
        return step(seen) if callable(step) and seen is not None else step  # type: ignore[return-value]

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        scripted = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            timeout = 20

            def setup(self) -> None:
                super().setup()
                scripted.connections += 1

            def handle(self) -> None:
                try:
                    super().handle()
                except (OSError, ssl.SSLError):
                    self.close_connection = True

            def finish(self) -> None:
                try:
                    super().finish()
                except OSError:
                    self.close_connection = True

            def handle_one_request(self) -> None:
                # Wait for the first byte only: a cut before reading must leave the request unread.
                if self.rfile.peek(1) and scripted.peek() == Cut("before"):  # type: ignore[attr-defined]
                    scripted.next(None)
                    self.close_connection = True
                    return
                super().handle_one_request()

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                step = scripted.next(Seen(self.command, self.path, dict(self.headers), body))
                if isinstance(step, Reply):
                    self.reply(step)
                    return
                self.close_connection = True
                if isinstance(step, Stall):
                    scripted.stopping.wait()
                elif step == Cut("within"):
                    self.head(200, {"Content-Length": "100"})
                    self.wfile.write(b'[{"id": 1}')
                elif isinstance(step, Drip):
                    self.drip(step)
                elif isinstance(step, Paced):
                    length = sum(map(len, step.pieces))
                    self.head(200, {"Content-Type": "audio/wav", "Content-Length": str(length)})
                    for piece in step.pieces:
                        scripted.stopping.wait(step.pause)
                        self.wfile.write(piece)
                elif isinstance(step, Raw):
                    self.wfile.write(step.start)
                    while step.again and not scripted.stopping.wait(step.pause):
                        self.wfile.write(step.again)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def head(self, status: int, headers: Mapping[str, str]) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def reply(self, step: Reply) -> None:
                body = step.body
                if step.chunked:
                    self.head(step.status, {"Transfer-Encoding": "chunked", **step.headers})
                    for start in range(0, len(body), 7):
                        part = body[start : start + 7]
                        self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                    self.wfile.write(b"0\r\n\r\n")
                else:
                    length = {} if step.status == 204 else {"Content-Length": str(len(body))}
                    self.head(step.status, {**length, **step.headers})
                    self.wfile.write(body)
                if step.hang_up:
                    self.close_connection = True

            def drip(self, step: Drip) -> None:
                how = {"Transfer-Encoding": "chunked"} if step.chunked else {"Content-Length": str(1 << 25)}
                self.head(step.status, {**how, **step.headers})
                piece = b"%x\r\n%s\r\n" % (len(step.piece), step.piece) if step.chunked else step.piece
                while not scripted.stopping.wait(step.pause):
                    self.wfile.write(piece)

            def log_message(self, *args: Any) -> None:
                del args

        class Closing(Handler):
            def finish(self) -> None:
                super().finish()
                self.connection.close()
                scripted.hung_up.set()

        return Closing
