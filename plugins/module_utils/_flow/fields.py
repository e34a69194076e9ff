# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Reading of an object's fields for the call plan, with the place of the first one that is not known."""

from __future__ import annotations

from typing import Any

from .._model.field import UNSET
from .._state.snapshot import Key, NamedItem, Snapshot
from .._text.secret import revealed


class Fields:
    """The fields of one object. unknown: the place of the first that was asked for and is not known, or ""."""

    def __init__(self, item: NamedItem | None, unknown: str = "") -> None:
        self._item = item
        self.unknown = unknown

    @classmethod
    def of(cls, state: Snapshot, key: Key, place: str) -> Fields:
        """The settings of an extension, all of them unset if it is known that there are none."""
        item = state.settings(*key)
        return cls(item, "" if item or key in state.known else f"{place} > {key.noun}")

    def get(self, name: str) -> Any:
        """The value; None where it is unset or not known."""
        if self._item is None:
            return None
        value = self._item.value(name)
        if value is UNSET:
            self.unknown = self.unknown or f"{self._item.where}: {name}"
            return None
        return value

    def text(self, name: str) -> str:
        """A text; a PIN too, which calls are tried with."""
        value = revealed(self.get(name))
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """A number; the default where it is unset, and 0 for one below."""
        value = self.get(name)
        return default if value is None else max(0, int(value))

    def seconds(self, name: str, default: int = 0) -> int:
        """A number of seconds, in milliseconds."""
        return self.number(name, default) * 1000

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.get(name)
        return default if value is None else bool(value)
