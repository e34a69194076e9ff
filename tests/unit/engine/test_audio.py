# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The content of a sound file, by its headers, and the files that a PBX would not take."""

from __future__ import annotations

import io
import os
import struct
import wave
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._model import audio
from ansible_collections.telops.pbx.plugins.module_utils._model.audio import Audio, Form, inspect, inspect_path
from ansible_collections.telops.pbx.plugins.module_utils._model.values import ValueProblem
from tests.emulator.sound_files import wav


def of(data: bytes) -> Audio:
    return inspect(io.BytesIO(data))


def refused(data: bytes) -> str:
    with pytest.raises(ValueProblem) as caught:
        of(data)
    return str(caught.value)


def written(frames: int, channels: int, width: int, rate: int) -> bytes:
    """A file by Python's own writer."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((channels, width, rate, 0, "NONE", ""))
        writer.writeframes(bytes(n % 251 for n in range(frames * channels * width)))
    return file.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def riff(*chunks: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 4 + sum(map(len, chunks))) + b"WAVE" + b"".join(chunks)


FMT = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16))
DATA = chunk(b"data", b"\1\2" * 4000)


def frame(bitrate: int, rate: int, version: int = 3, mono: bool = False, padding: int = 0) -> bytes:
    """A frame of layer III, by the numbers that its header has for bit rate, rate and version."""
    head = 0xFFE00000 | version << 19 | 1 << 17 | 1 << 16 | bitrate << 12 | rate << 10 | padding << 9 | (3 << 6) * mono
    kbits = audio._BITRATES[version == 3][bitrate - 1]
    length = (144 if version == 3 else 72) * kbits * 1000 // audio._RATES[version][rate] + padding
    return head.to_bytes(4, "big") + bytes(length - 4)


def id3(length: int) -> bytes:
    return b"ID3\4\0\0" + bytes(length >> shift & 0x7F for shift in (21, 14, 7, 0)) + b"\xff" * length


# WAV


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 3000), st.integers(1, 6), st.integers(1, 4), st.sampled_from([8000, 11025, 16000, 44100, 48000]))
def test_a_wav_as_python_writes_it(frames: int, channels: int, width: int, rate: int) -> None:
    data = written(frames, channels, width, rate)
    with wave.open(io.BytesIO(data)) as reader:
        seconds = reader.getnframes() / rate
    found = of(data)
    assert found.form == Form("WAV", rate, channels, width * 8)
    assert found.seconds == pytest.approx(seconds)


def test_chunks_around_the_sound_do_not_change_it() -> None:
    plain = of(riff(FMT, DATA))
    tagged = of(riff(chunk(b"JUNK", b"odd"), FMT, chunk(b"LIST", b"INFO"), DATA, chunk(b"id3 ", b"tag")))
    assert plain.checksum != tagged.checksum
    assert plain.content == tagged.content
    assert audio.same_sound(plain, tagged)
    assert not audio.same_sound(plain, of(riff(FMT, chunk(b"data", b"\1\3" * 4000))))


def test_an_extensible_header_says_what_it_holds() -> None:
    def header(code: int) -> bytes:
        plain = struct.pack("<HHIIHH", 0xFFFE, 2, 48000, 192000, 4, 16)
        return chunk(b"fmt ", plain + struct.pack("<HHI", 22, 16, 3) + struct.pack("<H", code) + bytes(14))

    assert of(riff(header(1), DATA)).form == Form("WAV", 48000, 2, 16)
    assert "floating point" in refused(riff(header(3), DATA))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is neither WAV nor MP3"),
        (b"RIFF\0\0\0\0WEBP" + bytes(100), "is neither WAV nor MP3"),
        (b"<html>", "is neither WAV nor MP3"),
        (os.urandom(10).replace(b"\xff", b"x") + b"x" * 5000, "is neither WAV nor MP3"),
        (riff(), "has no complete WAV header"),
        (riff(FMT), "has no complete WAV header"),
        (riff(DATA), "has no complete WAV header"),
        (riff(chunk(b"fmt ", bytes(14)), DATA), "has no complete WAV header"),
        (riff(FMT, chunk(b"data", b"")), "holds no sound"),
        (riff(chunk(b"fmt ", bytes(16)), DATA), "holds no sound"),
        (
            riff(chunk(b"fmt ", struct.pack("<HHIIHH", 3, 1, 8000, 32000, 4, 32)), DATA),
            "holds floating point samples, which the PBX does not take; convert it to integers",
        ),
        (
            riff(FMT, DATA)[:-100],
            "has no complete WAV header: it announces 8000 bytes of sound, and 7900 follow",
        ),
        # As programs write it that cannot go back to the header.
        (
            riff(FMT, b"data\xff\xff\xff\xff" + bytes(10)),
            "has no complete WAV header: it announces 4294967295 bytes of sound, and 10 follow",
        ),
    ],
)
def test_what_a_pbx_does_not_take(data: bytes, says: str) -> None:
    assert refused(data) == says


# MP3


@pytest.mark.parametrize(
    ("version", "rate", "hertz", "samples"),
    [(3, 0, 44100, 1152), (3, 1, 48000, 1152), (2, 0, 22050, 576), (2, 2, 16000, 576), (0, 2, 8000, 576)],
)
def test_an_mp3_lasts_as_long_as_its_frames(version: int, rate: int, hertz: int, samples: int) -> None:
    found = of(b"".join(frame(1 + n % 14, rate, version, mono=True, padding=n % 2) for n in range(100)))
    assert found.form == Form("MP3", hertz, 1)
    assert found.seconds == pytest.approx(100 * samples / hertz)


def test_tags_around_an_mp3_do_not_change_it() -> None:
    frames = frame(9, 0) * 20
    plain, tagged = of(frames), of(id3(300) + bytes(1000) + frames + b"TAG" + bytes(125))
    assert audio.same_sound(plain, tagged)
    assert not audio.same_sound(plain, of(frame(9, 0) * 21))
    assert plain.form.channels == 2


def test_a_broken_end_of_an_mp3_is_no_harm() -> None:
    found = of((frame(9, 0) * 20)[:-100])
    assert found.seconds == pytest.approx(20 * 1152 / 44100)


@pytest.mark.parametrize("head", ["fffb0000", "fffbf000", "fffb9c00", "fffd9000", "ffeb9000", "fffa"])
def test_what_looks_like_an_mp3_and_is_none(head: str) -> None:
    assert refused((bytes.fromhex(head) + bytes(413)) * 5) == "is neither WAV nor MP3"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"RIFF\0\0\0\0WAVE", riff(FMT), id3(20), frame(9, 0)]))
def test_nothing_breaks_it(data: bytes, before: bytes) -> None:
    try:
        found = of(before + data)
    except ValueProblem:
        return
    assert found.seconds > 0


# Comparing


def test_another_form_has_the_length_of_the_file_within_what_converting_adds() -> None:
    def silence(seconds: float, rate: int = 8000) -> Audio:
        return of(wav(bytes(2 * int(seconds * rate)), rate=rate))

    assert audio.same_length(silence(2), silence(2.01, 44100))
    assert not audio.same_length(silence(2), silence(2.03, 44100))
    music = of(frame(9, 0) * 100)
    assert audio.same_length(music, silence(music.seconds + 0.07))
    assert audio.same_length(silence(music.seconds - 0.07), music)
    assert not audio.same_length(music, silence(music.seconds + 0.09))


# Files


def test_files_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(path: Path) -> str:
        with pytest.raises(ValueProblem) as caught:
            inspect_path(str(path))
        return str(caught.value)

    assert said(tmp_path / "none.wav") == "is not there"
    assert said(tmp_path) == "is not a file"
    long = tmp_path / "long.wav"
    long.write_bytes(wav(bytes(10 * 1024 * 1024)))
    assert said(long) == "is longer than 10 MB"
    long.write_bytes(wav(bytes(10 * 1024 * 1024 - 44)))
    assert inspect_path(str(long)).seconds == pytest.approx(655.36, abs=0.01)

    def denied(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", denied)
    assert said(long) == "cannot be read: Permission denied"
