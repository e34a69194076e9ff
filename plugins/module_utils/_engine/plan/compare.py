# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The comparison of current and desired state: whether a field differs, the value to send so that it does not, and
the change in words for people: names for ids, and no secrets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..._model.destination import equal
from ..._model.field import Field
from ..._model.noun import Noun
from ..._model.types import Json, Values
from ..._model.values import same
from ..._state.announced import Change
from ..._state.objects import Item
from ..._state.place import Place
from ..._text.secret import HIDDEN, Remembered, Secret
from ..errors import InputError
from ..read.numbers import Numbers
from ..read.references import References
from .draft import Draft


@dataclass
class Compare:
    """update_password: see Planner."""

    draft: Draft
    references: References
    numbers: Numbers
    update_password: str

    def differs(self, field: Field, current: Values, wanted: Any, pending: bool = False) -> bool:
        """pending: nothing is known of the object, since it comes into being with a new one."""
        if field.create_only or field.type == "file":
            return False
        if field.write_only:
            return self.update_password == "always" and wanted is not None
        if wanted is None and pending and field.defaults:
            return True
        found = current.get(field.name)
        if isinstance(found, Remembered):
            return found.digest != self.draft.client.mask.digest(wanted)
        if field.kind in ("destination", "destinations") and found and wanted:
            return not equal(found, wanted, self.numbers.own_prefix())
        return not same(field, found, wanted)

    def to_send(self, item: Item, changed: Values) -> Json:
        noun = item.noun
        if noun.singleton and self.draft.dialect.singleton_put == "merged":
            kept = {name: value for name, value in item.values.items() if value is not None}
        elif noun.full_update:
            kept = {f.name: item.values.get(f.name) for f in noun.writable if f.required}
        else:
            kept = {}
        return {**kept, **changed}

    def labels(self, noun: Noun, values: Values, place: Place) -> Json:
        """The values of an object, with names for its references."""
        labels = {
            name: self.references.label(noun.by_name[name], value, place)
            for name, value in values.items()
            if name in noun.by_name
        }
        return self.draft.client.mask.fields(labels, noun.addresses) if noun.addresses else labels

    def changes(self, noun: Noun, before: Values, changed: Values, place: Place) -> Iterator[Change]:
        """The fields that change."""
        old, new = self.labels(noun, before, place), self.labels(noun, changed, place)
        for field in noun.writable:
            if field.name not in changed:
                continue
            to = f"{HIDDEN} (changed)" if isinstance(changed[field.name], Secret) else new[field.name]
            yield Change(field.name, old.get(field.name), to)


def keep_created(item: Item, declared: Values, where: str) -> None:
    """Raise InputError where a field would change that only a creation sets: it is another object than was meant."""
    remedy = f"; only a new {item.noun.title} can have another" if item.noun.creatable else ""
    wrong = [
        f"{where}: {field.name} is {item.values[field.name]} and cannot be changed to {declared[field.name]}{remedy}"
        for field in item.noun.writable
        if field.create_only
        and field.name in declared
        and field.name in item.values
        and not same(field, item.values[field.name], declared[field.name])
    ]
    if wrong:
        raise InputError(wrong)
