# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The parts of every task: to read, to plan, to judge the plan, to apply it, and to report."""

from __future__ import annotations

from collections.abc import Collection
from typing import Callable, TypeVar

from .._api.client import Client
from .._api.errors import PbxError
from .._api.parallel import at_once
from .._model.dialect import Dialect
from .._model.types import Json
from .._state.objects import Item
from .._state.snapshot import Snapshot
from .apply.applier import Applier
from .apply.progress import Progress, Say
from .errors import InputError
from .live.files import Files
from .live.traffic import Traffic
from .plan.dangling import GO_ON, Dangling
from .plan.doubts import Doubts
from .plan.draft import Draft, Unread
from .plan.outcome import Outcome
from .plan.planner import Planner
from .plan.program import plan_program
from .plan.report import diff_of, effects_of, object_after, once, plan_of
from .plan.steps import Step
from .read.contents import Contents
from .read.export import Exporter
from .read.memory import Memory
from .read.named import Names
from .read.reader import Lookups, Reader
from .read.recent import Recent
from .read.references import Places, References
from .search import Search

T = TypeVar("T")


class Task:
    """Plans, and applies the plan, or stops before that in check mode.

    memory: the changes of earlier tasks of the same preview; without one, a preview assumes objects that it cannot
    find.
    update_password, update_file: see Planner. lookups: see Reader. progress: takes lines about the progress of a long
    task. check_references: whether a plan is refused after which something would point at nothing. warnings: what is
    reported besides what was noticed on the way. live_traffic: see Limits; what is asked for one object at a time sets
    it. recent: see Reader. may_write: comes before the first write, or before a preview remembers its first step.
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
        recent: Recent | None = None,
        may_write: Callable[[], None] = lambda: None,
    ) -> None:
        self._client = client
        self.check = check
        self.live_traffic = "allow"
        # This runs after all checks have passed, just before the first write.
        self.undo_file: str | None = None
        self._before_writing: Callable[[], None] = lambda: None
        self.warnings: list[str] = []
        self._memory = memory
        self._may_write = may_write
        self.reader = Reader(client, dialect, self._memory, lookups, recent)
        self._references = References(self.reader, assume=check and memory is None)
        self._contents = Contents(self.reader)
        self.places = Places(self._references)
        self.files = Files(client, self.reader, self._references, check)
        self._check_references = check_references
        self._updates = (update_password, update_file)
        # For live objects, none of which is kept: the needed lists are asked for on the way.
        self._planner = self._new_planner(asks=True)
        self.search = Search(self.reader, Names(self.reader, self._references), self._planner.given)
        self._progress = Progress(progress)
        self._applier = self._new_applier()

    def _new_applier(self) -> Applier:
        planner = self._planner
        return Applier(
            *(self._client, self.reader, self._contents, planner.plan, planner.draft),
            lambda noun, place, rules: plan_program(planner, noun, place, rules)[1],
            self._progress,
        )

    def _plan(self, make: Callable[[Planner], T]) -> T:
        """Make a plan from the objects that were read. Where something is missing, all of that is read at once, and the
        plan is made again. Raises InputError for declarations that cannot be planned."""
        while True:
            planner = self._new_planner()
            try:
                made = make(planner)
            except Unread as needed:
                at_once(list(needed.reads.values()), self._client.settings.parallel)
                continue
            # Whoever judges the plan may look at more than it is made from.
            planner.draft.asks = True
            self._planner = planner
            self._applier = self._new_applier()
            return made

    def _new_planner(self, asks: bool = False) -> Planner:
        draft = Draft(self.reader, asks)
        references = References(draft, self._references.assume, self._references.wide)
        planner = Planner(draft, references, self._contents, *self._updates)
        planner.given.check_references = self._check_references
        return planner

    def exporter(self, extensions: Collection[str] | None = None, sections: Collection[str] | None = None) -> Exporter:
        """Return the exporter of the tenant as a document; see Exporter."""
        self._references.wide = True
        return Exporter(self.reader, self._references, extensions, sections)

    def read_tenant(self) -> None:
        """Read all of the tenant, as for an export."""
        exporter = self.exporter()
        exporter.read()
        exporter.read_names()

    def read_extensions(self, numbers: Collection[str], sections: Collection[str]) -> None:
        """Read these sections of the tenant, and of these extensions, as far as they are not read yet."""
        self.exporter(numbers, sections).read()

    def outcome(self) -> Outcome:
        """Return the state that has been read, and the effect of the plan on it."""
        new_first = self.reader.dialect.new_rule_position == "first"
        return Outcome(self.reader.objects, self._planner.draft.objects, self._planner.plan.ordered(), new_first)

    def snapshot(self, whole: bool = False) -> Snapshot:
        """The tenant as it is; lists that are not read are unknown. whole: read all of it."""
        if whole:
            self.read_tenant()
        return self.outcome().before

    def report(self, writes: bool = True) -> Json:
        """Return the results of every module: changed, requests, warnings, and where it may write, plan and diff."""
        steps = self._planner.plan.ordered() if self.check else self._applier.done
        return {
            "changed": bool(steps) or self.files.arrived,
            **(self._as_json(steps) if writes else {}),
            "requests": dict(sorted(self._client.requests.items())),
            "warnings": once(
                self._client.mask,
                *(self.warnings, self._planner.given.warnings, self._client.warnings, self._references.warnings),
                *(self._planner.references.warnings, self._contents.warnings, self._applier.warnings),
            ),
        }

    def _as_json(self, steps: list[Step]) -> Json:
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

    def _dangling(self, odd: list[str] | None = None) -> list[str]:
        """Return the references that would point at nothing, if that is checked. odd: takes those that an undo only
        tells: a target named by its number or its digits may have been missing before the undone run as well."""
        if not self._check_references:
            return []
        dangling = Dangling(self._planner.plan.ordered(), self._planner.draft, self._planner.references)
        sentences = dangling.sentences()
        self.warnings += dangling.warnings
        if odd is not None:
            odd += (sentence for sentence in sentences if sentence not in dangling.by_id)
            sentences = [sentence for sentence in sentences if sentence in dangling.by_id]
        return [*sentences, GO_ON] if sentences else []

    def _carry_out(self, reads: int = 0) -> None:
        """Apply the plan, or in a preview remember it. reads: how many requests the task will read with afterwards."""
        steps = self._planner.plan.ordered()
        if steps:
            self._may_write()
        if self.check:
            self.warnings += Doubts(self._planner.draft).sentences(steps)
            if self._memory:
                self._memory.add(effects_of(steps, self._client.mask))
            return
        # Who waits during a preview says nothing about the real run.
        if self.live_traffic == "refuse":
            self._refuse(list(Traffic(steps, self._planner.draft).objections()))
        self._before_writing()
        try:
            self._applier.run(reads)
        except PbxError as error:
            if self.undo_file:
                error.details["undo_file"] = self.undo_file
            raise
        finally:
            self.reader.recent.note(self._applier.deeds())
            if self._memory:
                self._memory.note_writes(self._applier.settle(effects_of(self._applier.done, self._client.mask)))

    def _refuse(self, wrong: list[str]) -> None:
        """Stop before anything is written, if anything is wrong."""
        if wrong:
            error = InputError(wrong)
            error.details.update(self._as_json(self._planner.plan.ordered()))
            raise error

    def _object(self, item: Item, step: Step | None) -> Json:
        return object_after(item, step, None if self.check else self._applier.answers)
