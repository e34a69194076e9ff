# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The API client: one PBX, one set of credentials, and the rules for requests that may be sent twice.

Repeating is done here and not by urllib3's Retry, which sees neither a body that breaks off, nor a token that ran out,
nor that the 404 of a repeated DELETE is a success.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping, Sequence
from typing import IO, Any, Callable
from urllib.parse import quote

from .._text.mask import Mask
from . import answers, errors
from .answers import Answer
from .auth import Tokens
from .failures import Broken
from .files import FileHead, Upload, file_head
from .gate import Gate, Turn
from .limits import RateLimits
from .paging import MOST_PAGES, read_pages
from .scrub import Scrub
from .settings import Settings
from .transport import Call, Transport, failed
from .wire import REQUESTS_IMPORT_ERROR

__all__ = ["Client", "REQUESTS_IMPORT_ERROR"]

# How often a request is repeated after a failure that may pass, and the first pause in s; each further one is twice as
# long.
REPEATS = 3
BACKOFF = 0.2
# Every PBX has these paths, so that api_url is wrong where they are not found.
OF_A_TENANT = ("/client/", "/user/")
# Gateways answer these when the server behind them may or may not have done its work.
UNAVAILABLE = (502, 503, 504)


# How the one warning ends that says how many requests the PBX takes at a time.
NARROWED = ", because the PBX refused more; set parallel to that number to spare it the refusals"


class Client:
    """Talks to one PBX. It may be used from several threads; ``parallel`` requests at most are under way at a time.

    ``read_only`` makes the transport refuse every write (check mode, and the option of that name). ``sleep`` and
    ``clock`` (both in s) are there for tests. Raises SettingsError when the settings cannot work, RequestsMissing
    without the library requests; nothing is sent yet.

    ``requests`` counts requests to the API by method, repeats included, and ``token_requests`` those to the token
    endpoint. ``limits`` is the last seen limit of requests. ``secrets`` are values that are kept out of every message;
    add those that a request carries. ``mask`` hides those in addresses. ``warnings`` are sentences for the user.
    ``tenant_id`` is the tenant as far as an answer has named it.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        read_only: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        settings.validate()
        self.settings = settings
        self.requests: dict[str, int] = {}
        self.token_requests = 0
        # Whether there is anything at api_url.
        self._found = False
        self.tenant_id = settings.client if settings.client.isdecimal() else None
        self.warnings: list[str] = settings.warnings()
        self.secrets: set[str] = set(settings.secrets)
        self.mask = Mask(settings.key, (settings.api_url, settings.token_url or "", settings.example_url))
        self._sleep = sleep
        self.limits = RateLimits(settings.rate_limit_wait, sleep, clock)
        self._lock = threading.Lock()
        self._gate = Gate(settings.parallel)
        self._scrub = Scrub(self.secrets)
        self._transport = Transport(settings, read_only)
        self._tokens = Tokens(settings, self._deliver, self.secrets, self._scrub, clock)

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """The JSON at a path below ``api_url``; a list in ``params`` repeats its name."""
        call = self._call("GET", path, params=params)
        answer = self._send(call)
        try:
            data = answers.parse(answer)
        except ValueError:
            words = answers.excerpt(answer, self._scrub) + self._wrong_address(call)
            raise self._bad(call, answer, f"is not JSON but {words}") from None
        self._found = True
        return data

    def get_object(self, path: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Like get, and BadAnswer unless it is an object."""
        data = self.get(path, params)
        if not isinstance(data, dict):
            raise self._unexpected(path, "an object", data)
        self._note_tenant([data])
        return data

    def get_list(
        self,
        path: str,
        params: Mapping[str, Any] | None = None,
        paged: bool = False,
        limit: int | None = None,
        wrapped: str = "",
    ) -> list[dict[str, Any]]:
        """Like get, and BadAnswer unless it is a list of objects; ``paged`` reads all pages, or as many as it takes
        for ``limit`` entries. ``wrapped``: the part of the answer that may hold the list."""
        if paged:
            try:
                return read_pages(
                    lambda page, per_page: self.get_list(path, {**(params or {}), "page": page, "per_page": per_page}),
                    limit,
                    min(self.limits.hourly or MOST_PAGES, MOST_PAGES),
                )
            except errors.BadAnswer as exc:
                exc.details.setdefault("path", path)
                raise
        data = self.get(path, params)
        if isinstance(data, dict) and wrapped in data:
            data = data[wrapped]
        if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
            raise self._unexpected(path, "a list of objects", data)
        self._note_tenant(data)
        return data

    def write(self, method: str, path: str, body: Mapping[str, Any] | None = None, once: bool = False) -> Any:
        """Send a POST, PUT or DELETE and give the JSON of its answer, None when that is empty.

        A POST, and whatever must be sent ``once``, is sent again only if it surely did nothing (no connection, 429,
        401); Ambiguous when that is unknown. The 404 of a DELETE that was sent before counts as done. WriteRefused on a
        client that may only read.
        """
        if method not in ("POST", "PUT", "DELETE"):
            raise ValueError(f"{method} is no method of this API's writes")
        return self._written(self._call(method, path, body=body, once=once))

    def upload(self, method: str, path: str, fields: Mapping[str, str], file_path: str, once: bool = False) -> Any:
        """Send a form with ``fields`` and a file, which is named after its path; otherwise like write.

        FileFailed when the file cannot be read to its end; nothing was changed then.
        """
        return self._written(self._call(method, path, upload=Upload(fields, file_path), once=once))

    def download(
        self,
        path: str,
        receive: Callable[[FileHead], IO[bytes] | None],
        params: Mapping[str, Any] | None = None,
        basic: bool = False,
    ) -> FileHead:
        """Read a file. For every attempt, ``receive`` gets the head of the answer and gives an empty file that is open
        for writing, or None to do without the content.

        ``basic`` logs in with ``api_username`` and ``api_password`` instead of the token (semantics.md section 2). The
        file is complete when this returns, as far as the server has told its length. BadAnswer when the answer is no
        file, FileFailed when it cannot be written.
        """
        heads: list[FileHead] = []

        def head_of(answer: Answer) -> IO[bytes] | None:
            try:
                heads.append(file_head(answer))
            except ValueError as exc:
                raise Broken(errors.BadAnswer, f"the answer {exc}", True, False) from None
            return receive(heads[-1])

        self._send(self._call("GET", path, params=params, receive=head_of, basic=basic))
        return heads[-1]

    def tenant(self, path: str) -> str:
        """The path of something that belongs to the client as a whole (semantics.md section 2, ``@me``)."""
        return f"/client/{quote(self.settings.client, safe='@')}/{path.lstrip('/')}"

    def require_writes(self, count: int) -> None:
        """Before the first write of a run that has ``count`` more requests to send: make sure that the limit suffices,
        or raise RateLimited.

        Waits for the next hour instead when ``rate_limit_wait`` allows it. Nothing happens when the limit is unknown.
        """
        self.limits.require(count, sum(self.requests.values()))

    def sleep(self, seconds: float) -> None:
        """Let so many s pass before the next request."""
        self._sleep(seconds)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def _call(self, method: str, path: str, once: bool = False, **parts: Any) -> Call:
        path = "/" + path.lstrip("/")
        repeatable = method != "POST" and not once
        return Call(method, self.settings.api_url + path, path, repeatable=repeatable, once=once, **parts)

    def _written(self, call: Call) -> Any:
        try:
            answer = self._send(call)
            if not answer.body.strip():
                return None
            self._found = call.doubtful = True
            return answers.parse(answer)
        except ValueError:
            words = f"is not JSON but {answers.excerpt(answer, self._scrub)}; the change may have been made"
            error: errors.PbxError = self._bad(call, answer, words)
        except errors.PbxError as failed:
            error = failed
        error.in_doubt = error.in_doubt or call.doubtful or isinstance(error, errors.ServerFailed)
        raise error from None

    def _send(self, call: Call) -> Answer:
        """Deliver with a login, and turn every failure into its error."""
        answer = self._deliver(call, self._basic()) if call.basic else self._with_token(call)
        if answer.ok:
            return answer
        if call.method == "DELETE" and call.doubtful and answer.status == 404:
            return Answer(204, answer.headers, b"")
        if answer.status < 400:
            raise self._bad(call, answer, answers.redirect(answer, call.url))
        error = answers.error(call.method, call.path, answer, self._scrub, call.once)
        if answer.status in (404, 405) and "; check " not in error.message:
            raise type(error)(error.message + self._wrong_address(call), **error.details)
        if isinstance(error, errors.AuthFailed):
            advice = "check api_username and api_password" if call.basic else self._tokens.advice()
            raise errors.AuthFailed(f"{error.message}; {advice}", **error.details)
        if answer.status in UNAVAILABLE and not call.repeatable:
            raise errors.Ambiguous(error.message, **error.details)
        raise error

    def _with_token(self, call: Call) -> Answer:
        """Deliver with a token, which is renewed once if it is refused."""
        token = self._tokens.current()
        answer = self._deliver(call, f"Bearer {token}")
        if answer.status == 401 and self._tokens.renew(token):
            answer = self._deliver(call, f"Bearer {self._tokens.current()}")
        return answer

    def _basic(self) -> str:
        """The Authorization of a user's own login."""
        login = self.settings.basic_login()
        self.secrets.add(login)
        return f"Basic {login}"

    def _deliver(self, call: Call, authorization: str | None = None) -> Answer:
        """Send until there is an answer that more sending would not better."""
        while True:
            turn = self._gate.begin()
            broken = None
            try:
                answer = self._transport.send(call, authorization)
            except Broken as caught:
                broken = caught
            finally:
                self._gate.end(turn)
            if broken is not None:
                if broken.sent:
                    self._count(call)
                    call.doubtful = True
                if broken.passing and (call.repeatable or not broken.sent) and self._repeat(call):
                    continue
                raise failed(call, broken, self._scrub) from None
            self._count(call)
            self.limits.note(answer)
            if answer.status in UNAVAILABLE:
                call.doubtful = True
                if call.repeatable and self._repeat(call, answer):
                    continue
            if answer.status != 429:
                return answer
            self._hold(call, turn, answer)

    def _hold(self, call: Call, turn: Turn, answer: Answer) -> None:
        """Send nothing after a 429 until the request may be sent again, or raise RateLimited."""
        refused = answers.error(call.method, call.path, answer, self._scrub)
        if not answers.hour_is_used_up(answer) and self._gate.narrow(turn):
            with self._lock:
                self.warnings[:] = [one for one in self.warnings if not one.endswith(NARROWED)]
                self.warnings.append(
                    f"at most {self._gate.width} requests are under way at a time from now on{NARROWED}"
                )
        self._gate.pause(turn, lambda: self.limits.wait_after(answer, call.refusals, refused))
        call.refusals += 1

    def _repeat(self, call: Call, down: Answer | None = None) -> bool:
        """Sleep until a request may be sent again, if it may. down: the answer of a server that may say how long."""
        if call.repeats >= REPEATS:
            return False
        wait = BACKOFF * 2**call.repeats
        call.repeats += 1
        if down is None or not self.limits.wait_until_back(down, wait):
            self._sleep(wait)
        return True

    def _wrong_address(self, call: Call) -> str:
        """Return the hint to check api_url; empty once something has been found there."""
        usual = re.search(r"/api/ver[\d.]+$", self.settings.api_url)
        if self._found or (usual and not call.path.startswith(OF_A_TENANT)):
            return ""
        right = "" if usual else f", which usually ends in /api/ver1.0, such as {self.settings.example_url}"
        return f"; {self._scrub(call.url)} was tried: check api_url{right}"

    def _note_tenant(self, objects: Sequence[Mapping[str, Any]]) -> None:
        """Note the tenant that objects name (semantics.md section 6); objects that the operator offers name none."""
        if self.tenant_id is None:
            named = (one.get("client_id") for one in objects)
            self.tenant_id = next((str(found) for found in named if isinstance(found, (int, str)) and found), None)

    def _count(self, call: Call) -> None:
        with self._lock:
            if call.form is not None:
                self.token_requests += 1
            else:
                self.requests[call.method] = self.requests.get(call.method, 0) + 1

    def _bad(self, call: Call, answer: Answer, what: str) -> errors.BadAnswer:
        return errors.BadAnswer(
            f"{call.method} {call.path}: the answer ({answer.status}) {self._scrub(what)}",
            method=call.method,
            path=call.path,
            status=answer.status,
        )

    def _unexpected(self, path: str, wanted: str, data: Any) -> errors.BadAnswer:
        return errors.BadAnswer(
            f"GET {path}: the answer should be {wanted} but is {self._scrub(answers.kind(data))}",
            method="GET",
            path=path,
        )
