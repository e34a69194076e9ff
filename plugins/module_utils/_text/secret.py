# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Passwords and PINs as values: compared like any other value, and shown as stars wherever they are printed."""

from __future__ import annotations

from typing import Any

HIDDEN = "********"


class Secret:
    """Text that nobody is shown. Only the sender of requests, the file of an undo and a digest take the text out."""

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return HIDDEN


class Remembered(Secret):
    """A secret that an earlier task of a preview would have set, of which only the digest is kept; see Mask.digest."""

    def __init__(self, digest: str) -> None:
        super().__init__(f"{HIDDEN}#{digest}")
        self.digest = digest


def revealed(value: Any) -> Any:
    """A value with the text of a secret in its place."""
    return value.reveal() if isinstance(value, Secret) else value
