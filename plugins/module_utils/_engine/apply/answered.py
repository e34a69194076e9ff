# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The answer of the PBX to a write, compared with the request: whether it is about the same object, and which fields
differ from it."""

from __future__ import annotations

from collections.abc import Iterator

from ..._api.errors import BadAnswer
from ..._model.likeness import alike
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.types import Values
from ..._model.values import read, same
from ..._state.place import Id, Place
from ..._text.secret import Secret
from ..plan.draft import Draft
from ..plan.steps import Step
from .ids import Ids


class Answered:
    """Refuses answers about other objects than the one of the step: later steps would be written into those."""

    def __init__(self, draft: Draft, ids: Ids) -> None:
        self._draft = draft
        self._ids = ids

    def require_same(self, step: Step, answer: Values, looked_up: bool = False) -> None:
        """Raise BadAnswer unless an answer can be about the object of the step.

        looked_up: the answer was found in a list, as something that was not there before.
        """
        other = next(self._differences(step, answer, looked_up), None)
        if other:
            raise BadAnswer(
                f"{step.title}: the PBX answered about another object ({other}), so that nothing more is sent; "
                f"compare both on the PBX before the next run"
            )

    def _differences(self, step: Step, answer: Values, looked_up: bool) -> Iterator[str]:
        """Yield the facts which show that the answer is about another object."""
        noun, place = step.noun, self._ids.settle(step.place)
        if not isinstance(noun, Noun):
            return
        yield from _elsewhere(noun, place, answer)
        if noun.singleton:
            return
        identity = answer.get(noun.identity)
        found = read(noun, answer)
        if noun.identity == "agent_id":
            found["agent"] = wanted = self._ids.settle(step.values.get("agent", step.id))
            if not self._is_agent(noun, identity, wanted):
                yield f"{noun.identity} {identity}"
            return
        if step.creates:
            if not alike(noun, found, self._ids.settle(step.values)):
                yield f'{noun.title} "{noun.name_of(found)}"' + (f", id {identity}" if identity is not None else "")
            elif not looked_up and self._was_there(step, place, identity):
                yield f"{noun.identity} {identity}, which was there before"
        elif identity is not None and str(identity) != str(self._ids.settle(step.id)):
            yield f"{noun.identity} {identity}"
        elif identity is None and not alike(noun, found, self._ids.settle(step.values)):
            yield f'{noun.title} "{noun.name_of(found)}"'

    def _was_there(self, step: Step, place: Place, identity: Id | None) -> bool:
        """Whether an id is that of an object of the list from before the step."""
        noun = step.object_noun
        if identity is None or noun.identity in noun.key:
            return False
        if str(identity) in map(str, self._ids.made_in(noun, place)):
            return True
        return any(
            self._draft.has(noun, home) and self._draft.index(noun, home).with_id(identity) is not None
            for home in (step.place, place)
        )

    def _is_agent(self, noun: Noun, identity: Id | None, wanted: Id) -> bool:
        """Whether an id in the answer of a queue is the agent's or, as some servers answer, that of the agent's
        extension (semantics.md section 9 (18)). An id that no request so far can check is believed."""
        if identity is None or noun.by_name["agent"].unlisted or str(identity) == str(wanted):
            return True
        agents = [
            agent
            for agent in self._draft.objects.all(NOUNS["agent"], Place())
            if str(self._ids.settle(agent.id)) == str(wanted)
        ]
        return not agents or any(
            str(self._ids.settle(agent.place).get("extension")) == str(identity) for agent in agents
        )


def _elsewhere(noun: Noun, place: Place, answer: Values) -> Iterator[str]:
    """Yield the id of another extension where the answer shows that the object lives there."""
    owned = noun.singleton or "extension_id" in noun.by_name
    if not owned or not noun.parents:
        return
    found, wanted = answer.get("extension_id"), place.get(noun.parents[0])
    if found is not None and str(wanted).isdecimal() and str(found) != str(wanted):
        yield f"extension_id {found}"


def surprises(step: Step, answer: Values, ids: Ids) -> Iterator[str]:
    """One sentence for every field that did not take, or that changed unasked."""
    expected, found = ids.settle(step.values), read(step.noun, answer)
    asked, together = {change.field for change in step.changes}, {**found, **expected}
    for field in step.noun.writable:
        name = field.name
        if name not in expected or name not in found or field.or_home or not field.applies(together):
            continue
        if same(field, found[name], expected[name]):
            continue
        done, unsaid = ("was set", "as declared") if name in asked else ("was not touched", "what it was")
        secret = isinstance(expected[name], Secret) or isinstance(found[name], Secret)
        then, now = (unsaid, "another value") if secret else (repr(expected[name]), repr(found[name]))
        yield f"{step.title}: {name} {done} and should be {then}, but the PBX answered {now}"
