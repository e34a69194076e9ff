# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Names and values as they can be shown anywhere: nothing in them moves the cursor, turns the text around, or hides."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

# Controls, half characters, and separators that break lines.
ACTIVE = {"Cc", "Cs", "Zl", "Zp"}
# What turns the text around it, and what takes no room although no script needs it. Joiners and marks of a direction
# stay: Persian, Hindi and Arabic are written with them.
SLY = frozenset("\u00ad\u200b\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


def plain(text: str) -> str:
    """The text with such characters spelled out as in a Python string."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spelled(c) if c in SLY or unicodedata.category(c) in ACTIVE else c for c in text)


def value(given: Any) -> str:
    """A value of a field: text as it is, everything else as in JSON."""
    if isinstance(given, str):
        return plain(given) if given.strip() else json.dumps(given)
    return plain(json.dumps(given, ensure_ascii=False, default=str))


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
