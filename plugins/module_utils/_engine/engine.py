# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One task from the first read to the report: the order of things is the same in check mode and in the real run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Callable, TypeVar

from .._api.client import Client
from .._api.errors import NotFound, PbxError
from .._model.dialect import Dialect
from .._model.document import Declared
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._model.operation import Operation
from .._model.values import shown
from .._state.objects import Live
from .._state.place import Place
from .._state.snapshot import Snapshot
from .apply.applier import Applier
from .apply.progress import Progress, Say
from .errors import InputError
from .finding import Finding
from .live.files import Files
from .live.operate import Operator, expected
from .live.traffic import Traffic
from .live.undo_file import UndoFile
from .plan.absent import plan_absent
from .plan.dangling import GO_ON, Dangling
from .plan.doubts import Doubts
from .plan.guards import Deletions, Limits, check_tenant
from .plan.outcome import Outcome
from .plan.planner import Planner
from .plan.planning import Planning
from .plan.report import counts, diff_of, held, object_after, once, plan_of, remembered
from .plan.saved import SavedPlan
from .plan.steps import Step
from .plan.tenant import TenantPlanner
from .plan.undo import Undo
from .read.ahead import Ahead
from .read.contents import Contents
from .read.export import Exporter
from .read.memory import Memory
from .read.named import Names
from .read.places import Places
from .read.reader import Lookups, Reader
from .read.references import References

T = TypeVar("T")


class Engine:
    """Does what one task asks for: it plans, and applies the plan, or stops before that in check mode.

    memory: what earlier tasks of the same preview would have done; without one, a preview assumes what it cannot find.
    update_password, update_file: see Planner. lookups: see Reader. progress: takes lines that tell what a long task is
    at. check_references: whether a plan is refused after which something would point at nothing. warnings: what is
    reported besides what was noticed on the way. live_traffic: see Limits; what is asked for one object at a time sets
    it.
    """

    def __init__(
        self,
        client: Client,
        dialect: Dialect,
        check: bool = False,
        memory: Memory | None = None,
        update_password: str = "always",
        lookups: Lookups | None = None,
        update_file: str = "differs",
        progress: Say | None = None,
        check_references: bool = True,
    ) -> None:
        self._client = client
        self.check = check
        self.live_traffic = "allow"
        # What is done when nothing stands in the way of the first write any more.
        self.undo_file: str | None = None
        self._before_writing: Callable[[], None] = lambda: None
        self.warnings: list[str] = []
        self._memory = memory
        self.reader = Reader(client, dialect, self._memory, lookups)
        self._references = References(self.reader, assume=check and memory is None)
        self._contents = Contents(self.reader)
        self.places = Places(self._references)
        self.files = Files(client, self.reader, self._references, check)
        self._check_references = check_references
        options = (update_password, update_file, check_references)
        self._planning = Planning(self.reader, self._references, self._contents, *options)
        self.finding = Finding(self.reader, Names(self.reader, self._references), self._planning)
        self._progress = Progress(progress)
        self._applier = self._applies()

    @property
    def _planner(self) -> Planner:
        return self._planning.planner

    def _applies(self) -> Applier:
        planner = self._planner
        return Applier(
            *(self._client, self.reader, self._contents, planner.plan, planner.draft),
            lambda noun, place, rules: planner.program(noun, place, rules)[1],
            self._progress,
        )

    def _plan(self, make: Callable[[Planner], T]) -> T:
        """See Planning.plan."""
        made = self._planning.plan(make)
        self._applier = self._applies()
        return made

    def ensure(
        self, noun: Noun, place: Place, given: Mapping[str, Any], identity: Any | None, program: Sequence[Any] | None
    ) -> dict[str, Any]:
        self._secrets_of(given.get(f.name) for f in noun.fields if f.secret)

        def make(planner: Planner) -> tuple[Live, Step | None, list[Live] | None]:
            live, step = planner.ensure(noun, place, given, identity)
            if program is None or not noun.program:
                return live, step, None
            return live, step, planner.program(NOUNS[noun.program[1]], live.inside, program)[0]

        live, step, rules = self._plan(make)
        self._finish()
        found = self._object(live, step)
        if rules is not None and noun.program:
            found[noun.program[0]] = [self._object(rule, self._planner.plan.step_of(rule)) for rule in rules]
        return found

    def empty(self, noun: Noun, place: Place) -> dict[str, Any]:
        self._plan(lambda planner: planner.empty(noun, place))
        self._finish()
        return {}

    def remove(
        self, noun: Noun, place: Place, given: Mapping[str, Any], identity: Any | None, query: Mapping[str, Any]
    ) -> dict[str, Any]:
        self._plan(lambda planner: planner.remove(noun, place, given, identity, query))
        self._finish()
        return {}

    def configure(self, noun: Noun, place: Place, given: Mapping[str, Any]) -> dict[str, Any]:
        self._secrets_of(given.get(f.name) for f in noun.fields if f.secret)
        live, step = self._plan(lambda planner: planner.configure(noun, place, given))
        # What was read is sent along, and a server may quote it.
        self._secrets_of(live.values.get(f.name) for f in noun.fields if f.secret)
        self._finish()
        return self._object(live, step)

    def arrange(self, noun: Noun, place: Place, rules: Sequence[Any]) -> list[dict[str, Any]]:
        found, _step = self._plan(lambda planner: planner.arrange(noun, place, rules))
        self._finish()
        return [self._object(rule, None) for rule in found]

    def operate(
        self, operation: Operation, place: Place, given: Mapping[str, Any], wanted: Sequence[str] = ()
    ) -> dict[str, Any]:
        """Do what was asked for, unless that is done already. wanted: see Operator.shown."""
        operator = Operator(self.reader, self._planner.references, self._planner, self.check)
        deed, found = operator.plan(operation, place, given)
        try:
            self._finish(reads=len(set(wanted)) if operation.returned[1] == "shown" else 0)
        except NotFound:
            if not (deed and (deed.method == "DELETE" or operator.is_over(operation, deed))):
                raise
        if operation.returned[1] == "shown":
            return operator.shown(operation, place, wanted, bool(self._applier.done))
        if operation.returned[1] == "answer" and deed:
            found = expected(operation, deed) if self.check else self._applier.answers.get(id(deed), {})
        return shown(operation, found) if operation.answered else dict(found)

    def exporter(self, extensions: Collection[str] | None = None, sections: Collection[str] | None = None) -> Exporter:
        """What says the tenant as a document; see Exporter."""
        self._references.wide = True
        return Exporter(self.reader, self._references, extensions, sections)

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
        absent: Sequence[Mapping[str, Any]] = (),
        undo: UndoFile | None = None,
        undoes: bool = False,
    ) -> tuple[dict[str, dict[str, int]], list[dict[str, str]]]:
        """Plan and apply all that is declared inside of an object, and give how many objects of each kind change, and
        what the declared lists hold besides and keep; see plan_document.

        plan_file: in a preview, where to save the plan; otherwise a saved plan, which must still be the plan.
        undo: where it is written down how everything was.
        """
        planned = self.plan_document(
            root, place, purge, limits or Limits(), judge, examine, whole, absent=absent, undoes=undoes
        )
        steps = self._planner.plan.arranged()
        if plan_file:
            saved = SavedPlan(plan_file)
            (saved.save if self.check else saved.check)(steps, self.reader)
        if undo and steps:
            found = Undo(steps, self.reader, References(self.reader, wide=True))
            self.warnings += found.lost
            self._before_writing = partial(self._keep, undo, found)
        self._carry_out()
        titled = [(live, self._planner.references.title(live)) for live in planned.unmanaged]
        return counts(steps), held(titled, self._client.mask)

    def plan_document(
        self,
        root: Declared,
        place: Place,
        purge: Collection[str],
        limits: Limits,
        judge: Callable[[], Sequence[str]] = tuple,
        examine: Callable[[Outcome], Sequence[str]] | None = None,
        whole: bool = False,
        absent: Sequence[Mapping[str, Any]] = (),
        undoes: bool = False,
    ) -> TenantPlanner:
        """Plan all that is declared inside of an object, and send nothing but reads.

        place: the object's inside. judge: says what is wrong with the document besides its values, compared with what
        the PBX holds. examine: says what is wrong with what the plan makes of the tenant, in check mode and in the real
        run alike. whole: all of the tenant is read, not only what is declared.

        absent: see plan_absent. undoes: the document is how everything was once, so that what is odd in it is told and
        refuses nothing, and what an undone run has created is no loss that a limit counts.

        Raises InputError for what is wrong with the document, or is not within the limits.
        """
        if undoes:
            limits = replace(limits, max_deletes=None, max_delete_share=100)
        self.live_traffic = limits.live_traffic
        self._secrets_of(
            one.given.get(f.name) for one in root.walk() for f in one.noun.fields if f.secret and f.name in one.given
        )
        check_tenant(self._client, limits)
        self._references.wide = True
        self._progress.reading(sum(1 for dummy in root.walk()))
        if whole:
            self.read_tenant()
        Ahead(self.reader).read(root, place)
        wrong = [*judge()]

        def make(planner: Planner) -> TenantPlanner:
            document = TenantPlanner(planner, purge)
            document.plan(root, place)
            plan_absent(planner, absent)
            return document

        try:
            planned = self._plan(make)
        except InputError as refused:
            raise InputError([*refused.sentences, *wrong]) from None
        if wrong:
            raise InputError(wrong)
        self.warnings += planned.warnings
        draft, references, steps = self._planner.draft, self._planner.references, self._planner.plan.arranged()
        self._secrets_of(
            live.values.get(f.name) for live in draft.held.settings.values() for f in live.noun.fields if f.secret
        )
        deletions = Deletions(steps, draft, references, limits)
        odd = self.warnings if undoes else wrong
        odd += (sentence for sentence in self._dangling() if not (undoes and sentence is GO_ON))
        wrong += deletions.objections()
        self.warnings += deletions.warnings
        if examine and not wrong:
            try:
                odd += examine(self.outcome())
            except PbxError as error:
                error.details.update(self._planned(steps))
                raise
        self._refuse(wrong)
        return planned

    def _keep(self, file: UndoFile, undo: Undo) -> None:
        """Write down how everything is that the plan touches."""
        file.write(undo, self._client, self._sound_of)
        self.undo_file = file.path

    def _sound_of(self, live: Live) -> Place:
        """The place from which the content of a sound is fetched."""
        home = self.reader.some_extension() or live.place
        return Place((*home.ids, ("id", live.id)))

    def read_tenant(self) -> None:
        """Read all of the tenant, as for an export."""
        exporter = self.exporter()
        exporter.read()
        exporter.read_names()

    def read_extensions(self, numbers: Collection[str], sections: Collection[str]) -> None:
        """Read these sections of the tenant, and of these extensions, as far as they are not read yet."""
        self.exporter(numbers, sections).read()

    def outcome(self) -> Outcome:
        """What has been read, and what the plan makes of it."""
        new_first = self.reader.dialect.new_rule_position == "first"
        return Outcome(self.reader.held, self._planner.draft.held, self._planner.plan.arranged(), new_first)

    def foreseen(self, root: Declared, purge: Collection[str] = ()) -> Outcome:
        """What the document of a tenant would make of it. All of the tenant is read; nothing is applied or remembered.

        Raises InputError where it could not be applied.
        """
        self.plan_document(root, Place(), purge, Limits(max_delete_share=100, live_traffic="allow"), whole=True)
        return self.outcome()

    def snapshot(self, whole: bool = False) -> Snapshot:
        """The tenant as it is; what is not read is not known. whole: read all of it."""
        if whole:
            self.read_tenant()
        return self.outcome().before

    def report(self, writes: bool = True) -> dict[str, Any]:
        """What every module returns: changed, requests, warnings, and where it may write, plan and diff."""
        steps = self._planner.plan.arranged() if self.check else self._applier.done
        return {
            "changed": bool(steps) or self.files.arrived,
            **(self._planned(steps) if writes else {}),
            "requests": dict(sorted(self._client.requests.items())),
            "warnings": once(
                self._client.mask,
                *(self.warnings, self._planner.given.warnings, self._client.warnings, self._references.warnings),
                *(self._planner.references.warnings, self._contents.warnings, self._applier.warnings),
            ),
        }

    def _planned(self, steps: list[Step]) -> dict[str, Any]:
        return {
            "plan": plan_of(steps, self.reader),
            "diff": diff_of(steps, self._planner.plan.listings, self._client.mask),
        }

    def _finish(self, reads: int = 0) -> None:
        """Judge the plan, and carry it out."""
        if self._planner.given.refused:
            raise InputError(self._planner.given.refused)
        self._refuse(self._dangling())
        self._carry_out(reads)

    def _dangling(self) -> list[str]:
        """What would point at nothing, if that is asked for."""
        if not self._check_references:
            return []
        dangling = Dangling(self._planner.plan.arranged(), self._planner.draft, self._planner.references)
        sentences = dangling.sentences()
        self.warnings += dangling.warnings
        return [*sentences, GO_ON] if sentences else []

    def _carry_out(self, reads: int = 0) -> None:
        """Apply the plan, or in a preview remember it. reads: how many requests the task will read with afterwards."""
        if self.check:
            steps = self._planner.plan.arranged()
            self.warnings += Doubts(self._planner.draft).sentences(steps)
            if self._memory:
                self._memory.add(remembered(steps, self._client.mask))
            return
        # Who waits during a preview says nothing about the real run.
        if self.live_traffic == "refuse":
            self._refuse(list(Traffic(self._planner.plan.arranged(), self._planner.draft).objections()))
        self._before_writing()
        try:
            self._applier.run(reads)
        except PbxError as error:
            if self.undo_file:
                error.details["undo_file"] = self.undo_file
            raise
        finally:
            if self._memory:
                self._memory.written(self._applier.settled(remembered(self._applier.done, self._client.mask)))

    def _refuse(self, wrong: list[str]) -> None:
        """Stop before anything is written, if anything is wrong."""
        if wrong:
            error = InputError(wrong)
            error.details.update(self._planned(self._planner.plan.arranged()))
            raise error

    def _object(self, live: Live, step: Step | None) -> dict[str, Any]:
        return object_after(live, step, None if self.check else self._applier.answers)

    def _secrets_of(self, values: Any) -> None:
        self._client.secrets.update(str(value) for value in values if value)
