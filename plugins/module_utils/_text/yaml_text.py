# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Values as lines of YAML: for a diff on a terminal, and for files that Ansible reads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

from .plain import in_yaml, is_plain, plain

# Where something stands in a document: names of fields and positions in lists.
Path = tuple[Union[str, int], ...]

# Texts that YAML reads back without quotes; with a leading digit or sign, a text could be a number or a date.
_PLAIN = re.compile(r"[^\W\d][\w .+/@<>()-]*", re.UNICODE)
# The begin of a template of Ansible; the tag makes Ansible take the text as it is.
_TEMPLATE = re.compile("{[{%#]")
_INERT = "!unsafe "
_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
_LONGEST_KEY = 1000
# A terminal of 80 columns, less the sign that a diff puts in front of each line.
WIDTH = 79


def is_template(text: str) -> bool:
    """Whether Ansible would take a text for a template."""
    return _TEMPLATE.search(text) is not None


def scalar(value: Any, inert: bool = False) -> str:
    """One value on one line; dictionaries and lists in flow style. inert: for a file that Ansible reads, where text
    must never become a template."""
    if value is None or isinstance(value, (bool, int, float)):
        return json.dumps(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name, inert)}: {scalar(part, inert)}" for name, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(scalar(part, inert) for part in value) + "]"
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and text == text.strip() and is_plain(text):
        return text
    tag = _INERT if inert and is_template(text) else ""
    return tag + in_yaml(json.dumps(text, ensure_ascii=False))


def _key(name: Any, inert: bool, pad: str = "") -> str:
    """The key of a field, as it stands before the colon. YAML (1.2, section 7.4) wants a mark before a long key."""
    text = scalar(name, inert)
    return text if len(text) <= _LONGEST_KEY else f"? {text}\n{pad}"


def block(values: Mapping[str, Any]) -> str:
    """A dictionary, one field a line, and a list with one element a line, as long as that fits into WIDTH."""
    lines = []
    for name, value in values.items():
        if isinstance(value, (list, tuple)) and value:
            lines.append(f"{scalar(name)}:\n")
            for part in value:
                line = f"  - {scalar(part)}"
                lines.append(f"{line}\n" if len(line) <= WIDTH or not _is_nested(part) else nested([part], 2))
        else:
            lines.append(f"{scalar(name)}: {scalar(value)}\n")
    return "".join(lines)


def comment(text: str) -> str:
    """Any text as a comment of one line."""
    return f"# {plain(text)}\n"


def nested(value: Any, indent: int = 0) -> str:
    """A document in block style."""
    return _Block().of(value, indent)


@dataclass(frozen=True)
class Verbatim:
    """A value as it stands in a file. lines: its YAML; the writer indents the lines after the first one."""

    lines: tuple[str, ...]


def document(
    name: str, value: Any, note: Mapping[Any, str], comments: Mapping[Path, Sequence[str]], path: Path = ()
) -> str:
    """A named value for a file that Ansible reads: no text in it is a template.

    note: the comment that follows each value which equals one of its keys. comments: those at the end of a dictionary,
    by where it stands; path: where the value itself does.
    """
    return f"{name}:" + _Block(note, comments, inert=True).rest(value, 0, path)


class _Block:
    def __init__(
        self,
        note: Mapping[Any, str] | None = None,
        comments: Mapping[Path, Sequence[str]] | None = None,
        inert: bool = False,
    ) -> None:
        self._note = note or {}
        self._comments = comments or {}
        self._inert = inert

    def of(self, value: Any, indent: int, path: Path = ()) -> str:
        pad = " " * indent
        lines = []
        if isinstance(value, Mapping):
            for name, part in value.items():
                lines.append(f"{pad}{_key(name, self._inert, pad)}:{self.rest(part, indent, (*path, name))}")
            lines += (pad + comment(text) for text in self._comments.get(path, ()))
        else:
            for index, part in enumerate(value):
                nest = _is_nested(part)
                text = self.of(part, indent + 2, (*path, index)) if nest else f"{pad}  {scalar(part, self._inert)}\n"
                lines.append(f"{pad}- {text[indent + 2 :]}")
        return "".join(lines)

    def rest(self, value: Any, indent: int, path: Path) -> str:
        """The text behind the colon of one field."""
        if isinstance(value, Verbatim):
            first, *others = value.lines
            return f" {first}\n" + "".join(f"{' ' * indent}  {line}\n" for line in others)
        if isinstance(value, Mapping) and value:
            return "\n" + self.of(value, indent + 2, path)
        if isinstance(value, (list, tuple)) and any(map(_is_nested, value)):
            return "\n" + self.of(value, indent + 2, path)
        note = self._note.get(value) if isinstance(value, str) else None
        return f" {scalar(value, self._inert)}" + (f"  # {note}" if note else "") + "\n"


def _is_nested(value: Any) -> bool:
    return bool(isinstance(value, (Mapping, list, tuple)) and value)
