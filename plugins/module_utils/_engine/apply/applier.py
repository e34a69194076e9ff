# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Sends a plan, step by step, and holds every answer against what was expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Callable, TypeVar

from ..._api import client as api
from ..._api.client import Client
from ..._api.errors import Ambiguous, BadAnswer, NotFound, PbxError, Rejected, TooLate
from ..._model.likeness import alike, similar, told
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.values import read, same
from ..._state.objects import Live
from ..._state.place import Id, Pending, Place
from ..plan.report import plan_of, title_of
from ..plan.steps import Plan, Program, Step, body_of
from ..read.contents import Contents
from ..read.reader import Reader, rule_ids
from .answered import Answered, surprises
from .ids import Ids
from .progress import Progress

T = TypeVar("T")

# How often a POST may be sent whose predecessor surely left nothing behind.
MOST_ATTEMPTS = 3
# The pauses in s after which the PBX is asked again for what this very run has made, where its reads lag behind its
# writes.
LAG = (0.25, 0.5, 1.0)
# The pauses before a further look for what a POST may have made: after an answer that was lost, or that a gateway did
# not wait for, in multiples of the client's first pause; after one that came too late, in multiples of the time it had.
LOST = (2, 3)
SLOW = (2, 3, 10, 20)
LATE = (0.25, 0.75, 1)
# The longest such time in s: who has patience with a file need not have it with a creation.
LONGEST = 30.0
GATEWAY_TIMEOUT = 504

Replan = Callable[[Noun, Place, list[dict[str, Any]]], list[Step]]


class Applier:
    """Applies one plan.

    replan: plans a program anew, for an option that did not start as the dialect says.
    done: the steps that took effect, in order. answers: what the server answered to each of them.
    """

    def __init__(
        self,
        client: Client,
        reader: Reader,
        contents: Contents,
        plan: Plan,
        replan: Replan,
        progress: Progress,
    ) -> None:
        self.done: list[Step] = []
        self.answers: dict[int, Mapping[str, Any]] = {}
        self.warnings: list[str] = []
        self._client = client
        self._reader = reader
        self._contents = contents
        self._plan = plan
        self._replan = replan
        self._progress = progress
        self._ids = Ids()
        self._answered = Answered(reader, self._ids)
        self._starts_empty: set[str] = set()
        self._started: dict[tuple[str, int, int], list[Place]] = {}
        self._left: list[Step] = []

    def run(self, reads: int = 0) -> None:
        """Send every step. On an error, its details say what was done and what was not.

        reads: how many requests the task will read with after the last step.
        """
        self._left = self._plan.arranged()
        if self._left:
            self._client.require_writes(len(self._left) + self._reads() + reads)
        try:
            while self._left:
                self._next(self._left[0])
        except PbxError as error:
            error.details["done"] = [self._sentence(s) for s in self.done]
            error.details["left"] = [self._sentence(s) for s in self._left]
            error.details["plan"] = plan_of(self.done, self._reader)
            raise
        finally:
            self.warnings += self._other_starts()

    def settled(self, value: Any) -> Any:
        """A value with the ids of what exists by now."""
        return self._ids.settled(value)

    def _next(self, step: Step) -> None:
        self._progress.sending(len(self.done), self._left)
        try:
            answer, looked_up = self._answer(step)
            self._left.pop(0)
            self.done.append(step)
            self._settle(step, answer, looked_up)
            self._share(step)
        except PbxError:
            self._reader.forget(step.noun, self.settled(step.place))
            raise

    def _sentence(self, step: Step) -> str:
        return f"{step.action} {title_of(step, self._client.mask)}"

    def _reads(self) -> int:
        """How many requests the steps themselves read with, if everything starts as the dialect says."""
        empty: set[str] = set()
        count = len([step for step in self._left if self._is_partial(step)])
        for program in (one for programs in self._plan.programs.values() for one in programs):
            if program.noun.name not in empty:
                count += 1
                if not self._foreseen(program):
                    empty.add(program.noun.name)
        return count

    def _answer(self, step: Step) -> tuple[Any, bool]:
        """What the server answers to a step, and whether it had to be looked up; of something new always the object."""
        before = self._before(step)
        answer, looked_up = self._send(step, before)
        if not step.creates or isinstance(answer, Mapping):
            return answer, looked_up
        found = self._look(lambda: self._arrived(step, before), LOST, api.BACKOFF)
        if found is None:
            raise BadAnswer(f"{step.title}: the PBX answered nothing, and the new object is not there")
        return found, True

    def _send(self, step: Step, before: set[Any]) -> tuple[Any, bool]:
        place = self.settled(step.place)
        path = self._reader.path(step.noun, place, *map(self.settled, step.tail)) + step.query_text
        body = None if step.body is None else self.settled(self._whole(step, place, path))
        attempts = 0
        while True:
            attempts += 1
            try:
                return self._patiently(place, lambda: self._sent(step, path, body)), False
            except Rejected:
                # A server that has the object already, from an attempt whose answer was lost, may refuse a second one.
                found = self._arrived(step, before) if step.creates and attempts > 1 else None
                if found is None:
                    raise
                return found, True
            except Ambiguous as error:
                found = None if step.once else self._outcome(step, before, error)
                if found is not None:
                    return found, True
                if step.once or attempts == MOST_ATTEMPTS:
                    raise

    def _sent(self, step: Step, path: str, body: Any) -> Any:
        if step.file:
            return self._client.upload(step.method, path, body or {}, step.file, step.once)
        return self._client.write(step.method, path, body, step.once)

    def _patiently(self, place: Place, request: Callable[[], T]) -> T:
        """Ask again for a while where the PBX does not find what this very run has made. place: settled."""
        for pause in LAG if self._ids.is_new(place) else ():
            try:
                return request()
            except NotFound:
                self._client.sleep(pause)
        return request()

    def _outcome(self, step: Step, before: set[Any], error: Ambiguous) -> Mapping[str, Any] | None:
        """The object that a write of unknown outcome has made or replaced; None where it surely left nothing behind.
        Raises an error where there is no telling."""
        late = isinstance(error, TooLate)
        lost = SLOW if error.details.get("status") == GATEWAY_TIMEOUT else LOST
        pauses, unit = (LATE, min(self._client.settings.api_timeout, LONGEST)) if late else (lost, api.BACKOFF)
        find = (lambda: self._arrived(step, before)) if step.creates else (lambda: self._replaced(step, error))
        found = self._look(find, pauses, unit)
        if found is None and late:
            raise Ambiguous(
                f"{error.message}, and it was not sent again because the PBX may still be at it; raise api_timeout, "
                f"and run this again: the next run will find out and go on from there",
                **error.details,
            )
        return found

    def _look(
        self, find: Callable[[], Mapping[str, Any] | None], pauses: tuple[float, ...], unit: float
    ) -> Mapping[str, Any] | None:
        """Look at once, and again after each pause: what a server tells may lag behind what it does."""
        for pause in (0.0, *pauses):
            if pause:
                self._client.sleep(pause * unit)
            found = find()
            if found is not None:
                return found
        return None

    def _is_partial(self, step: Step) -> bool:
        """Whether a step sends the settings of an extension that this plan makes, and not all of them."""
        partial = step.noun.singleton and len(step.body or {}) < len(step.noun.writable)
        return partial and step.place.pending and self._reader.dialect.singleton_put == "merged"

    def _whole(self, step: Step, place: Place, path: str) -> dict[str, Any]:
        """The body of a step. The settings of an extension that this plan has made are sent whole as well, with what
        the extension started with, which could not be read when they were planned."""
        if not self._is_partial(step):
            return step.body or {}
        started = read(step.noun, self._patiently(place, lambda: self._client.get_object(path)))
        kept = {name: value for name, value in started.items() if value is not None}
        return body_of(step.noun, {**kept, **step.values}, self._reader.dialect.null_choice)

    def _before(self, step: Step) -> set[Any]:
        """The ids of the list of a new object from before it is made."""
        if not step.creates:
            return set()
        place = self.settled(step.place)
        known = {live.id for home in (step.place, place) for live in self._reader.known(step.noun, home)}
        return known | self._ids.made_in(step.noun, place)

    def _arrived(self, step: Step, before: set[Any]) -> Mapping[str, Any] | None:
        """The object that a POST of unknown outcome has made, if it has: something new with the same key, however the
        server has stored the rest."""
        noun, place = step.noun, self.settled(step.place)
        self._reader.forget(noun, place)
        if noun.identity == "agent_id":
            # Whose ids a queue answers is concluded from the agents, new ones included.
            self._reader.forget(NOUNS["agent"], Place())
        wanted = self.settled(step.values)
        new = [live for live in self._patiently(place, lambda: self._reader.all(noun, place)) if live.id not in before]
        known = [live for live in new if told(noun, live.values, wanted)]
        found = [live for live in known if alike(noun, live.values, wanted)]
        if found:
            return max(found, key=lambda live: _agreement(live, wanted)).answer
        doubtful = [live for live in known if similar(noun, live.values, wanted)]
        if doubtful:
            names = ", ".join(f'"{live.name}" (id {live.id})' for live in doubtful)
            raise Ambiguous(
                f"{step.title}: its creation was not answered, and there is {names} now, which may be it in another "
                f"spelling; compare them on the PBX before the next run"
            )
        return None

    def _replaced(self, step: Step, error: Ambiguous) -> Mapping[str, Any] | None:
        """The object whose content a POST of unknown outcome has replaced, if it has. Raises the error when there is
        no telling."""
        place = self.settled(step.place)
        self._reader.forget(step.noun, place)
        for live in self._reader.all(step.noun, place):
            if live.id == step.id and step.file:
                arrived = self._contents.arrived(live, step.file)
                if arrived is not None:
                    return live.answer if arrived else None
        raise error

    def _settle(self, step: Step, answer: Any, looked_up: bool) -> None:
        if step.method == "DELETE" or not isinstance(answer, Mapping):
            return
        self.answers[id(step)] = answer
        if step.action == "order":
            self._check_order(step, answer)
            return
        self._answered.require_same(step, answer, looked_up)
        if step.creates:
            identity = self._created_id(step, step.creates, answer)
            self._ids.made(step.noun, self.settled(step.place), step.creates, identity)
        self.warnings += surprises(step, answer, self._ids)
        if step.creates:
            # What is planned anew is noted as a program once more.
            for program in tuple(self._plan.programs.get(step.creates, ())):
                self._look_inside(program)

    def _check_order(self, step: Step, answer: Mapping[str, Any]) -> None:
        given = self.settled(step.values["rules"])
        if answer.get("rules_ids") is None:
            return
        found = rule_ids(answer, step.title)
        if found and not set(found) & set(given):
            raise BadAnswer(f"{step.title}: the PBX answered with the order of other rules: {found} instead of {given}")
        if found != given:
            self.warnings.append(f"{step.title}: the PBX answered another order than the one it was given")

    def _created_id(self, step: Step, pending: Pending, answer: Mapping[str, Any]) -> Id:
        identity = read(step.noun, answer).get(step.noun.identity, answer.get(step.noun.identity))
        if pending.known:
            identity = pending.known
        elif step.noun.identity == "agent_id":
            # The server may answer the id of the agent's extension here (semantics.md section 9 (18)).
            identity = self.settled(step.values["agent"])
        if not isinstance(identity, (int, str)):
            raise BadAnswer(f"{step.title}: the PBX answered no {step.noun.identity} for what it created")
        return identity

    def _share(self, step: Step) -> None:
        """Tell the next items of a loop what this step has changed in a list that they share."""
        answer, place = self.answers.get(id(step)), self.settled(step.place)
        if answer or step.method == "DELETE":
            self._reader.wrote(step.noun, place, step.id, answer)
        else:
            self._reader.forget(step.noun, place)

    def _foreseen(self, program: Program) -> list[Id]:
        """The rules that a program starts with, as far as the plan knows."""
        return [live.id for live in self._reader.known(program.noun, program.place) if live.born]

    def _look_inside(self, program: Program) -> None:
        """A new object may start with rules that the plan did not know of (semantics.md section 9 (6))."""
        noun, foreseen = program.noun, self._foreseen(program)
        # All new objects of a kind start alike: one that started as foreseen with nothing speaks for the others.
        if not foreseen and noun.name in self._starts_empty:
            return
        place = self.settled(program.place)
        born = self._patiently(place, lambda: self._reader.all(noun, place))
        if len(born) == len(foreseen):
            if not born:
                self._starts_empty.add(noun.name)
            for pending, live in zip(foreseen, born):
                if isinstance(pending, Pending):
                    self._ids.learn(pending, live.id)
            return
        self._started.setdefault((noun.name, len(born), len(foreseen)), []).append(program.place)
        # Planned where the plan knows everything by its names: what the rules refer to need not be there yet.
        self._reader.starts_with(noun, program.place, born, self._reader.order(noun, place))
        self._left = [step for step in self._left if step.noun is not noun or step.place != program.place]
        self._left += self._replan(noun, program.place, program.rules)
        self._left.sort(key=lambda step: step.phase)

    def _other_starts(self) -> Iterator[str]:
        """One sentence for all that did not start as foreseen."""
        for (kind, found, expected), places in self._started.items():
            more = f" and {len(places) - 1} more" if len(places) > 1 else ""
            whose = "their" if more else "its"
            remedy = (
                f"; set dialect option_default_rule to {'visible' if found else 'hidden'} to have the preview say so "
                "beforehand"
            )
            yield (
                f"{places[0]}{more} started with {found} rules instead of {expected}, so {whose} rules were planned "
                f"anew{remedy if kind == 'ivr_rule' else ''}"
            )


def _agreement(live: Live, wanted: Mapping[str, Any]) -> int:
    """How many fields of an object are as they were sent."""
    fields = live.noun.by_name
    return sum(
        1 for name, value in wanted.items() if name in live.values and same(fields[name], live.values[name], value)
    )
