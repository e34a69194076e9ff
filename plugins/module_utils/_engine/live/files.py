# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The files that a PBX keeps: recordings, voicemail, faxes and sounds."""

from __future__ import annotations

from ..._api.client import Client
from ..._api.errors import NotFound
from ..._model.media import Medium
from ..._model.types import Json
from ..._state.place import Id, Place, pending_of
from ..errors import InputError
from ..read.reader import Reader
from ..read.references import References
from .fetch import Target, fetch, preview


class Files:
    """arrived: whether a file of this machine is new, or another one than before."""

    def __init__(self, client: Client, reader: Reader, references: References, check: bool) -> None:
        self.arrived = False
        self._client = client
        self._reader = reader
        self._references = references
        self._check = check

    def fetch(self, medium: Medium, place: Place, identity: str, target: Target, basic: bool) -> Json:
        """Have a file of the PBX as a file of this machine; see fetch."""
        kept = self._place_of(medium, place, identity)
        if kept.pending:
            self.arrived = True
            return preview(target, identity)
        path = kept.fill(medium.basic_path if basic else medium.path)
        found, self.arrived = fetch(self._client, path, target, kept.get("id"), basic, self._check)
        return found

    def describe(self, medium: Medium, place: Place, identity: str) -> Json:
        """Return the facts about a file that the PBX gives before the content."""
        try:
            kept = self._place_of(medium, place, identity)
            if kept.pending:
                return {"exists": True}
            head = self._client.download(kept.fill(medium.path), lambda _head: None)
        except NotFound:
            return {"exists": False}
        return {"exists": True, "media_type": head.media_type, "name": head.name, "size": head.length}

    def locate(self, medium: Medium, place: Place, identity: str) -> Json:
        """The address at which the PBX stores a file."""
        return self._client.get_object(self._place_of(medium, place, identity).fill(medium.storage_path))

    def _place_of(self, medium: Medium, place: Place, identity: str) -> Place:
        """The place of a file, which can be filled into its paths. Raises NotFound where nothing can be yet."""
        wanted: Id = identity.strip()
        if wanted in ("", ".", ".."):
            raise InputError([f'{place}: {medium.name} "{identity}" is not the id of any {medium.title}'])
        if medium.name == "sound":
            wanted = self._references.resolve(medium.name, identity, place, str(place)).id
            # Every extension can read the sounds of its tenant.
            if place.pending:
                place = self._reader.some_extension() or place
        elif place.pending or pending_of(identity):
            raise NotFound(f'{place}: there is no {medium.title} "{identity}" yet')
        return Place((*place.ids, ("id", wanted)))
