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


def addresses_in(value: Any) -> Iterator[str]:
    """Every address in a value, however deep, and whatever else is wrong with the value."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if name in NAMES and isinstance(part, str):
                yield part
            else:
                yield from addresses_in(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from addresses_in(part)
