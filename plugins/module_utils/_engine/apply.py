# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Sends a plan, step by step, and holds every answer against what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable

from .._api.client import Client
from .._api.errors import Ambiguous, BadAnswer, PbxError
from .._model.noun import Noun
from .._model.values import read, same
from .._text.plain import plain
from .contents import Contents
from .place import Id, Pending, Place
from .plan import Plan, Program, Step, body_of
from .progress import Progress
from .reader import Reader
from .report import plan_of

# How often a POST may be sent whose predecessor surely left nothing behind.
MOST_ATTEMPTS = 3

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
        self._ids: dict[Pending, Id] = {}
        self._starts_empty: set[str] = set()
        self._left: list[Step] = []

    def run(self) -> None:
        """Send every step. On an error, its details say what was done and what was not."""
        self._left = self._plan.arranged()
        if self._left:
            self._client.require_writes(len(self._left))
        while self._left:
            step = self._left[0]
            self._progress.sending(len(self.done), self._left)
            try:
                answer = self._answer(step)
                self._left.pop(0)
                self.done.append(step)
                self._settle(step, answer)
                self._share(step)
            except PbxError as error:
                self._reader.forget(step.noun, self.settled(step.place))
                error.details["done"] = [self._sentence(s) for s in self.done]
                error.details["left"] = [self._sentence(s) for s in self._left]
                error.details["plan"] = plan_of(self.done, self._reader)
                raise

    @staticmethod
    def _sentence(step: Step) -> str:
        return plain(f"{step.action} {step.title}")

    def _answer(self, step: Step) -> Any:
        """What the server answers to a step; of something new always the object, which is looked up if need be."""
        answer = self._send(step)
        if not step.creates or isinstance(answer, Mapping):
            return answer
        found = self._arrived(step)
        if found is None:
            raise BadAnswer(f"{step.title}: the PBX answered nothing, and the new object is not there")
        return found

    def _send(self, step: Step) -> Any:
        path = self._reader.path(step.noun, self.settled(step.place), *(self.settled(part) for part in step.tail))
        path += step.query_text
        body = None if step.body is None else self.settled(self._whole(step, path))
        for _attempt in range(MOST_ATTEMPTS):
            try:
                if step.file:
                    return self._client.upload(step.method, path, body or {}, step.file, step.once)
                return self._client.write(step.method, path, body, step.once)
            except Ambiguous as error:
                if step.once:
                    raise
                found = self._arrived(step) if step.creates else self._replaced(step, error)
                if found is not None:
                    return found
                last = error
        raise last

    def _whole(self, step: Step, path: str) -> dict[str, Any]:
        """The body of a step. The settings of an extension that this plan has made are sent whole as well, with what
        the extension started with, which could not be read when they were planned."""
        body = step.body or {}
        partial = step.noun.singleton and len(body) < len(step.noun.writable)
        if not (partial and step.place.pending and self._reader.dialect.singleton_put == "merged"):
            return body
        started = read(step.noun, self._client.get_object(path))
        kept = {name: value for name, value in started.items() if value is not None}
        return body_of(step.noun, {**kept, **step.values}, self._reader.dialect.null_choice)

    def _arrived(self, step: Step) -> Mapping[str, Any] | None:
        """The object that a POST of unknown outcome has created, if it has: new since the list was read, and equal."""
        place = self.settled(step.place)
        known: set[Any] = {live.id for live in self._reader.known(step.noun, step.place)}
        known |= {self._ids[s.creates] for s in self.done if s.creates in self._ids and s.noun is step.noun}
        wanted = self.settled(step.values)
        fields = step.noun.by_name
        self._reader.forget(step.noun, place)
        for live in self._reader.all(step.noun, place):
            readable = {n: v for n, v in wanted.items() if n in live.values and not fields[n].write_only}
            if live.id not in known and all(same(fields[n], live.values[n], v) for n, v in readable.items()):
                return live.answer
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

    def _settle(self, step: Step, answer: Any) -> None:
        if step.method == "DELETE" or not isinstance(answer, Mapping):
            return
        self.answers[id(step)] = answer
        if step.action == "order":
            if answer.get("rules_ids") not in (None, self.settled(step.values["rules"])):
                self.warnings.append(f"{step.title}: the PBX answered another order than the one it was given")
            return
        if step.creates:
            self._ids[step.creates] = self._created_id(step, step.creates, answer)
        self._verify(step, answer)
        if step.creates:
            for program in self._plan.programs.get(step.creates, []):
                self._look_inside(program)

    def _created_id(self, step: Step, pending: Pending, answer: Mapping[str, Any]) -> Id:
        identity = answer.get(step.noun.identity)
        if pending.known:
            identity = pending.known
        elif step.noun.identity == "agent_id":
            # The server may answer the id of the agent's extension here (semantics.md section 9 (18)).
            identity = self.settled(step.values["agent"])
        if not isinstance(identity, (int, str)):
            raise BadAnswer(f"{step.title}: the PBX answered no {step.noun.identity} for what it created")
        return identity

    def _verify(self, step: Step, answer: Mapping[str, Any]) -> None:
        """Name every field that did not take, or that changed unasked."""
        expected, found = self.settled(step.values), read(step.noun, answer)
        asked = {change.field for change in step.changes}
        for field in step.noun.writable:
            name = field.name
            controller, values = field.applies_with
            if name not in expected or name not in found or field.refers_to == "agent":
                continue
            if controller and expected.get(controller, found.get(controller)) not in values:
                continue
            if same(field, found[name], expected[name]):
                continue
            done, secret = ("was set", "as declared") if name in asked else ("was not touched", "what it was")
            then = secret if field.secret else repr(expected[name])
            now = "another value" if field.secret else repr(found[name])
            self.warnings.append(f"{step.title}: {name} {done} and should be {then}, but the PBX answered {now}")

    def _share(self, step: Step) -> None:
        """Tell the next items of a loop what this step has changed in a list that they share."""
        answer, place = self.answers.get(id(step)), self.settled(step.place)
        if answer or step.method == "DELETE":
            self._reader.wrote(step.noun, place, step.id, answer)
        else:
            self._reader.forget(step.noun, place)

    def _look_inside(self, program: Program) -> None:
        """A new object may start with rules that the plan did not know of (semantics.md section 9 (6))."""
        noun, planned = program.noun, program.place
        foreseen = [live.id for live in self._reader.known(noun, planned) if live.born]
        # All new objects of a kind start alike: one that started as foreseen with nothing speaks for the others.
        if not foreseen and noun.name in self._starts_empty:
            return
        place = self.settled(planned)
        born = self._reader.all(noun, place)
        if len(born) == len(foreseen):
            if not born:
                self._starts_empty.add(noun.name)
            self._ids.update(
                (pending, live.id) for pending, live in zip(foreseen, born) if isinstance(pending, Pending)
            )
            return
        word = "visible" if born else "hidden"
        self.warnings.append(
            f"{planned} started with {len(born)} rules instead of {len(foreseen)}, so its rules were planned anew; "
            f"set dialect option_default_rule to {word} to have the preview say so beforehand"
        )
        self._left = [left for left in self._left if left.place != planned]
        self._left += self._replan(noun, place, program.rules)
        self._left.sort(key=lambda left: left.phase)

    def settled(self, value: Any) -> Any:
        """A value with the ids of what exists by now."""
        if isinstance(value, Pending):
            return self._ids.get(value, value.known or value)
        if isinstance(value, Place):
            return Place(tuple((noun, self.settled(identity)) for noun, identity in value.ids), value.names)
        if isinstance(value, Mapping):
            return {name: self.settled(part) for name, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.settled(part) for part in value]
        return value
