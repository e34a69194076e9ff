# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Sends a plan: steps that wait for nothing at the same time, and each answer compared with the expected one.

One thread leads: it alone decides which step is sent next, and takes the answers. The others send.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Callable

from ..._api.client import Client
from ..._api.errors import Ambiguous, BadAnswer, PbxError, Rejected, RunEnded
from ..._model.noun import Noun
from ..._model.types import Json, Values
from ..._model.values import read
from ..._state.objects import Item
from ..._state.place import Id, Pending, Place
from ..plan.draft import Draft
from ..plan.report import plan_of, title_of
from ..plan.steps import Plan, Program, Step
from ..read.contents import Contents
from ..read.orders import rule_ids
from ..read.reader import Reader
from . import pool
from .answered import Answered, surprises
from .deeds import deeds
from .graph import Graph
from .ids import Ids
from .progress import Progress
from .sending import Sender, Sending
from .starts import Starts

Replan = Callable[[Noun, Place, list[Json]], list[Step]]


class Applier:
    """Applies one plan.

    draft: the material of the plan. replan: plans a program anew, for an option that did not start as the dialect says.
    answers: those of the server to each of the steps that took effect.
    """

    def __init__(
        self,
        client: Client,
        reader: Reader,
        contents: Contents,
        plan: Plan,
        draft: Draft,
        replan: Replan,
        progress: Progress,
    ) -> None:
        self.answers: dict[int, Values] = {}
        self.warnings: list[str] = []
        self._client = client
        self._reader = reader
        self._plan = plan
        self._draft = draft
        self._replan = replan
        self._progress = progress
        self._ids = Ids()
        self._answered = Answered(draft, self._ids)
        self._sender = Sender(client, reader, draft, contents, self._ids)
        self._starts = Starts(plan, draft, self._ids)
        # All steps in the order of the plan, and the state of each by its id.
        self._steps: list[Step] = []
        self._done: set[int] = set()
        self._unknown: set[int] = set()
        self._finished: set[int] = set()
        # The graph of the steps that are not finished; stale when others have been planned since. Where in it those
        # stand that are under way.
        self._graph = Graph([])
        self._graphed: list[Step] = []
        self._stale = True
        self._taken: dict[int, int] = {}
        self._under_way = 0
        self._doubts: deque[tuple[Sending, Ambiguous | None]] = deque()
        self._failures: list[PbxError] = []
        # How many programs of a new object are still to be looked at, those that wait for the first one of their kind,
        # and those that did not start as foreseen.
        self._looks: dict[int, int] = {}
        self._looking = 0
        self._first_looks: dict[str, str] = {}
        self._later: list[tuple[Step, Program]] = []
        self._odd: deque[tuple[Step, Program, list[Item], list[Id]]] = deque()

    @property
    def done(self) -> list[Step]:
        """The steps that took effect, in the order of the plan."""
        return [step for step in self._steps if id(step) in self._done]

    def deeds(self) -> list[Json]:
        """The deeds of the steps that took effect, as later reads should tell them."""
        return list(deeds(self.done, self.answers, self._ids))

    def run(self, reads: int = 0) -> None:
        """Send every step. On an error, nothing new is sent, steps under way are waited for, and the error's details
        list the steps that were done, those that were not, and those of which nobody knows.

        reads: how many requests the task will read with after the last step.
        """
        self._steps = self._plan.ordered()
        self._parent = os.getppid()
        if self._steps:
            partly = sum(map(self._sender.partial, self._steps))
            self._client.require_writes(len(self._steps) + partly + self._starts.reads() + reads)
        width = min(self._client.settings.parallel, len(self._steps))
        sending = pool.pool_of(width)
        try:
            self._send(sending, width)
        finally:
            sending.close()
            self.warnings += self._starts.warnings()
        if self._failures:
            raise self._first_error(self._failures)

    def settle(self, value: Any) -> Any:
        """A value with the ids of the objects that exist by now."""
        return self._ids.settle(value)

    def _send(self, sending: pool.Pool, width: int) -> None:
        while True:
            while self._under_way < width and not (self._failures or self._doubts):
                if not self._begin(sending):
                    break
            if self._under_way:
                self._take(sending, sending.next())
            elif self._doubts and not self._failures:
                self._resolve(sending, *self._doubts.popleft())
            else:
                break
        for mark, error in self._doubts:
            self._unknown.add(id(mark.step))
            self._failures += [error] if error else []

    def _begin(self, sending: pool.Pool) -> bool:
        """Send the next step that waits for nothing, if there is one."""
        if os.getppid() != self._parent:
            self._failures.append(RunEnded("the process that started this run has ended; nothing more is sent"))
        step = None if self._failures else self._next()
        if step is None:
            return False
        self._progress.sending(step, self._steps, len(self._done))
        prepared = self._sender.prepare(step)
        self._submit(sending, prepared, partial(self._sender.first, prepared))
        return True

    def _next(self) -> Step | None:
        if self._stale:
            self._graphed = [step for step in self._steps if id(step) not in self._finished]
            self._graph = Graph(self._graphed)
            self._taken = {id(step): at for at, step in enumerate(self._graphed) if id(step) in self._taken}
            self._stale = False
        while (at := self._graph.take()) is not None:
            step = self._graphed[at]
            # In a graph that was drawn again, steps under way are ready once more.
            if id(step) not in self._taken and id(step) not in self._finished:
                self._taken[id(step)] = at
                return step
        return None

    def _submit(self, sending: pool.Pool, mark: Sending | tuple[Step, Program], work: pool.Work) -> None:
        self._under_way += 1
        sending.submit(mark, work)

    def _take(self, sending: pool.Pool, outcome: pool.Outcome) -> None:
        """Take the result of one request."""
        self._under_way -= 1
        mark, error = outcome.mark, outcome.error
        if error is not None and not isinstance(error, PbxError):
            raise error
        if isinstance(mark, Sending):
            self._answer(sending, mark, outcome.value, error)
            return
        self._looking -= 1
        try:
            if error:
                raise error
            self._saw(sending, *mark, *outcome.value)
            if not self._looking:
                self._plan_anew()
        except PbxError as failure:
            self._fail(mark[0], failure)

    def _answer(self, sending: pool.Pool, mark: Sending, answer: Any, error: PbxError | None) -> None:
        """Take the answer to a step, or its error."""
        try:
            if isinstance(error, Ambiguous):
                self._doubts.append((mark, error))
            elif error:
                raise error
            elif mark.step.creates and not isinstance(answer, Mapping):
                self._doubts.append((mark, None))
            else:
                self._settle(sending, mark, answer, looked_up=False)
        except PbxError as failure:
            self._fail(mark.step, failure, failure.in_doubt)

    def _resolve(self, sending: pool.Pool, mark: Sending, error: Ambiguous | None) -> None:
        """Find out the result of a step, now that nothing else is under way."""
        try:
            answer, looked_up = self._sender.again(mark, error) if error else (None, False)
            if mark.step.creates and not isinstance(answer, Mapping):
                answer, looked_up = self._sender.find_created(mark), True
            self._settle(sending, mark, answer, looked_up)
        except PbxError as failure:
            # An object that the PBX refuses the second time, or lacks after it has answered, is surely not there.
            certain = (Rejected,) if error else (Rejected, BadAnswer)
            self._fail(mark.step, failure, not isinstance(failure, certain))

    def _fail(self, step: Step, error: PbxError, in_doubt: bool = False) -> None:
        self._reader.forget(step.noun, self.settle(step.place))
        self._failures.append(error)
        if in_doubt and id(step) not in self._done:
            self._unknown.add(id(step))

    def _first_error(self, failures: Sequence[PbxError]) -> PbxError:
        """The first error, with the state of all steps."""
        error, *others = failures
        done = self.done
        left = [step for step in self._steps if id(step) not in self._done]
        error.details["done"] = [self._sentence(step) for step in done]
        error.details["left"] = [self._sentence(step) for step in left if id(step) not in self._unknown]
        unknown = [self._sentence(step) for step in left if id(step) in self._unknown]
        if unknown:
            error.details["unknown"] = unknown
        if others:
            error.details["others"] = [str(other) for other in others]
        error.details["plan"] = plan_of(done, self._reader)
        return error

    def _sentence(self, step: Step) -> str:
        return f"{step.action} {title_of(step, self._client.mask)}"

    def _settle(self, sending: pool.Pool, mark: Sending, answer: Any, looked_up: bool) -> None:
        """Take the answer to a step that took effect."""
        step = mark.step
        self._done.add(id(step))
        if step.method != "DELETE" and isinstance(answer, Mapping):
            self.answers[id(step)] = answer
            self._judge(step, answer, looked_up)
        self._share(step)
        programs = self._starts.programs(step)
        self._looks[id(step)] = len(programs)
        if not programs:
            self._finish(step)
        for program in programs:
            self._look(sending, step, program)

    def _finish(self, step: Step) -> None:
        """Let go the steps that have waited for a step."""
        self._finished.add(id(step))
        at = self._taken.pop(id(step))
        if not self._stale:
            self._graph.finish(at)

    def _judge(self, step: Step, answer: Values, looked_up: bool) -> None:
        if step.action == "order":
            self._check_order(step, answer)
            return
        self._answered.require_same(step, answer, looked_up)
        if step.creates:
            identity = self._created_id(step, step.creates, answer)
            self._ids.note(step.noun, self.settle(step.place), step.creates, identity)
        self.warnings += surprises(step, answer, self._ids)

    def _check_order(self, step: Step, answer: Values) -> None:
        given = self.settle(step.values["rules"])
        if answer.get("rules_ids") is None:
            return
        found = rule_ids(answer, step.title)
        if found and not set(found) & set(given):
            raise BadAnswer(f"{step.title}: the PBX answered with the order of other rules: {found} instead of {given}")
        if found != given:
            self.warnings.append(f"{step.title}: the PBX answered another order than the one it was given")

    def _created_id(self, step: Step, pending: Pending, answer: Values) -> Id:
        identity = read(step.noun, answer).get(step.noun.identity, answer.get(step.noun.identity))
        if pending.known:
            identity = pending.known
        elif step.noun.identity == "agent_id":
            # The server may answer the id of the agent's extension here (semantics.md section 9 (18)).
            identity = self.settle(step.values["agent"])
        if not isinstance(identity, (int, str)):
            raise BadAnswer(f"{step.title}: the PBX answered no {step.noun.identity} for the new object")
        return identity

    def _share(self, step: Step) -> None:
        """Tell the next items of a loop the change of this step to a list that they share."""
        answer, place = self.answers.get(id(step)), self.settle(step.place)
        if answer or step.method == "DELETE":
            self._reader.note_write(step.noun, place, step.id, answer)
        else:
            self._reader.forget(step.noun, place)

    def _look(self, sending: pool.Pool, step: Step, program: Program) -> None:
        """Have it read the rules that a program of a new object starts with (semantics.md section 9 (6)); later, where
        the first one of its kind is still being read and may speak for it."""
        kind = program.noun.name
        if self._first_looks.get(kind) == "under way":
            self._later.append((step, program))
        elif self._starts.must_look_at(program):
            self._first_looks.setdefault(kind, "under way")
            self._looking += 1
            place = self._ids.settle(program.place)
            self._submit(sending, (step, program), partial(self._born, program.noun, place, self._ids.is_new(place)))
        else:
            self._end_look(step)

    def _born(self, noun: Noun, place: Place, new: bool) -> tuple[list[Item], list[Id]]:
        return self._sender.patiently(new, lambda: self._reader.all(noun, place)), self._reader.order(noun, place)

    def _saw(self, sending: pool.Pool, step: Step, program: Program, born: list[Item], order: list[Id]) -> None:
        """Take the rules that a program of a new object starts with."""
        if self._starts.differs(program, born):
            self._odd.append((step, program, born, order))
        else:
            self._end_look(step)
        self._first_looks[program.noun.name] = "done"
        waiting, self._later = self._later, []
        for later in waiting:
            self._look(sending, *later)

    def _end_look(self, step: Step) -> None:
        self._looks[id(step)] -= 1
        if not self._looks[id(step)]:
            self._finish(step)

    def _plan_anew(self) -> None:
        """Plan the programs that started otherwise than foreseen, while nobody else reads: the targets of their rules
        need not be there yet, so that everything is planned by its name."""
        while self._odd:
            step, program, born, order = self._odd.popleft()
            noun, place = program.noun, program.place
            self._draft.starts_with(noun, place, born, order)
            kept = [one for one in self._steps if one.noun is not noun or one.place != place]
            self._steps = sorted([*kept, *self._replan(noun, place, program.rules)], key=lambda one: one.phase)
            self._stale = True
            self._end_look(step)
