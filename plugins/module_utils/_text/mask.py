# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Addresses without the secrets in them: a webhook has no other place for its password than its address.

The text shows the scheme, the host, the first segment of the path and the names of the query. A digest stands for the
hidden rest, so that two addresses, or two states of one, can be told apart. It is keyed with a secret of the tenant:
without the key, nobody can try out which address has this digest; with the same key, it is the same in every run.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .plain import plain
from .secret import revealed

STARS = "***"
DIGITS = 8
# An address, or a part of one, that is shorter is likely to be part of other words.
SHORT_PART = 6
# From this length on, letters and digits are taken for a token.
LONG_SEGMENT = 20

_PARTS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)?(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.DOTALL,
)
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d*)?")
# An address in a sentence, or in JSON that escapes slashes; quotes end it.
_IN_TEXT = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:\\?/\\?/[^\s"'<>]*""")
# Characters that end a sentence or a list, and hardly an address.
_BEHIND = ".,;:)]}!?\\"


class Mask:
    """Hides the secrets of addresses, all with one key.

    public: addresses that are shown in texts as they are, with all below them, such as that of the API itself.
    """

    def __init__(self, key: str, public: Collection[str] = ()) -> None:
        self._key = key.encode("utf-8", "surrogatepass")
        self._as_is = set(filter(None, public))
        # Addresses that cannot be told from the text around them, each with its masked text.
        self._odd: dict[str, str] = {}

    def address(self, value: Any) -> Any:
        """An address as it is shown; an address without a secret, or one that is masked already, stays as it is."""
        if not isinstance(value, str) or is_masked(value):
            return value
        hidden = _hidden(value)
        return value if hidden == value else f"{hidden}#{self.digest(value)[:DIGITS]}"

    def digest(self, value: Any) -> str:
        """The digest that stands for a hidden value in comparisons: the same for the same value, with the same key."""
        value = revealed(value)
        text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=revealed)
        return hmac.new(self._key, text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()

    def note(self, value: Any) -> None:
        """Take an address that may occur in texts, however it is spelled."""
        if isinstance(value, str) and len(value) >= SHORT_PART and self.address(value) != value:
            for spelled in (value, plain(value), *(json.dumps(value, ensure_ascii=one)[1:-1] for one in (False, True))):
                if _found_in(spelled) != spelled:
                    self._odd[spelled] = self.address(value)

    def text(self, text: str) -> str:
        """A text with every address in it masked."""
        for spelled in sorted(self._odd, key=len, reverse=True):
            text = text.replace(spelled, self._odd[spelled])
        return _IN_TEXT.sub(self._of_match, text) if "/" in text else text

    def _of_match(self, match: re.Match[str]) -> str:
        found = _found_in(match[0])
        shown = found if self._is_public(found) else str(self.address(found.replace("\\/", "/")))
        return shown + match[0][len(found) :]

    def _is_public(self, address: str) -> bool:
        """Whether it is one of the addresses that are shown, or lies below one."""
        return any(address == one or address.startswith(f"{one.rstrip('/')}/") for one in self._as_is)

    def fields(self, value: Any, names: Collection[str]) -> Any:
        """A result with the addresses masked that stand under one of the names, however deep."""
        if isinstance(value, Mapping):
            return {name: self._field(name, part, names) for name, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.fields(part, names) for part in value]
        return value

    def _field(self, name: Any, value: Any, names: Collection[str]) -> Any:
        if name in names:
            return list(map(self.address, value)) if isinstance(value, (list, tuple)) else self.address(value)
        return self.fields(value, names)


def is_masked(value: Any) -> bool:
    """Whether this is an address as it is shown, and not one that anything could be sent to."""
    base, mark, digest = str(value).rpartition("#")
    marked = mark and STARS in base and re.fullmatch(f"[0-9a-f]{{{DIGITS}}}", digest)
    return bool(marked and _hidden(base) == base)


def without_digests(text: str) -> str:
    """A masked text in which the same address looks the same, whichever key has hidden its secrets."""
    return re.sub(f"#[0-9a-f]{{{DIGITS}}}(?![0-9A-Za-z])", "", text)


def secrets_of(address: str) -> Iterator[str]:
    """The address, if there is anything to hide, and each hidden part; parts that are too short are left out."""
    if len(address) < SHORT_PART or _hidden(address) == address:
        return
    yield address
    login, _host, path, query, fragment = _split(address)[1:]
    tail = path[1:].partition("/")[2]
    values = [piece.partition("=")[2] or piece for piece in re.split("[?&;]", query)]
    for part in (login, login.partition(":")[2], tail, *tail.split("/"), *values, fragment[1:]):
        if len(part) >= SHORT_PART:
            yield part


def _found_in(text: str) -> str:
    """The address that a text begins with, as far as it can be told from the text behind it."""
    match = _IN_TEXT.match(text)
    return match[0].rstrip(_BEHIND) if match else ""


def _split(address: str) -> tuple[str, str, str, str, str, str]:
    """Scheme, login, host, path, query and fragment, each with the mark that makes it one."""
    scheme, authority, path, query, fragment = _PARTS.fullmatch(address).groups(default="")  # type: ignore[union-attr]
    login, at, host = authority.rpartition("@")
    return scheme, login + at, host, path, query, fragment


def _hidden(address: str) -> str:
    """The address without its secrets, and without a digest; a text that is not an address is hidden as a whole."""
    scheme, login, host, path, query, fragment = _split(address)
    if address and not _HOST.fullmatch(host):
        return scheme + STARS
    login = f"{STARS}@" if login else ""
    query = query[:1] + re.sub("[^&;]+", _hidden_value, query[1:])
    return "".join((scheme, login, host, _hidden_path(path), query, fragment[:1] + (STARS if fragment[1:] else "")))


def _hidden_path(path: str) -> str:
    first, slash, rest = path[1:].partition("/")
    shown, semicolon, dummy = first.partition(";")
    if re.search(r"@|\\|%2f", first, re.IGNORECASE) or re.search("[:=]", shown) or _looks_random(shown):
        shown, semicolon = STARS, ""
    return path[:1] + shown + (f";{STARS}" if semicolon else "") + slash + (STARS if rest else "")


def _looks_random(segment: str) -> bool:
    """Whether a segment is a token, rather than a word: some services have theirs at the beginning of the path."""
    return len(segment) >= LONG_SEGMENT and bool(re.search("[0-9]", segment)) and bool(re.search("[A-Za-z]", segment))


def _hidden_value(match: re.Match[str]) -> str:
    """One part of a query: a name and a value, or something else."""
    name, equals, value = match[0].partition("=")
    # Base64 ends with one or two of these.
    if not equals or (value and not value.strip("=")) or (not value and re.search("[0-9A-Z]", name)):
        return STARS
    return f"{name}={STARS if value else ''}"
