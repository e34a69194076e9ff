# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The contents of the sounds of a tenant, and whether a sound has the content of a file.

The list of sounds does not tell. A content can only be read through an extension (operations.json, sound download). The
API does not document whether the download is the uploaded file or another form of it.
"""

from __future__ import annotations

from typing import IO

from ..._api import disk
from ..._api.errors import AccessDenied, NotFound
from ..._api.files import FileHead
from ..._model.audio import Audio, inspect, inspect_path, same_length, same_sound
from ..._model.nouns import NOUNS
from ..._model.values import ValueProblem
from ..._state.objects import Item
from ..._state.place import Id
from .reader import Reader


class Contents:
    """Reads every content once."""

    def __init__(self, reader: Reader) -> None:
        self.warnings: list[str] = []
        self._reader = reader
        self._known: dict[Id, Audio | None] = {}

    def read(self, item: Item) -> None:
        """Read the content of a sound, once."""
        if item.id not in self._known:
            self._known[item.id] = self._read(item)

    def same(self, item: Item, path: str) -> bool | None:
        """Whether a sound has, as far as can be known, the content of a file; None where it has to be read before."""
        if "file" in item.values:
            # An earlier task of a preview would have sent it.
            return bool(item.values["file"] == path)
        wanted = inspect_path(path)
        if _named_after(item, wanted):
            return True
        if item.id not in self._known:
            return None
        found = self._known[item.id]
        return found is not None and self._same(item, found, wanted, path)

    def audio(self, item: Item) -> Audio | None:
        """Return the content of a sound; None where it has not been read."""
        return self._known.get(item.id)

    def arrived(self, item: Item, path: str) -> bool | None:
        """Whether an upload took effect whose answer was lost; None when that cannot be known."""
        before = self._known.pop(item.id, None)
        same = self.same(item, path)
        if same is None:
            self.read(item)
            same = self.same(item, path)
        if same:
            return True
        now = self.audio(item)
        return False if before and now and before.checksum == now.checksum else None

    def _same(self, item: Item, found: Audio, wanted: Audio, path: str) -> bool:
        content = self._reader.dialect.sound_content
        if same_sound(found, wanted):
            return True
        if content == "kept" or (content == "auto" and found.form == wanted.form):
            return False
        if not same_length(found, wanted):
            return False
        if content == "auto":
            self.warnings.append(
                f'sound "{item.name}": the PBX has it in another form than "{path}", so that only their lengths were '
                "compared, which are equal; set update_file to always to send the file anyway, or the dialect's "
                "sound_content to converted to take this for good"
            )
        return True

    def _read(self, item: Item) -> Audio | None:
        place = self._reader.some_extension()
        why = "there is no extension to read it through"
        if place is not None:
            with disk.room(None, f'the content of the sound "{item.name}"') as file:

                def empty_file(_head: FileHead) -> IO[bytes]:
                    file.seek(0)
                    file.truncate()
                    return file

                try:
                    self._reader.client.download(place.path(NOUNS["sound"], item.id, "download", ""), empty_file)
                    return inspect(file)
                except (NotFound, AccessDenied, ValueProblem) as error:
                    why = f"its content {error}" if isinstance(error, ValueProblem) else str(error)
        self.warnings.append(
            f'sound "{item.name}": its content cannot be read ({why}), so that every run sends its file; '
            "set update_file to on_create to send it only once"
        )
        return None


def _named_after(item: Item, wanted: Audio) -> bool:
    """A name of 40 hexadecimal digits (semantics.md section 5, sound) that is this checksum is no coincidence."""
    return str(item.values.get("filename")).partition(".")[0].lower() == wanted.checksum
