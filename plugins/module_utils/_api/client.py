# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The API client: one PBX, one set of credentials, and the rules for what may be sent twice.

Repeating is done here and not by urllib3's Retry, which sees neither a body that breaks off, nor a token that ran out,
nor that the 404 of a repeated DELETE is a success.
"""

from __future__ import annotations

import base64
import email.utils
import json
import math
import re
import threading
import time
from collections.abc import Mapping
from typing import IO, Any, Callable
from urllib.parse import quote, quote_plus, urlsplit

from .._text.mask import Mask
from . import answers, errors
from .answers import Answer
from .auth import Tokens
from .failures import Broken
from .files import FileHead, Upload, file_head
from .paging import read_pages
from .settings import Settings
from .transport import Call, Transport
from .wire import REQUESTS_IMPORT_ERROR

__all__ = ["Client", "REQUESTS_IMPORT_ERROR"]

# How often a request is repeated after a failure that may pass, and the first pause in s; each further one is twice as
# long.
REPEATS = 3
BACKOFF = 0.2
# The first pause in s after a 429 that names none.
PAUSE = 1.0
# The platform counts requests by the hour (semantics.md section 3).
HOUR = 3600.0
# Gateways answer these when the server behind them may or may not have done its work.
UNAVAILABLE = (502, 503, 504)
# A shorter secret is likely to be part of other words, so only the whole word is taken for it.
SHORT_SECRET = 8


class Client:
    """Talks to one PBX. Reading may be done from several threads.

    ``read_only`` makes the transport refuse every write (check mode). ``sleep`` and ``clock`` (both in s) are there
    for tests. Raises SettingsError when the settings cannot work, RequestsMissing without the library requests;
    nothing is sent yet.

    ``requests`` counts what was sent to the API by method, repeats included, and ``token_requests`` what was sent to
    the token endpoint. ``remaining`` and ``reset`` (s) are the last seen limit of requests. ``secrets`` are values
    that are kept out of every message; add those that a request carries. ``mask`` hides those in addresses.
    ``warnings`` are sentences for the user.
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
        self.remaining: int | None = None
        self.reset: float | None = None
        self.warnings: list[str] = settings.warnings()
        self.secrets: set[str] = set(settings.secrets)
        self.mask = Mask(settings.key, (settings.api_url, settings.token_url or ""))
        self._limit: int | None = None
        self._limit_seen = 0.0
        self._waited = 0.0
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._transport = Transport(settings, read_only)
        self._tokens = Tokens(settings, self._deliver, self.secrets, self._scrub, clock)

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """The JSON at a path below ``api_url``; a list in ``params`` repeats its name."""
        call = self._call("GET", path, params=params)
        answer = self._send(call)
        try:
            return answers.parse(answer)
        except ValueError:
            raise self._bad(call, answer, "is not JSON but " + answers.excerpt(answer, self._scrub)) from None

    def get_object(self, path: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Like get, and BadAnswer unless it is an object."""
        data = self.get(path, params)
        if not isinstance(data, dict):
            raise self._unexpected(path, "an object", data)
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
                )
            except errors.BadAnswer as exc:
                exc.details.setdefault("path", path)
                raise
        data = self.get(path, params)
        if isinstance(data, dict) and wrapped in data:
            data = data[wrapped]
        if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
            raise self._unexpected(path, "a list of objects", data)
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
        with self._lock:
            remaining, limit, sent = self.remaining, self._limit, sum(self.requests.values())
            reset = None if self.reset is None else self.reset - (self._clock() - self._limit_seen)
        if remaining is None or count <= remaining or (reset is not None and reset <= 0):
            return
        needs = f"this run needs {count} more requests for its changes, but only {remaining} are left in this hour"
        if reset is None:
            raise errors.RateLimited(
                f"{needs}; nothing was changed, run it again later", remaining=remaining, needed=count
            )
        wait = reset + HOUR * ((count - remaining - 1) // limit if limit else 0)
        if self._waited + wait > self.settings.rate_limit_wait:
            if limit and sent + count > limit:
                # The next run has to read what this one has read, so that it would get no further.
                raise errors.RateLimited(
                    f"{needs}, after {sent} to read what is there; nothing was changed, because it needs more than one "
                    f"hour's limit: set rate_limit_wait to at least {math.ceil(self._waited + wait)} so that it waits",
                    remaining=remaining,
                    needed=count,
                    reset=reset,
                )
            raise errors.RateLimited(
                f"{needs}; nothing was changed: run it again in {math.ceil(reset)} s, {self._waiting_option(wait)}",
                remaining=remaining,
                needed=count,
                reset=reset,
            )
        # A plan that needs more than an hour's limit cannot be spared a pause in the middle: the 429 makes it.
        if limit is None or count <= limit:
            self._pause(reset)
            with self._lock:
                self.remaining = None

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
        answer = self._send(call)
        if not answer.body.strip():
            return None
        try:
            return answers.parse(answer)
        except ValueError:
            raise self._bad(
                call, answer, f"is not JSON but {answers.excerpt(answer, self._scrub)}; the change may have been made"
            ) from None

    def _send(self, call: Call) -> Answer:
        """Deliver with a login, and turn every failure into its error."""
        answer = self._deliver(call, self._basic()) if call.basic else self._with_token(call)
        if answer.ok:
            return answer
        if call.method == "DELETE" and call.doubtful and answer.status == 404:
            return Answer(204, answer.headers, b"")
        if answer.status < 400:
            target = urlsplit(answer.headers.get("location", "")).path
            raise self._bad(
                call,
                answer,
                f"leads elsewhere{f' ({target})' if target else ''}: check api_url, redirects are not followed",
            )
        error = answers.error(call.method, call.path, answer, self._scrub, call.once)
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
        """The Authorization of a user's own login (RFC 7617)."""
        user, password = self.settings.api_username, self.settings.api_password
        if not user or not password:
            raise errors.SettingsError(
                "HTTP Basic authentication needs api_username and api_password (PBX_USERNAME, PBX_PASSWORD)"
            )
        login = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.secrets.add(login)
        return f"Basic {login}"

    def _deliver(self, call: Call, authorization: str | None = None) -> Answer:
        """Send until there is an answer that more sending would not better."""
        while True:
            try:
                answer = self._transport.send(call, authorization)
            except Broken as broken:
                if broken.sent:
                    self._count(call)
                    call.doubtful = True
                if broken.passing and (call.repeatable or not broken.sent) and self._repeat(call):
                    continue
                raise self._failure(call, broken) from None
            self._count(call)
            self._note_limits(answer)
            if answer.status in UNAVAILABLE:
                call.doubtful = True
                if call.repeatable and self._repeat(call, _retry_after(answer)):
                    continue
            if answer.status != 429:
                return answer
            self._wait_for_limit(call, answer)

    def _repeat(self, call: Call, named: float | None = None) -> bool:
        """Sleep until a request may be sent again, if it may. named: after how many s the server would have it, which
        is obeyed as long as ``rate_limit_wait`` allows it."""
        if call.repeats >= REPEATS:
            return False
        wait = BACKOFF * 2**call.repeats
        call.repeats += 1
        if named is not None and wait < named <= self.settings.rate_limit_wait - self._waited:
            self._pause(named)
        else:
            self._sleep(wait)
        return True

    def _wait_for_limit(self, call: Call, answer: Answer) -> None:
        """Sleep until the limit of requests allows the next one, or raise RateLimited."""
        named = _retry_after(answer)
        if named is None and answers.hour_is_used_up(answer):
            named = answer.seconds("X-RateLimit-Reset")
        # Growing in any case, so that a server which keeps saying "now" is not asked for ever.
        wait = max(named or 0.0, PAUSE * 2**call.refusals)
        call.refusals += 1
        if self._waited + wait > self.settings.rate_limit_wait:
            error = answers.error(call.method, call.path, answer, self._scrub)
            when = "later" if named is None else f"in {math.ceil(named)} s"
            raise errors.RateLimited(
                f"{error.message}; run this again {when}, {self._waiting_option(wait)}",
                **{**error.details, "reset": named},
            )
        self._pause(wait)

    def _waiting_option(self, wait: float) -> str:
        return f"or set rate_limit_wait to {math.ceil(self._waited + wait)} or more so that it waits"

    def _pause(self, wait: float) -> None:
        with self._lock:
            self._waited += wait
        self._sleep(wait)

    def _count(self, call: Call) -> None:
        with self._lock:
            if call.form is not None:
                self.token_requests += 1
            else:
                self.requests[call.method] = self.requests.get(call.method, 0) + 1

    def _note_limits(self, answer: Answer) -> None:
        remaining = answer.seconds("X-RateLimit-Remaining")
        if remaining is None:
            return
        limit = answer.seconds("X-RateLimit-Limit")
        with self._lock:
            self.remaining = int(remaining)
            self.reset = answer.seconds("X-RateLimit-Reset")
            self._limit = int(limit) if limit else None
            self._limit_seen = self._clock()

    def _failure(self, call: Call, broken: Broken) -> errors.PbxError:
        host = urlsplit(call.url).netloc
        details = {"method": call.method, "path": call.path, "host": host}
        reason = self._scrub(broken.reason)
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
        return broken.error(f"{call.method} {call.path}: {host}: {reason}{tries}{doubt}", **details)

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

    def _scrub(self, text: str) -> str:
        """A server's words without the secrets that it may have echoed, in any of the spellings that were sent."""
        for secret in sorted(filter(None, tuple(self.secrets)), key=len, reverse=True):
            for spelling in (secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]):
                if len(secret) < SHORT_SECRET:
                    text = re.sub(rf"(?<!\w){re.escape(spelling)}(?!\w)", "***", text)
                else:
                    text = text.replace(spelling, "***")
        return text


def _retry_after(answer: Answer) -> float | None:
    """The header's s from now; it may also be a date (RFC 9110, section 10.2.3)."""
    value = answer.headers.get("retry-after", "")
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError, IndexError, OverflowError):
        return answer.seconds("Retry-After")
