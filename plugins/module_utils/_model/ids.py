# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Ids of the PBX, in the spellings of its answers and of people."""

from __future__ import annotations

from typing import Any

# Longer numbers are no ids of any database, and Python refuses those of thousands of digits.
LONGEST_ID = 40


def is_id(value: Any) -> bool:
    """Whether an answered value can be an id."""
    return isinstance(value, (int, str)) and not isinstance(value, bool)


def answered_id(value: Any) -> int | str | None:
    """An id of an answer as a number, however the server spells it; None for any other value."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not is_id(value):
        return None
    return spelled_id(value.strip()) if isinstance(value, str) else int(value)


def spelled_id(text: str) -> int | str:
    """An id that somebody has written, as the PBX answers it: digits are a number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else text
