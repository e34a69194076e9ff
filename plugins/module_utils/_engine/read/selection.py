# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Some objects of a list: the one with an id, or those that are wanted, with as few requests as that takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from ..._api.errors import AccessDenied, BadAnswer, NotFound, Rejected, ServerFailed
from ..._model.kind import Readable
from ..._model.noun import Noun
from ..._model.types import Json, Values
from ..._model.values import read, shown
from ..._state.objects import Item
from ..._state.place import Id, Place, pending_of, segment
from .pages import whole_list
from .reader import Reader, identity_of


@dataclass(frozen=True)
class Query:
    """Which objects of a list are asked for.

    identity: the id of one object; None for any. wanted: for a field, the values of which it has one.
    beside: what the query of the list takes besides values of fields. limit: how many objects at most.
    """

    noun: Readable
    place: Place
    identity: Id | None
    wanted: Mapping[str, Sequence[str]]
    beside: Values
    limit: int | None

    @property
    def is_for_one(self) -> bool:
        """Whether the PBX can be asked for one object by its id."""
        return self.identity is not None and self.noun.readable and not self.is_of_new

    @property
    def is_of_new(self) -> bool:
        """Whether it is about something that does not exist yet, which nobody can be asked about."""
        return self.place.pending or bool(pending_of(self.identity))


def items_of(reader: Reader, noun: Noun, query: Query) -> list[Item]:
    """The objects that are asked for.

    How a query spells several values is not known (semantics.md section 9 (3)), so the server is asked for one at most,
    and for none that it might take for several; its answer is narrowed here.
    """
    place, ids = query.place, set() if query.identity is None else {str(query.identity)}
    if query.is_for_one:
        one = reader.recent.patiently(
            reader.recent.concerns(noun, place),
            lambda: _items(reader, noun, place, _with_id(reader, query)),
            lambda found: reader.recent.agrees(noun, place, found, query.identity),
        )
        # An id in a path may be spelled otherwise than in an answer, as @me is.
        ids.update(str(item.id) for item in one)
        found = reader.overlay.on_list(noun, place, one)
    elif noun.ordered:
        order = reader.order(noun, place)
        found = sorted(reader.all(noun, place), key=lambda rule: order.index(rule.id))
    elif query.is_of_new or (reader.recent.concerns(noun, place) and not query.beside):
        found = reader.all(noun, place)
    else:
        found = reader.overlay.on_list(noun, place, _items(reader, noun, place, _narrowed_list(reader, query)))
    kept = [item for item in found if (not ids or str(item.id) in ids) and _is_wanted(item.values, query.wanted)]
    return kept[: query.limit]


def reports_of(reader: Reader, query: Query) -> list[Json]:
    """The reports of the PBX on things that it does not keep, as modules return them; see items_of."""
    reading, identity = query.noun, query.identity
    if query.is_of_new:
        return []
    if query.is_for_one:
        return [shown(reading, answer) for answer in _with_id(reader, query)][: query.limit]
    pairs = [(answer, read(reading, answer)) for answer in _narrowed_list(reader, query)]
    listed = [(identity_of(reading, values, answer), answer, values) for answer, values in pairs]
    return [
        shown(reading, answer)
        for one, answer, values in listed
        if (identity is None or str(one) == str(identity)) and _is_wanted(values, query.wanted)
    ][: query.limit]


def _narrowed_list(reader: Reader, query: Query) -> list[Json]:
    """A list, narrowed by the server as far as it can be."""
    noun, fields = query.noun, query.noun.by_name
    narrowed = {
        fields[name].answered_as: values[0]
        for name, values in query.wanted.items()
        if len(values) == 1 and "," not in values[0] and name in noun.filters and fields[name].type != "short_number"
    }
    enough = query.limit if query.identity is None and len(narrowed) == len(query.wanted) else None
    return whole_list(reader.client, noun, reader.path(noun, query.place), {**query.beside, **narrowed}, enough)


def _with_id(reader: Reader, query: Query) -> list[Json]:
    """The object with the id, if there is one, in a request of its own."""
    identity = query.identity or ""
    path = query.noun.one_path.format(id=segment(identity)) or reader.path(query.noun, query.place, identity)
    try:
        return [reader.client.get_object(path)]
    except NotFound:
        return []


def _items(reader: Reader, noun: Noun, place: Place, answers: Sequence[Values]) -> list[Item]:
    """The objects of answers; who may not read the agents gets those of a queue as they are answered."""
    found = [reader.item(noun, place, answer) for answer in answers]
    with suppress(AccessDenied, BadAnswer, NotFound, Rejected, ServerFailed):
        reader.spell_agents(noun, found)
    return found


def _is_wanted(values: Values, wanted: Mapping[str, Sequence[str]]) -> bool:
    return all(_is_one_of(values.get(name), some) for name, some in wanted.items())


def _is_one_of(value: object, wanted: Sequence[str]) -> bool:
    """Whether a value, or where it is an object one of its parts, is among those that are wanted."""
    parts = value.values() if isinstance(value, Mapping) else [value]
    return any(str(part) in wanted for part in parts)
