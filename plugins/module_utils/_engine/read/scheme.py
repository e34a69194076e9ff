# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The answer of ``ivr/scheme/``, which holds a whole IVR in a shape that is not documented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..._model.ids import is_id
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.types import Json, Values
from ..._state.place import Place


def is_scheme(answer: Values) -> bool:
    """Whether an answer has the shape that is expected: contexts with options with rules, each of them whole."""
    return _are(answer.get("contexts"), NOUNS["ivr_context"], "options") and all(
        _are(context["options"], NOUNS["ivr_option"], "rules")
        and all(_are(option["rules"], NOUNS["ivr_rule"]) for option in context["options"])
        for context in answer["contexts"]
    )


def _are(value: object, noun: Noun, *sections: str) -> bool:
    names = {*sections, noun.identity, *(f.answered_as for f in noun.fields)}
    return isinstance(value, list) and all(
        isinstance(one, Mapping) and names <= one.keys() and is_id(one[noun.identity]) for one in value
    )


def lists_of(answer: Values, place: Place) -> Iterator[tuple[Noun, Place, list[Json]]]:
    """Every list of an answer that is_scheme, as the single requests would have brought it."""
    contexts, options, rules = NOUNS["ivr_context"], NOUNS["ivr_option"], NOUNS["ivr_rule"]
    yield contexts, place, answer["contexts"]
    for context in answer["contexts"]:
        inside = place.inside(contexts, context["id"], str(context["name"]))
        yield options, inside, context["options"]
        for option in context["options"]:
            yield rules, inside.inside(options, str(option["digits"]), str(option["digits"])), option["rules"]
