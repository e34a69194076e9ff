# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The modules that send files to a PBX, and fetch files from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.module_utils.basic import FILE_COMMON_ARGUMENTS

from .._engine.engine import Engine
from .._engine.errors import InputError
from .._engine.live.fetch import Target, file_to_keep
from .._model.media import MEDIA, Medium
from .._model.nouns import NOUNS
from .bindings import Binding, Items, OneOf
from .specs import EXTENSION, Spec


class Sounds(Items):
    """The sounds of a tenant, which its extensions can only use."""

    returned = "sound"


class Media(Binding):
    """A file that the PBX keeps becomes a file of this machine."""

    returned = "media"
    writes = False
    attributes = (*FILE_COMMON_ARGUMENTS, "attr")

    def options(self) -> Spec:
        return {
            **EXTENSION,
            **{name: {"type": "str"} for name in MEDIA},
            "dest": {"type": "path"},
            "force": {"type": "bool", "default": False},
            "basic_auth": {"type": "bool", "default": False},
            "storage_url": {"type": "bool", "default": False},
            **FILE_COMMON_ARGUMENTS,
        }

    def one_of(self) -> OneOf:
        return self.exclusive()

    def exclusive(self) -> OneOf:
        return [("extension", "extension_id"), tuple(MEDIA)]

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        medium = next(medium for name, medium in MEDIA.items() if params[name] is not None)
        _check(medium, params)
        target = None
        if not params["storage_url"]:
            private = params["mode"] is not None
            target = Target(params["dest"], params["force"], private, params["unsafe_writes"])
            found = file_to_keep(target)
            if found:
                return found
        place = engine.places.of(NOUNS["sound"], params["extension"], params["extension_id"])
        if target is None:
            return engine.files.locate(medium, place, params[medium.name])
        return engine.files.fetch(medium, place, params[medium.name], target, params["basic_auth"])


def _check(medium: Medium, params: Mapping[str, Any]) -> None:
    """Raise InputError for options that do not go together."""
    if params["basic_auth"] and not medium.basic_path:
        raise InputError([f"basic_auth is for recordings only; a {medium.title} is fetched with the token"])
    if params["storage_url"] and not medium.storage_path:
        raise InputError(
            [f"storage_url: the API does not tell where a {medium.title} is stored; give dest to fetch it"]
        )
    if params["storage_url"] and params["dest"]:
        raise InputError(["storage_url only tells the address; leave out dest, or storage_url to fetch the file"])
    if not params["storage_url"] and not params["dest"]:
        raise InputError(["dest is missing; it is the file or the folder that the file goes to"])
