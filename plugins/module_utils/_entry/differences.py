# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The differences between the documents of two tenants, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._model.document import TENANT, parse, sections_of
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._review.words import change_in_words
from .._state.announced import Change
from .._state.document import of_document
from .._state.snapshot import NamedItem, NamedPlace, Snapshot, thawed
from .._text.plain import plain
from .folder import PREFIX

_HIDDEN = "differs, and is not shown"


def differences(ours: Mapping[str, Any], theirs: Mapping[str, Any], other: str) -> list[str]:
    """One sentence for each difference. Secrets and addresses are not shown.

    ours, theirs: documents, or the variables of hosts that hold them. other: the name of the other tenant. Raises
    ValueError with the mistakes of a document.
    """
    return [plain(one) for one in _Comparison(_state(ours), _state(theirs), other).inside(TENANT, (), "", None, None)]


def _state(variables: Mapping[str, Any]) -> Snapshot:
    sections = [section for section, dummy in TENANT.contains]
    document = {
        section: variables[name]
        for section in sections
        for name in (section, f"{PREFIX}{section}")
        if variables.get(name) is not None
    }
    root, wrong = parse(document)
    if wrong:
        raise ValueError("\n".join(wrong))
    for one in root.walk():
        one.settle()
    return of_document(root, complete=True)


class _Comparison:
    def __init__(self, ours: Snapshot, theirs: Snapshot, other: str) -> None:
        self._ours, self._theirs, self._other = ours, theirs, other

    def inside(self, noun: Noun, place: NamedPlace, where: str, kind: Any, their_kind: Any) -> Iterator[str]:
        """The differences inside of an object that both have. kind, their_kind: the types of an extension."""
        sections = sections_of(noun, kind)
        for dummy, name in (one for one in sections if one in sections_of(noun, their_kind)):
            child = NOUNS[name]
            here, there = self._ours.all(name, place), self._theirs.all(name, place)
            if child.ordered:
                yield from self._program(child, where, here, there)
            else:
                yield from self._objects(child, place, where, here, there)

    def _objects(
        self, noun: Noun, place: NamedPlace, where: str, here: tuple[NamedItem, ...], there: tuple[NamedItem, ...]
    ) -> Iterator[str]:
        mine, others = ({item.name: item for item in items} for items in (here, there))
        for name in dict.fromkeys([*mine, *others]):
            title = noun.title if noun.singleton else f'{noun.title} "{name}"'
            path = f"{where} > {title}" if where else title
            one, another = mine.get(name), others.get(name)
            if one and another:
                yield from self._fields(noun, path, one, another)
                types = (one.values.get("type"), another.values.get("type"))
                yield from self.inside(noun, one.inside, path, *types)
            else:
                yield f"{path}: only here" if one else f"{path}: only in {self._other}"

    def _program(
        self, noun: Noun, where: str, here: tuple[NamedItem, ...], there: tuple[NamedItem, ...]
    ) -> Iterator[str]:
        """Rules at the same place of a list are the same rule."""
        if len(here) != len(there):
            yield f"{where}: {len(here)} {noun.plural_title} here, {len(there)} in {self._other}"
        for index, (one, another) in enumerate(zip(here, there), 1):
            name = noun.name_of(one.values)
            yield from self._fields(
                noun, f"{where} > {noun.title} {index}" + (f' "{name}"' if name else ""), one, another
            )

    def _fields(self, noun: Noun, path: str, one: NamedItem, another: NamedItem) -> Iterator[str]:
        for field in noun.writable:
            before, after = (thawed(item.values.get(field.name)) for item in (another, one))
            if before == after or (before in (None, "", []) and after in (None, "", [])):
                continue
            change = change_in_words(Change(field.name, before, after))
            if field.secret or field.address:
                yield f"{path}: {change.field} {_HIDDEN}"
            else:
                yield f"{path}: {change.field} {_words(change.after)} here, {_words(change.before)} in {self._other}"


def _words(texts: tuple[str, ...] | None) -> str:
    return ", ".join(texts) if texts else "nothing"
