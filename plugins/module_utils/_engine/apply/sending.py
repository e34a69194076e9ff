# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The outcome of a write after a lost answer: whether the object is there all the same, and may be sent again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, TypeVar

from ..._api import client as api
from ..._api.client import Client
from ..._api.errors import Ambiguous, BadAnswer, NotFound, Rejected, TooLate
from ..._model.likeness import alike, comparable, similar
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.types import Json, Values
from ..._model.values import read, same
from ..._state.objects import Item
from ..._state.place import Id, Place
from ..._text.secret import Secret, revealed
from ..plan.draft import Draft
from ..plan.steps import Step, body_of
from ..read.contents import Contents
from ..read.reader import Reader
from ..read.recent import LAG
from .ids import Ids

T = TypeVar("T")

# How often a POST may be sent whose predecessor surely left nothing behind.
MOST_ATTEMPTS = 3
# The pauses before a further look for the object that a POST may have made: after an answer that was lost, or that a
# gateway did not wait for, in multiples of the client's first pause; after one that came too late, in multiples of the
# time it had.
LOST = (2, 3)
SLOW = (2, 3, 10, 20)
LATE = (0.25, 0.75, 1)
# The longest such time in s: who has patience with a file need not have it with a creation.
LONGEST = 30.0
GATEWAY_TIMEOUT = 504


@dataclass
class Sending:
    """A step on its way, with the ids of the objects that exist by now.

    before: the ids that its list had before. new: whether this run has made one of the objects that it lies in.
    partial: whether its body lacks the values that the new object starts with, see Senders.partial.
    """

    step: Step
    place: Place
    path: str
    values: Values
    body: Values
    new: bool
    partial: bool
    before: set[Id] = field(default_factory=set)


class Sender:
    """Sends steps. ``first`` may be called from several threads; all else is for the one that leads the run."""

    def __init__(self, client: Client, reader: Reader, draft: Draft, contents: Contents, ids: Ids) -> None:
        self._client = client
        self._draft = draft
        self._reader = reader
        self._contents = contents
        self._ids = ids

    def prepare(self, step: Step) -> Sending:
        """A step with everything that it takes to send it, as soon as all that it waits for is there."""
        settled, place = self._ids.settle, self._ids.settle(step.place)
        return Sending(
            step,
            place,
            self._reader.path(step.noun, place, *map(settled, step.tail)) + step.query_text,
            settled(step.values),
            settled(step.body or {}),
            self._ids.is_new(place),
            self.partial(step),
            self._known_ids(step, place) if step.creates else set(),
        )

    def first(self, sending: Sending) -> Any:
        """Send a step once, and give the server's answer. Raises Ambiguous where nobody knows whether it did."""
        if sending.partial:
            sending.body, sending.partial = self._whole(sending), False
        return self.patiently(sending.new, lambda: self._sent(sending))

    def again(self, sending: Sending, error: Ambiguous) -> tuple[Any, bool]:
        """Return the answer to a step after its first request failed with that error, and whether it had to be looked
        up. Nothing else may be under way, so that a new object on the PBX is the step's own."""
        step = sending.step
        attempts = 1
        while True:
            found = None if step.once else self._outcome(sending, error)
            if found is not None:
                return found, True
            if step.once or attempts == MOST_ATTEMPTS:
                raise error
            attempts += 1
            try:
                return self.patiently(sending.new, lambda: self._sent(sending)), False
            except Rejected:
                # A server that has the object already, from an attempt whose answer was lost, may refuse a second one.
                found = self._find_new(sending) if step.creates else None
                if found is None:
                    raise
                return found, True
            except Ambiguous as unclear:
                error = unclear

    def find_created(self, sending: Sending) -> Values:
        """The new object, of which the server has answered nothing."""
        found = self._look(lambda: self._find_new(sending), LOST, api.BACKOFF)
        if found is None:
            raise BadAnswer(f"{sending.step.title}: the PBX answered nothing, and the new object is not there")
        return found

    def patiently(self, new: bool, request: Callable[[], T]) -> T:
        """Ask again for a while where the PBX does not find an object that this very run has made. new: see Sending."""
        for pause in LAG if new else ():
            try:
                return request()
            except NotFound:
                self._client.sleep(pause)
        return request()

    def partial(self, step: Step) -> bool:
        """Whether a step sends the settings of an extension that this plan makes, and not all of them."""
        partial = step.noun.singleton and len(step.body or {}) < len(step.noun.writable)
        return partial and step.place.pending and self._reader.dialect.singleton_put == "merged"

    def _sent(self, sending: Sending) -> Any:
        step, body = sending.step, self._revealed(sending.body)
        if step.file:
            return self._client.upload(step.method, sending.path, body, step.file, step.once)
        return self._client.write(step.method, sending.path, body if step.body is not None else None, step.once)

    def _revealed(self, body: Values) -> Json:
        """A body as it is sent. A server may quote a request, so that the client hides it in every message."""
        self._client.secrets.update(value.reveal() for value in body.values() if isinstance(value, Secret))
        return {name: revealed(value) for name, value in body.items()}

    def _whole(self, sending: Sending) -> Json:
        """The body of a step. The settings of an extension that this plan has made are sent whole as well, with the
        values that the extension started with, which could not be read when they were planned."""
        noun = sending.step.noun
        started = read(noun, self.patiently(sending.new, lambda: self._client.get_object(sending.path)))
        kept = {name: value for name, value in started.items() if value is not None}
        return body_of(noun, {**kept, **sending.values}, self._reader.dialect.null_choice)

    def _known_ids(self, step: Step, place: Place) -> set[Id]:
        there = (*self._draft.objects.all(step.noun, step.place), *self._reader.objects.all(step.noun, place))
        return {item.id for item in there}

    def _outcome(self, sending: Sending, error: Ambiguous) -> Values | None:
        """The object that a write of unknown outcome has made or replaced; None where it surely left nothing behind.
        Raises an error where there is no telling."""
        late = isinstance(error, TooLate)
        lost = SLOW if error.details.get("status") == GATEWAY_TIMEOUT else LOST
        pauses, unit = (LATE, min(self._client.settings.api_timeout, LONGEST)) if late else (lost, api.BACKOFF)
        made = sending.step.creates is not None
        find = (lambda: self._find_new(sending)) if made else (lambda: self._find_replaced(sending, error))
        found = self._look(find, pauses, unit)
        if found is None and late:
            raise Ambiguous(
                f"{error.message}, and it was not sent again because the PBX may still be at it; raise api_timeout, "
                f"and run this again: the next run will find out and go on from there",
                **error.details,
            )
        return found

    def _look(self, find: Callable[[], Values | None], pauses: tuple[float, ...], unit: float) -> Values | None:
        """Look at once, and again after each pause: the answers of a server may lag behind its state."""
        for pause in (0.0, *pauses):
            if pause:
                self._client.sleep(pause * unit)
            found = find()
            if found is not None:
                return found
        return None

    def _find_new(self, sending: Sending) -> Values | None:
        """The object that a POST of unknown outcome has made, if it has: something new with the same key, however the
        server has stored the rest."""
        noun, place, wanted = sending.step.object_noun, sending.place, sending.values
        before = sending.before | self._ids.made_in(noun, place)
        self._reader.forget(noun, place)
        if noun.identity == "agent_id":
            # The agents, new ones included, show whether a queue answers ids of agents or of extensions.
            self._reader.forget(NOUNS["agent"], Place())
        there = self.patiently(sending.new, lambda: self._reader.all(noun, place))
        new = [item for item in there if item.id not in before]
        known = [item for item in new if comparable(noun, item.values, wanted)]
        found = [item for item in known if alike(noun, item.values, wanted)]
        if found:
            return max(found, key=lambda item: _agreement(item, wanted)).answer
        doubtful = [item for item in known if similar(noun, item.values, wanted)]
        if doubtful:
            names = ", ".join(f'"{item.name}" (id {item.id})' for item in doubtful)
            raise Ambiguous(
                f"{sending.step.title}: its creation was not answered, and there is {names} now, which may be it in "
                f"another spelling; compare them on the PBX before the next run"
            )
        return None

    def _find_replaced(self, sending: Sending, error: Ambiguous) -> Values | None:
        """The object whose content a POST of unknown outcome has replaced, if it has. Raises the error when there is
        no telling."""
        step, place = sending.step, sending.place
        self._reader.forget(step.noun, place)
        for item in self._reader.all(step.noun, place) if isinstance(step.noun, Noun) else ():
            if item.id == step.id and step.file:
                arrived = self._contents.arrived(item, step.file)
                if arrived is not None:
                    return item.answer if arrived else None
        raise error


def _agreement(item: Item, wanted: Values) -> int:
    """How many fields of an object are as they were sent."""
    fields = item.noun.by_name
    return sum(
        1 for name, value in wanted.items() if name in item.values and same(fields[name], item.values[name], value)
    )
