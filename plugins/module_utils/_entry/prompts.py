# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Prompts from text: a sound of a document with ``text`` becomes one with a file that a program has spoken.

The name of the file tells its text, voice, language and command by a digest, so that a file that is there is the right
one: it is rendered once, committed, and sent from every control node as the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from .._api import disk
from .._engine.errors import InputError
from .._model.audio import FORESEEN, inspect_path
from .._model.nouns.sound import SPOKEN
from .._model.sentence import kind_of
from .._model.values import ValueProblem
from .._model.wav import taken_by_pbx
from .._text.plain import plain
from .specs import Spec

PROMPTS: Spec = {
    "prompt_command": {
        "type": "list",
        "elements": "str",
        "default": ["espeak-ng", "-v", "{voice}", "-w", "{output}", "--stdin"],
    },
    "prompt_folder": {"type": "path", "default": "prompts"},
}
SECONDS = 120
PLACEHOLDERS = ("voice", "language", "output", "text_file")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 40
# The speech program gets no environment variable that begins so: it may hold credentials.
_OURS = "PBX_"


@dataclass(frozen=True)
class Prompt:
    """One sound that is spoken. where: the words that a sentence about it begins with. path: its file."""

    where: str
    title: str
    text: str
    voice: str
    language: str
    path: str

    def as_json(self) -> dict[str, str]:
        """Return the module's result about the prompt."""
        return {"title": self.title, "text": self.text, "voice": self.voice, "language": self.language,
                "file": self.path}  # fmt: skip

    def diff(self) -> dict[str, str]:
        """A diff that shows the texts that are going to be spoken."""
        after = "".join(
            f"{name}: {plain(value)}\n" for name, value in self.as_json().items() if name != "title" and value
        )
        header = f'prompt "{plain(self.title)}"'
        return {"before_header": header, "before": "", "after_header": header, "after": after}


@contextmanager
def spoken(params: Mapping[str, Any], check: bool) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
    """The options with a file in place of each text, and the return values about that: ``prompts``, ``diff``.

    In check mode the files are nowhere but in memory, and only within this context. Raises InputError and FileFailed.
    """
    sounds = params.get("sounds") or ()
    prompts = {n: one for n, one in enumerate(sounds) if isinstance(one, Mapping) and _is_spoken(one)}
    if not prompts:
        yield params, {}
        return
    command, folder = params["prompt_command"], params["prompt_folder"]
    wrong = [*_misused(command)]
    for index, one in prompts.items():
        wrong += _wrong(one, f"sounds[{index}]")
    if wrong:
        raise InputError(wrong)
    found = {index: _prompt(one, f"sounds[{index}]", command, folder) for index, one in prompts.items()}
    new = list({prompt.path: prompt for prompt in found.values() if not os.path.exists(prompt.path)}.values())
    try:
        for prompt in new:
            content = _rendered(prompt, command)
            if check:
                FORESEEN[prompt.path] = content
            else:
                _write(prompt, content)
        replaced = [_with_file(one, found[n].path) if n in found else one for n, one in enumerate(sounds)]
        data = [{**prompt.as_json(), "rendered": prompt in new} for prompt in found.values()]
        yield {**params, "sounds": replaced}, {"prompts": data, "diff": [prompt.diff() for prompt in new]}
    finally:
        for prompt in new:
            FORESEEN.pop(prompt.path, None)


def _is_spoken(sound: Mapping[str, Any]) -> bool:
    return any(sound.get(field.name) is not None for field in SPOKEN)


def _with_file(sound: Mapping[str, Any], path: str) -> dict[str, Any]:
    names = {field.name for field in SPOKEN}
    return {**{name: value for name, value in sound.items() if name not in names}, "file": path}


def _wrong(sound: Mapping[str, Any], where: str) -> Iterator[str]:
    place = f'{where} "{plain(str(sound.get("title", "")))}"'
    for field in SPOKEN:
        value = sound.get(field.name)
        if value is not None and not isinstance(value, str):
            yield f"{place}: {field.name} is {kind_of(value)}, where text belongs"
    if sound.get("file") is not None:
        yield f"{place} has a file and a text to speak. Leave one of them out."
    elif isinstance(sound.get("text", ""), str) and not str(sound.get("text") or "").strip():
        yield f"{place}: text is missing. Write the text of the sound, or leave out voice and language."
    for name in ("voice", "language"):
        # It becomes a word of a command, which must not take it for an option.
        if str(sound.get(name) or "").startswith("-"):
            yield f'{place}: {name} is "{plain(str(sound[name]))}". Write a name that does not begin with a hyphen.'


def _misused(command: Sequence[str]) -> Iterator[str]:
    if not command or not command[0].strip():
        yield "prompt_command is empty. Write the program that speaks and its arguments, each as one word."
    for name in _PLACEHOLDER.findall(" ".join(command)):
        if name not in PLACEHOLDERS:
            there = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
            yield f"prompt_command: there is no placeholder {{{name}}}. There are {there}."


def _prompt(sound: Mapping[str, Any], where: str, command: Sequence[str], folder: str) -> Prompt:
    title = str(sound.get("title") or "")
    # Programs take each line for a prompt of its own.
    text = " ".join(sound["text"].split())
    language = sound.get("language") or ""
    voice = sound.get("voice") or language or "en"
    digest = hashlib.sha256(json.dumps([text, voice, language, list(command)]).encode()).hexdigest()[:12]
    name = _NO_LETTERS.sub("-", title.lower()).strip("-")[:_LONGEST_NAME] or "prompt"
    path = os.path.join(folder, f"{name}-{digest}.wav")
    return Prompt(f'{where} "{plain(title)}"', title, text, voice, language, path)


def _rendered(prompt: Prompt, command: Sequence[str]) -> bytes:
    """The sound that the command makes of a text. Raises InputError."""
    with tempfile.TemporaryDirectory(prefix=disk.PREFIX) as folder:
        values = {
            "voice": prompt.voice,
            "language": prompt.language or "en",
            "output": os.path.join(folder, "spoken.wav"),
            "text_file": os.path.join(folder, "text.txt"),
        }
        with open(values["text_file"], "w", encoding="utf-8") as file:
            file.write(f"{prompt.text}\n")
        words = [_PLACEHOLDER.sub(lambda match: values[match[1]], word) for word in command]
        said = _run(prompt, words)
        content = said
        if any("{output}" in word for word in command):
            content = disk.read(values["output"], f"{prompt.where}: the sound that {command[0]} has made") or b""
        if not content:
            raise InputError([f"{prompt.where}: {command[0]} has ended without a sound. Try prompt_command by hand."])
        try:
            content = taken_by_pbx(content)
            with open(values["output"], "wb") as sound:
                sound.write(content)
            inspect_path(values["output"])
        except ValueProblem as problem:
            raise InputError([f"{prompt.where}: the sound that {command[0]} has made {problem}"]) from None
        return content


def _run(prompt: Prompt, words: Sequence[str]) -> bytes:
    program = words[0]
    env = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    text = f"{prompt.text}\n".encode("utf-8", "backslashreplace")
    try:
        # A list of words, so that nothing in a text or in a voice is ever a command.
        # pylint: disable-next=ansible-bad-function
        done = subprocess.run(  # noqa: S603
            list(words), input=text, capture_output=True, timeout=SECONDS, check=False, env=env
        )
    except (FileNotFoundError, PermissionError):
        if " " in program.strip():
            raise InputError(
                [f'{prompt.where}: there is no program "{program}" here. Write each word of prompt_command by itself.']
            ) from None
        debian = " (Debian: apt install espeak-ng)" if program == "espeak-ng" else ""
        raise InputError(
            [
                f"{prompt.where} has a text to speak, and there is no program {program} here. Install it{debian}, set "
                f"prompt_command to another program, or take {prompt.path} from where it was rendered."
            ]
        ) from None
    except subprocess.TimeoutExpired:
        raise InputError([f"{prompt.where}: {program} has not spoken the text within {SECONDS} s."]) from None
    except (OSError, ValueError) as error:
        raise InputError([f"{prompt.where}: {program} cannot be run: {error}"]) from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["nothing"]
        raise InputError([f"{prompt.where}: {program} has failed with status {done.returncode}, and says: {lines[-1]}"])
    return done.stdout


def _write(prompt: Prompt, content: bytes) -> None:
    """Write the file at once and whole, unless another process has just done it."""
    folder = os.path.dirname(prompt.path) or "."
    what = f"{prompt.where}: {prompt.path}"
    disk.folder(folder, what)
    with disk.room(folder, what) as file, disk.failing(what, "written"):
        file.write(content)
        if not os.path.exists(prompt.path):
            disk.put(file, prompt.path, None, private=False, unsafe=False)
