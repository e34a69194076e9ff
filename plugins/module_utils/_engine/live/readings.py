# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The readings that take more than one request, or more than one path."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Callable

from ..._api.errors import BadAnswer
from ..._api.parallel import at_once
from ..._model.nouns import NOUNS
from ..._model.operations.registration import REGISTRATIONS
from ..._model.readings import READINGS
from ..._model.readings.queue_status import PARTS
from ..._model.readings.record import NOTHING, SECOND, UTC, windows, zone_of
from ..._model.types import Json
from ..._model.values import shown
from ..._state.objects import Item
from ..._state.place import Id, Place
from ..read.ahead import reading
from ..read.reader import Reader


def registrations(reader: Reader, wanted: Sequence[Place] | None) -> list[Json]:
    """Who is registered at the phones with these insides, one answer for each, or at all phones.

    How a query spells several extensions is not known (semantics.md section 9 (3)), so that it names one at most, and
    the wanted ones are taken out of the answer for all. Whether all means also those where nobody is registered is not
    documented: a phone that is left out is asked for by itself.
    """
    noun = READINGS["registration"]
    if wanted is None:
        return [shown(noun, answer) for answer in reader.client.get_list(noun.path)]
    ids = [place.get("extension") for place in wanted]
    known = [one for one in ids if isinstance(one, int)]
    by_extension: dict[Id | None, Json] = {}
    if known:
        query = {"extension_id": known[0]} if len(known) == 1 else None
        answers = [shown(noun, answer) for answer in reader.client.get_list(noun.path, query)]
        by_extension = {answer.get("extension_id"): answer for answer in answers}
    return [by_extension.get(identity) or _registration(reader, place) for identity, place in zip(ids, wanted)]


def _registration(reader: Reader, place: Place) -> Json:
    if place.pending:
        return {"extension_id": str(place.get("extension")), "registered": False, "registrations": []}
    return shown(READINGS["registration"], reader.client.get_object(place.fill(REGISTRATIONS)))


def queue_status(reader: Reader, place: Place, parts: Collection[str]) -> Json:
    """Return the live state of a queue. parts: the lists to add, of agents and of members."""
    noun = READINGS["queue_status"]
    if place.pending:
        return {**dict.fromkeys(f.answered_as for f in noun.fields), **{name: [] for name in PARTS if name in parts}}
    found = shown(noun, reader.client.get_object(reader.path(noun, place)))
    for name, part in PARTS.items():
        if name in parts:
            found[name] = [shown(part, answer) for answer in reader.client.get_list(reader.path(part, place))]
    return found


def query_times(reader: Reader, *moments: datetime) -> list[datetime]:
    """Moments as the records of a PBX are asked for, without a zone (semantics.md section 3, dates)."""
    zone: tzinfo = UTC
    if reader.dialect.query_time == "user":
        name = reader.client.get_object("/user/").get("timezone")
        try:
            zone = zone_of(str(name))
        except ValueError:
            raise BadAnswer(
                f"GET /user/: the time zone {name} of the user is not known here; set the dialect's query_time to utc"
            ) from None
    # Where clocks are put back, a later moment may be an earlier time.
    return sorted(moment.astimezone(zone).replace(tzinfo=None) for moment in moments)


def records(reader: Reader, place: Place, start: datetime, end: datetime, order: str, limit: int | None) -> list[Json]:
    """The records of a span, which is read in the pieces that the API takes. start, end: see query_times.
    order: ``asc`` or ``desc``."""
    noun = READINGS["record"]
    found: dict[Id, Json] = {}
    pieces = [] if place.pending else list(windows(start, end, NOTHING))
    for since, until in pieces if order == "asc" else reversed(pieces):
        query = {**_span(since, until), "order": order}
        # A piece may begin with records of the one before.
        for answer in reader.client.get_list(reader.path(noun, place), query, noun.paged, limit):
            one = shown(noun, answer)
            found.setdefault(one.get(noun.identity) or str(sorted(one.items())), one)
        if limit is not None and len(found) >= limit:
            break
    return list(found.values())[:limit]


def record_stats(reader: Reader, place: Place, start: datetime, end: datetime) -> Json:
    """How many records a span has, and how many bytes they take. start, end: see query_times."""
    noun = READINGS["record_stats"]
    path = reader.path(noun, place)
    spans = [] if place.pending else windows(start, end, SECOND)
    pieces = [shown(noun, reader.client.get_object(path, _span(*span))) for span in spans]
    return {f.name: sum(piece.get(f.name) or 0 for piece in pieces) for f in noun.fields}


def _span(start: datetime, end: datetime) -> dict[str, str]:
    return {"start_datetime": start.isoformat(" "), "end_datetime": end.isoformat(" ")}


def ivr_scheme(reader: Reader, place: Place, values_of: Callable[[Item], Json]) -> Json:
    """The settings of an IVR with its menus, their options and the rules of these, each in the order that counts.
    values_of: the values that are returned of each of them."""
    contexts, options, rules = NOUNS["ivr_context"], NOUNS["ivr_option"], NOUNS["ivr_rule"]
    settings = reader.whole(NOUNS["ivr"], place)
    menus = sorted(reader.all(contexts, place), key=lambda item: item.name)
    parallel = reader.client.settings.parallel
    at_once([reading(reader, options, menu.inside) for menu in menus], parallel)
    inside = [option.inside for menu in menus for option in reader.all(options, menu.inside)]
    at_once([reading(reader, rules, one) for one in inside], parallel)

    def programmed(option: Item) -> Iterator[Json]:
        ids = reader.order(rules, option.inside)
        for rule in sorted(reader.all(rules, option.inside), key=lambda one: ids.index(one.id)):
            yield values_of(rule)

    found = [
        {
            **values_of(menu),
            "options": [
                {"digits": str(option.id), "rules": list(programmed(option))}
                for option in sorted(reader.all(options, menu.inside), key=lambda one: str(one.id))
            ],
        }
        for menu in menus
    ]
    return {**values_of(settings), "contexts": found}
