# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The modules that follow calls, and the tenant of those calls: a document, the PBX, or the PBX after the document."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from .._api.errors import PbxError
from .._engine.engine import Engine
from .._engine.errors import InputError
from .._flow.assumptions import Assumptions
from .._flow.calltest.moments import read_day
from .._flow.calltest.subject import Subject
from .._flow.plan import CallPlan
from .._flow.raw import InputProblem, InputProblems
from .._model.audio import inspect_path
from .._model.document import TENANT, Declared, doubtful, impossible
from .._model.values import ValueProblem
from .._state.document import of_document
from .._state.places import placed
from .._state.snapshot import Snapshot
from .._text.mask import Mask
from .documents import OfDocument
from .specs import Spec, mask_of

FOLLOWING: Spec = {
    "offline": {"type": "bool", "default": False},
    "today": {"type": "str"},
    "assumptions": {"type": "dict"},
}


_MOST_NAMED = 10


class Refused(PbxError):
    """Callers have an outcome that they must not have. result: that of the module."""

    def __init__(self, sentences: Sequence[str], result: Mapping[str, Any]) -> None:
        super().__init__(*sentences, **result)


@dataclass(frozen=True)
class Followed:
    """A tenant whose calls are followed.

    state: the tenant that the calls meet. before: the PBX as it is, where a document is laid over it; else None.
    sounds: lengths in ms by title, as far as files tell. today: the day that counts as today. mask: hides the secrets
    of addresses.
    check: nothing must be written. warnings: takes further sentences.
    """

    state: Snapshot
    before: Snapshot | None
    sounds: Mapping[str, int]
    today: date
    assume: Assumptions
    mask: Mask
    check: bool
    warnings: list[str] = field(default_factory=list)

    @cached_property
    def subject(self) -> Subject:
        """The compiled tenant, and the names in it."""
        return Subject.of(self.state, self.sounds)


class Following(OfDocument):
    """A module that follows calls. It changes nothing, and offline it sends nothing."""

    writes = False
    noun = TENANT

    def options(self) -> Spec:
        following = {name: dict(option) for name, option in FOLLOWING.items()}
        return {**self.section_options(), "purge": self.purge_option(), **following}

    @abstractmethod
    def follow(self, tenant: Followed, params: Mapping[str, Any]) -> dict[str, Any]:
        """Return the results of the module. Raises InputProblem, and PbxError for a refusal."""

    def results(self, returned: Any) -> dict[str, Any]:
        return dict(returned)

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        root = self.parsed(params)[0]
        before = None
        if root.inside:
            outcome = engine.foresee(root, params["purge"])
            state, before = placed(outcome.after, root), placed(outcome.before, root)
        else:
            state = placed(engine.snapshot(whole=True))
        mask = engine.reader.client.mask
        found, warnings = self._followed(params, root, state, before, mask, engine.check)
        engine.warnings += warnings
        return {"changed": False, **found}

    def apart(self, params: Mapping[str, Any], check: bool) -> dict[str, Any] | None:
        if not params["offline"]:
            return None
        root = self.parsed(params)[0]
        if wrong := impossible(root):
            raise InputError(wrong)
        if not root.inside:
            names = ", ".join(self.sections())
            raise InputError([f"offline is true, and there is no document to look at; give one of {names}"])
        state = of_document(root, complete=True)
        # A PBX may hold all else that a document must not declare, and callers of such a PBX meet something too.
        mask = mask_of(params)
        found, warnings = self._followed(params, root, state, None, mask, check)
        return {**found, "warnings": list(dict.fromkeys([*map(mask.text, doubtful(root)), *warnings]))}

    def _followed(
        self,
        params: Mapping[str, Any],
        root: Declared,
        state: Snapshot,
        before: Snapshot | None,
        mask: Mask,
        check: bool,
    ) -> tuple[dict[str, Any], list[str]]:
        with input_problems():
            tenant = followed(root, state, before, params["assumptions"], params["today"], mask, check)
            return self.follow(tenant, params), tenant.warnings


def followed(
    root: Declared,
    state: Snapshot,
    before: Snapshot | None,
    assumptions: Mapping[str, Any] | None,
    today: str | None,
    mask: Mask,
    check: bool,
) -> Followed:
    """The tenant whose calls are followed. root: its document, or a part of one. Raises InputProblem."""
    day = date.today() if today is None else read_day(today, "today")
    return Followed(state, before, lengths(root), day, Assumptions.of(assumptions or {}), mask, check)


def needed(plan: CallPlan, unknown: Collection[str]) -> set[str]:
    """The extensions of which calls need unknown values. unknown: the places of these."""
    return {
        number
        for number, extension in plan.extensions.items()
        if any(place.startswith(extension.place) for place in unknown)
    }


def nobody_has(index: int, number: str, there: Sequence[str]) -> InputProblem:
    """Return the problem with a number of the option ``numbers`` that nobody has. there: the numbers that exist."""
    named = ", ".join(there[:_MOST_NAMED]) + (", and others" if len(there) > _MOST_NAMED else "")
    return InputProblem(f"numbers[{index}]", f'nobody has the number "{number}"; there are: {named}')


@contextmanager
def input_problems() -> Iterator[None]:
    """Has a wrong call, test or assumption refused like any other wrong declaration."""
    try:
        yield
    except InputProblems as problems:
        sentences = [str(problem) for problem in problems.each[:_MOST_NAMED]]
        if more := len(problems.each) - len(sentences):
            sentences.append(f"{more} more make no sense")
        raise InputError(sentences) from None
    except InputProblem as problem:
        raise InputError([str(problem)]) from None


def lengths(root: Declared) -> dict[str, int]:
    """How long the sounds of a document are in ms, by title, as far as files tell."""
    found = {}
    for sound in root.inside.get("sounds", ()):
        title, path = sound.given.get("title"), sound.given.get("file")
        if title and path:
            try:
                found[str(title)] = round(inspect_path(str(path)).seconds * 1000)
            except ValueProblem:
                # Said already, with the place of the sound.
                continue
    return found
