# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Files of this machine: written whole or not at all, and read only where they are files.

A link is followed, and only a regular file is ever replaced: never a folder, a device or a FIFO. Every failure is one
sentence, which begins with the caller's words for the file.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from .errors import FileFailed

# A file has this prefix until it is complete. Ansible reads no file with such a name.
PREFIX = ".telops_pbx_"
# A file system answers these where a file cannot be replaced, but may accept a write.
_IN_PLACE = (errno.EPERM, errno.EACCES, errno.EBUSY, errno.ETXTBSY, errno.EXDEV)


def write(path: str, text: str, what: str) -> None:
    """Have a file with this text, which only its owner may read. what: the words for it. Raises FileFailed.

    Half a character has no spelling in UTF-8; it is written as JSON and Python would write it.
    """
    target = place_of(path, what)
    with room(os.path.dirname(target), what) as file, failing(what, "written"):
        file.write(text.encode("utf-8", "backslashreplace"))
        file.flush()
        os.replace(file.name, target)


def read(path: str, what: str) -> bytes | None:
    """Return the content of a file; None where there is none. Raises FileFailed for no file, or an unreadable one."""
    if regular(path, what) is None:
        return None
    with failing(what, "read"), open(path, "rb") as file:
        return file.read()


def update(path: str, text: str, what: str, check: bool) -> bool:
    """Have a file with this text, as write() does. Whether it is another one, or in check mode would be."""
    if read(path, what) == text.encode("utf-8", "backslashreplace"):
        return False
    if not check:
        write(path, text, what)
    return True


def regular(path: str, what: str) -> os.stat_result | None:
    """Return the status of a file; None where nothing is there. Raises FileFailed where something else is there."""
    with failing(what, "read"):
        try:
            found = os.stat(path)
        except FileNotFoundError:
            return None
    if not stat.S_ISREG(found.st_mode):
        raise FileFailed(f"{what} is there, and is no file")
    return found


def place_of(path: str, what: str) -> str:
    """Where the file of a path lies, behind all links. Raises FileFailed for a path that must not be replaced."""
    with failing(what, "written"):
        target = os.path.realpath(path)
    regular(target, what)
    return target


def folder(path: str, what: str) -> None:
    """Have a folder. Raises FileFailed."""
    with failing(what, "written"):
        os.makedirs(path, exist_ok=True)


def append(path: str, lines: str, what: str) -> None:
    """Add lines to a file for its owner alone, in a private folder; those of several processes do not mix. Raises
    FileFailed."""
    private(os.path.dirname(path), what)
    regular(path, what)
    with failing(what, "written"):
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "ab", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(lines.encode("utf-8", "backslashreplace"))


def private(path: str, what: str) -> None:
    """Have a folder for its owner alone, of which version control takes nothing. One that is there stays as it is.
    Raises FileFailed."""
    if not path or os.path.isdir(path):
        return
    private(os.path.dirname(path), what)
    with failing(what, "written"):
        # Another process may be at it as well.
        with suppress(FileExistsError):
            os.mkdir(path, 0o700)
        with open(os.path.join(path, ".gitignore"), "w", encoding="ascii") as file:
            file.write("*\n")


@contextmanager
def room(folder_path: str | None, what: str) -> Iterator[IO[bytes]]:
    """A file that is to become another one, or without a folder one that is only looked at. It is gone afterwards
    unless it was moved."""
    with failing(what, "written"):
        file = tempfile.NamedTemporaryFile(prefix=PREFIX, dir=folder_path, delete=False)  # noqa: SIM115
    try:
        yield file
    finally:
        # The rest of the buffer fails again on a full disk.
        with suppress(OSError):
            file.close()
        with suppress(FileNotFoundError):
            os.remove(file.name)


def put(file: IO[bytes], target: str, before: os.stat_result | None, private: bool, unsafe: bool) -> None:
    """Have a file take the place of another one, with its owner and its mode, or with those of a new file. Raises
    OSError.

    before: the file that is there. private: whether a new one is for its owner alone. unsafe: whether one that cannot
    be replaced may be written to instead.
    """
    file.flush()
    if os.path.dirname(file.name) != os.path.dirname(target):
        # Only within one folder a file surely takes the place of another one at once.
        with room(os.path.dirname(target), target) as near:
            file.seek(0)
            shutil.copyfileobj(file, near)
            put(near, target, before, private, unsafe)
        return
    if before is not None:
        with suppress(PermissionError):
            os.chown(file.name, before.st_uid, before.st_gid)
        os.chmod(file.name, stat.S_IMODE(before.st_mode))
    elif not private:
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(file.name, 0o666 & ~umask)
    try:
        os.replace(file.name, target)
    except OSError as exc:
        if not unsafe or exc.errno not in _IN_PLACE:
            raise
        shutil.copyfile(file.name, target)


@contextmanager
def failing(what: str, done: str) -> Iterator[None]:
    """Turn an error of the file system into a sentence: the failed action, and the reason."""
    try:
        yield
    except OSError as exc:
        raise FileFailed(f"{what} cannot be {done}: {exc.strerror or exc}") from None
    except ValueError as exc:
        # A path that no file system takes, such as one with a NUL in it.
        raise FileFailed(f"{what} cannot be {done}: {exc}") from None
