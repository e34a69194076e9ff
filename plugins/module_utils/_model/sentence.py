# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The sentences about a value: a sentence is an error, unless it is Odd."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

MOST_NAMES = 12


class Odd(str):
    """A sentence about something that a server may take and that is hardly meant: a warning, no error."""


def after(prefix: str, sentence: str) -> str:
    """Return a sentence with words in front of it; an Odd sentence stays Odd."""
    return type(sentence)(prefix + sentence)


def kind_of(value: Any) -> str:
    """Return the type of a value in words, without the value, which may hold a secret."""
    names: tuple[tuple[Any, str], ...] = (
        (bool, "true or false"),
        ((int, float), "a number"),
        (str, "text"),
        (date, "a date"),
        (Mapping, "a dictionary"),
        ((list, tuple), "a list"),
    )
    if value is None:
        return "empty"
    return next((name for kind, name in names if isinstance(value, kind)), f"a {type(value).__name__}")


def said(value: Any) -> str:
    """A value as a sentence quotes it: as people write it in YAML, not as Python does."""
    if isinstance(value, (str, date)):
        return repr(str(value))
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (TypeError, ValueError, RecursionError):
        # A key that is no text, a number of thousands of digits, or a list in itself.
        return kind_of(value)


def suggestion(name: str, names: Sequence[str]) -> str:
    """Suggest the names that a user may have meant by an unknown one."""
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f"did you mean {close[0]}?"
    return f"there are: {', '.join(names[:MOST_NAMES])}" + (", ..." if len(names) > MOST_NAMES else "")
