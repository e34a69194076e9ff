# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One task from the first read to the report: the order of things is the same in check mode and in the real run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._api.client import Client
from .._model.dialect import Dialect
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .apply import Applier
from .errors import InputError
from .memory import Memory
from .place import Place
from .plan import Step
from .planner import Planner
from .reader import Live, Lookups, Reader
from .references import References
from .report import diff_of, object_of, plan_of, remembered


class Engine:
    """Plans with the methods that are named after what is declared; then ``finish`` applies, or stops in check mode.

    memory: what earlier tasks of this preview would have done; without one, a preview assumes what it cannot find.
    update_password: see Planner. lookups: see Reader.
    """

    def __init__(
        self,
        client: Client,
        dialect: Dialect,
        check: bool = False,
        memory: Memory | None = None,
        update_password: str = "always",
        lookups: Lookups | None = None,
    ) -> None:
        self._client = client
        self._check = check
        self._memory = memory if check else None
        self._reader = Reader(client, dialect, self._memory, lookups)
        self._references = References(self._reader, assume=check and memory is None)
        self._planner = Planner(self._reader, self._references, update_password)
        self._applier = Applier(client, self._reader, self._planner.plan, self._replan)

    def place(self, noun: Noun, extension: str | None, extension_id: Any | None) -> Place:
        """The inside of the extension that a task names by its number or by its id."""
        if extension_id is not None:
            identity = str(extension_id).strip()
            return Place().inside(NOUNS["extension"], int(identity) if identity.isdigit() else identity, identity)
        live = self._references.extension(str(extension))
        found = live.values.get("type")
        if found and noun.extension_types and found not in noun.extension_types:
            owners = " or ".join(noun.extension_types)
            raise InputError([f'extension "{live.name}" is of type {found}; {noun.title}s belong to {owners}'])
        return live.inside

    def inside(self, place: Place, kind: str, name: str) -> Place:
        """The inside of an object that lives at a place."""
        return self._references.resolve(kind, name, place, str(place)).inside

    def extensions(self) -> list[dict[str, Any]]:
        """All extensions of the tenant, each with its short number."""
        return [{**object_of(live, live.answer), "number": live.name} for live in self._reader.extensions()]

    def present(
        self, noun: Noun, place: Place, given: Mapping[str, Any], identity: Any | None, program: Sequence[Any] | None
    ) -> dict[str, Any]:
        self._secrets_of(given.get(f.name) for f in noun.fields if f.secret)
        live, step = self._planner.ensure(noun, place, given, identity)
        rules: list[Live] | None = None
        if program is not None:
            section = NOUNS[noun.contains[0][1]]
            rules = self._planner.program(section, live.inside, program)[0]
            if step:
                self._planner.plan.programs[live.inside] = [dict(rule) for rule in program]
        self._finish()
        found = self._object(live, step)
        if rules is not None:
            found[noun.contains[0][0]] = [self._object(rule, self._step_of(rule)) for rule in rules]
        return found

    def absent(self, noun: Noun, place: Place, given: Mapping[str, Any], identity: Any | None) -> dict[str, Any]:
        self._planner.remove(noun, place, given, identity)
        self._finish()
        return {}

    def configured(self, noun: Noun, place: Place, given: Mapping[str, Any]) -> dict[str, Any]:
        self._secrets_of(given.get(f.name) for f in noun.fields if f.secret)
        live, step = self._planner.configure(noun, place, given)
        # What was read is sent along, and a server may quote it.
        self._secrets_of(live.values.get(f.name) for f in noun.fields if f.secret)
        self._finish()
        return self._object(live, step)

    def arranged(self, noun: Noun, place: Place, rules: Sequence[Any]) -> list[dict[str, Any]]:
        found, _step = self._planner.arrange(noun, place, rules)
        self._finish()
        return [self._object(rule, None) for rule in found]

    def report(self) -> dict[str, Any]:
        """What every module returns: changed, plan, diff, requests, warnings."""
        steps = self._planner.plan.arranged() if self._check else self._applier.done
        return {
            "changed": bool(steps),
            "plan": plan_of(steps, self._reader),
            "diff": diff_of(steps, self._planner.plan.listings),
            "requests": dict(sorted(self._client.requests.items())),
            "warnings": list(
                dict.fromkeys([*self._client.warnings, *self._references.warnings, *self._applier.warnings])
            ),
        }

    def _finish(self) -> None:
        if not self._check:
            self._applier.run()
        elif self._memory:
            self._memory.add(remembered(self._planner.plan.arranged()))

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
        if not self._check:
            return object_of(live, self._applier.answers.get(id(step), {}))
        merged = Live(live.noun, live.place, live.id, {**live.values, **step.values})
        return object_of(merged, {})

    def _secrets_of(self, values: Any) -> None:
        self._client.secrets.update(str(value) for value in values if value)
