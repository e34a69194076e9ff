# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Objects that are to be absent, each by its kind, its place and its name: the end of an undo document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.sentence import suggestion
from ..._model.types import Values
from ..._state.place import Place
from ..errors import InputError
from .planner import Planner

# The kinds that somebody can delete one by one.
KINDS = tuple(sorted(noun.name for noun in NOUNS.values() if noun.deletable and not (noun.singleton or noun.ordered)))


def plan_absent(planner: Planner, absent: Sequence[Values]) -> None:
    """Plan to delete these objects, the innermost first. An object that is gone already, or whose parent is gone, needs
    no step. Raises InputError with every mistake at once."""
    wrong = [sentence for at, one in enumerate(absent) for sentence in _wrong(at, one)]
    if wrong:
        raise InputError(wrong)
    for at, one in enumerate(absent):
        noun = NOUNS[one["kind"]]
        place = _place(planner, [(parent, one[parent]) for parent in noun.parents])
        if place is None or not _may_be_there(planner, noun, place, one):
            continue
        where = f"absent[{at}]"
        declared = planner.given.declare(noun, {name: one[name] for name in noun.key}, place, where)
        item = planner.given.find(noun, place, declared)
        if item is not None and item.answer:
            planner.delete(item)


def _place(planner: Planner, names: Sequence[tuple[str, object]]) -> Place | None:
    """The place of these names; None where one of them is not there."""
    place = Place()
    for kind, name in names:
        found = planner.draft.index(NOUNS[kind], place).with_name(str(name))
        if len(found) != 1:
            return None
        place = found[0].inside
    return place


def _may_be_there(planner: Planner, noun: Noun, place: Place, one: Values) -> bool:
    """Whether the object exists that another one is named after: a run that failed may have made neither."""
    fields = (noun.by_name[name] for name in noun.key)
    return all(planner.references.is_there(f.refers_to, one[f.name], place) for f in fields if f.refers_to)


def _wrong(at: int, one: Values) -> Iterator[str]:
    kind = one.get("kind")
    if kind not in KINDS:
        yield f'absent[{at}]: there is no kind "{kind}"; {suggestion(str(kind), KINDS)}'
        return
    noun = NOUNS[kind]
    needed = (*noun.parents, *noun.key)
    for name in needed:
        if one.get(name) in (None, ""):
            yield f"absent[{at}]: {name} is missing; of one {noun.title}, it takes {', '.join(needed)}"
    for name in one:
        if name not in ("kind", *needed):
            yield f"absent[{at}]: there is no {name}; of one {noun.title}, it takes {', '.join(needed)}"
