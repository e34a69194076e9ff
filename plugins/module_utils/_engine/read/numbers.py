# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The numbers in declared values against the extensions and DIDs that there are, or that the plan creates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..._model.destination import prefix_of, short_number
from ..._model.edges import BY_NUMBER, edges_of
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.problems import changed
from ..._model.sentence import Odd
from ..._model.types import Values
from ..._state.objects import Item
from ..._state.place import Place
from .references import References, Source

EXTENSION, DID = NOUNS["extension"], NOUNS["did"]


@dataclass
class Numbers:
    """The known numbers of a tenant. Nothing is read only for a warning about a number that may be right."""

    source: Source
    references: References

    def has(self, digits: str) -> bool:
        """Whether an extension or a DID has exactly these digits."""
        if self.source.index(EXTENSION, Place()).with_name(digits):
            return True
        return self.source.may_read(DID) and bool(self.source.index(DID, Place()).with_name(digits))

    def problems(self, noun: Noun, declared: Values, item: Item | None) -> Iterator[str]:
        """One sentence for each number that would be new there and that nothing has."""
        new = changed(noun, declared, item.values) if item else declared
        for field in noun.writable:
            if field.type == "short_number" and item is None and new.get(field.name) is not None:
                yield from self._of_another_length(field.name, new[field.name])
        for edge in edges_of(noun):
            for inside, value in edge.values(new) if edge.by == BY_NUMBER else ():
                place = f"{edge.field.name}{inside}"
                if EXTENSION.name in edge.to:
                    yield from self._nobody(place, value)
                elif edge.part.kind == "own_number":
                    yield from self._foreign(place, value)
                elif self.source.has(DID, Place()):
                    yield from map(Odd, self._foreign(place, value))

    def own_prefix(self) -> str | None:
        """Return the prefix with which others call this tenant's numbers; None where it is unknown."""
        if not self.source.has(EXTENSION, Place()):
            return None
        answers = (str(item.answer.get(EXTENSION.by_name["number"].sent_as)) for item in self._answered_extensions())
        return next(filter(None, map(prefix_of, answers)), None)

    def _answered_extensions(self) -> Iterator[Item]:
        return (item for item in self.source.all(EXTENSION, Place()) if item.answer)

    def _lengths(self) -> set[int]:
        return {len(item.name) for item in self.source.all(EXTENSION, Place())}

    def _of_another_length(self, place: str, value: str) -> Iterator[str]:
        """The numbers of a tenant have all the same length (semantics.md section 5, extension numbers)."""
        lengths = self._lengths()
        if len(lengths) == 1 and len(value) not in lengths:
            yield f'{place} "{value}" has {len(value)} digits, and all numbers of this tenant have {lengths.pop()}'

    def _foreign(self, place: str, value: str) -> Iterator[str]:
        if not value.lstrip("+").isdecimal() or not self.source.may_read(DID):
            return
        dids = self.source.all(DID, Place())
        if any(did.name == value for did in dids):
            return
        sentence = f'{place} "{value}" is none of the numbers of this tenant'
        alike = [did.name for did in dids if did.name.lstrip("+") == value.lstrip("+")]
        if alike:
            yield f'{sentence}; did you mean "{alike[0]}"?'
        elif dids:
            yield f"{sentence}; {self.references.offer(DID, value, dids)}"
        else:
            yield Odd(f"{sentence}, which has no DID")

    def _nobody(self, place: str, value: str) -> Iterator[str]:
        if not self.source.has(EXTENSION, Place()):
            return
        extensions, own, lengths = self.source.index(EXTENSION, Place()), self.own_prefix(), self._lengths()
        number = short_number(value) if prefix_of(value) in ("", own) else value
        if number.isdecimal() and len(number) in lengths and not extensions.with_name(number):
            yield Odd(
                f'{place}: no extension has the number "{number}", neither on the PBX nor in the document, '
                f"though it is as long as one"
            )
