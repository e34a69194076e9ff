# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A file of the PBX becomes a file of this machine: as a whole, under a safe name, and only where it is needed."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from typing import IO

from ..._api import disk
from ..._api.client import Client
from ..._api.errors import BadAnswer, PbxError
from ..._api.files import FileHead
from ..._model.media import SUFFIXES
from ..._model.types import Json
from ..._state.place import Id
from ..errors import InputError

LONGEST_NAME = 255
_CHUNK = 65536


@dataclass(frozen=True)
class Target:
    """Where a file goes.

    path: of the file, or of the folder in which the PBX or the id gives it a name. force: whether a file that is
    there is compared, and replaced if it differs. private: whether a new file is for its owner alone, until its
    attributes are set. unsafe: whether a file that cannot be replaced may be written to instead.
    """

    path: str
    force: bool = False
    private: bool = False
    unsafe: bool = False

    @property
    def is_folder(self) -> bool:
        return os.path.isdir(self.path) or self.path.endswith(os.sep)

    @property
    def folder(self) -> str:
        return self.path if self.is_folder else os.path.dirname(self.path) or os.curdir


def file_to_keep(target: Target) -> Json | None:
    """The file that is there, and needs no look at the PBX."""
    if "\0" in target.path:
        raise InputError(["dest holds a NUL character, which no path can; leave it out"])
    return None if target.force or target.is_folder else _present(target.path)


def fetch(client: Client, path: str, target: Target, identity: Id, basic: bool, check: bool) -> tuple[Json, bool]:
    """Fetch a file. Return the facts about it, and whether it is new or another one than before.

    The name comes with the answer, so that only the answer shows whether the content is needed; otherwise the transfer
    is not begun. Check mode needs the content only to compare it. Raises InputError, FileFailed and BadAnswer.
    """
    folder = target.folder
    if not check and not os.path.isdir(folder):
        raise InputError([f'dest: there is no folder "{folder}"; create it first'])
    # In check mode, nothing is written where the file would go.
    with disk.room(None if check else os.path.realpath(folder), f'dest: "{folder}"') as file:
        landing = _Landing(target, identity, check, file)
        head = client.download(path, landing.receive, basic=basic)
        return landing.land(head)


def preview(target: Target, identity: Id) -> Json:
    """Return the facts about a file that an earlier task of the same preview would have put on the PBX."""
    return {"path": os.path.join(target.path, str(identity)) if target.is_folder else target.path}


class _Landing:
    """One file on its way. before: the file that is there now."""

    def __init__(self, target: Target, identity: Id, check: bool, file: IO[bytes]) -> None:
        self._target = target
        self._identity = identity
        self._check = check
        self._file = file
        self._path = target.path
        self._before: Json | None = None
        self._problem: PbxError | None = None

    def receive(self, head: FileHead) -> IO[bytes] | None:
        """See Client.download."""
        try:
            if self._target.is_folder:
                self._path = os.path.join(self._target.path, _safe_name(head, self._identity))
            self._before = _present(self._path)
        except PbxError as error:
            self._problem = error
            return None
        # A preview needs no content to know that a file is new.
        if self._check if self._before is None else not self._target.force:
            return None
        self._file.seek(0)
        self._file.truncate()
        return self._file

    def land(self, head: FileHead) -> tuple[Json, bool]:
        """See fetch."""
        if self._problem:
            raise self._problem
        facts = {"media_type": head.media_type}
        if self._before is None and self._check:
            return {"path": self._path, "size": head.length, **facts}, True
        if self._before is not None and not self._target.force:
            return {**self._before, **facts}, False
        what = _words(self._path)
        with disk.failing(what, "written"):
            self._file.flush()
            now = {"path": self._path, **_facts(self._file), **facts}
            changed = self._before is None or self._before["checksum"] != now["checksum"]
            if changed and not self._check:
                target = disk.place_of(self._path, what)
                there = disk.regular(target, what)
                disk.put(self._file, target, there, self._target.private, self._target.unsafe)
        return now, changed


def _safe_name(head: FileHead, identity: Id) -> str:
    """The name of a file in a folder: the last part of the server's, which must not lead out of the folder nor hide the
    file (RFC 6266, section 4.3). Raises BadAnswer for any other text."""
    given = head.name or f"{identity}{SUFFIXES.get(head.media_type, '')}"
    name = re.split(r"[/\\]", given)[-1].strip()
    if not name or name.startswith(".") or not name.isprintable() or len(name.encode()) > LONGEST_NAME:
        raise BadAnswer(
            f"the PBX names the file {given[:LONGEST_NAME]!r}, which is no safe name; "
            "give dest as the path of a file instead of a folder"
        )
    return name


def _present(path: str) -> Json | None:
    """The file at a path; None where there is none. Raises FileFailed for a folder or a device."""
    what = _words(path)
    if disk.regular(path, what) is None:
        return None
    with disk.failing(what, "read"), open(path, "rb") as file:
        return {"path": path, **_facts(file)}


def _words(path: str) -> str:
    return f'dest: "{path}"'


def _facts(file: IO[bytes]) -> Json:
    """Size and SHA-1, the checksum that ansible.builtin.copy and ansible.builtin.stat give."""
    digest = hashlib.sha1(usedforsecurity=False)
    file.seek(0)
    while part := file.read(_CHUNK):
        digest.update(part)
    return {"checksum": digest.hexdigest(), "size": file.tell()}
