# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What a plan changes, as people read it: names for ids, and no secrets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..._model.noun import Noun
from ..._model.values import same
from ..._state.announced import Change
from ..._state.place import Place
from ..._text.mask import Mask
from ..._text.secret import HIDDEN, Secret
from ..read.references import References


class Words:
    """mask: hides what is secret in addresses."""

    def __init__(self, references: References, mask: Mask) -> None:
        self._references = references
        self._mask = mask

    def labels(self, noun: Noun, values: Mapping[str, Any], place: Place) -> dict[str, Any]:
        """The values of an object, with names for what it refers to."""
        labels = {
            name: self._references.label(noun.by_name[name], value, place)
            for name, value in values.items()
            if name in noun.by_name
        }
        return self._mask.fields(labels, noun.addresses) if noun.addresses else labels

    def listed(
        self, noun: Noun, values: Mapping[str, Any], declared: Mapping[str, Any], place: Place
    ) -> dict[str, Any]:
        """One rule of a program."""
        labels = self.labels(noun, values, place)
        return {
            field.name: labels[field.name]
            for field in noun.writable
            if field.name in labels
            and labels[field.name] is not None
            and (field.name in declared or not same(field, values[field.name], None))
        }

    def changes(
        self, noun: Noun, before: Mapping[str, Any], changed: Mapping[str, Any], place: Place
    ) -> Iterator[Change]:
        """The fields that change."""
        old, new = self.labels(noun, before, place), self.labels(noun, changed, place)
        for field in noun.writable:
            if field.name not in changed:
                continue
            to = f"{HIDDEN} (changed)" if isinstance(changed[field.name], Secret) else new[field.name]
            yield Change(field.name, old.get(field.name), to)
