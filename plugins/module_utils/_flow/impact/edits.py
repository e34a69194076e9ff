# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The edits between two states of a tenant, line by line, and the states in which some of them are taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from ..._model.field import UNSET
from ..._model.nouns import NOUNS
from ..._state.snapshot import Key, NamedItem, Snapshot, frozen

ADDED, REMOVED, CHANGED, MOVED, KNOWN = "added", "removed", "changed", "moved", "known"


@dataclass(frozen=True)
class Edit:
    """One edited line. kind: one of the words above. before, after: where it stands in each document, "" for nowhere.

    field: of a line that is changed. owner: the extension it belongs to, "" for the tenant. replaced: the line has
    another value; else it had none, or has none any more.
    """

    number: int
    kind: str
    before: str
    after: str
    noun: str
    name: str
    field: str = ""
    owner: str = ""
    replaced: bool = False

    def as_dict(self) -> dict[str, Any]:
        found: dict[str, Any] = {"change": self.kind, "before": self.before or None, "after": self.after or None}
        return {**found, "field": self.field} if self.field else found

    def __str__(self) -> str:
        """The line as a person would point at it."""
        where = self.after or self.before
        return f"{where}: {self.field}" if self.field else where


class _Column(NamedTuple):
    """The same object in both lists; None where a list has it not. edits: those that make one of the other."""

    old: Any
    new: Any
    edits: tuple[Edit, ...]


class Edits:
    """All edits between two states. Iterating gives them in the order of the document."""

    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self.before = before
        self.after = after
        self._all: list[Edit] = []
        self._lists: dict[Key, list[_Column]] = {}
        # Lists of nouns without an order, whose objects stand in another order.
        self._moved: dict[Key, Edit] = {}
        self._parts: dict[tuple[Edit, ...], list[_Column]] = {}
        # Objects that only one state has, and the edit that made it so: it stands for all that is in them.
        self._whole: dict[tuple[str, ...], Edit] = {}
        for key in sorted({*before.lists, *after.lists}, key=lambda one: len(one.place)):
            self._compare(key)
        self._knowledge()

    def __iter__(self) -> Iterator[Edit]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def without(self, taken_back: Collection[Edit]) -> Snapshot:
        """The state after, with some edits taken back."""
        back = frozenset(taken_back)
        lists = dict(self.after.lists)
        for key, columns in self._lists.items():
            if self._moved.get(key) in back:
                columns = sorted(columns, key=self._standing_before)
            found = [self._item(column, back) for column in columns]
            items = tuple(item for item in found if item is not None)
            if items:
                lists[key] = items
            else:
                lists.pop(key, None)
        known, ordered = set(self.after.known), set(self.after.ordered)
        for edit in back:
            if edit.kind == KNOWN:
                known = known ^ (self.before.known ^ self.after.known)
                ordered = ordered ^ (self.before.ordered ^ self.after.ordered)
            else:
                # The lists inside of an object that is taken back are as known as they were before.
                for key in self._inside(edit):
                    (known.add if key in self.before.known else known.discard)(key)
                    (ordered.add if key in self.before.ordered else ordered.discard)(key)
        return Snapshot(lists, frozenset(known), frozenset(ordered))

    def _inside(self, edit: Edit) -> list[Key]:
        if edit not in self._whole.values():
            return []
        places = [place for place, one in self._whole.items() if one == edit]
        keys = self.before.known | self.after.known | self.before.ordered | self.after.ordered
        return [key for key in keys if any(key.place[: len(place)] == place for place in places)]

    # -- finding them

    def _new(self, kind: str, old: NamedItem | None, new: NamedItem | None, field: str = "") -> Edit:
        # One of them is always there.
        item: Any = new or old
        key: Key = item.key
        owner = key.place[0] if key.place else item.name if key.noun == "extension" else ""
        before, after = (one.where if one else "" for one in (old, new))
        values = [one.value(field) if one else None for one in (old, new)]
        replaced = bool(field) and not any(value is UNSET or value is None for value in values)
        edit = Edit(len(self._all), kind, before, after, key.noun, item.name, field, owner, replaced)
        self._all.append(edit)
        return edit

    def _compare(self, key: Key) -> None:
        old, new = self.before.lists.get(key, ()), self.after.lists.get(key, ())
        if old is new:
            return
        inside = self._holder(key)
        if inside:
            columns = [_Column(item, None, (inside,)) for item in old]
            self._lists[key] = columns + [_Column(None, item, (inside,)) for item in new]
            return
        if NOUNS[key.noun].ordered:
            pairs = _aligned(old, new, _content)
        elif _in_order(old, new):
            pairs = _merged(old, new)
        else:
            pairs = _by_name(old, new)
            self._moved[key] = self._new(MOVED, old[0], new[0])
        columns = [self._column(one, other) for one, other in pairs]
        if key in self._moved or any(column.edits for column in columns):
            self._lists[key] = columns

    def _standing_before(self, column: _Column) -> int:
        old = self.before.lists.get((column.old or column.new).key, ())
        return old.index(column.old) if column.old is not None else len(old)

    def _holder(self, key: Key) -> Edit | None:
        """The edit that has made, or removed, an object which holds a list."""
        for end in range(1, len(key.place) + 1):
            if key.place[:end] in self._whole:
                return self._whole[key.place[:end]]
        return None

    def _column(self, old: NamedItem | None, new: NamedItem | None) -> _Column:
        if old is None or new is None:
            edit = self._new(REMOVED if new is None else ADDED, old, new)
            item = old or new
            if item is not None and item.name and NOUNS[item.key.noun].contains:
                self._whole[item.inside] = edit
            return _Column(old, new, (edit,))
        return _Column(old, new, tuple(self._fields(old, new)))

    def _fields(self, old: NamedItem, new: NamedItem) -> Iterator[Edit]:
        names = [*old.values, *(name for name in new.values if name not in old.values)]
        for name in (*names, *(one for one in {*old.hidden, *new.hidden} if one not in names)):
            one, other = old.value(name), new.value(name)
            same_secret = (name in old.hidden) == (name in new.hidden)
            if one == other and same_secret:
                continue
            if _elements(one) and _elements(other) and same_secret:
                columns: list[_Column] = []
                found: list[Edit] = []
                for here, there in _aligned(one, other, lambda value: value):
                    edits: tuple[Edit, ...] = ()
                    if here is None or there is None or here != there:
                        kind = ADDED if here is None else REMOVED if there is None else CHANGED
                        where = (one if there is None else other).index(here if there is None else there)
                        edits = (self._new(kind, old, new, f"{name}[{where}]"),)
                    columns.append(_Column(here, there, edits))
                    found += edits
                self._parts[tuple(found)] = columns
                yield from found
            else:
                yield self._new(CHANGED, old, new, name)

    def _knowledge(self) -> None:
        """One edit for the lists that only one of the states knows whole, except those in objects that only one has."""
        unlike = (self.before.known ^ self.after.known) | (self.before.ordered ^ self.after.ordered)
        left = sorted(key for key in unlike if not self._holder(key))
        if left:
            where = " ".join((left[0].noun, *left[0].place))
            self._all.append(Edit(len(self._all), KNOWN, where, where, left[0].noun, ""))

    # -- taking them back

    def _item(self, column: _Column, back: frozenset[Edit]) -> NamedItem | None:
        old, new, edits = column
        if not edits:
            return new or old  # type: ignore[no-any-return]
        taken = [edit for edit in edits if edit in back]
        if old is None or new is None:
            return old if taken else new  # type: ignore[no-any-return]
        if not taken:
            return new  # type: ignore[no-any-return]
        if len(taken) == len(edits):
            return old  # type: ignore[no-any-return]
        return self._mixed(old, new, edits, back)

    def _mixed(self, old: NamedItem, new: NamedItem, edits: Sequence[Edit], back: frozenset[Edit]) -> NamedItem:
        values, hidden = dict(new.values), set(new.hidden)
        for name in {edit.field.partition("[")[0] for edit in edits}:
            here = tuple(edit for edit in edits if edit.field.partition("[")[0] == name)
            if here in self._parts:
                values[name] = frozen(self._elements(self._parts[here], back))
            elif here[0] in back:
                (hidden.add if name in old.hidden else hidden.discard)(name)
                if name in old.values:
                    values[name] = old.values[name]
                else:
                    values.pop(name, None)
        return NamedItem(new.key, new.name, frozen(values), new.where, new.whole, tuple(sorted(hidden)))

    @staticmethod
    def _elements(columns: Iterable[_Column], back: frozenset[Edit]) -> list[Any]:
        found = [old if edits and edits[0] in back else new for old, new, edits in columns]
        return [one for one in found if one is not None]


def _elements(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(one, Mapping) for one in value)


def _content(item: NamedItem) -> Any:
    """The values of an element of a program, without its name and its label, which only people use."""
    return {name: value for name, value in item.values.items() if name not in ("name", "label")}


def _in_order(old: Sequence[NamedItem], new: Sequence[NamedItem]) -> bool:
    """Whether the objects that two lists share stand in the same order in both."""
    names = {item.name for item in new}
    both = names & {item.name for item in old}
    return [one.name for one in old if one.name in both] == [one.name for one in new if one.name in both]


def _merged(old: Sequence[NamedItem], new: Sequence[NamedItem]) -> list[tuple[NamedItem | None, NamedItem | None]]:
    """The objects of two lists that share them in the same order, each by its name."""
    shared = {item.name for item in old} & {item.name for item in new}
    found: list[tuple[NamedItem | None, NamedItem | None]] = []
    rest = list(old)
    for item in new:
        if item.name not in shared:
            found.append((None, item))
            continue
        while rest[0].name not in shared:
            found.append((rest.pop(0), None))
        found.append((rest.pop(0), item))
    return found + [(item, None) for item in rest]


def _by_name(old: Sequence[NamedItem], new: Sequence[NamedItem]) -> list[tuple[NamedItem | None, NamedItem | None]]:
    """The objects of two lists, in the order of the second; those that only the first has come last."""
    left: dict[str, list[NamedItem]] = {}
    for item in old:
        left.setdefault(item.name, []).append(item)
    found: list[tuple[NamedItem | None, NamedItem | None]] = []
    for item in new:
        same = left.get(item.name)
        found.append((same.pop(0) if same else None, item))
    return found + [(item, None) for items in left.values() for item in items]


def _aligned(old: Sequence[Any], new: Sequence[Any], content: Any) -> list[tuple[Any, Any]]:
    """The elements of two programs side by side: inserted, removed, or changed in their place."""
    one, other = (tuple(_hashable(content(item)) for item in listed) for listed in (old, new))
    found: list[tuple[Any, Any]] = []
    for tag, start, end, first, last in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        here, there = old[start:end], new[first:last]
        if tag != "equal" and len(here) != len(there):
            found += [(item, None) for item in here] + [(None, item) for item in there]
        else:
            found += list(zip(here, there))
    return found


def _hashable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tuple(sorted((name, _hashable(one)) for name, one in value.items()))
    if isinstance(value, tuple):
        return tuple(map(_hashable, value))
    return (value is None, str(value))
