# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What would still refer to something that a plan deletes: such a plan must not be applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._model.destination import short_number
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._state.objects import Live
from ..._state.place import Place
from ..read.homes import Homes, Key
from ..read.reader import Reader
from ..read.references import References
from .steps import Step

# The fields that name an option, beside the field that refers to its context.
OPTION_FIELDS = ("context", "context_option")


class Dangling:
    """Looks for references to what a plan deletes, and reads for it only what could hold one."""

    def __init__(self, steps: Sequence[Step], reader: Reader, references: References) -> None:
        self._steps = steps
        self._reader = reader
        self._references = references
        self._gone: set[Key] = {(s.noun.name, s.place, s.id or "") for s in steps if s.action == "delete"}
        self._homes = Homes(reader, self._gone)
        self._changed: dict[tuple[str, Place, Any], Mapping[str, Any]] = {
            (s.noun.name, s.place, s.id if s.id is not None else ""): s.values for s in steps if s.action == "update"
        }

    def sentences(self) -> Iterator[str]:
        """One sentence for each reference that would lead nowhere."""
        for step in self._steps:
            if step.action == "delete" and step.noun.name == "extension":
                yield from self._by_number(step)
            if step.action == "delete" and not self._homes.within(step.place):
                for noun, field in _referrers(step.noun):
                    for home in self._homes.of(noun, step.place):
                        for title, value in self._values(noun, field, home, step):
                            if value == step.id:
                                yield (
                                    f'{title}: {field} refers to the {step.noun.title} "{step.name}", which would be '
                                    f"deleted; declare it, or change what refers to it"
                                )

    def _by_number(self, step: Step) -> Iterator[str]:
        """What still dials or employs a deleted extension; destinations only as far as they have been read."""
        agents = {agent.id for agent in self._reader.agents() if agent.place.get("extension") == step.id}
        for queue in self._homes.of(NOUNS["queue_agent"]) if agents else ():
            for title, value in self._values(NOUNS["queue_agent"], "agent", queue, step):
                if value in agents:
                    yield f'{title}: agent lives in the extension "{step.name}", which would be deleted'
        for one, values in self._known():
            for field in one.noun.writable:
                if step.name in _numbers(field.name, values.get(field.name)):
                    yield (
                        f'{self._references.title(one)}: {field.name} dials the extension "{step.name}", which would '
                        f"be deleted; change what dials it"
                    )

    def _known(self) -> Iterator[tuple[Live, Mapping[str, Any]]]:
        """Everything that has been read and stays, as it will be; and the rules that come."""
        for live in self._reader.everything():
            key = (live.noun.name, live.place, live.id)
            if key not in self._gone and not self._homes.within(live.place):
                yield live, {**live.values, **self._changed.get(key, {})}
        for new in self._steps:
            if new.action == "create" and new.noun.ordered and new.creates:
                yield Live(new.noun, new.place, new.creates, new.values), new.values

    def _values(self, noun: Noun, field: str, home: Place, step: Step) -> Iterator[tuple[str, Any]]:
        """The field's value in every object that stays or comes, with the object's title."""
        lives = [self._reader.one(noun, home)] if noun.singleton else self._reader.all(noun, home)
        for live in lives:
            if (noun.name, home, live.id) not in self._gone:
                values = {**live.values, **self._changed.get((noun.name, home, live.id), {})}
                yield self._references.title(live), self._value(values, field, step)
        for new in self._steps:
            if new.action == "create" and new.noun is noun and new.place == home and noun.ordered:
                yield new.title, self._value(new.values, field, step)

    @staticmethod
    def _value(values: Mapping[str, Any], field: str, step: Step) -> Any:
        if field != OPTION_FIELDS[1]:
            return values.get(field)
        return values.get(field) if values.get(OPTION_FIELDS[0]) == step.place.get("ivr_context") else None


def _referrers(noun: Noun) -> Iterator[tuple[Noun, str]]:
    """The fields that can refer to an object of a kind."""
    kind = noun.name[len("tenant_") :] if noun.name.startswith("tenant_") else noun.name
    for other in NOUNS.values():
        for field in other.writable:
            # The members of a queue leave it together with their agent (operations.json, remove_from_queues).
            if field.refers_to == kind and kind != "agent":
                yield other, field.name
    if noun.name == "ivr_option":
        yield NOUNS["ivr_rule"], OPTION_FIELDS[1]


def _numbers(field: str, value: Any) -> list[str]:
    """The numbers that a field has the PBX dial (semantics.md section 5, destination syntax)."""
    if field == "cascade_numbers":
        return [short_number(str(one.get("number"))) for one in value or ()]
    if field.endswith("transfer_dst") and value:
        return [short_number(number) for number in str(value).split()]
    return []
