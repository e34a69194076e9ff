# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One HTTP request and its whole answer, with no second thought: what to repeat is decided in client.py.

Every answer is bounded: in time (deadline.py), in its bytes on the wire, and in its decoded size (encoding.py).
"""

from __future__ import annotations

import http.client
import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import IO, Any, Callable
from urllib.parse import urlsplit

from . import errors
from .answers import Answer
from .encoding import ASKED, CutOff, NotDecodable, decoded
from .failures import CUT_WITHIN, Broken, before_the_answer, impossible, within_the_answer
from .files import FIELD, Body, Upload, file_name
from .settings import Settings
from .wire import REQUESTS_IMPORT_ERROR, origin

if REQUESTS_IMPORT_ERROR is None:
    import requests
    import urllib3
    from urllib3.filepost import choose_boundary, encode_multipart_formdata

    from .wire import Wire

# An answer, before and after its encoding is taken off.
LARGEST_BODY = 64 * 1024 * 1024
# A file may take longer, but must on the whole come at this many bytes per s.
LARGEST_FILE = 1024 * 1024 * 1024
LEAST_SPEED = 16 * 1024
_CHUNK = 65536
_DIGITS = 19


@dataclass
class Call:
    """A request on its way to success, with its failures so far."""

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
    # Whether nobody can find out its effect afterwards.
    once: bool = False
    # Whether an earlier sending may have taken effect.
    doubtful: bool = False
    repeats: int = 0
    refusals: int = 0


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
        self._wire = Wire(read_only, settings.token_url or "", settings.parallel)
        self._headers = {
            "User-Agent": requests.utils.default_user_agent(),
            "Accept-Encoding": ASKED,
            "Accept": "application/json",
            "Connection": "keep-alive",
        }
        self._environment: dict[str, Mapping[str, Any]] = {}

    def send(self, call: Call, authorization: str | None) -> Answer:
        """Send once. Raises Broken without an answer, WriteRefused by the guard, SettingsError for an impossible
        URL, FileFailed for a file that cannot be sent as a whole."""

        try:
            request = self._prepared(call, authorization)
            options = self._environment_of(request)
        except (requests.RequestException, UnicodeError) as exc:
            raise impossible(exc) from None
        try:
            response = self._wire.send(request, stream=True, timeout=(self._timeout, self._timeout), **options)
        except (requests.RequestException, urllib3.exceptions.HTTPError) as exc:
            raise before_the_answer(exc, self._timeout) from None
        answer = Answer(response.status, {n.lower(): value for n, value in response.headers.items()}, b"")
        try:
            if call.receive is None or not answer.ok:
                return replace(answer, body=self._body(response))
            target = call.receive(answer)
            if target is not None:
                self._store(response, target)
            return answer
        finally:
            response.close()
            response.release_conn()

    def close(self) -> None:
        self._wire.close()

    def _prepared(self, call: Call, authorization: str | None) -> requests.PreparedRequest:
        """The request as it is sent. A session of requests would look for cookies, hooks and ~/.netrc for each, which
        takes longer than the rest of sending it."""
        request = requests.PreparedRequest()
        request.prepare_method(call.method)
        request.prepare_url(call.url, _query(call.params))
        if not str(request.url).startswith(("http://", "https://")):
            raise requests.exceptions.InvalidSchema("neither http nor https")
        # A plain dictionary will do, since nothing here spells a header in two ways.
        headers: Any = dict(self._headers)
        request.headers = headers
        if call.receive is not None:
            request.headers["Accept"] = "*/*"
        if authorization is not None:
            request.headers["Authorization"] = authorization
        data: Any = call.form
        if call.upload is not None:
            data, request.headers["Content-Type"] = _multipart(call.upload)
        if call.method != "GET":
            request.prepare_body(data, None, call.body)
        return request

    def _environment_of(self, request: requests.PreparedRequest) -> Mapping[str, Any]:
        """Return the settings of the environment for one host: its proxies, and the certificates to trust unless
        ca_path or validate_certs says so. Read once, because requests searches the whole environment."""
        host = origin(request.url)
        if host not in self._environment:
            verify = self._verify
            if verify is True:
                verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
            proxies = requests.utils.get_environ_proxies(request.url or "", None)
            self._environment[host] = {"proxies": proxies, "verify": verify, "cert": None}
        return self._environment[host]

    def _body(self, response: Any) -> bytes:
        try:
            return b"".join(self._parts(response, LARGEST_BODY))
        except Broken as broken:
            # An error needs no words: its status says enough, and a proxy may put them in any form.
            if response.status >= 400 and isinstance(broken.__cause__, NotDecodable):
                return b""
            raise

    def _store(self, response: Any, target: IO[bytes]) -> None:
        for part in self._parts(response, LARGEST_FILE, LEAST_SPEED):
            try:
                target.write(part)
            except OSError as exc:
                raise Broken(errors.FileFailed, f"the file cannot be written: {exc.strerror}", True, False) from None

    def _parts(self, response: Any, largest: int, speed: float = math.inf) -> Iterator[bytes]:
        """The content as it arrives, no longer than ``largest`` bytes; each ``speed`` of them are given one s more."""
        answer: Any = response._original_response
        answer.timed.speed = speed
        size = 0
        try:
            for part in decoded(_arriving(response, largest), response.headers.get("Content-Encoding", "")):
                size += len(part)
                if size > largest:
                    raise _too_long(largest)
                yield part
        except CutOff:
            raise Broken(errors.ConnectionFailed, CUT_WITHIN, True, True) from None
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, NotDecodable) as exc:
            raise within_the_answer(exc, self._timeout) from exc


def _arriving(response: Any, largest: int) -> Iterator[bytes]:
    """The bytes of the content as they come over the wire, no more than ``largest``, and all that were declared."""
    declared = response.headers.get("Content-Length", "")
    # More digits than any length has are too many for int, too.
    length = (int(declared) if len(declared) < _DIGITS else largest + 1) if declared.isdecimal() else 0
    size = 0
    for part in _pieces(response):
        size += len(part)
        if max(size, length) > largest:
            raise _too_long(largest)
        yield part
    if length > size:
        raise CutOff


def _too_long(largest: int) -> Broken:
    return Broken(errors.BadAnswer, f"the answer is longer than {largest} bytes", True, False)


def _pieces(raw: Any) -> Iterator[bytes]:
    """Plain reading would wait for a full buffer, past any deadline."""
    while True:
        if hasattr(raw, "read1"):
            part = raw.read1(_CHUNK, decode_content=False)
        else:  # urllib3 before 2.1
            answer = raw._original_response
            # A peek beyond the end would wait for the next answer; reading nothing there hands the connection back.
            ready = b"" if answer.length == 0 else answer.peek(1)
            part = raw.read(len(ready) or 1, decode_content=False)
        if not part:
            return
        yield part


def failed(call: Call, broken: Broken, scrub: Callable[[str], str]) -> errors.PbxError:
    """Return the error for a request that got no answer."""
    host = urlsplit(call.url).netloc
    details = {"method": call.method, "path": call.path, "host": host}
    reason = scrub(broken.reason)
    if broken.error is errors.TlsFailed:
        return errors.TlsFailed(
            f"{call.method} {call.path}: no trusted TLS connection to {host} ({reason}): {broken.advice}", **details
        )
    if broken.sent and not call.repeatable:
        unknown = errors.TooLate if broken.error is errors.TimedOut else errors.Ambiguous
        return unknown(
            f"{call.method} {call.path}: {reason} ({host}); it is unknown whether this took effect", **details
        )
    tries = f" ({call.repeats + 1} tries)" if call.repeats else ""
    doubt = "; the change may have been made" if call.doubtful and call.method != "GET" and not call.form else ""
    advice = f"; {broken.advice}" if broken.advice else ""
    return broken.error(f"{call.method} {call.path}: {host}: {reason}{tries}{doubt}{advice}", **details)


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
