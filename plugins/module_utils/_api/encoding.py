# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The one encoding in which content is asked for, and takes: gzip, once (RFC 9110, section 8.4.1).

urllib3 would take off as many layers as a server names, some of its versions without any bound, so it takes off none.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from .answers import line

ASKED = "gzip"
_LONGEST = 80
_CHUNK = 65536
# zlib's sign for the header and the checksum of gzip.
_GZIP = 16 + zlib.MAX_WBITS


class NotDecodable(ValueError):
    """The content is in another form than the one that was asked for."""


class CutOff(Exception):
    """The content ends in the middle."""


def is_encoded(header: str) -> bool:
    """Whether a Content-Encoding names any encoding."""
    return bool(_codings(header))


def decoded(parts: Iterable[bytes], header: str) -> Iterator[bytes]:
    """The content that arrives in parts under a Content-Encoding, in parts of a bounded size. Raises NotDecodable and
    CutOff."""
    found = _codings(header)
    if not found:
        yield from parts
    elif found in (["gzip"], ["x-gzip"]):
        yield from _unzipped(parts)
    else:
        raise NotDecodable(f"the answer is encoded ({line(', '.join(found), _LONGEST)}), and only gzip was asked for")


def _codings(header: str) -> list[str]:
    named = [name.strip().lower() for name in header.split(",")]
    return [name for name in named if name not in ("", "identity")]


def _unzipped(parts: Iterable[bytes]) -> Iterator[bytes]:
    unzip = zlib.decompressobj(_GZIP)
    empty = True
    for part in parts:
        empty = False
        while True:
            if unzip.eof and part:
                # gzip may come in several members, one after the other (RFC 1952, section 2.2).
                unzip = zlib.decompressobj(_GZIP)
            try:
                ready = unzip.decompress(part, _CHUNK)
            except zlib.error:
                raise NotDecodable("the answer claims to be gzip and is not") from None
            yield ready
            part = unzip.unconsumed_tail or unzip.unused_data
            # Where this was as much as asked for, more of it may be ready without further input.
            if not part and len(ready) < _CHUNK:
                break
    if not empty and not unzip.eof:
        raise CutOff
