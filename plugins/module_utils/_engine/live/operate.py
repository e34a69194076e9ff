# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""From an operation to a plan of one request at most: the present state decides whether anything is to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..._api.errors import BadAnswer
from ..._model.operation import Action, Operation
from ..._model.problems import problems
from ..._model.types import Json, Values
from ..._model.values import same
from ..._state.announced import Change
from ..._state.place import Id, Pending, Place, pending_of
from ..errors import InputError
from ..plan.planner import Planner
from ..plan.steps import Step, body_of, file_of
from ..read.reader import Reader
from ..read.references import References, not_here

Ids = tuple[tuple[str, Id], ...]


@dataclass
class Deed(Step):
    """The one request of an operation; verb is its HTTP method."""

    verb: str = ""

    @property
    def method(self) -> str:
        return self.verb

    @property
    def phase(self) -> tuple[int, int]:
        return (0, 0)

    @property
    def title(self) -> str:
        return self.name


class Operator:
    """Plans one operation.

    assume: take the stand-in of a preview for the id of something that an earlier task would have started.
    """

    def __init__(self, reader: Reader, references: References, planner: Planner, assume: bool) -> None:
        self._reader = reader
        self._references = references
        self._planner = planner
        self._assume = assume
        self._answers: Json = {}

    def plan(self, operation: Operation, place: Place, given: Values) -> tuple[Deed | None, Values]:
        """The request that is to be sent, None where nothing is to do, and the present values of its object."""
        name = given.get("action", next(iter(operation.actions)))
        action = operation.actions[name]
        place = self._inside(operation, place, given)
        title = _title(operation, place, given)
        declared = self._planner.given.declare(operation, given, place, title)
        wrong = [f"{title}: {problem}" for problem in problems(operation, declared, {})]
        if wrong:
            raise InputError(wrong)
        orders = {n: v for n, v in declared.items() if n not in ("action", operation.identity)}
        state = self._state(operation, place, orders)
        found = self._present_values(operation, place, state, declared)
        if not action.method:
            if found is None:
                raise InputError([f"{place}: {_missing(operation, state, declared)}"])
            return None, state
        if action.sets and found is not None:
            orders = {n: v for n, v in orders.items() if not same(operation.by_name[n], found.get(n), v)}
        returned = state if operation.returned[1] == "state" else found or {}
        if found is None or (action.sets and not orders):
            return None, returned
        if action.named:
            orders = {"action": name, **orders}
        values = {n: v for n, v in orders.items() if n != "action" or action.named == "body"}
        if f"{{{operation.identity}}}" not in operation.path and operation.identity in declared:
            values[operation.identity] = declared[operation.identity]
        deed = Deed(
            name,
            operation,
            place,
            title,
            values,
            body_of(operation, values, self._reader.dialect.null_choice) or None,
            query={"action": name} if action.named == "query" else {},
            changes=tuple(self._changes(operation, action, found, orders, place)),
            verb=action.method,
            file=file_of(operation, values),
            once=not action.repeatable,
        )
        self._planner.plan.add(deed)
        return deed, returned

    def answers_to(self, operation: Operation, place: Place, wanted: Iterable[str], anew: bool) -> Json:
        """Return the answer of the PBX to each of these questions. anew: ask again, after something has changed."""
        if anew:
            self._answers.clear()
        return {question: self._ask(operation, place, question) for question in wanted}

    def is_over(self, operation: Operation, deed: Deed) -> bool:
        """Whether the object of a request, which the request did not find, has ended by itself since it was looked
        for."""
        if not operation.listed:
            return False
        identity = deed.place.get(operation.identity)
        return _in_list(operation, self._state(operation, deed.place), identity) is None

    def _inside(self, operation: Operation, place: Place, given: Values) -> Place:
        """The place of the object that the identity picks, or of the list of all."""
        if not operation.identity:
            return place
        if operation.identity not in given:
            return Place((*place.ids, (operation.identity, "")), place.names)
        text = str(given[operation.identity]).strip()
        # A path that such an id ends would be that of another object.
        if text in ("", ".", ".."):
            raise InputError([f'{place}: {operation.identity} "{text}" is not the id of any {operation.title}'])
        stand_in = pending_of(text)
        if stand_in and not self._assume and not operation.listed:
            raise InputError([f"{place}: {operation.identity}: {not_here(text, operation)}"])
        identity = stand_in if stand_in and self._assume else text
        return Place((*place.ids, (operation.identity, identity)), (*place.names, f'{operation.title} "{text}"'))

    def _state(self, operation: Operation, place: Place, orders: Iterable[str] = ()) -> Values:
        """Return the present state that the PBX tells; empty where it can tell nothing about these orders."""
        if not operation.state:
            return {}
        if place.pending:
            # An object that an earlier task would create has no live operations yet.
            return {operation.listed: []} if operation.listed else {}
        if operation.listed:
            path = place.fill(operation.state)
            answer = self._reader.client.get_object(path)
            objects = answer.get(operation.listed)
            if not isinstance(objects, list) or not all(isinstance(one, Mapping) for one in objects):
                raise BadAnswer(f"GET {path}: the answer should list objects under {operation.listed}, and does not")
            return answer
        questions = dict.fromkeys(operation.asks[name] for name in orders if name in operation.asks)
        return {question: self._ask(operation, place, question) for question in questions}

    def _ask(self, operation: Operation, place: Place, question: str) -> Any:
        if place.pending:
            return None
        if question not in self._answers:
            answer = self._reader.client.get(place.fill(operation.state), {"action": question})
            # Whether the answer is the value itself or an object around it is not documented.
            self._answers[question] = answer.get(question, answer) if isinstance(answer, Mapping) else answer
        return self._answers[question]

    def _present_values(self, operation: Operation, place: Place, state: Values, declared: Values) -> Values | None:
        """The present values of the action's object; None where it is known not to be there."""
        answered = operation.obeyed(state, declared)
        found = None if answered is None else dict(answered)
        if operation.listed and not isinstance(place.get(operation.identity), Pending):
            found = _in_list(operation, state, declared.get(operation.identity))
        for effect in self._reader.overlay.of_kind(operation.name):
            if not _covers(effect.place.ids, place.ids):
                continue
            if operation.actions[effect.action].ends:
                return None
            if found is not None and operation.actions[effect.action].sets:
                found.update(effect.values)
        return found

    def _changes(
        self,
        operation: Operation,
        action: Action,
        found: Values,
        orders: Values,
        place: Place,
    ) -> Iterator[Change]:
        if action.method == "DELETE":
            for name, value in found.items():
                if value is not None:
                    yield Change(name, value, None)
            return
        fields = operation.by_name
        for name, value in orders.items():
            before = found.get(name) if action.sets else None
            after = self._references.label(fields[name], value, place)
            yield Change(name, before, self._reader.client.mask.address(after) if fields[name].address else after)


def expected_answer(operation: Operation, deed: Deed) -> Json:
    """Return the known part of the answer that the PBX would give; a placeholder is the id of a started object."""
    stand_in = str(Pending(operation.name, operation.name_of(deed.values)))
    return {
        **{f.answered_as: deed.values[f.name] for f in operation.answered if f.name in deed.values},
        **(dict.fromkeys(operation.stand_ins, stand_in) if deed.method == "POST" else {}),
    }


def _title(operation: Operation, place: Place, given: Values) -> str:
    if operation.identity in given:
        return str(place)
    own = operation.whole or operation.title
    names = [f'{own} "{given[name]}"' for name in operation.key if name in given]
    return " > ".join((*place.names, *(names or [own])))


def _in_list(operation: Operation, state: Values, identity: Id | None) -> Json | None:
    """The listed object with an id, or where none is asked for the whole list; None where there is no such thing."""
    # By name as everything that is returned: the PBX may answer in another order each time.
    objects = [dict(sorted(one.items())) for one in state[operation.listed]]
    if operation.past_unless and not state.get(operation.past_unless):
        objects = []
    if identity is None:
        return {operation.listed: objects} if objects else None
    return next((one for one in objects if _same_id(one.get(operation.identity), identity)), None)


def _same_id(one: object, other: object) -> bool:
    """Whether two ids are one: the PBX spells them high in lists, and low in its answer to a callback."""
    return str(one).casefold() == str(other).casefold()


def _missing(operation: Operation, state: Values, declared: Values) -> str:
    """The sentence for something that should be there and is not."""
    others = _in_list(operation, state, None)
    if others is None or operation.identity not in declared:
        return f"there is no {operation.title}"
    ids = ", ".join(str(one.get(operation.identity)) for one in others[operation.listed])
    return f"there is no such {operation.title}; there are: {ids}"


def _covers(done: Ids, ids: Ids) -> bool:
    """Whether an operation at one place concerns another one: the same, or one of the list."""
    return bool(done == ids or (len(done) == len(ids) and done[:-1] == ids[:-1] and done[-1][1] == ""))
