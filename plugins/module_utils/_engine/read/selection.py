# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Some objects of a list: the one with an id, or those that are wanted, with as few requests as that takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from ..._api.errors import AccessDenied, BadAnswer, NotFound, Rejected, ServerFailed
from ..._model.kind import Readable
from ..._model.noun import Noun
from ..._model.types import Json, Values
from ..._model.values import read, shown
from ..._state.objects import Live
from ..._state.place import Id, Place, segment, stood_for
from .pages import whole_list
from .reader import Reader, identity_of


def some(
    reader: Reader,
    noun: Noun,
    place: Place,
    identity: Id | None,
    wanted: Mapping[str, Sequence[str]],
    query: Values,
    limit: int | None,
) -> list[Live]:
    """The object with an id, or those whose fields have one of the wanted values, at most ``limit`` of them.
    query: the parts of the list's query beside values of fields.

    How a query spells several values is not known (semantics.md section 9 (3)), so the server is asked for one at most,
    and for none that it might take for several; its answer is narrowed here.
    """
    ids = set() if identity is None else {str(identity)}
    if identity is not None and noun.readable and not (place.pending or stood_for(identity)):
        one = reader.recent.patiently(
            reader.recent.concerns(noun, place),
            lambda: _lives(reader, noun, place, _with_id(reader, noun, place, identity)),
            lambda found: reader.recent.agrees(noun, place, found, identity),
        )
        # An id in a path may be spelled otherwise than in an answer, as @me is.
        ids.update(str(live.id) for live in one)
        found = reader.overlay.on_list(noun, place, one)
    elif noun.ordered:
        order = reader.order(noun, place)
        found = sorted(reader.all(noun, place), key=lambda rule: order.index(rule.id))
    elif place.pending or stood_for(identity) or (reader.recent.concerns(noun, place) and not query):
        found = reader.all(noun, place)
    else:
        answers = _narrowed(reader, noun, place, wanted, query, limit if identity is None else None)
        found = reader.overlay.on_list(noun, place, _lives(reader, noun, place, answers))
    return [live for live in found if (not ids or str(live.id) in ids) and _is_wanted(live.values, wanted)][:limit]


def told(
    reader: Reader,
    reading: Readable,
    place: Place,
    identity: Id | None,
    wanted: Mapping[str, Sequence[str]],
    query: Values,
    limit: int | None,
) -> list[Json]:
    """Return the reports of the PBX on things that it does not keep, as modules return them; see some."""
    if place.pending or stood_for(identity):
        return []
    if identity is not None and reading.readable:
        return [shown(reading, answer) for answer in _with_id(reader, reading, place, identity)][:limit]
    answers = _narrowed(reader, reading, place, wanted, query, limit if identity is None else None)
    pairs = [(answer, read(reading, answer)) for answer in answers]
    listed = [(identity_of(reading, values, answer), answer, values) for answer, values in pairs]
    return [
        shown(reading, answer)
        for one, answer, values in listed
        if (identity is None or str(one) == str(identity)) and _is_wanted(values, wanted)
    ][:limit]


def _narrowed(
    reader: Reader,
    noun: Readable,
    place: Place,
    wanted: Mapping[str, Sequence[str]],
    query: Values,
    limit: int | None,
) -> list[Json]:
    """A list, narrowed by the server as far as it can be."""
    fields = noun.by_name
    narrowed = {
        fields[name].answered_as: values[0]
        for name, values in wanted.items()
        if len(values) == 1 and "," not in values[0] and name in noun.filters and fields[name].type != "short_number"
    }
    enough = limit if len(narrowed) == len(wanted) else None
    return whole_list(reader.client, noun, reader.path(noun, place), {**query, **narrowed}, enough)


def _with_id(reader: Reader, noun: Readable, place: Place, identity: Id) -> list[Json]:
    """The object with an id, if there is one, in a request of its own."""
    path = noun.one_path.format(id=segment(identity)) or reader.path(noun, place, identity)
    try:
        return [reader.client.get_object(path)]
    except NotFound:
        return []


def _lives(reader: Reader, noun: Noun, place: Place, answers: Sequence[Values]) -> list[Live]:
    """The objects of answers; who may not read the agents gets those of a queue as they are answered."""
    found = [reader.live(noun, place, answer) for answer in answers]
    with suppress(AccessDenied, BadAnswer, NotFound, Rejected, ServerFailed):
        reader.spell_agents(noun, found)
    return found


def _is_wanted(values: Values, wanted: Mapping[str, Sequence[str]]) -> bool:
    return all(_is_one_of(values.get(name), some) for name, some in wanted.items())


def _is_one_of(value: object, wanted: Sequence[str]) -> bool:
    """Whether a value, or where it is an object one of its parts, is among those that are wanted."""
    parts = value.values() if isinstance(value, Mapping) else [value]
    return any(str(part) in wanted for part in parts)
