# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The deeds of earlier tasks of a run, which are so late that the reads of a PBX may lag behind them.

A list without an object that an earlier task has just created would have a task create it again, and one with an object
that is just deleted would have a task leave it out. Such a list is therefore asked for again, for a second or two.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Callable, TypeVar

from ..._api.errors import NotFound, PbxError
from ..._model.kind import Kind
from ..._model.noun import Noun
from ..._model.types import Json, Values
from ..._model.values import same
from ..._state.objects import Item
from ..._state.place import Id, Place

T = TypeVar("T")

# The pauses in s after which the PBX is asked again for what this very run has made.
LAG = (0.25, 0.5, 1.0)
# How long in s a deed counts as late. Where nothing lags, that costs nothing; and ordinary modules take their time.
SPAN = 60.0
# These stand for an id: of a program's order, and of all that was in a list when it was emptied.
ORDER = "order"
ALL = "*"


def deed(noun: Noun, place: Place, identity: Id | None, values: Values | None) -> Json:
    """A deed as it is kept. values: what the PBX has said that it holds since; None where it is gone."""
    where = [[name, str(one)] for name, one in place.ids]
    kept = None if values is None else dict(values)
    return {"noun": noun.name, "place": where, "id": "" if identity is None else str(identity), "values": kept}


class Recent:
    """deeds: those of earlier tasks, see deed, each with the time ``at`` which it was done. sleep: waits so many s.
    keep: keeps the deeds of this task for later ones.
    """

    def __init__(
        self,
        deeds: Iterable[Json] = (),
        sleep: Callable[[float], None] = time.sleep,
        keep: Callable[[list[Json]], None] = lambda deeds: None,
    ) -> None:
        self._keep = keep
        self._sleep = sleep
        self._done: dict[tuple[str, tuple[tuple[str, str], ...]], dict[str, Values | None]] = {}
        now = time.time()
        self._add(one for one in deeds if 0 <= now - one["at"] < SPAN)

    def note(self, deeds: Iterable[Json]) -> None:
        """Take the deeds of this task."""
        now = time.time()
        new = [{**one, "at": now} for one in deeds]
        if new:
            self._add(new)
            self._keep(new)

    def _add(self, deeds: Iterable[Json]) -> None:
        for one in deeds:
            place = tuple((name, identity) for name, identity in one["place"])
            found = self._done.setdefault((one["noun"], place), {})
            if one["id"] == ALL:
                found.clear()
            before, after = found.get(one["id"]), one["values"]
            found[one["id"]] = after if after is None else {**(before or {}), **after}

    def concerns(self, noun: Kind, place: Place) -> bool:
        """Whether a list or a singleton, or what it lies in, was written lately."""
        return bool(self._done) and (bool(self._at(noun, place)) or self._is_new(place))

    def agrees(self, noun: Noun, place: Place, found: Sequence[Item], only: Id | None = None) -> bool:
        """Whether what was read tells what was done. only: the id of the one object that was asked for."""
        there, done = {str(item.id): item for item in found}, self._at(noun, place)
        if ALL in done and any(done.get(identity) is None for identity in there):
            return False
        for identity, values in done.items():
            if identity in (ORDER, ALL) or (only is not None and identity != str(only)):
                continue
            item = there.get(identity)
            if (item is None) != (values is None) or (item and values and not _holds(item, values)):
                return False
        return True

    def agrees_on_order(self, noun: Noun, place: Place, order: Sequence[Id]) -> bool:
        """Whether an order that was read is the one that was set, as to the rules that are not deleted since."""
        done = self._at(noun, place)
        values = done.get(ORDER)
        if values is None:
            return True
        left = [one for one in map(str, values["rules"]) if done.get(one, {}) is not None]
        return [one for one in map(str, order) if one in left] == left

    def patiently(
        self,
        concerned: bool,
        request: Callable[[], T],
        agrees: Callable[[T], bool] = lambda found: True,
        anew: Callable[[], object] = lambda: None,
        lags: tuple[type[PbxError], ...] = (NotFound,),
    ) -> T:
        """Ask until the answer tells what was done, and no longer than a second or two.

        concerned: see concerns. anew: comes before each further request. lags: the errors that may come of a lag.
        """
        for pause in LAG if concerned else ():
            try:
                found = request()
            except lags:
                pass
            else:
                if agrees(found):
                    return found
            self._sleep(pause)
            anew()
        return request()

    def _at(self, noun: Kind, place: Place) -> Mapping[str, Values | None]:
        """The deeds in a list; at the place of the tenant, those in the same list of all extensions."""
        if noun.parents and not place.ids:
            found = [deeds for (name, dummy), deeds in self._done.items() if name == noun.name]
            return {identity: values for deeds in found for identity, values in deeds.items()}
        return self._done.get((noun.name, _ids_as_text(place)), {})

    def _is_new(self, place: Place) -> bool:
        """Whether something that a place lies in was written lately."""
        ids = _ids_as_text(place)
        return any(self._done.get((name, ids[:at]), {}).get(one) is not None for at, (name, one) in enumerate(ids))


def _ids_as_text(place: Place) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(identity)) for name, identity in place.ids)


def _holds(item: Item, values: Values) -> bool:
    fields = item.noun.by_name
    return all(same(fields[name], item.values.get(name), value) for name, value in values.items() if name in fields)
