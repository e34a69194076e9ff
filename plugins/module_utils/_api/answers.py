# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The answer of a server, read strictly when it is data and leniently when it is an error.

Success is JSON whatever its content type says. The shape of an error is documented only in part (semantics.md section
3 and section 9, item 1): ``message`` and ``status`` are optional, a message may be a string or a map of field to text,
and a proxy on the way may answer in HTML.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable
from urllib.parse import urljoin, urlsplit

from . import errors

LONGEST_MESSAGE = 500
LONGEST_EXCERPT = 80
MOST_KEYS = 10
# Files of the largest disks are shorter, and ages are over sooner in s.
LARGEST_NUMBER = 1e15
HTML_PAGE = "an HTML page"

AT_ONCE = "too many requests at the same time, which is not the hourly limit"

# Ids that the API documents as text; all others are numbers.
TEXT_IDS = ("call_api_id", "call_id", "callback_id", "chat_id", "registration_id", "caller_id")
_ID_AS_TEXT = re.compile(rb'id"\s*:\s*"[0-9]')
_NUMBER = re.compile("0|[1-9][0-9]{0,17}")

# Takes secrets out of a text. It comes before any shortening, which could cut a secret so that it is not recognised.
Scrub = Callable[[str], str]

# semantics.md section 3; "Call API" and "All" are the two kinds of application access of its section 2.
DENIED = {
    "access_denied": "the user of these credentials has no right to this object",
    "user_blocked": "the user of these credentials, or its client, is blocked",
    "user_access_type_deny": "the user's access level is too low: a read_only user may only read",
    "app_access_type_deny": 'the application\'s access is too low: it needs the access "All", not "Call API"',
}


@dataclass(frozen=True)
class Answer:
    """One complete HTTP answer; the names of ``headers`` are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def seconds(self, header: str) -> float | None:
        """A header that counts something, or None when it is absent or no such number."""
        try:
            return bounded(float(self.headers[header.lower()]))
        except (KeyError, ValueError):
            return None


def bounded(value: float) -> float | None:
    """A number that a server names, unless nothing can be meant by it: it is used for sleeping and counting."""
    return value if 0 <= value < LARGEST_NUMBER else None


def parse(answer: Answer) -> Any:
    """The JSON of an answer. Raises ValueError when it is none."""
    try:
        data = json.loads(answer.body, parse_constant=_no_constant, parse_float=_finite)
        # Half of a character, which JSON can spell in two ways, fits into no file, no request and on no screen.
        if b"\\ud" in answer.body.lower() or b"\xed" in answer.body:
            whole = json.dumps(data, ensure_ascii=False).encode("utf-16", "surrogatepass")
            data = json.loads(whole.decode("utf-16", "replace"))
        return _with_ids(data) if _ID_AS_TEXT.search(answer.body) else data
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _with_ids(value: Any) -> Any:
    """JSON in which ids are numbers, as the API documents them. Some servers answer them as text."""
    if isinstance(value, list):
        return [_with_ids(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        name: int(part) if _is_id(name) and isinstance(part, str) and _NUMBER.fullmatch(part) else _with_ids(part)
        for name, part in value.items()
    }


def _is_id(name: str) -> bool:
    return name == "id" or (name.endswith("_id") and not name.endswith(TEXT_IDS))


def kind(value: Any) -> str:
    """Return the kind of a JSON value in words."""
    if isinstance(value, dict):
        names = ", ".join(sorted(value)[:MOST_KEYS]) + (", ..." if len(value) > MOST_KEYS else "")
        return f"an object with the keys {names}" if value else "an empty object"
    if isinstance(value, list):
        return "a list" if all(isinstance(item, dict) for item in value) else "a list of other things than objects"
    if value is None:
        return "null"
    return "a boolean" if isinstance(value, bool) else "a string" if isinstance(value, str) else "a number"


def excerpt(answer: Answer, scrub: Scrub) -> str:
    """Describe in words the body that came instead of JSON."""
    text = scrub(answer.body.decode("utf-8", "replace"))
    if not text.strip():
        return "an empty body"
    if re.match(r"\s*<(!doctype html|html|head|body)\b", text, re.IGNORECASE):
        title = re.search(r"<title[^>]*>([^<]+)", text, re.IGNORECASE)
        words = line(scrub(html.unescape(title.group(1))), LONGEST_EXCERPT) if title else ""
        return f'{HTML_PAGE} titled "{words}"' if words else HTML_PAGE
    return f'"{line(text, LONGEST_EXCERPT)}"'


def server_message(answer: Answer, scrub: Scrub) -> tuple[str, str | None]:
    """The server's own words about an error and its ``status`` word, as far as there are any."""
    try:
        data = parse(answer)
    except ValueError:
        return ("" if not answer.body.strip() else excerpt(answer, scrub)), None
    status = None
    if isinstance(data, dict):
        # "401" and the like only repeat the status line.
        if isinstance(data.get("status"), str) and not data["status"].isdigit():
            status = line(scrub(data["status"]), LONGEST_EXCERPT)
        # error and error_description are OAuth's (RFC 6749, section 5.2).
        known = [_flatten(data[name]) for name in ("message", "error", "error_description") if data.get(name)]
        text = ": ".join(known) or _flatten({name: value for name, value in data.items() if name != "status"})
    else:
        text = _flatten(data)
    return line(scrub(text), LONGEST_MESSAGE), status


def redirect(answer: Answer, url: str) -> str:
    """Describe an answer below 400 that is no success, without the parts of its target that may be secret."""
    target = answer.headers.get("location")
    if target is None:
        return "is none of this API: check api_url"
    try:
        here, there = urlsplit(url), urlsplit(urljoin(url, target))
        same = (here.scheme, here.netloc) == (there.scheme, there.netloc)
        host = "" if same else f"{there.scheme}://{there.netloc.rpartition('@')[2]}"
        words = line(host + there.path, LONGEST_EXCERPT)
    except ValueError:
        words = "a broken URL"
    return f"leads elsewhere ({words}): check api_url, redirects are not followed"


def hour_is_used_up(answer: Answer) -> bool:
    """Whether a 429 is about the requests of the hour, and not about those at the same time (semantics.md section 3).

    An application may have a lower limit than the one that its headers count down, so the server's own words come
    first. The platform sends its headers with every answer that counts, so that a 429 without any, or one from a proxy
    on the way, is not about the hour.
    """
    text, word = server_message(answer, str)
    remaining = answer.seconds("X-RateLimit-Remaining")
    if word == "rate_limit_exceeded" or remaining == 0:
        return True
    if "concurrent" in text.lower():
        return False
    return (remaining is None and "x-ratelimit-reset" in answer.headers) or "rate limit" in text.lower()


def error(method: str, path: str, answer: Answer, scrub: Scrub, once: bool = False) -> errors.PbxError:
    """The typed error for an answer of 400 or above. once: the next run cannot find out the effect of this one
    either."""
    text, word = server_message(answer, scrub)
    status = answer.status
    what: type[errors.PbxError] = errors.Rejected
    says = f"was refused with {status}"
    hint = ""
    if status == 401:
        what, says = errors.AuthFailed, "was refused with 401: the credentials are not accepted"
    elif status == 403:
        what, says = errors.AccessDenied, f"was denied: {DENIED.get(word or '', 'these credentials may not do this')}"
    elif status == 404:
        what, says = errors.NotFound, "found nothing"
        if word == "client_not_found":
            hint = "; check the option client"
        elif text.startswith(HTML_PAGE):
            hint = "; check api_url"
    elif status == 429:
        reason = "the hourly limit of requests is used up" if hour_is_used_up(answer) else AT_ONCE
        what, says = errors.RateLimited, f"was refused with 429: {reason}"
    elif status >= 500:
        what, says = errors.ServerFailed, f"failed on the server with {status}"
        if once:
            hint = "; it is unknown whether this took effect"
        elif method == "POST":
            hint = "; it is unknown whether this took effect, the next run will find out and go on from there"
    quoted = ": ".join(part for part in (word, text) if part)
    return what(
        f"{method} {path} {says}" + (f", the server says: {quoted}" if quoted else "") + hint,
        method=method,
        path=path,
        status=status,
        server_status=word,
        server_message=text or None,
    )


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(f"{digits} is too large a number")
    # JSON knows one kind of number: 5001.0 is the id 5001.
    return int(value) if value.is_integer() and abs(value) < LARGEST_NUMBER else value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _flatten(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_flatten(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(_flatten(part) for part in value)
    return value if isinstance(value, str) else json.dumps(value)


def line(text: str, longest: int) -> str:
    """A server's words as a part of one printable line."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:longest]
