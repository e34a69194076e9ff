# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Modules that read with more than one request, or from more than one path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from .._engine.engine import Engine
from .._engine.errors import InputError
from .._engine.live import readings
from .._model.media import MEDIA
from .._model.nouns import NOUNS
from .._model.reading import Reading
from .._model.readings import READINGS
from .._model.readings.queue_status import PARTS
from .._model.readings.record import ORDER, UTC, moment, zone_of
from .._state.place import Place
from .bindings import Binding, Info, NounBinding, OneOf
from .specs import EXTENSION, Spec, option_of


@dataclass(frozen=True)
class Registrations(NounBinding[Reading]):
    """Which devices are registered at phones."""

    noun: Reading = READINGS["registration"]
    declares = False
    writes = False

    @property
    def returned(self) -> str:  # type: ignore[override]
        return self.noun.plural

    def options(self) -> Spec:
        return {
            "extensions": {"type": "list", "elements": "str", "aliases": ["extension"]},
            "extension_ids": {"type": "list", "elements": "str", "aliases": ["extension_id"]},
        }

    def exclusive(self) -> OneOf:
        return [("extensions", "extension_ids")]

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        wanted: list[Place] | None = None
        if params["extensions"] is not None:
            wanted = [engine.places.of(self.noun, number, None) for number in params["extensions"]]
        elif params["extension_ids"] is not None:
            wanted = [engine.places.of(self.noun, None, identity) for identity in params["extension_ids"]]
        found = readings.registrations(engine.reader, wanted)
        return [engine.search.names.beside(self.noun, Place(), one, owner=wanted is None) for one in found]


@dataclass(frozen=True)
class QueueStatus(NounBinding[Reading]):
    """The live state of a queue."""

    inside = tuple(PARTS)
    noun: Reading = READINGS["queue_status"]
    declares = False
    writes = False

    def options(self) -> Spec:
        parts = {"type": "list", "elements": "str", "choices": list(PARTS), "default": list(PARTS)}
        return {**super().options(), "include": parts}

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        return readings.queue_status(engine.reader, self.place(engine, params), params["include"])


@dataclass(frozen=True)
class Records(NounBinding[Reading]):
    """The recorded calls of a span of time."""

    noun: Reading = READINGS["record"]
    declares = False
    writes = False
    beside = ("stats",)

    @property
    def returned(self) -> str:  # type: ignore[override]
        return self.noun.plural

    def options(self) -> Spec:
        return {
            **super().options(),
            "start_datetime": {"type": "str", "required": True},
            "end_datetime": {"type": "str"},
            "timezone": {"type": "str", "default": "UTC"},
            "order": {**option_of(ORDER), "default": "desc"},
            "limit": {"type": "int"},
            "stats": {"type": "bool", "default": False},
        }

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        start, end = _span(params)
        limit = params["limit"]
        if limit is not None and limit < 1:
            raise InputError([f"limit is {limit}; it starts at 1"])
        place = self.place(engine, params)
        start, end = readings.query_times(engine.reader, start, end)
        records = readings.records(engine.reader, place, start, end, params["order"], limit)
        found: dict[str, Any] = {"records": [engine.search.names.beside(self.noun, place, one) for one in records]}
        if params["stats"]:
            found["stats"] = readings.record_stats(engine.reader, place, start, end)
        return found

    def results(self, returned: Any) -> dict[str, Any]:
        return dict(returned)


class IvrSchemeInfo(Info):
    """A whole IVR as it is."""

    inside = ("contexts",)

    @property
    def returned(self) -> str:  # type: ignore[override]
        return "ivr_scheme"

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        return readings.ivr_scheme(engine.reader, self.place(engine, params), engine.search.with_names)


class MediaInfo(Binding):
    """The facts about a file on the PBX, without a transfer of the content."""

    returned = "media"
    writes = False

    def options(self) -> Spec:
        kinds: Spec = {name: {"type": "str"} for name in MEDIA}
        return {**EXTENSION, **kinds, "storage_url": {"type": "bool", "default": False}}

    def one_of(self) -> OneOf:
        return self.exclusive()

    def exclusive(self) -> OneOf:
        return [("extension", "extension_id"), tuple(MEDIA)]

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        medium = next(medium for name, medium in MEDIA.items() if params[name] is not None)
        if params["storage_url"] and not medium.storage_path:
            raise InputError([f"storage_url: the API does not tell where a {medium.title} is stored; leave it out"])
        place = engine.places.of(NOUNS["sound"], params["extension"], params["extension_id"])
        identity = params[medium.name]
        found = engine.files.describe(medium, place, identity)
        if params["storage_url"] and found["exists"]:
            found.update(engine.files.locate(medium, place, identity))
        return found


def _span(params: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """The wanted span. Raises InputError with all that is wrong with it."""
    wrong: list[str] = []
    zone: tzinfo = UTC
    try:
        zone = zone_of(params["timezone"])
    except ValueError:
        wrong.append(f'timezone "{params["timezone"]}" is not known here; give a name such as Europe/Berlin')
    found: dict[str, datetime] = {}
    now = datetime.now(UTC).isoformat()
    for name in ("start_datetime", "end_datetime"):
        written = now if params[name] is None else params[name]
        try:
            found[name] = moment(written, zone, last=name == "end_datetime")
        except ValueError:
            wrong.append(f'{name} "{written}" is no time; write it as 2026-01-31 08:00:00 or 2026-01-31T08:00:00+01:00')
    if len(found) == 2 and found["start_datetime"] > found["end_datetime"]:
        wrong.append("start_datetime is after end_datetime; the span would hold nothing")
    if wrong:
        raise InputError(wrong)
    return found["start_datetime"], found["end_datetime"]
