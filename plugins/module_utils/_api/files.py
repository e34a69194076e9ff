# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Files on their way to a PBX and from it: never as a whole in memory."""

from __future__ import annotations

import email.message
import email.utils
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from . import errors
from .answers import Answer
from .encoding import is_encoded

# The form field that every upload of the API has for its file (operations.json, fax/out; semantics.md section 6).
FIELD = "file"
# An answer of these media types is not the requested file.
NO_FILES = ("application/json", "text/html")
_CHUNK = 65536


@dataclass(frozen=True)
class Upload:
    """A multipart/form-data body: the other fields of the form, and the file by its path."""

    fields: Mapping[str, str]
    path: str


@dataclass(frozen=True)
class FileHead:
    """The facts about a file that an answer gives before the content.

    name: as the server spells it, so it may be anything; empty where it sends none. length: in bytes, where known.
    """

    name: str
    media_type: str
    length: int | None


class Body:
    """A request's body of a known length, whose file is read from the disk while it is sent.

    Raises FileFailed for a file that cannot be read, or that does not stay as long as it was: the request is then
    incomplete and surely has no effect.
    """

    def __init__(self, before: bytes, path: str, after: bytes) -> None:
        self._before = before
        self._path = path
        self._after = after
        try:
            status = os.stat(path)
        except (OSError, ValueError) as exc:
            raise self._unreadable(exc) from None
        if not stat.S_ISREG(status.st_mode):
            raise errors.FileFailed(f"{path} is not a file")
        self._size = status.st_size

    def __len__(self) -> int:
        return len(self._before) + self._size + len(self._after)

    def __iter__(self) -> Iterator[bytes]:
        yield self._before
        left = self._size
        try:
            with open(self._path, "rb") as file:
                while left:
                    part = file.read(min(left, _CHUNK))
                    if not part:
                        raise errors.FileFailed(f"{self._path} became shorter while it was sent")
                    left -= len(part)
                    yield part
        except OSError as exc:
            raise self._unreadable(exc) from None
        yield self._after

    def _unreadable(self, exc: Exception) -> errors.FileFailed:
        reason = exc.strerror if isinstance(exc, OSError) else str(exc)
        return errors.FileFailed(f"{self._path} cannot be read: {reason}")


def file_name(path: str) -> str:
    """The name under which a file is sent, without bytes that are not UTF-8."""
    return os.fsencode(os.path.basename(path)).decode("utf-8", "replace")


def file_head(answer: Answer) -> FileHead:
    """Raises ValueError with the answer that came instead of a file."""
    message = email.message.Message()
    for name in ("content-type", "content-disposition"):
        if name in answer.headers:
            message[name] = " ".join(answer.headers[name].splitlines())
    if answer.status != 200 or message.get_content_type() in NO_FILES:
        raise ValueError(f"is no file but {message.get_content_type() if answer.status == 200 else answer.status}")
    # The header gives the length of the encoded content, not that of the file.
    encoded = is_encoded(answer.headers.get("content-encoding", ""))
    length = None if encoded else answer.seconds("Content-Length")
    media_type = message.get_content_type() if "content-type" in answer.headers else ""
    return FileHead(_disposition_name(message), media_type, None if length is None else int(length))


def _disposition_name(message: email.message.Message) -> str:
    """The name of a Content-Disposition; ``filename*`` comes before ``filename`` (RFC 6266, section 4.3)."""
    given = message.get_params([], header="content-disposition")
    found = sorted((value for name, value in given if name.lower() == "filename"), key=lambda v: isinstance(v, str))
    if not found:
        return ""
    name = email.utils.collapse_rfc2231_value(found[0])
    if isinstance(found[0], str):
        # Headers are read as Latin-1, but who sends the name as it is most likely sends UTF-8.
        with suppress(UnicodeError):
            name = name.encode("latin-1").decode("utf-8")
    return name
