# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The order of rules as the PBX answers it; only order/ is authoritative (semantics.md section 9 (20))."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..._api.errors import BadAnswer
from ..._model.ids import answered_id
from ..._model.noun import Noun
from ..._model.sentence import said
from ..._model.types import Values
from ..._state.place import Id


def rule_ids(answer: Values, where: str) -> list[Id]:
    """The ids of an answered order, as numbers however they are spelled. Raises BadAnswer for anything but a list of
    ids.

    where: the words that a sentence about the answer begins with.
    """
    found = answer.get("rules_ids") or []
    ids: list[Id] = [one for one in map(answered_id, found) if one is not None] if isinstance(found, list) else []
    if not isinstance(found, list) or len(ids) < len(found):
        raise BadAnswer(f"{where}: rules_ids should be a list of ids, and is {said(found)}")
    return ids


def in_order(noun: Noun, where: str, order: Sequence[Id], there: Sequence[Id], gone: Collection[Id | None]) -> list[Id]:
    """The rules of a list in the order in which they run. Raises BadAnswer where the two do not fit each other.

    where: the words that a sentence about the order begins with. there: the ids of the list that the PBX answered.
    gone: those of rules that a preview takes for deleted.
    """
    order = list(dict.fromkeys(order))
    strange = ", ".join(str(identity) for identity in order if identity not in there and identity not in gone)
    if strange:
        raise BadAnswer(
            f"{where}: the order names {noun.title} {strange}, which the list of {noun.plural_title} does "
            f"not have; run this again if somebody has just changed them"
        )
    missing = ", ".join(str(identity) for identity in there if identity not in order)
    if missing:
        raise BadAnswer(
            f"{where}: the order does not name {noun.title} {missing}, so that nobody knows when it runs; "
            f"run this again if somebody has just changed the rules"
        )
    return [identity for identity in order if identity in there]
