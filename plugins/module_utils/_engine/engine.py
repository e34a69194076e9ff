# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One task from the first read to the report: the order of things is the same in check mode and in the real run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Callable, TypeVar

from .._api.client import Client
from .._api.errors import AccessDenied, NotFound, PbxError
from .._model.dialect import Dialect
from .._model.document import Declared
from .._model.given import LOST_ZEROS
from .._model.media import Medium
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._model.operation import Operation
from .._model.values import shown
from .._state.objects import Live
from .._state.place import Id, Place, stood_for
from .._state.snapshot import Snapshot
from .._text.plain import plain
from .apply.applier import Applier
from .apply.progress import Progress, Say
from .errors import InputError
from .live.fetch import Target, fetch, preview
from .live.operate import Operator, expected
from .live.traffic import Traffic
from .plan.dangling import Dangling
from .plan.doubts import Doubts
from .plan.draft import Draft, Unread
from .plan.guards import Deletions, Limits, check_tenant
from .plan.outcome import Outcome
from .plan.planner import Planner
from .plan.report import as_read, counts, diff_of, held, object_of, plan_of, remembered
from .plan.saved import SavedPlan
from .plan.steps import Step
from .plan.tenant import TenantPlanner
from .read.ahead import Ahead, at_once
from .read.contents import Contents
from .read.export import Exporter, Gap
from .read.memory import Memory
from .read.named import Names
from .read.reader import Lookups, Reader
from .read.references import References
from .read.selection import some

T = TypeVar("T")

GO_ON = "if what points there may do so, set check_references to false"


class Engine:
    """Plans with the methods that are named after what is declared; then ``finish`` applies, or stops in check mode.

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
        self.warnings: list[str] = []
        self._memory = memory
        self._arrived = False
        self._reader = Reader(client, dialect, self._memory, lookups)
        self._references = References(self._reader, assume=check and memory is None)
        self._contents = Contents(self._reader)
        self.names = Names(self._reader, self._references)
        self._updates = (update_password, update_file)
        self._check_references = check_references
        self._planner = self._draft(asks=True)
        self._progress = Progress(progress)
        self._applier = self._applies()

    def _draft(self, asks: bool = False) -> Planner:
        """A new plan. asks: what it needs is asked for on the way, as for what is live."""
        draft = Draft(self._reader, asks)
        references = References(draft, self._references.assume, self._references.wide)
        planner = Planner(draft, references, self._contents, *self._updates)
        planner.given.check_references = self._check_references
        return planner

    def _applies(self) -> Applier:
        planner = self._planner
        return Applier(
            self._client, self._reader, self._contents, planner.plan, planner.draft, self._replan, self._progress
        )

    def _plan(self, make: Callable[[Planner], T]) -> T:
        """Plan from what was read; where something is missing, read all of it at once and plan again."""
        while True:
            planner = self._draft()
            try:
                made = make(planner)
            except Unread as needed:
                at_once(list(needed.reads.values()), self._client.settings.parallel)
                continue
            # Whoever judges the plan may look at more than it is made from.
            planner.draft.asks = True
            self._planner = planner
            self._applier = self._applies()
            return made

    @property
    def reader(self) -> Reader:
        """For what is only read."""
        return self._reader

    def place(self, noun: Noun, extension: str | int | None, extension_id: Any | None) -> Place:
        """The inside of the extension that a task names by its number or by its id."""
        if extension_id is not None:
            identity = _picked("extension_id", extension_id, "extension")
            if not stood_for(identity):
                return Place().inside(NOUNS["extension"], int(identity) if identity.isdecimal() else identity, identity)
            live = self._references.resolve("extension", identity, Place(), "extension_id")
        else:
            live = self._numbered(extension)
        found = live.values.get("type")
        if found and noun.extension_types and found not in noun.extension_types:
            raise InputError([noun.misplaced(live.name, found)])
        return live.inside

    def _numbered(self, extension: str | int | None) -> Live:
        try:
            return self._references.extension(str(extension))
        except AccessDenied as error:
            # Who may see one extension only, may not list them (semantics.md section 2).
            raise AccessDenied(f'{error}; the user of one extension names it by extension_id: "@me"') from None
        except InputError as error:
            if not isinstance(extension, int):
                raise
            raise InputError(f"{sentence}; extension {LOST_ZEROS}" for sentence in error.sentences) from None

    def inside(self, place: Place, kind: str, name: str) -> Place:
        """The inside of an object that lives at a place."""
        return self._references.resolve(kind, name, place, str(place)).inside

    def found(
        self,
        noun: Noun,
        place: Place,
        identity: Any | None,
        wanted: Mapping[str, Sequence[str]],
        query: Mapping[str, Any],
        limit: int | None,
    ) -> list[dict[str, Any]]:
        """The objects of a list; see some. identity: an id, or the name of what the id is of."""
        if identity is not None:
            option = noun.picker.name
            identity = _picked(option, identity, noun.title)
            if noun.picker.refers_to:
                identity = self._planner.given.declare(noun, {option: identity}, place, str(place))[option]
        return [self.told(live) for live in some(self._reader, noun, place, identity, wanted, query, limit)]

    def one(self, noun: Noun, place: Place) -> dict[str, Any]:
        """A singleton as it is."""
        return self.told(self._reader.one(noun, place))

    def told(self, live: Live) -> dict[str, Any]:
        """An object as it is, with names beside its ids."""
        return self.names.beside(live.noun, live.place, as_read(live), values=live.values)

    def present(
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
            found[noun.program[0]] = [self._object(rule, self._step_of(rule)) for rule in rules]
        return found

    def emptied(self, noun: Noun, place: Place) -> dict[str, Any]:
        self._plan(lambda planner: planner.empty(noun, place))
        self._finish()
        return {}

    def absent(
        self, noun: Noun, place: Place, given: Mapping[str, Any], identity: Any | None, query: Mapping[str, Any]
    ) -> dict[str, Any]:
        self._plan(lambda planner: planner.remove(noun, place, given, identity, query))
        self._finish()
        return {}

    def configured(self, noun: Noun, place: Place, given: Mapping[str, Any]) -> dict[str, Any]:
        self._secrets_of(given.get(f.name) for f in noun.fields if f.secret)
        live, step = self._plan(lambda planner: planner.configure(noun, place, given))
        # What was read is sent along, and a server may quote it.
        self._secrets_of(live.values.get(f.name) for f in noun.fields if f.secret)
        self._finish()
        return self._object(live, step)

    def arranged(self, noun: Noun, place: Place, rules: Sequence[Any]) -> list[dict[str, Any]]:
        found, _step = self._plan(lambda planner: planner.arrange(noun, place, rules))
        self._finish()
        return [self._object(rule, None) for rule in found]

    def operated(
        self, operation: Operation, place: Place, given: Mapping[str, Any], wanted: Sequence[str] = ()
    ) -> dict[str, Any]:
        """Do what was asked for, unless what is there now shows that nothing is to do. wanted: see Operator.shown."""
        operator = Operator(self._reader, self._planner.references, self._planner, self.check)
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

    def exported(
        self, extensions: Collection[str] | None, sections: Collection[str] | None
    ) -> tuple[dict[str, Any], list[Gap]]:
        """The tenant as a document, and what a human has to decide; see Exporter."""
        self._references.wide = True
        exporter = Exporter(self._reader, self._references, extensions, sections)
        document = exporter.tenant()
        self.warnings += exporter.warnings
        return document, exporter.gaps

    def as_it_is(self, section: str, extension: str | Place) -> dict[str, Any]:
        """A section of an extension as the PBX has it. extension: its number, or its inside."""
        if not isinstance(extension, Place):
            found = self._reader.index(NOUNS["extension"], Place()).named(extension)
            if len(found) != 1:
                return {}
            extension = found[0].inside
        return {} if extension.pending else Exporter(self._reader, self._references).section(section, extension)

    def converged(
        self,
        root: Declared,
        place: Place,
        purge: Collection[str] = (),
        limits: Limits | None = None,
        plan_file: str | None = None,
        judge: Callable[[], Sequence[str]] = tuple,
        examine: Callable[[Outcome], Sequence[str]] | None = None,
        whole: bool = False,
    ) -> tuple[dict[str, dict[str, int]], list[dict[str, str]]]:
        """Plan and apply all that is declared inside of an object, and give how many objects of each kind change, and
        what the declared lists hold besides and keep.

        place: the object's inside. Raises InputError, before anything is written, for what is wrong with the document
        or is not within the limits.

        judge: says what is wrong with the document besides its values, compared with what the PBX holds.
        examine: says what is wrong with what the plan makes of the tenant, in check mode and in the real run alike.
        whole: all of the tenant is read, not only what is declared.
        plan_file: in a preview, where to save the plan; otherwise a saved plan, which must still be the plan.
        """
        limits = limits or Limits()
        self.live_traffic = limits.live_traffic
        self._secrets_of(
            one.given.get(f.name) for one in root.walk() for f in one.noun.fields if f.secret and f.name in one.given
        )
        check_tenant(self._client, limits)
        self._references.wide = True
        self._progress.reading(sum(1 for dummy in root.walk()))
        if whole:
            self.read_tenant()
        Ahead(self._reader).read(root, place)
        wrong = judge()

        def make(planner: Planner) -> TenantPlanner:
            whole = TenantPlanner(planner, purge)
            whole.plan(root, place)
            return whole

        try:
            planned = self._plan(make)
        except InputError as refused:
            raise InputError([*refused.sentences, *wrong]) from None
        if wrong:
            raise InputError(wrong)
        self.warnings += planned.warnings
        draft, references = self._planner.draft, self._planner.references
        steps = self._planner.plan.arranged()
        self._secrets_of(live.values.get(f.name) for live in draft.singletons() for f in live.noun.fields if f.secret)
        deletions = Deletions(steps, draft, references, limits)
        wrong = [*self._dangling(), *deletions.objections()]
        self.warnings += deletions.warnings
        if examine and not wrong:
            try:
                wrong += examine(self.outcome())
            except PbxError as error:
                error.details.update(self._planned(steps))
                raise
        self._refuse(wrong)
        if plan_file:
            saved = SavedPlan(plan_file)
            (saved.save if self.check else saved.check)(steps, self._reader)
        self._carry_out()
        return counts(steps), held([(live, references.title(live)) for live in planned.unmanaged], self._client.mask)

    def read_tenant(self) -> None:
        """Read all of the tenant, as for an export."""
        self._references.wide = True
        Exporter(self._reader, self._references).read()

    def read_extensions(self, numbers: Collection[str], sections: Collection[str]) -> None:
        """Read these sections of the tenant, and of these extensions, as far as they are not read yet."""
        self._references.wide = True
        Exporter(self._reader, self._references, numbers, sections).read()

    def outcome(self) -> Outcome:
        """What has been read, and what the plan makes of it."""
        new_first = self._reader.dialect.new_rule_position == "first"
        planner = self._planner
        return Outcome(self._reader.held, planner.draft.held, planner.plan.arranged(), new_first)

    def foreseen(self, root: Declared, purge: Collection[str] = ()) -> Outcome:
        """What the document of a tenant would make of it. All of the tenant is read; nothing is applied or remembered.

        Raises InputError where it could not be applied.
        """
        try:
            self.converged(
                root, Place(), purge, Limits(max_delete_share=100, live_traffic="allow"), examine=_stop, whole=True
            )
        except _Stopped as stopped:
            return stopped.outcome
        return self.outcome()

    def snapshot(self, whole: bool = False) -> Snapshot:
        """The tenant as it is; what is not read is not known. whole: read all of it."""
        if whole:
            self.read_tenant()
        return self.outcome().before

    def fetched(self, medium: Medium, place: Place, identity: str, target: Target, basic: bool) -> dict[str, Any]:
        """Have a file of the PBX as a file of this machine; see fetch."""
        kept = self._kept(medium, place, identity)
        if kept.pending:
            self._arrived = True
            return preview(target, identity)
        path = kept.fill(medium.basic_path if basic else medium.path)
        found, self._arrived = fetch(self._client, path, target, kept.get("id"), basic, self.check)
        return found

    def described(self, medium: Medium, place: Place, identity: str) -> dict[str, Any]:
        """What the PBX tells of a file before it sends the content."""
        try:
            kept = self._kept(medium, place, identity)
            if kept.pending:
                return {"exists": True}
            head = self._client.download(kept.fill(medium.path), lambda _head: None)
        except NotFound:
            return {"exists": False}
        return {"exists": True, "media_type": head.media_type, "name": head.name, "size": head.length}

    def located(self, medium: Medium, place: Place, identity: str) -> dict[str, Any]:
        """The address at which the PBX stores a file."""
        return self._client.get_object(self._kept(medium, place, identity).fill(medium.storage_path))

    def _kept(self, medium: Medium, place: Place, identity: str) -> Place:
        """The place of a file, which can be filled into its paths. Raises NotFound where nothing can be yet."""
        wanted: Id = identity.strip()
        if wanted in ("", ".", ".."):
            raise InputError([f'{place}: {medium.name} "{identity}" picks no {medium.title}'])
        if medium.name == "sound":
            wanted = self._references.resolve(medium.name, identity, place, str(place)).id
            # Every extension can read the sounds of its tenant.
            if place.pending:
                place = self._reader.some_extension() or place
        elif place.pending or stood_for(identity):
            raise NotFound(f'{place}: there is no {medium.title} "{identity}" yet')
        return Place((*place.ids, ("id", wanted)))

    def report(self, writes: bool = True) -> dict[str, Any]:
        """What every module returns: changed, requests, warnings, and where it may write, plan and diff."""
        steps = self._planner.plan.arranged() if self.check else self._applier.done
        return {
            "changed": bool(steps) or self._arrived,
            **(self._planned(steps) if writes else {}),
            "requests": dict(sorted(self._client.requests.items())),
            "warnings": list(
                dict.fromkeys(
                    plain(self._client.mask.text(warning))
                    for warning in (
                        *self.warnings,
                        *self._planner.given.warnings,
                        *self._client.warnings,
                        *self._references.warnings,
                        *self._planner.references.warnings,
                        *self._contents.warnings,
                        *self._applier.warnings,
                    )
                )
            ),
        }

    def _planned(self, steps: list[Step]) -> dict[str, Any]:
        return {
            "plan": plan_of(steps, self._reader),
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
        try:
            self._applier.run(reads)
        finally:
            if self._memory:
                self._memory.written(self._applier.settled(remembered(self._applier.done, self._client.mask)))

    def _refuse(self, wrong: list[str]) -> None:
        """Stop before anything is written, if anything is wrong."""
        if wrong:
            error = InputError(wrong)
            error.details.update(self._planned(self._planner.plan.arranged()))
            raise error

    def _replan(self, noun: Noun, place: Place, program: list[dict[str, Any]]) -> list[Step]:
        return self._planner.program(noun, place, program)[1]

    def _step_of(self, live: Live) -> Step | None:
        for step in self._planner.plan.steps:
            if step.noun is live.noun and live.id in (step.id, step.creates) and step.action in ("create", "update"):
                return step
        return None

    def _object(self, live: Live, step: Step | None) -> dict[str, Any]:
        if step is None:
            return object_of(live, live.answer)
        if not self.check:
            return object_of(live, self._applier.answers.get(id(step), {}))
        merged = Live(live.noun, live.place, live.id, {**live.values, **step.values})
        return object_of(merged, {})

    def _secrets_of(self, values: Any) -> None:
        self._client.secrets.update(str(value) for value in values if value)


class _Stopped(Exception):
    """A plan is made, and is not to be applied."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def _stop(outcome: Outcome) -> Sequence[str]:
    raise _Stopped(outcome)


def _picked(option: str, value: Any, title: str) -> str:
    """An id as a path takes it. A path that ends with one of the others would be that of another object."""
    identity = str(value).strip()
    if identity in ("", ".", ".."):
        raise InputError([f'{option} "{identity}" picks no {title}'])
    return identity
