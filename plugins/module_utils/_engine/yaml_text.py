# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Values as lines of YAML, short enough for a diff on a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .._text.plain import in_yaml, is_plain

# What YAML reads back as the same text without quotes; a leading digit or sign could be a number or a date.
_PLAIN = re.compile(r"[^\W\d][\w .+/@<>()-]*", re.UNICODE)
_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
# A terminal of 80 columns, less the sign that a diff puts in front of each line.
WIDTH = 79


def scalar(value: Any) -> str:
    """One value on one line; dictionaries and lists in flow style."""
    if value is None or isinstance(value, (bool, int, float)):
        return json.dumps(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(name)}: {scalar(part)}" for name, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(scalar(part) for part in value) + "]"
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and text == text.strip() and is_plain(text):
        return text
    return in_yaml(json.dumps(text, ensure_ascii=False))


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


def nested(value: Any, indent: int = 0, note: Mapping[Any, str] | None = None) -> str:
    """A document in block style. note: the comment that follows each value which equals one of its keys."""
    pad = " " * indent
    lines = []
    if isinstance(value, Mapping):
        for name, part in value.items():
            lines.append(f"{pad}{scalar(name)}:{_rest(part, indent, note)}")
    else:
        for part in value:
            text = nested(part, indent + 2, note) if _is_nested(part) else f"{pad}  {scalar(part)}\n"
            lines.append(f"{pad}- {text[indent + 2 :]}")
    return "".join(lines)


def _is_nested(value: Any) -> bool:
    return bool(isinstance(value, (Mapping, list, tuple)) and value)


def _rest(value: Any, indent: int, note: Mapping[Any, str] | None) -> str:
    """What follows the colon of one field."""
    if isinstance(value, Mapping) and value:
        return "\n" + nested(value, indent + 2, note)
    if isinstance(value, (list, tuple)) and any(map(_is_nested, value)):
        return "\n" + nested(value, indent + 2, note)
    comment = (note or {}).get(value) if isinstance(value, str) else None
    return f" {scalar(value)}" + (f"  # {comment}" if comment else "") + "\n"
