# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The requests of a task to the engine. Their order is the same in check mode and in the real run."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Callable

from .._api.errors import NotFound, PbxError
from .._model.document import Declared
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._model.operation import Operation
from .._model.types import Json, Values
from .._model.values import shown
from .._state.objects import Item
from .._state.place import Id, Place
from .errors import InputError
from .live.operate import Operator, expected_answer
from .live.undo_file import UndoFile, keep_sounds
from .plan.guards import Deletions, Limits, check_tenant
from .plan.outcome import Outcome
from .plan.planner import Planner
from .plan.program import arrange, plan_program
from .plan.report import counts, unmanaged
from .plan.saved import SavedPlan
from .plan.steps import Step
from .plan.tenant import TenantPlanner, plan_tenant
from .plan.undo import Undo
from .read.ahead import Ahead
from .read.references import References
from .task import Task


class Engine(Task):
    """Each method plans, and then applies the plan, or stops before that in check mode."""

    def ensure(
        self, noun: Noun, place: Place, given: Values, identity: Id | None, program: Sequence[Values] | None
    ) -> Json:
        if noun.program and program is not None:
            return self._ensure_program(noun, place, given, identity, *noun.program, program)
        item, step = self._plan(lambda planner: planner.ensure(noun, place, given, identity))
        self._finish()
        return self._object(item, step)

    def _ensure_program(
        self,
        noun: Noun,
        place: Place,
        given: Values,
        identity: Id | None,
        section: str,
        kind: str,
        program: Sequence[Values],
    ) -> Json:
        """As ensure. section, kind: of the program, as in Noun.program."""

        def plan(planner: Planner) -> tuple[Item, Step | None, list[Item]]:
            item, step = planner.ensure(noun, place, given, identity)
            return item, step, plan_program(planner, NOUNS[kind], item.inside, program)[0]

        item, step, rules = self._plan(plan)
        self._finish()
        listed = [self._object(rule, self._planner.plan.step_of(rule)) for rule in rules]
        return {**self._object(item, step), section: listed}

    def empty(self, noun: Noun, place: Place) -> Json:
        self._plan(lambda planner: planner.empty(noun, place))
        self._finish()
        return {}

    def remove(self, noun: Noun, place: Place, given: Values, identity: Id | None, query: Values) -> Json:
        self._plan(lambda planner: planner.remove(noun, place, given, identity, query))
        self._finish()
        return {}

    def configure(self, noun: Noun, place: Place, given: Values) -> Json:
        item, step = self._plan(lambda planner: planner.configure(noun, place, given))
        self._finish()
        return self._object(item, step)

    def arrange(self, noun: Noun, place: Place, rules: Sequence[str]) -> list[Json]:
        found, _step = self._plan(lambda planner: arrange(planner, noun, place, rules))
        self._finish()
        return [self._object(rule, None) for rule in found]

    def operate(self, operation: Operation, place: Place, given: Values, wanted: Sequence[str] = ()) -> Json:
        """Carry out the order, unless that is done already. wanted: see Operator.shown."""
        operator = Operator(self.reader, self._planner.references, self._planner, self.check)
        deed, found = operator.plan(operation, place, given)
        try:
            self._finish(reads=len(set(wanted)) if operation.returned[1] == "shown" else 0)
        except NotFound:
            if not (deed and (deed.method == "DELETE" or operator.is_over(operation, deed))):
                raise
        if operation.returned[1] == "shown":
            return operator.answers_to(operation, place, wanted, bool(self._applier.done))
        if operation.returned[1] == "answer" and deed:
            found = expected_answer(operation, deed) if self.check else self._applier.answers.get(id(deed), {})
        return shown(operation, found) if operation.answered else dict(found)

    def converge(
        self,
        root: Declared,
        place: Place,
        purge: Collection[str] = (),
        limits: Limits | None = None,
        plan_file: str | None = None,
        judge: Callable[[], Sequence[str]] = tuple,
        examine: Callable[[Outcome], Sequence[str]] | None = None,
        whole: bool = False,
        absent: Sequence[Values] = (),
        undo: UndoFile | None = None,
        undoes: Sequence[str] | None = None,
    ) -> tuple[dict[str, dict[str, int]], list[dict[str, str]]]:
        """Plan and apply all that is declared inside of an object, and give how many objects of each kind change, and
        the further objects that the declared lists keep; see plan_document.

        plan_file: in a preview, where to save the plan; otherwise a saved plan, which must still be the plan.
        undo: where it is written down how everything was.
        """
        planned = self.plan_document(
            root, place, purge, limits or Limits(), judge, examine, whole, absent=absent, undoes=undoes
        )
        steps = self._planner.plan.ordered()
        if plan_file:
            saved = SavedPlan(plan_file)
            (saved.save if self.check else saved.check)(steps, self.reader)
        if undo and steps:
            found = Undo(steps, self.reader, References(self.reader, wide=True))
            if self.check:
                keep_sounds(found, self._client, self.reader.some_extension())
                self.warnings += found.warnings()
            self._before_writing = partial(self._keep, undo, found)
        self._carry_out()
        if undo and self.undo_file:
            self.undo_file = undo.complete()
        # An undo document lists the objects that it touches, and nothing else is missing in it.
        beside = () if undoes is not None else planned.unmanaged
        titled = [(item, self._planner.references.title(item)) for item in beside]
        return counts(steps), unmanaged(titled, self._client.mask)

    def plan_document(
        self,
        root: Declared,
        place: Place,
        purge: Collection[str],
        limits: Limits,
        judge: Callable[[], Sequence[str]] = tuple,
        examine: Callable[[Outcome], Sequence[str]] | None = None,
        whole: bool = False,
        absent: Sequence[Values] = (),
        undoes: Sequence[str] | None = None,
    ) -> TenantPlanner:
        """Plan all that is declared inside of an object, and send nothing but reads.

        place: the object's inside. judge: finds mistakes in the document besides its values, compared with the PBX.
        examine: finds faults in the tenant after the plan, in check mode and in the real run alike. whole: all of the
        tenant is read, not only its declared part.

        absent: see plan_absent. undoes: the document is how everything was once, so that odd values in it are warned of
        and refuse nothing, and objects that an undone run has created are no loss that a limit counts. These are the
        titles of the objects that it has created inside of those that are to be absent.

        Raises InputError for mistakes in the document, and for a plan that exceeds the limits.
        """
        of_others = limits.max_deletes or 0
        if undoes is not None:
            limits = replace(limits, max_deletes=None, max_delete_share=100)
        self.live_traffic = limits.live_traffic
        check_tenant(self._client, limits)
        self._references.wide = True
        self._progress.reading(sum(1 for dummy in root.walk()))
        if whole:
            self.read_tenant()
        Ahead(self.reader).read(root, place)
        wrong = [*judge()]

        try:
            planned = self._plan(lambda planner: plan_tenant(planner, root, place, purge, absent))
        except InputError as refused:
            raise InputError([*refused.sentences, *wrong]) from None
        if wrong:
            raise InputError(wrong)
        self.warnings += planned.warnings
        draft, references, steps = self._planner.draft, self._planner.references, self._planner.plan.ordered()
        deletions = Deletions(steps, draft, references, limits)
        odd = wrong if undoes is None else self.warnings
        wrong += self._dangling(None if undoes is None else odd)
        wrong += deletions.objections()
        if undoes is not None:
            wrong += deletions.of_others(undoes, of_others)
        self.warnings += deletions.warnings
        if examine and not wrong:
            try:
                odd += examine(self.outcome())
            except PbxError as error:
                error.details.update(self._as_json(steps))
                raise
        self._refuse(wrong)
        return planned

    def _keep(self, file: UndoFile, undo: Undo) -> None:
        """Write down how everything is that the plan touches."""
        self.undo_file = file.write(undo, self._client, self.reader.some_extension())
        self.warnings += undo.warnings()
        self._progress.undo_written(self.undo_file, len(self._planner.plan.ordered()))

    def anew(self) -> Engine:
        """One for the same tenant that has read nothing, because others may have changed everything."""
        reader = self.reader
        lookups = reader.forget_all()
        return Engine(self._client, reader.dialect, self.check, self._memory, lookups=lookups, recent=reader.recent)

    def foresee(self, root: Declared, purge: Collection[str] = ()) -> Outcome:
        """Return the outcome of a tenant's document. All of the tenant is read; nothing is applied or remembered.

        Raises InputError where it could not be applied.
        """
        self.plan_document(root, Place(), purge, Limits(max_delete_share=100, live_traffic="allow"), whole=True)
        return self.outcome()
