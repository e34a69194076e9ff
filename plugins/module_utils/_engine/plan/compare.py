# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What is there beside what is declared: whether a field differs, and what has to be sent so that it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._model.destination import equal
from ..._model.field import Field
from ..._model.values import same
from ..._state.objects import Live
from ..._text.secret import Remembered
from ..errors import InputError
from ..read.numbers import Numbers
from .draft import Draft


class Compare:
    """update_password: see Planner."""

    def __init__(self, draft: Draft, numbers: Numbers, update_password: str) -> None:
        self._draft = draft
        self._numbers = numbers
        self._update_password = update_password

    def differs(self, field: Field, live: Mapping[str, Any], wanted: Any, pending: bool = False) -> bool:
        """pending: nothing is known of the object, since it comes into being with a new one."""
        if field.create_only or field.type == "file":
            return False
        if field.write_only:
            return self._update_password == "always" and wanted is not None
        if wanted is None and pending and field.defaults:
            return True
        found = live.get(field.name)
        if isinstance(found, Remembered):
            return found.digest != self._draft.client.mask.digest(wanted)
        if field.kind in ("destination", "destinations") and found and wanted:
            return not equal(found, wanted, self._numbers.own_prefix())
        return not same(field, found, wanted)

    def to_send(self, live: Live, changed: Mapping[str, Any]) -> dict[str, Any]:
        noun = live.noun
        if noun.singleton and self._draft.dialect.singleton_put == "merged":
            kept = {name: value for name, value in live.values.items() if value is not None}
        elif noun.full_update:
            kept = {f.name: live.values.get(f.name) for f in noun.writable if f.required}
        else:
            kept = {}
        return {**kept, **changed}


def keep_created(live: Live, declared: Mapping[str, Any], where: str) -> None:
    """Raise InputError where what is only set on creation would change: it is another object than was meant."""
    remedy = f"; only a new {live.noun.title} can have another" if live.noun.creatable else ""
    wrong = [
        f"{where}: {field.name} is {live.values[field.name]} and cannot be changed to {declared[field.name]}{remedy}"
        for field in live.noun.writable
        if field.create_only
        and field.name in declared
        and field.name in live.values
        and not same(field, live.values[field.name], declared[field.name])
    ]
    if wrong:
        raise InputError(wrong)
