# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The objects that would still point at an object that a plan deletes: such a plan must not be applied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Callable, TypeVar

from ..._api.errors import AccessDenied, NotFound
from ..._model.destination import prefix_of, short_number
from ..._model.edges import BY_ID, BY_NUMBER, BY_OPTION, EDGES, Edge
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.types import Values
from ..._state.objects import Item
from ..._state.place import Id, Place
from ..read.ahead import read_level
from ..read.homes import Homes, Key, settings_around
from ..read.numbers import Numbers
from ..read.reader import Reader
from ..read.references import References
from .steps import Step

GO_ON = "to delete it all the same, set check_references to false"

T = TypeVar("T")
# The target of an edge: how the edge names it, its noun, its place, and its id, digits or number.
Target = tuple[str, str, Place, Id]


@dataclass(frozen=True)
class _Lost:
    """An object that goes with a step, which is at this position of the plan.

    along: the step deletes the extension in which it lives, and not the object itself.
    """

    noun: Noun
    place: Place
    id: Id
    step: Step
    position: int
    along: bool = False

    def targets(self) -> Iterator[Target]:
        home = self.place.home_of(self.noun)
        yield BY_ID, self.noun.name, home, self.id
        yield BY_OPTION, self.noun.name, home, self.id
        if not self.along:
            yield BY_NUMBER, self.noun.name, home, self.step.name


class Dangling:
    """Looks at every edge that leads to a deleted object, and reads for it all that could point there.

    warnings: the lists that could not be read. by_id: the sentences about fields that refer to an object itself, and
    not to any object with its number or its digits.
    """

    def __init__(self, steps: Sequence[Step], reader: Reader, references: References) -> None:
        self.warnings: list[str] = []
        self.by_id: set[str] = set()
        self._steps = [step for step in steps if NOUNS.get(step.noun.name) is step.noun]
        self._reader = reader
        self._references = references
        self._numbers = Numbers(reader, references)
        self._gone: set[Key] = {(s.noun.name, s.place, s.id or "") for s in self._steps if s.action == "delete"}
        self._homes = Homes(reader, self._gone)
        self._unread: set[tuple[str, Place]] = set()
        self._changed: dict[tuple[str, Place, Id], Values] = {
            (s.noun.name, s.place, s.id if s.id is not None else ""): s.values
            for s in self._steps
            if s.action == "update"
        }

    def sentences(self) -> list[str]:
        """One sentence for each field that would point at nothing, in the order of the steps."""
        lost = list(self._lost())
        leading = [(edge, one) for one in lost for edge in EDGES if _leads(edge, one)]
        edges: dict[str, dict[Edge, None]] = {}
        for edge, dummy in leading:
            edges.setdefault(edge.noun.name, {})[edge] = None
        homes = self._read(leading)
        goes: dict[Target, _Lost] = {}
        for one in lost:
            goes.update(dict.fromkeys(one.targets(), one))
        found: list[tuple[int, str]] = []
        for name, mine in edges.items():
            for home, owner, values in self._objects(NOUNS[name], homes[name]):
                for edge in mine:
                    for target in self._targets(edge, home, values):
                        if target in goes and _leads(edge, goes[target]):
                            sentence = self._sentence(owner, edge, goes[target])
                            found.append((goes[target].position, sentence))
                            if edge.by == BY_ID:
                                self.by_id.add(sentence)
        return list(dict.fromkeys(sentence for dummy, sentence in sorted(found, key=lambda one: one[0])))

    def _lost(self) -> Iterator[_Lost]:
        for position, step in enumerate(self._steps):
            if step.action == "delete" and not self._homes.within(step.place):
                yield _Lost(step.object_noun, step.place, step.id or "", step, position)
                for noun in NOUNS.values() if step.object_noun.holds_sections else ():
                    for item in self._reader.everywhere(noun) if noun.across else ():
                        if item.place.get(step.object_noun.name) == step.id:
                            yield _Lost(noun, item.place, item.id, step, position, along=True)
            elif step.action == "empty":
                for item in self._reader.objects.all(step.object_noun, step.place):
                    yield _Lost(step.object_noun, step.place, item.id, step, position)

    def _read(self, leading: Sequence[tuple[Edge, _Lost]]) -> dict[str, list[Place]]:
        """Read all that could point at a deleted object, and give where it lives, by its noun."""
        roots: dict[str, dict[Place, None]] = {}
        for edge, one in leading:
            within = one.place if edge.scope else None
            roots.setdefault(edge.noun.name, {}).update(dict.fromkeys(self._homes.roots(edge.noun, within)))
        # With the rules of a menu come its settings, in most cases.
        inner = {name: settings_around(NOUNS[name]) for name in roots}
        self._level([(noun, place) for name, noun in inner.items() if noun for place in roots[name]], self._menus)
        homes = {
            name: [home for place in places for home in (self._inside(NOUNS[name], place) if inner[name] else [place])]
            for name, places in roots.items()
        }
        self._level([(NOUNS[name], home) for name, places in homes.items() for home in places], self._list)
        return homes

    def _level(self, level: Sequence[tuple[Noun, Place]], look: Callable[[Noun, Place], object]) -> None:
        read_level(self._reader, level, lambda noun, place: partial(self._try, look, noun, place))

    def _menus(self, dummy: Noun, place: Place) -> None:
        self._reader.menus(place)

    def _list(self, noun: Noun, place: Place) -> None:
        if noun.singleton:
            self._reader.settings(noun, place)
        else:
            self._reader.all(noun, place)

    def _inside(self, noun: Noun, root: Place) -> list[Place]:
        return self._try(lambda one, place: list(self._homes.of(one, place)), noun, root) or []

    def _try(self, look: Callable[[Noun, Place], T], noun: Noun, place: Place) -> T | None:
        """Return the result of a lookup; None where it is not allowed, which is told, or where an extension of another
        type has no such list."""
        try:
            return look(noun, place)
        except (NotFound, AccessDenied) as error:
            self._unread.add((noun.name, place))
            if noun.extension_types and self._reader.type_of(place) is None and isinstance(error, NotFound):
                return None
            where = f"{place}: " if place.ids else ""
            self.warnings.append(f"{where}{noun.plural_title} could not be looked at, which may point there: {error}")
        return None

    def _objects(self, noun: Noun, homes: Sequence[Place]) -> Iterator[tuple[Place, Item | Step, Values]]:
        """Every object of a noun that stays or comes, with its place and the values that it will have."""
        there = set(homes)
        for home in homes:
            if (noun.name, home) in self._unread:
                continue
            items = [self._reader.settings(noun, home)] if noun.singleton else self._reader.all(noun, home)
            for item in items:
                key = (noun.name, home, item.id)
                if key not in self._gone:
                    changed = self._changed.get(key)
                    yield home, item, item.values if changed is None else _kept(noun, {**item.values, **changed})
        for step in self._steps:
            # The objects of a list that has been read include the new ones, except rules.
            unseen = step.place not in there or (step.action == "create" and noun.ordered)
            if step.noun is noun and step.action in ("create", "update") and unseen:
                yield step.place, step, step.values

    def _targets(self, edge: Edge, home: Place, values: Values) -> Iterator[Target]:
        """Yield the targets of a field, in every way in which the field may name them."""
        for dummy, value in edge.values(values):
            for kind in edge.to:
                place = home.home_of(NOUNS[kind])
                if edge.by == BY_NUMBER:
                    if prefix_of(value) in ("", self._own_prefix):
                        yield edge.by, kind, place, short_number(value)
                elif edge.part.within:
                    context: Id = values.get(edge.part.within, "")
                    yield edge.by, kind, Place((*home.ids[:1], (NOUNS[kind].parents[-1], context))), value
                else:
                    yield edge.by, kind, place, value

    @cached_property
    def _own_prefix(self) -> str | None:
        return self._numbers.own_prefix()

    def _sentence(self, owner: Item | Step, edge: Edge, lost: _Lost) -> str:
        title = owner.title if isinstance(owner, Step) else self._references.title(owner)
        field, name = edge.field.name, lost.step.name
        if lost.along:
            return f'{title}: {field} lives in the {lost.step.noun.title} "{name}", which would be deleted'
        if edge.by == BY_NUMBER:
            return f'{title}: {field} dials the {lost.noun.title} "{name}", which would be deleted; change that number'
        return (
            f'{title}: {field} refers to the {lost.noun.title} "{name}", which would be deleted; declare it, or change '
            "the reference"
        )


def _kept(noun: Noun, values: Values) -> Values:
    """The values that a PBX keeps when it stores an object: it resets the sound of a queue that rings, for example."""
    return {f.name: values[f.name] for f in noun.fields if f.name in values and noun.applies(f, values)}


def _leads(edge: Edge, lost: _Lost) -> bool:
    """Whether an edge may lead to an object, so that a reference would point at nothing. The PBX itself deletes some
    objects that point at an object together with it, unless it is told not to."""
    if lost.noun.name not in edge.to or edge.part.unlisted:
        return False
    flag = edge.part.leaves_with
    return not flag or lost.along or lost.step.query.get(flag) is False
