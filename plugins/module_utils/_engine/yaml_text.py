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

# What YAML reads back as the same text without quotes; a leading digit or sign could be a number or a date.
_PLAIN = re.compile(r"[^\W\d][\w .+/@<>()-]*", re.UNICODE)
_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")


def scalar(value: Any) -> str:
    """One value on one line; dictionaries and lists in flow style."""
    if value is None or isinstance(value, (bool, int, float)):
        return json.dumps(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {scalar(part)}" for name, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(scalar(part) for part in value) + "]"
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and text == text.strip():
        return text
    return json.dumps(text, ensure_ascii=False)


def block(values: Mapping[str, Any]) -> str:
    """A dictionary, one field a line, and a list with one element a line."""
    lines = []
    for name, value in values.items():
        if isinstance(value, (list, tuple)) and value:
            lines.append(f"{name}:")
            lines += [f"  - {scalar(part)}" for part in value]
        else:
            lines.append(f"{name}: {scalar(value)}")
    return "".join(line + "\n" for line in lines)
