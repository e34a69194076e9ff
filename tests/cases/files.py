# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files on this machine that modules send, and a folder for those that they fetch, for as long as this process runs."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from tests.emulator.sound_files import wav

FOLDER = Path(tempfile.mkdtemp(prefix="telops-pbx-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
FETCHED = FOLDER / "fetched"

# One frame of MPEG 1 layer III with 128 kbit/s at 44.1 kHz.
FRAME = b"\xff\xfb\x90\x00" + bytes(413)


def fresh() -> None:
    """Nothing has been fetched."""
    shutil.rmtree(FETCHED, ignore_errors=True)
    FETCHED.mkdir()


def keep(name: str, content: bytes) -> str:
    """The path of a new file."""
    path = FOLDER / name
    path.write_bytes(content)
    return str(path)


fresh()
# A telephone's sound, another one, and music, once as it is and once with a tag.
HELLO = keep("hello.wav", wav(b"\1\2" * 4000))
GOODBYE = keep("Auf Wiederhören.wav", wav(b"\3\4" * 12000, rate=16000))
MUSIC = keep("music.mp3", FRAME * 60)
TAGGED = keep("tagged.mp3", b"ID3\4\0\0\0\0\1\0" + bytes(128) + FRAME * 60 + b"TAG" + bytes(125))
TEXT = keep("notes.txt", b"no sound\n")

# The files that the examples in the documentation expect in the folder of the playbook.
EXAMPLES = {"sounds/summer.wav": Path(GOODBYE).read_bytes(), "sounds/music.mp3": Path(MUSIC).read_bytes()}
