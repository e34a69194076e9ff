# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The deeds of a run, as the reads of later tasks should tell them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..._model.noun import Noun
from ..._model.types import Json, Values
from ..._model.values import read, same
from ..plan.steps import Step
from ..read.recent import ALL, ORDER, deed
from .ids import Ids


def deeds(done: Iterable[Step], answers: Mapping[int, Values], ids: Ids) -> Iterator[Json]:
    """Yield the deed of each step that took effect. answers: those of the server, by the ids of the steps."""
    for step in done:
        noun, place = step.noun, ids.settle(step.place)
        if not isinstance(noun, Noun):
            continue
        if step.action == "empty":
            yield deed(noun, place, ALL, None)
        elif step.action == "order":
            yield deed(noun, place, ORDER, {"rules": ids.settle(step.values["rules"])})
        elif step.action == "delete":
            yield deed(noun, place, step.id, None)
        elif step.creates:
            yield deed(noun, place, ids.settle(step.creates), {})
        else:
            sent = ids.settle(step.changed_values)
            yield deed(noun, place, step.id, _confirmed(noun, sent, answers.get(id(step), {})))


def _confirmed(noun: Noun, sent: Values, answer: Values) -> Json:
    """The values among those sent that the answer has as they were sent; none of a secret."""
    fields, answered = noun.by_name, read(noun, answer)
    return {
        name: value
        for name, value in sent.items()
        if name in answered and not fields[name].hidden and same(fields[name], answered[name], value)
    }
