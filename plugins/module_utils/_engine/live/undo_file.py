# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The file of an undo document: written whole before the first write, for its owner alone; the oldest ones go."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress

from ..._api import disk
from ..._api.client import Client
from ..._api.errors import AccessDenied, BadAnswer, NotFound
from ..._model.media import MEDIA
from ..._model.types import Json
from ..._state.place import Place
from ..._text.secret import revealed
from ..errors import InputError
from ..plan.undo import Undo
from .fetch import Target, fetch

FORMAT = 1
# The file has these keys beside the sections of a document.
_BESIDE = ("format", "client_id", "absent", "created", "lost", "of_undo")
# How the playbooks name one file for each run of a tenant.
_RUN = re.compile(r"(?P<tenant>.+)-\d{8}T\d{6}Z\.json")
# A file that is written before an undo has this ending until that undo is complete.
UNFINISHED = ".unfinished"
_UNSAFE = re.compile(r"[^\w-]+")


def sections_of_undo(path: str) -> Json:
    """The document in an undo file. Raises FileFailed, and InputError for any other file."""
    return {name: value for name, value in _content(path).items() if name not in _BESIDE}


def absent_of_undo(path: str) -> list[Json]:
    """Return the objects that the undone run has created. Raises as sections_of_undo."""
    return list(_content(path).get("absent", ()))


def created_of_undo(path: str) -> list[str]:
    """The titles of the objects that the undone run has created inside of these. Raises as sections_of_undo."""
    return list(_content(path).get("created", ()))


def lost_of_undo(path: str) -> list[str]:
    """One sentence for each thing that a document cannot bring back. Raises as sections_of_undo."""
    return list(_content(path).get("lost", ()))


def is_of_undo(path: str) -> bool:
    """Whether the run that a document was written for was an undo itself. Raises as sections_of_undo."""
    return bool(_content(path).get("of_undo"))


def client_of_undo(path: str) -> int | None:
    """The id of the tenant that an undo document was written for, where it is known. Raises as sections_of_undo."""
    found = str(_content(path).get("client_id"))
    return int(found) if found.isdecimal() else None


def keep_sounds(undo: Undo, client: Client, home: Place | None, folder: str | None = None) -> None:
    """Fetch the contents of the sounds that a plan replaces or deletes, and name the files in the undo document. A
    content that cannot be fetched cannot come back.

    folder: where the files go; None only finds out whether the contents can be fetched.
    """
    for number, (item, entry) in enumerate(undo.sounds):
        if home is None:
            undo.lose_content(item, entry, "there is no extension to read it through")
            continue
        path = Place((*home.ids, ("id", item.id))).fill(MEDIA["sound"].path)
        try:
            if folder is None:
                client.download(path, lambda dummy: None)
                continue
            file = os.path.join(folder, f"{number}-{_UNSAFE.sub('_', item.name)[:60]}.wav")
            fetch(client, path, Target(file, True, True), item.id, False, False)
            entry["file"] = file
        except (AccessDenied, BadAnswer, NotFound) as error:
            undo.lose_content(item, entry, str(error))


def _content(path: str) -> Json:
    what = f"undo_from {path}"
    text = disk.read(path, what)
    if text is None:
        raise InputError([f"{what} is not there; an undo_file is written before the first write of a run"])
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("absent", []), list):
        raise InputError([f"{what} holds no undo document of this version of the collection"])
    return found


class UndoFile:
    """path: of the file. keep: how many of one tenant stay in its folder, where their names tell when they were made.
    undoes: the written state is that before an undo. Until that is complete, the file has another name: whoever asks
    for the newest document after an undo that failed wants to go on with that one.
    """

    def __init__(self, path: str, keep: int, undoes: bool = False) -> None:
        self.path = os.path.abspath(path)
        self._keep = keep
        self._undoes = undoes
        self._begun = self.path + UNFINISHED if undoes else self.path

    def write(self, undo: Undo, client: Client, home: Place | None) -> str:
        """Write the objects that a plan touches as they are, and give the path. Raises FileFailed.

        home: an extension, through which the contents of sounds are fetched; see keep_sounds.
        """
        what = f"undo_file {self.path}"
        folder = os.path.dirname(self.path)
        disk.private(folder, what)
        sounds = f"{os.path.splitext(self.path)[0]}-sounds"
        if undo.sounds:
            disk.private(sounds, what)
        keep_sounds(undo, client, home, sounds)
        content = {"format": FORMAT, "client_id": client.tenant_id, **undo.document, "lost": undo.lost}
        if self._undoes:
            content["of_undo"] = True
        disk.write(self._begun, json.dumps(content, indent=1, ensure_ascii=False, default=revealed) + "\n", what)
        self._prune(folder)
        return self._begun

    def complete(self) -> str:
        """The run that the file was written for is complete; gives the path from now on. Raises FileFailed."""
        if self._begun != self.path:
            with disk.failing(f"undo_file {self.path}", "written"):
                os.replace(self._begun, self.path)
        return self.path

    def _prune(self, folder: str) -> None:
        mine = _RUN.fullmatch(os.path.basename(self.path))
        if not mine:
            return
        others = (_RUN.fullmatch(name) for name in os.listdir(folder))
        runs: Sequence[str] = sorted(one[0] for one in others if one and one["tenant"] == mine["tenant"])
        for name in runs[: -self._keep]:
            with suppress(OSError):
                os.remove(os.path.join(folder, name))
                sounds = os.path.join(folder, f"{os.path.splitext(name)[0]}-sounds")
                for sound in os.listdir(sounds) if os.path.isdir(sounds) else ():
                    os.remove(os.path.join(sounds, sound))
                if os.path.isdir(sounds):
                    os.rmdir(sounds)
