# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Names and values as they can be shown anywhere: nothing in them moves the cursor, turns the text around, or hides.

Anybody who may name something on a PBX could otherwise write into the terminal of those who approve a change.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, Callable

# Controls, marks of direction or without width, half characters, and separators that break lines.
ACTIVE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Characters of other categories that take no room, or stand for nothing: fillers, selectors of Mongolian letters.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
# Persian, Hindi and the pictures of families are written with them; between Latin letters they only hide.
JOINERS = "\u200c\u200d"
# Before it are Latin, Greek, Cyrillic and Armenian letters; from it on are the scripts that join.
JOINING = "\u0590"
# Longer words than that are no words that people read; the addresses of webhooks are shorter.
LONGEST_WORD = 400
SHOWN_OF_WORD = 80
_LONG_WORD = re.compile(rf"[^\s\"',;:()\[\]{{}}]{{{LONGEST_WORD + 1},}}")


def plain(text: str) -> str:
    """The text on one line, with such characters spelled out as in a Python string."""
    return _respelled(text, _in_python)


def in_json(text: str) -> str:
    """JSON that means the same, and has such characters as escapes only."""
    return _respelled(text, _in_json, keep="\n")


def in_yaml(text: str) -> str:
    """The same of YAML, for text in double quotes."""
    return _respelled(text, _in_yaml, keep="\n")


def is_plain(text: str) -> bool:
    """Whether all of the text can be shown as it is."""
    return plain(text) == text


def shortened(sentence: str) -> str:
    """A sentence that quotes the text of somebody else, without most of a word that fills the screen."""
    if len(sentence) <= LONGEST_WORD:
        return sentence
    return _LONG_WORD.sub(lambda word: f"{word[0][:SHOWN_OF_WORD]}... ({len(word[0])} characters)", sentence)


def value(given: Any) -> str:
    """A value of a field: text as it is, everything else as in JSON."""
    if isinstance(given, str):
        return plain(given) if given.strip() else json.dumps(given)
    return plain(json.dumps(given, ensure_ascii=False, default=str))


def _respelled(text: str, spell: Callable[[str], str], keep: str = "") -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        spell(character) if character not in keep and _is_active(text, index) else character
        for index, character in enumerate(text)
    )


def _is_active(text: str, index: int) -> bool:
    character = text[index]
    if character in JOINERS:
        around = text[max(index - 1, 0) : index] + text[index + 1 : index + 2]
        return len(around) < 2 or not all(map(_joins, around))
    point = ord(character)
    return (
        unicodedata.category(character) in ACTIVE
        or character in BLANK
        # Tags and selectors without a glyph; and code points that never become characters (Unicode, section 23.7).
        or 0xE0000 <= point < 0xF0000
        or point & 0xFFFE == 0xFFFE
        or 0xFDD0 <= point < 0xFDF0
    )


def _joins(character: str) -> bool:
    """Whether it is a letter, a mark or a picture of a script that knows joiners."""
    return character >= JOINING and unicodedata.category(character)[0] in "LMS"


def _in_python(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _in_json(character: str) -> str:
    return json.dumps(character)[1:-1]


def _in_yaml(character: str) -> str:
    point = ord(character)
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
