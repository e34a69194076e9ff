# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The parts that make an export a backup: the contents of sounds beside it, and a list of its gaps."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from .._api import disk
from .._api.errors import AccessDenied, BadAnswer, NotFound
from .._engine.engine import Engine
from .._engine.live.fetch import Target, fetch
from .._engine.read.export import Gap
from .._model.document import parse
from .._model.media import MEDIA
from .._model.nouns import NOUNS
from .._state.objects import Item
from .._state.place import Place
from .._text.plain import plain
from .._text.yaml_text import Verbatim

# The folder of contents, and the file there that says which contents they are.
SOUNDS = "sounds"
INDEX = ".index.json"
LACKING = "LACKING.md"
_UNSAFE = re.compile(r"[^\w-]+")
_SUFFIXES = (".wav", ".mp3")


class Backup:
    """The contents of the sounds of a tenant, in a folder.

    changed: the files that are new or other ones; in check mode, that would be. The PBX gives a content a new file name
    (semantics of ``filename``), so that a content whose name is that of the last backup is not fetched again.
    """

    def __init__(self, engine: Engine, path: str) -> None:
        self.changed: list[str] = []
        self._engine = engine
        self._path = path
        self._folder = os.path.join(path, SOUNDS)
        self._missing: list[str] = []

    def with_files(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """The document with the file of each sound, fetched where it is needed. Raises FileFailed."""
        if not document.get("sounds"):
            return dict(document)
        by_title = {item.name: item for item in self._engine.reader.all(NOUNS["tenant_sound"], Place())}
        last = self._index()
        now: dict[str, Any] = {}
        found = []
        for sound in document["sounds"]:
            item = by_title[sound["title"]]
            name = _file_name(item, now)
            if self._fetched(item, name, last):
                now[name] = item.values.get("filename")
                sound = {**sound, "file": Verbatim((f'"{{{{ pbx_tenant_folder | realpath }}}}/{SOUNDS}/{name}"',))}
            found.append(sound)
        if not self._engine.check and now != last:
            disk.write(self._index_path, json.dumps(now, indent=1) + "\n", self._what(self._index_path))
        return {**document, "sounds": found}

    def lack(self, document: Mapping[str, Any], gaps: Sequence[Gap]) -> None:
        """Write down the values that a new tenant does not get from this. Raises FileFailed."""
        path = os.path.join(self._path, LACKING)
        parts = {
            "Numbers, which the operator gives to a tenant": [f"DID {one['name']}" for one in document.get("dids", ())],
            "Passwords and PINs, which the PBX does not tell": sorted(_secrets(document)),
            "Contents of sounds that could not be fetched": self._missing,
            "Objects without a name of their own": [
                f"{gap.object}{f': {gap.field}' if gap.field else ''}: {gap.reason}; {gap.remedy}" for gap in gaps
            ],
        }
        text = "# This backup lacks\n\n" + "\n".join(
            f"## {title}\n\n" + ("".join(f"- {plain(line)}\n" for line in lines) or "Nothing.\n")
            for title, lines in parts.items()
        )
        if disk.update(path, text, self._what(path), self._engine.check):
            self.changed.append(path)

    @property
    def _index_path(self) -> str:
        return os.path.join(self._folder, INDEX)

    def _index(self) -> dict[str, Any]:
        """The name on the PBX of each content that is in the folder."""
        try:
            found = json.loads(disk.read(self._index_path, self._what(self._index_path)) or b"{}")
        except ValueError:
            found = {}
        return found if isinstance(found, dict) else {}

    def _fetched(self, item: Item, name: str, last: Mapping[str, Any]) -> bool:
        """Have the content of a sound in the folder. Whether it can be."""
        path, engine = os.path.join(self._folder, name), self._engine
        known = item.values.get("filename")
        if known and last.get(name) == known and os.path.isfile(path):
            return True
        home = engine.reader.some_extension()
        why = "there is no extension to read it through"
        if home is not None:
            if not engine.check:
                disk.folder(self._folder, self._what(self._folder))
            source = Place((*home.ids, ("id", item.id))).fill(MEDIA["sound"].path)
            try:
                target = Target(path, True, True)
                if fetch(engine.reader.client, source, target, item.id, False, engine.check)[1]:
                    self.changed.append(path)
                return True
            except (AccessDenied, BadAnswer, NotFound) as error:
                why = str(error)
        self._missing.append(f'sound "{item.name}": {why}')
        engine.warnings.append(f'sound "{item.name}": its content is not in the backup: {why}')
        return False

    def _what(self, path: str) -> str:
        return f"path: {path}"


def _file_name(item: Item, taken: Collection[str]) -> str:
    """A name without anything that means something to a shell, a template or a file system."""
    suffix = os.path.splitext(str(item.values.get("filename")))[1].lower()
    title = _UNSAFE.sub("_", item.name)[:60].strip("_") or "sound"
    suffix = suffix if suffix in _SUFFIXES else _SUFFIXES[0]
    name, number = f"{title}{suffix}", 1
    while name in taken:
        number += 1
        name = f"{title}-{number}{suffix}"
    return name


def _secrets(document: Mapping[str, Any]) -> Iterator[str]:
    """The places of values that the document has as a placeholder, or not at all."""
    for one in parse(document)[0].walk():
        for field in one.noun.writable:
            if field.secret and (field.write_only or field.name in one.hidden):
                yield f"{one.where}: {field.name}"
