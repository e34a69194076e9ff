# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The content of a sound file, as far as its headers tell: enough to know whether a PBX takes it, and whether two files
sound the same. The formats that a PBX takes are in semantics.md section 6, sounds."""

from __future__ import annotations

import hashlib
import io
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from .values import ValueProblem

LARGEST = 10 * 1024 * 1024
# By how many s another form may be longer or shorter: telephones count in packets of 20 ms, and the decoders of MP3 add
# up to three frames of silence.
_PACKET = 0.02
_ADDED_FRAMES = 3
_CHUNK = 65536

_FLOAT, _EXTENSIBLE = 3, 0xFFFE
# The tables for each frame's header in MPEG audio (ISO/IEC 11172-3 and 13818-3): rates in Hz by version, and kbit/s of
# layer III for MPEG 1 and for the others.
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_BITRATES = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
# A tag may be followed by padding; nothing later than this is looked for.
_FARTHEST = 65536


# The sound files that a preview would write, by path: nothing of them is on the disk.
FORESEEN: dict[str, bytes] = {}


@dataclass(frozen=True)
class Form:
    """How sound is written down: WAV or MP3, Hz, channels, and bits for each sample (0 for MP3)."""

    kind: str
    rate: int
    channels: int
    bits: int = 0


@dataclass(frozen=True)
class Audio:
    """One sound file. slack: by how many s another form of it may differ. checksum: SHA-1 of the file. content: SHA-1
    of the sound in it, without tags and the like."""

    form: Form
    seconds: float
    slack: float
    checksum: str
    content: str

    def __str__(self) -> str:
        return f"{self.form.kind}, {self.form.rate} Hz, {self.seconds:.2f} s, SHA-1 {self.checksum}"


def inspect(file: IO[bytes]) -> Audio:
    """Raises ValueProblem with the second half of a sentence about a file that a PBX would not take."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    start = file.read(12)
    wav = start[:4] == b"RIFF" and start[8:] == b"WAVE"
    form, seconds, slack, content = _wav(file, size) if wav else _mp3(file, size)
    return Audio(form, seconds, slack, _digest(file, 0, size), content)


def inspect_path(path: str) -> Audio:
    """Like inspect, and the sentence also names a fault of the file as such."""
    if path in FORESEEN:
        return inspect(io.BytesIO(FORESEEN[path]))
    if not os.path.isfile(path):
        raise ValueProblem("is not there" if not os.path.exists(path) else "is not a file")
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise ValueProblem("is longer than 10 MB")
            return inspect(file)
    except OSError as exc:
        raise ValueProblem(f"cannot be read: {exc.strerror}") from None


def sound_problems(declared: Mapping[str, Any], _merged: Mapping[str, Any]) -> tuple[str, ...]:
    """A noun's check of the file that is declared for a sound."""
    path = declared.get("file")
    if not path:
        return ()
    try:
        inspect_path(path)
    except ValueProblem as problem:
        whole = f"; it was looked for as {os.path.abspath(path)}" if not os.path.isabs(path) else ""
        return (f'file "{path}" {problem}{whole}',)
    return ()


def same_sound(one: Audio, other: Audio) -> bool:
    """Whether two files certainly sound the same."""
    return one.checksum == other.checksum or (one.form == other.form and one.content == other.content)


def same_length(one: Audio, other: Audio) -> bool:
    """Whether one file may be the other, written down otherwise."""
    return abs(one.seconds - other.seconds) <= max(one.slack, other.slack)


def _digest(file: IO[bytes], start: int, length: int) -> str:
    digest = hashlib.sha1(usedforsecurity=False)
    file.seek(start)
    while length > 0:
        part = file.read(min(length, _CHUNK))
        if not part:
            break
        digest.update(part)
        length -= len(part)
    return digest.hexdigest()


def _wav(file: IO[bytes], size: int) -> tuple[Form, float, float, str]:
    form, at = b"", 12
    while True:
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            raise ValueProblem("has no complete WAV header")
        name, length = struct.unpack("<4sI", head)
        at += 8
        if name == b"data":
            break
        if name == b"fmt ":
            form = file.read(min(length, 40))
        at += length + length % 2
    if len(form) < 16:
        raise ValueProblem("has no complete WAV header")
    code, channels, rate, _bytes_per_second, align, bits = struct.unpack("<HHIIHH", form[:16])
    if code == _EXTENSIBLE and len(form) >= 26:
        code = struct.unpack("<H", form[24:26])[0]
    if code == _FLOAT:
        raise ValueProblem("holds floating point samples, which the PBX does not take; convert it to integers")
    if length > size - at:
        raise ValueProblem(f"has no complete WAV header: it announces {length} bytes of sound, and {size - at} follow")
    if not (length and channels and rate and align):
        raise ValueProblem("holds no sound")
    return Form("WAV", rate, channels, bits), length / align / rate, _PACKET, _digest(file, at, length)


def _mp3(file: IO[bytes], size: int) -> tuple[Form, float, float, str]:
    start = at = _first_frame(file, size)
    first = None
    seconds = lasts = 0.0
    while True:
        frame = _frame(file, at)
        if frame is None:
            break
        form, length, lasts = frame
        first = first or form
        seconds += lasts
        at += length
    if first is None:
        raise ValueProblem("is neither WAV nor MP3")
    return first, seconds, _ADDED_FRAMES * lasts, _digest(file, start, min(at, size) - start)


def _first_frame(file: IO[bytes], size: int) -> int:
    """Where the sound begins: behind a tag, at a frame that another one or the end of the file follows."""
    file.seek(0)
    head = file.read(10)
    at = 0
    if len(head) == 10 and head[:3] == b"ID3":
        # Four times seven bits, and the tag's own header.
        at = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0)))
    for candidate in range(at, min(at + _FARTHEST, size)):
        frame = _frame(file, candidate)
        if frame and (candidate + frame[1] >= size or _frame(file, candidate + frame[1])):
            return candidate
    return size


def _frame(file: IO[bytes], at: int) -> tuple[Form, int, float] | None:
    """The frame of MPEG layer III at a place: how it is written, its length in bytes and in s."""
    file.seek(at)
    head = int.from_bytes(file.read(4), "big")
    version, layer, bitrate, rate = head >> 19 & 3, head >> 17 & 3, head >> 12 & 15, head >> 10 & 3
    if head >> 21 != 0x7FF or version not in _RATES or layer != 1 or bitrate in (0, 15) or rate == 3:
        return None
    hertz = _RATES[version][rate]
    samples = 1152 if version == 3 else 576
    length = samples // 8 * _BITRATES[version == 3][bitrate - 1] * 1000 // hertz + (head >> 9 & 1)
    return Form("MP3", hertz, 1 if head >> 6 & 3 == 3 else 2), length, samples / hertz
