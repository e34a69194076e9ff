# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The kinds of files that a PBX keeps for an extension (operations.json)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Medium:
    """One kind of file.

    name: of the option that picks one file. title: as in a sentence.
    path: of the content. basic_path: of the same, for who logs in with HTTP Basic (semantics.md section 2).
    storage_path: tells the address at which the file is stored.
    """

    name: str
    title: str
    path: str
    basic_path: str = ""
    storage_path: str = ""


_RECORD = "/extension/{extension}/record/{id}"
_VOICEMAIL = "/extension/{extension}/voicemail/{id}"

MEDIA: dict[str, Medium] = {
    medium.name: medium
    for medium in (
        Medium("record", "recording", _RECORD, f"{_RECORD}/download/", f"{_RECORD}/storage_url/"),
        Medium("voicemail", "voicemail message", _VOICEMAIL, storage_path=f"{_VOICEMAIL}/storage_url/"),
        Medium("fax", "received fax", "/extension/{extension}/fax/in/{id}"),
        Medium("sound", "sound", "/extension/{extension}/sound/{id}/download/"),
    )
}

# Names of files end in these, where a PBX sends no name.
SUFFIXES = {
    "application/pdf": ".pdf",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "image/tiff": ".tiff",
}
