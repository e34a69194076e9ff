# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One HTTP request and its whole answer, with no second thought: what to repeat is decided in client.py.

The library requests is imported here only, and its absence is kept as text: a collection must be importable without it.
"""

from __future__ import annotations

import http.client
import math
import ssl
import time
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from http.cookiejar import DefaultCookiePolicy
from typing import IO, Any, Callable

from . import errors
from .answers import Answer
from .files import FIELD, Body, Upload, file_name
from .settings import Settings

REQUESTS_IMPORT_ERROR: str | None = None
try:
    import requests
    import urllib3
    from requests.adapters import HTTPAdapter
    from urllib3.filepost import choose_boundary, encode_multipart_formdata
except ImportError:
    REQUESTS_IMPORT_ERROR = traceback.format_exc()
else:

    class _Session(requests.Session):
        """A session in which no answer leads to another request."""

        def get_redirect_target(self, resp: requests.Response) -> str | None:
            return None

    class _Wire(HTTPAdapter):
        """The last stop before the network: on a client that may only read, no write passes here."""

        def __init__(self, read_only: bool, token_url: str) -> None:
            super().__init__(max_retries=0)
            self.read_only = read_only
            self.token_url = requests.Request("POST", token_url).prepare().url

        def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
            asks_token = request.method == "POST" and request.url == self.token_url
            if self.read_only and request.method != "GET" and not asks_token:
                raise errors.WriteRefused(
                    f"{request.method} {request.path_url} was stopped: this client may only read (check mode)",
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


# A whole body may take this many timeouts, however slowly it trickles in.
BODY_TIMEOUTS = 4
LARGEST_BODY = 64 * 1024 * 1024
# A file may take longer, but must on the whole come at this many bytes per s.
LARGEST_FILE = 1024 * 1024 * 1024
LEAST_SPEED = 16 * 1024
_CHUNK = 65536


@dataclass
class Call:
    """A request on its way to success, with what befell it so far."""

    method: str
    url: str
    path: str
    params: Mapping[str, Any] | None = None
    body: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    upload: Upload | None = None
    # Asked before the content of every good answer: where that goes, or None to leave it.
    receive: Callable[[Answer], IO[bytes] | None] | None = None
    # Whether the user's own login takes the place of the token.
    basic: bool = False
    # Whether sending it twice does no harm.
    repeatable: bool = True
    # Whether nobody can find out afterwards what it did.
    once: bool = False
    # Whether an earlier sending may have taken effect.
    doubtful: bool = False
    repeats: int = 0
    refusals: int = 0


class Broken(Exception):
    """There is no answer. ``sent`` tells whether the request may have arrived, ``passing`` whether a repeat may
    help."""

    def __init__(self, error: type[errors.PbxError], reason: str, sent: bool, passing: bool) -> None:
        super().__init__(reason)
        self.error = error
        self.reason = reason
        self.sent = sent
        self.passing = passing


class Transport:
    """The connection to one PBX, kept alive between requests."""

    def __init__(self, settings: Settings, read_only: bool) -> None:
        if REQUESTS_IMPORT_ERROR is not None:
            raise errors.RequestsMissing(
                "the Python library requests is missing: install it for the Python that runs this",
                traceback=REQUESTS_IMPORT_ERROR,
            )
        self._timeout = settings.api_timeout
        self._verify: bool | str = (settings.ca_path or True) if settings.validate_certs else False
        if not settings.validate_certs:
            urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        self._session = _Session()
        wire = _Wire(read_only, settings.token_url or "")
        self._session.mount("https://", wire)
        self._session.mount("http://", wire)
        # The token is the whole login; cookies would only be state that parallel requests share.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        # Uncompressed, so that the limit of a body's size is also the limit of the memory it takes.
        self._session.headers.update({"Accept": "application/json", "Accept-Encoding": "identity"})

    def send(self, call: Call, authorization: str | None) -> Answer:
        """Send once. Raises Broken without an answer, WriteRefused by the guard, SettingsError for an impossible
        URL, FileFailed for a file that cannot be sent as a whole."""

        def authorize(request: requests.PreparedRequest) -> requests.PreparedRequest:
            # Given even without one: otherwise requests would take a login out of ~/.netrc.
            if authorization is not None:
                request.headers["Authorization"] = authorization
            return request

        headers = {} if call.receive is None else {"Accept": "*/*"}
        data: Any = call.form
        if call.upload is not None:
            data, headers["Content-Type"] = _multipart(call.upload)
        try:
            request = self._session.prepare_request(
                requests.Request(
                    call.method,
                    call.url,
                    headers,
                    params=_query(call.params),
                    json=call.body,
                    data=data,
                    auth=authorize,
                )
            )
        except (requests.RequestException, UnicodeError) as exc:
            raise _impossible(exc) from None
        # An empty proxies lets the environment decide, as everywhere in requests; verify is given here because the
        # environment's CA bundle would otherwise win over validate_certs and ca_path.
        options = self._session.merge_environment_settings(request.url, {}, True, self._verify, None)
        try:
            response = self._session.send(
                request, timeout=(self._timeout, self._timeout), allow_redirects=False, **options
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError) as exc:
            raise _broken(exc, self._timeout) from None
        answer = Answer(response.status_code, {n.lower(): value for n, value in response.headers.items()}, b"")
        try:
            if call.receive is None or not answer.ok:
                return replace(answer, body=b"".join(self._parts(response, LARGEST_BODY)))
            target = call.receive(answer)
            if target is not None:
                self._store(response, target)
            return answer
        finally:
            response.close()

    def close(self) -> None:
        self._session.close()

    def _store(self, response: requests.Response, target: IO[bytes]) -> None:
        for part in self._parts(response, LARGEST_FILE, LEAST_SPEED):
            try:
                target.write(part)
            except OSError as exc:
                raise Broken(errors.FileFailed, f"the file cannot be written: {exc.strerror}", True, False) from None

    def _parts(self, response: requests.Response, largest: int, speed: float = math.inf) -> Iterator[bytes]:
        """The body as it arrives, no longer than ``largest`` bytes; each ``speed`` of them are given one s more."""
        length = response.headers.get("Content-Length", "")
        declared = int(length) if length.isdecimal() and "Content-Encoding" not in response.headers else 0
        start = time.monotonic()
        size = 0
        try:
            for part in _arriving(response.raw):
                size += len(part)
                if max(size, declared) > largest:
                    raise Broken(errors.BadAnswer, f"the answer is longer than {largest} bytes", True, False)
                allowed = BODY_TIMEOUTS * self._timeout + size / speed
                if time.monotonic() - start > allowed:
                    raise Broken(errors.TimedOut, f"the answer was still not complete after {allowed:g} s", True, False)
                yield part
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError):
            raise Broken(
                errors.ConnectionFailed, "the connection was cut in the middle of the answer", True, True
            ) from None
        if declared > size:
            raise Broken(errors.ConnectionFailed, "the connection was cut in the middle of the answer", True, True)


def _arriving(raw: Any) -> Iterator[bytes]:
    """The parts of a body as they arrive: plain reading would wait for a full buffer, past any deadline."""
    while True:
        if hasattr(raw, "read1"):
            part = raw.read1(_CHUNK, decode_content=True)
        else:  # urllib3 before 2.1
            answer = raw._original_response
            # A peek beyond the end would wait for the next answer; reading nothing there hands the connection back.
            ready = b"" if answer.length == 0 else answer.peek(1)
            part = raw.read(len(ready) or 1)
        if not part:
            return
        yield part


def _multipart(upload: Upload) -> tuple[Body, str]:
    """The body of an upload and its content type: as urllib3 spells it for an empty file, with the file put in."""
    boundary = choose_boundary()
    file = (FIELD, (file_name(upload.path), b""))
    body, content_type = encode_multipart_formdata([*upload.fields.items(), file], boundary)
    end = len(f"\r\n--{boundary}--\r\n")
    return Body(body[:-end], upload.path, body[-end:]), content_type


def _query(params: Mapping[str, Any] | None) -> dict[str, Any]:
    """Query parameters; a list repeats its name (semantics.md section 9, item 3)."""
    return {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in (params or {}).items()
        if value is not None
    }


def _broken(exc: Exception, timeout: float) -> Broken:
    """Tell a request that surely did not arrive from one that may have."""
    if isinstance(exc, ValueError):
        return _impossible(exc)
    failed = errors.ConnectionFailed
    causes = list(_causes(exc))
    reason = _reason(causes)
    if isinstance(exc, requests.exceptions.SSLError):
        # The end of a stream in mid-air is a cut like any other, which TLS only reports in its own way.
        if any(isinstance(cause, ssl.SSLEOFError) for cause in causes):
            return Broken(failed, "the TLS connection was cut", True, True)
        return Broken(errors.TlsFailed, reason, False, False)
    if isinstance(exc, requests.exceptions.ConnectTimeout):
        return Broken(failed, f"no connection within {timeout:g} s", False, True)
    if isinstance(exc, requests.exceptions.ReadTimeout):
        return Broken(errors.TimedOut, f"no answer within {timeout:g} s", True, True)
    if isinstance(exc, requests.exceptions.ProxyError):
        return Broken(failed, f"the proxy cannot be used: {reason}", False, True)
    if any(isinstance(cause, urllib3.exceptions.NewConnectionError) for cause in causes):
        return Broken(failed, reason, False, True)
    return Broken(failed, "the connection was cut before the answer", True, True)


def _impossible(exc: Exception) -> Broken:
    """A request that cannot even be put together. Its own words may quote a header, so they are not used."""
    reason = f"no request can be made ({type(exc).__name__}): check api_url, token_url and the environment's proxies"
    return Broken(errors.SettingsError, reason, False, False)


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """An exception and all that it wraps, by whichever of the ways that requests and urllib3 use."""
    queue: list[Any] = [exc]
    seen: set[int] = set()
    while queue:
        one = queue.pop(0)
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            queue += [getattr(one, "reason", None), *one.args, one.__cause__, one.__context__]


def _reason(causes: list[BaseException]) -> str:
    """The operating system's or OpenSSL's words, which are the plainest in the chain."""
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return str(cause.verify_message)
    for cause in causes:
        if isinstance(cause, OSError) and not isinstance(cause, requests.RequestException):
            return cause.strerror or str(cause)
    return type(causes[-1]).__name__
