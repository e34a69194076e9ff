# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Whether a value that has the right type makes sense: an error where no server could take it or no caller could use
it, and only odd where a server might."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Callable
from urllib.parse import urlsplit

from .._text.secret import Secret
from .destination import as_typed, destination_problems
from .field import Field
from .sentence import Odd
from .zone import zone_problems

# The largest number that a server can be expected to keep (32 bits).
LARGEST = 2**31 - 1

Judge = Callable[[str], Iterator[str]]


def sense_problems(field: Field, value: Any) -> Iterator[str]:
    """The second half of a sentence that begins with the field, for each thing that is wrong with its value."""
    if field.type == "int" and not field.refers_to and isinstance(value, int):
        if not 0 <= value <= LARGEST:
            yield f"is {value}; it goes from 0 to {LARGEST}"
    elif field.type == "short_number" and isinstance(value, str) and value:
        if not re.fullmatch("[0-9]+", value):
            yield f'"{value}" is no number of an extension, which is made of digits'
    elif field.kind in JUDGES and isinstance(value, Secret):
        text = value.reveal()
        for problem in JUDGES[field.kind](text):
            yield type(problem)(problem.replace(f'"{text}" ', "", 1))
    elif field.kind in JUDGES and isinstance(value, str) and value:
        yield from JUDGES[field.kind](value)


def _destination(value: str) -> Iterator[str]:
    return destination_problems(value, several=False)


def _destinations(value: str) -> Iterator[str]:
    return destination_problems(value, several=True)


def _own_number(value: str) -> Iterator[str]:
    if not re.fullmatch(r"\+?[0-9]+", value):
        yield f'"{value}" is no number; write its digits alone'


def _caller_id(value: str) -> Iterator[str]:
    typed = as_typed(value)
    if not re.fullmatch(r"\+?[0-9*#]+|\$cv\(.+\)", value):
        remedy = f'; write "{typed}"' if re.fullmatch(r"\+?[0-9]+", typed) else ""
        yield Odd(f'"{value}" is no number that callers could be shown, which is made of digits{remedy}')


def _countries(value: str) -> Iterator[str]:
    if not re.fullmatch(r"\*|[A-Z]{2}(?: [A-Z]{2})*", value):
        yield Odd(f'"{value}" is no list of countries; write codes of two letters (DE AT CH), or * for all')


def _keys(value: str) -> Iterator[str]:
    if not re.fullmatch(r"[0-9*#]+", value):
        yield Odd(f'"{value}" cannot be pressed on a phone, which has digits, * and #')


def _key(value: str) -> Iterator[str]:
    if not re.fullmatch(r"[0-9*#]", value):
        yield f'"{value}" is not one key of a phone: a digit, * or #'


def _url(value: str) -> Iterator[str]:
    try:
        parts = urlsplit(value)
        host = parts.hostname
        _port = parts.port
    except ValueError:
        yield "is no address; write https://host/path"
        return
    if re.search(r"[\s\x00-\x1f\x7f]", value):
        yield "holds blanks or line breaks, which no address can; write %20 for a blank"
    elif not parts.scheme or not host:
        yield "is no whole address; write https://host/path"
    elif parts.scheme not in ("http", "https"):
        yield Odd(f"begins with {parts.scheme}:, and a PBX is only known to call http: and https:")


def _mail(value: str) -> Iterator[str]:
    for one in re.split(r"\s*[,;]\s*", value.strip()):
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", one):
            yield f'"{value}" is no mail address; write name@host'
            return


def _sender(value: str) -> Iterator[str]:
    if "@" not in value:
        yield Odd(f'"{value}" is no mail address')


def _json(value: str) -> Iterator[str]:
    try:
        json.loads(value)
    except ValueError:
        yield Odd("is no JSON, which integrations may expect there")


# PCRE knows these constructs and Python does not, so that a pattern with one of them cannot be judged here.
_PCRE_ONLY = re.compile(r"\(\?(?:[a-zA-Z-]+\)|[|R&+0-9'<]|-[0-9]|P>|C)|\(\*|\\[QEKRXhHvVpPgk]|[*+?}]\+")
# These errors are errors in both dialects.
_WRONG_IN_ANY = ("unterminated", "unbalanced", "missing )", "bad escape (end of pattern)")
_REPEATS_NOTHING = re.compile(r"(?:^|\||\((?!\?))[*+?]")


@lru_cache(maxsize=1024)
def _compiled(value: str) -> str:
    """Why a pattern cannot be compiled, or nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        return str(error)
    return ""


def _pattern(value: str) -> Iterator[str]:
    reason = _compiled(value)
    if not reason:
        return
    if _PCRE_ONLY.search(value):
        return
    if reason.startswith(_WRONG_IN_ANY) or _REPEATS_NOTHING.search(value):
        hint = "; write \\+ for a plus" if value.startswith("+") else ""
        yield f'"{value}" is no regular expression: {reason}{hint}'
    else:
        yield Odd(f'"{value}" may be no regular expression: {reason}')


JUDGES: dict[str, Judge] = {
    "destination": _destination,
    "destinations": _destinations,
    "own_number": _own_number,
    "caller_id": _caller_id,
    "countries": _countries,
    "keys": _keys,
    "key": _key,
    "pattern": _pattern,
    "url": _url,
    "mail": _mail,
    "sender": _sender,
    "zone": zone_problems,
    "json": _json,
}
