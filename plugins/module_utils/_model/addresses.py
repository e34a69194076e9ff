# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Where addresses stand that may carry secrets, in options, documents and answers alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .nouns import NOUNS
from .operations import OPERATIONS

NAMES = frozenset(
    name
    for noun in (*NOUNS.values(), *OPERATIONS.values())
    for field in noun.fields
    if field.address
    for name in (field.name, field.sent_as, field.answered_as)
)
# Most values are of these types. For each type, Python searches all kinds of mappings before it knows that it is none.
_HOLD_NOTHING = (str, int, float, type(None))


def addresses_in(value: Any) -> Iterator[str]:
    """Every address in a value, however deep, and whatever else is wrong with the value."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, (list, tuple)):
            left += reversed(one)
        elif not isinstance(one, _HOLD_NOTHING) and isinstance(one, (dict, Mapping)):
            for name, part in one.items():
                if not isinstance(part, str):
                    left.append(part)
                elif name in NAMES:
                    yield part
