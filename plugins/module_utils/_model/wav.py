# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Sound as speech programs write it, in a form that a PBX takes (semantics.md section 6, sounds)."""

from __future__ import annotations

import struct
import sys
from array import array

from .values import ValueProblem

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_LOUDEST = 32767


def taken_by_pbx(data: bytes) -> bytes:
    """A sound file with whole samples and a header that tells its length. Anything but WAV stays as it is.

    A program that writes to a pipe cannot know the length when it writes the header, and announces a wrong one. Raises
    ValueProblem, with the second half of a sentence about the file.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return data
    form, samples = _parts(data)
    if len(form) < 16:
        raise ValueProblem("has no complete WAV header")
    code, channels, rate, dummy, dummy, bits = struct.unpack("<HHIIHH", form[:16])
    if code == _EXTENSIBLE and len(form) >= 26:
        code = struct.unpack("<H", form[24:26])[0]
    if code == _FLOAT:
        samples, code, bits = _whole(samples, bits), _PCM, 16
    if code != _PCM:
        # Another coding of telephones, such as A-law: the PBX judges it.
        return _file(form, samples)
    align = channels * bits // 8
    if not align:
        raise ValueProblem("has no complete WAV header")
    samples = samples[: len(samples) // align * align]
    return _file(struct.pack("<HHIIHH", _PCM, channels, rate, rate * align, align, bits), samples)


def _file(form: bytes, samples: bytes) -> bytes:
    padded = samples + b"\0" * (len(samples) % 2)
    form += b"\0" * (len(form) % 2)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(samples)) + padded
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _parts(data: bytes) -> tuple[bytes, bytes]:
    """The form and the samples, however long the header says that these are."""
    form, at = b"", 12
    while at + 8 <= len(data):
        name, length = struct.unpack("<4sI", data[at : at + 8])
        at += 8
        if name == b"data":
            # Length 0 stands for one that was not known yet.
            return form, data[at : at + length] if length else data[at:]
        if name == b"fmt ":
            form = data[at : at + length]
        at += length + length % 2
    raise ValueProblem("has no complete WAV header")


def _whole(samples: bytes, bits: int) -> bytes:
    """Samples of floating point as 16 bits each."""
    if bits not in (32, 64):
        raise ValueProblem(f"holds floating point samples of {bits} bits")
    size = bits // 8
    floats = array("f" if bits == 32 else "d", samples[: len(samples) // size * size])
    if sys.byteorder == "big":
        floats.byteswap()
    found = array("h", (round(max(-1.0, min(1.0, one)) * _LOUDEST) for one in floats))
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()
