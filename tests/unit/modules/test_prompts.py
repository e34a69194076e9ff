# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prompts from text: spoken once, sent once, and never written by a preview."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.telops.pbx.plugins.module_utils._entry.tenant import Tenant
from ansible_collections.telops.pbx.plugins.module_utils._model.audio import FORESEEN, inspect, inspect_path
from ansible_collections.telops.pbx.plugins.module_utils._model.values import ValueProblem
from ansible_collections.telops.pbx.plugins.module_utils._model.wav import taken_by_pbx
from tests.cases.inprocess import call
from tests.emulator.server import Emulator
from tests.emulator.sound_files import wav
from tests.tools.tree import ROOT

# Speaks 0.1 s for each word of the text, tells in a file that it ran, and writes as to a pipe: with a wrong length.
SPEAKER = """
import os, struct, sys
text = sys.stdin.read()
assert text == open(sys.argv[2], encoding="utf-8").read() and text.count("\\n") == 1
assert not [name for name in os.environ if name.startswith("PBX_")]
open(sys.argv[1], "a").write(f"{sys.argv[3]}: {text}")
data = struct.pack("<h", len(text)) * 800 * len(text.split())
head = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16) + b"data" + struct.pack("<I", 0x7FFFF000)
sys.stdout.buffer.write(b"RIFF" + struct.pack("<I", 0x7FFFF024) + b"WAVE" + head + data)
"""
WELCOME = {"title": "Welcome, all!", "text": "Good  morning\nto you", "language": "de"}


@pytest.fixture
def speaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Options with a program that speaks, and keeps its texts in the file ``said``."""
    monkeypatch.setenv("PBX_APP_SECRET", "canary-of-the-environment")
    program = tmp_path / "speak.py"
    program.write_text(SPEAKER, encoding="utf-8")
    command = [sys.executable, "-I", str(program), str(tmp_path / "said"), "{text_file}", "{voice}"]
    return {"prompt_command": command, "prompt_folder": str(tmp_path / "prompts")}


def said(tmp_path: Path) -> list[str]:
    file = tmp_path / "said"
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def converge(pbx: Emulator, options: dict[str, Any], *sounds: dict[str, Any], **more: Any) -> dict[str, Any]:
    pbx.clear_log()
    result = call(pbx, "pbx_tenant", {"sounds": list(sounds), **options}, **more)
    assert not result.get("failed"), result["msg"]
    return result


def test_a_text_is_spoken_and_sent_once(pbx: Emulator, speaker: dict[str, Any], tmp_path: Path) -> None:
    folder, plan = Path(speaker["prompt_folder"]), {"plan_file": str(tmp_path / "plan.json")}
    preview = converge(pbx, {**speaker, **plan}, WELCOME, check=True)
    assert (pbx.writes(), folder.exists(), FORESEEN) == ([], False, {})
    assert preview["changed"]
    (shown, *dummy) = preview["diff"]
    assert "text: Good morning to you\nvoice: de\nlanguage: de\n" in shown["after"]
    assert said(tmp_path) == ["de: Good morning to you"]

    # The plan that was saved is the one that is applied.
    real = converge(pbx, {**speaker, **plan}, WELCOME)
    assert real["plan"] == preview["plan"]
    (prompt,) = real["prompts"]
    assert prompt == preview["prompts"][0]
    assert (prompt["text"], prompt["rendered"]) == ("Good morning to you", True)
    (file,) = folder.iterdir()
    assert str(file) == prompt["file"]
    assert file.name.startswith("welcome-all-")
    assert inspect_path(str(file)).seconds == pytest.approx(0.4)
    (held,) = (one["content"] for one in pbx.state()["sounds"] if one["title"] == WELCOME["title"])
    assert held == hashlib.sha1(file.read_bytes(), usedforsecurity=False).hexdigest()

    # Another control node has the file, and no program.
    nobody = {**speaker, "prompt_command": [*speaker["prompt_command"]]}
    (tmp_path / "speak.py").unlink()
    again = converge(pbx, nobody, WELCOME)
    assert (again["changed"], again["prompts"][0]["rendered"], pbx.writes()) == (False, False, [])
    assert len(said(tmp_path)) == 2


def test_a_changed_text_voice_or_command_replaces_the_sound(
    pbx: Emulator, speaker: dict[str, Any], tmp_path: Path
) -> None:
    converge(pbx, speaker, WELCOME)
    evening = """Good `evening`; $(touch pwned) & | "x" 'y' {{ z }} {output}"""
    other = converge(pbx, speaker, {**WELCOME, "text": evening})
    assert [step["action"] for step in other["plan"]] == ["replace"]
    converge(pbx, speaker, {**WELCOME, "voice": "anna"})
    converge(pbx, {**speaker, "prompt_command": [*speaker["prompt_command"], "--slow"]}, WELCOME)
    assert said(tmp_path) == [
        "de: Good morning to you",
        f"de: {evening}",
        "anna: Good morning to you",
        "de: Good morning to you",
    ]
    assert len(list(Path(speaker["prompt_folder"]).iterdir())) == 4


def test_callers_listen_as_long_as_it_takes(pbx: Emulator, speaker: dict[str, Any], tmp_path: Path) -> None:
    rule = {"type": "playfile", "playfile_sound": WELCOME["title"], "final": True}
    document = {
        "sounds": [WELCOME],
        "extensions": [{"number": "101", "type": "phone", "incom_rules": [rule]}],
        "dids": [{"name": "74950000101", "extension": "101"}],
    }
    test = {"call": "74950000101", "at": "2026-12-02 10:00", "timezone": "Europe/Berlin"}
    options = {**document, **speaker, "offline": True, "tests": [test]}
    result = call(pbx, "pbx_call_test", options)
    assert not result.get("failed"), result["msg"]
    assert [event["ms"] for event in result["results"][0]["trace"] if event["event"] == "sound"] == [400]
    assert not Path(speaker["prompt_folder"]).exists()
    assert result["prompts"][0]["rendered"]


def test_a_new_export_keeps_what_is_spoken(pbx: Emulator, speaker: dict[str, Any], tmp_path: Path) -> None:
    converge(pbx, speaker, WELCOME)
    file = tmp_path / "tenant" / "pbx_sounds.yml"
    own = "    text: Good morning\n    language: de"
    assert not call(pbx, "pbx_tenant_info", {"path": str(file.parent)}).get("failed")
    place = f'title: "{WELCOME["title"]}"'
    file.write_text(file.read_text(encoding="utf-8").replace(place, f"{place}\n{own}"), encoding="utf-8")
    assert not call(pbx, "pbx_tenant_info", {"path": str(file.parent)}).get("failed")
    assert f"{place}\n{own}\n" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("sound", "options", "sentence"),
    [
        ({"text": "a", "file": "b.wav"}, {}, 'sounds[0] "T" has a file and a text to speak. Leave one of them out.'),
        ({"voice": "en"}, {}, "text is missing. Write the text of the sound, or leave out voice and language."),
        ({"text": " "}, {}, "text is missing."),
        ({"text": 7}, {}, "text is a number, where text belongs"),
        ({"text": "a", "voice": "-w/etc/x"}, {}, "Write a name that does not begin with a hyphen."),
        ({"text": "a"}, {"prompt_command": ["x", "{sound}"]}, "there is no placeholder {sound}."),
        ({"text": "a"}, {"prompt_command": []}, "prompt_command is empty."),
        ({"text": "a"}, {"prompt_command": ["no-such-program"]}, "no program no-such-program here. Install it"),
        ({"text": "a"}, {"prompt_command": ["piper --model x"]}, "Write each word of prompt_command by itself"),
        ({"text": "a"}, {"prompt_command": [sys.executable, "-c", "exit('no such voice')"]},
         "has failed with status 1, and says: no such voice"),
        ({"text": "a"}, {"prompt_command": [sys.executable, "-c", ""]}, "has ended without a sound"),
        ({"text": "a"}, {"prompt_command": [sys.executable, "-c", "print(7)"]}, "is neither WAV nor MP3"),
    ],
)  # fmt: skip
def test_wrong_prompts_are_one_sentence(
    pbx: Emulator, tmp_path: Path, sound: dict[str, Any], options: dict[str, Any], sentence: str
) -> None:
    folder = tmp_path / "prompts"
    result = call(pbx, "pbx_tenant", {"sounds": [{"title": "T", **sound}], "prompt_folder": str(folder), **options})
    assert sentence in result["msg"]
    assert "T" in result["msg"] or "prompt_command" in result["msg"]
    assert (pbx.log(), folder.exists()) == ([], False)


def test_a_missing_default_program_names_the_command_that_installs_it(
    pbx: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = call(pbx, "pbx_tenant", {"sounds": [WELCOME]})
    assert "no program espeak-ng here. Install it (Debian: apt install espeak-ng), set prompt_command" in result["msg"]


def test_the_real_espeak(pbx: Emulator, tmp_path: Path) -> None:
    options = {"prompt_folder": str(tmp_path)}
    assert converge(pbx, options, WELCOME)["changed"]
    assert converge(pbx, options, WELCOME)["changed"] is False
    (file,) = tmp_path.iterdir()
    assert 0.5 < inspect_path(str(file)).seconds < 5
    longer = converge(
        pbx, options, {**WELCOME, "text": "Good morning to all of you, and to everybody else"}, check=True
    )
    assert [step["action"] for step in longer["plan"]] == ["replace"]


# The command line of piper, by the documentation of https://github.com/rhasspy/piper and OHF-Voice/piper1-gpl: it
# speaks each line of the standard input into the file, the last one in the end.
PIPER = """#!%s -I
import argparse, struct, sys
options = argparse.ArgumentParser()
options.add_argument("-m", "--model", required=True)
options.add_argument("-f", "--output_file", "--output-file")
options.add_argument("-d", "--output_dir", "--output-dir")
options.add_argument("-s", "--speaker", type=int)
options = options.parse_args()
assert options.model.endswith(".onnx") and options.output_file
for line in sys.stdin:
    data = struct.pack("<h", 1) * 2205 * len(line.split())
    head = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 22050, 44100, 2, 16) + b"data" + struct.pack("<I", len(data))
    with open(options.output_file, "wb") as file:
        file.write(b"RIFF" + struct.pack("<I", len(head) + len(data) + 4) + b"WAVE" + head + data)
"""


def test_the_command_of_the_page_fits_the_documented_command_line_of_piper(
    pbx: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """piper itself is not run: its voices are not at hand."""
    page = (ROOT / "docs" / "tenant.md").read_text(encoding="utf-8")
    [block] = [one for one in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "piper" in one]
    written = yaml.safe_load(block)
    program = tmp_path / "piper"
    program.write_text(PIPER % sys.executable, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    prompts = tmp_path / "prompts"
    options = {"prompt_folder": str(prompts), "prompt_command": written["pbx_prompt_command"]}
    result = converge(pbx, options, *written["pbx_sounds"])
    assert (result["changed"], len(result["prompts"])) == (True, 1)
    [file] = prompts.iterdir()
    assert inspect_path(str(file)).seconds == pytest.approx(0.5, abs=0.11)


def test_the_default_command_is_the_documented_one() -> None:
    assert Tenant().options()["prompt_command"]["default"] == [
        "espeak-ng",
        "-v",
        "{voice}",
        "-w",
        "{output}",
        "--stdin",
    ]


def floats(kind: str, *values: float) -> bytes:
    samples = struct.pack(f"<{len(values)}{kind}", *values)
    size = struct.calcsize(kind)
    form = struct.pack("<HHIIHH", 3, 1, 8000, 8000 * size, size, size * 8)
    return b"RIFF\0\0\0\0WAVEfmt " + struct.pack("<I", 16) + form + b"data\0\0\0\0" + samples


@pytest.mark.parametrize("kind", ["f", "d"])
def test_floats_become_whole_samples(kind: str) -> None:
    found = taken_by_pbx(floats(kind, 0.0, 1.0, -1.0, 2.0))
    assert found[-8:] == struct.pack("<4h", 0, 32767, -32767, 32767)
    assert inspect(io.BytesIO(found)).form.bits == 16


def test_other_files() -> None:
    whole = wav(b"\1\0" * 9)
    assert taken_by_pbx(whole) == whole
    assert taken_by_pbx(b"ID3 and so on") == b"ID3 and so on"
    for broken in (whole[:20], b"RIFF\0\0\0\0WAVEdata\1\0\0\0\0"):
        with pytest.raises(ValueProblem, match="no complete WAV header"):
            taken_by_pbx(broken)
