# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uploaded sounds: the files that a PBX refuses, and its conversions of the rest (semantics.md section 6, sounds)."""

from __future__ import annotations

import hashlib
import struct

from .call import Upload
from .errors import bad

MAX_SOUND = 10 * 1024 * 1024
FLOAT = 3
# The bit rates of MPEG 1 layer III, in kbit/s.
BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)


def wav(samples: bytes, rate: int = 8000, channels: int = 1, bits: int = 16, code: int = 1) -> bytes:
    """A WAV file of these samples."""
    align = channels * bits // 8
    form = struct.pack("<4sIHHIIHH4sI", b"fmt ", 16, code, channels, rate, rate * align, align, bits, b"data",
                       len(samples))  # fmt: skip
    return struct.pack("<4sI4s", b"RIFF", 4 + len(form) + len(samples), b"WAVE") + form + samples


def check(upload: Upload) -> Upload:
    """The upload with the media type that its content shows. Raises Refusal 400."""
    data = upload.data
    if len(data) > MAX_SOUND:
        raise bad("file", "must not be larger than 10 MB")
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        code, found, length = _wav(data)[:3]
        if code == FLOAT:
            raise bad("file", "float samples are not supported")
        if found != length or not found:
            raise bad("file", "the header is not complete")
        return Upload(upload.filename, "audio/wav", data)
    if data[:3] == b"ID3" or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0):
        return Upload(upload.filename, "audio/mpeg", data)
    raise bad("file", "must be WAV or MP3")


def converted(upload: Upload) -> Upload:
    """As long as it was, but written down as telephones have it: 8 kHz, mono, 16 bit."""
    if upload.media_type == "audio/wav":
        _code, _found, length, bytes_per_second = _wav(upload.data)
        seconds = length / bytes_per_second
    else:
        seconds = len(upload.data) * 8 / (BITRATES[upload.data[2] >> 4] * 1000)
    # Other sounds become other samples.
    pattern = hashlib.sha256(upload.data).digest()
    samples = int(seconds * 8000) * 2
    return Upload(upload.filename, "audio/wav", wav((pattern * (samples // len(pattern) + 1))[:samples]))


def _wav(data: bytes) -> tuple[int, int, int, int]:
    """The code of the samples, the sound's bytes that are there and that are announced, and the bytes for one s."""
    at, code, rate = 12, 0, 1
    while at + 8 <= len(data):
        name, length = struct.unpack("<4sI", data[at : at + 8])
        at += 8
        if name == b"fmt ":
            code, _channels, _rate, rate = struct.unpack("<HHII", data[at : at + 12])
        if name == b"data":
            return code, min(length, len(data) - at), length, rate
        at += length + length % 2
    return code, 0, 0, 1
