# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Which of the rules that are there are the rules that were declared."""

from __future__ import annotations

from collections.abc import Sequence

from ..._model.noun import Noun
from ..._model.types import Values
from ..._model.values import same
from ..._state.objects import Live
from ..._state.place import Id


def pair(noun: Noun, declared: Sequence[Values], live: Sequence[Live]) -> list[Live | None]:
    """For each declared rule the live one that stays for it, or None where a new one is needed.

    A rule has no dependable name (semantics.md section 5), so it is recognised, in this order, by all that is declared
    of it, by its name, and by its variant (the action or the type). live is in the order in which the rules run.
    """
    found: list[Live | None] = [None] * len(declared)
    free = list(live)

    def take(index: int, candidates: list[Live]) -> None:
        if candidates:
            found[index] = candidates[0]
            free.remove(candidates[0])

    # The most precisely declared rule chooses first, and takes the rule with the fewest values beside the declared
    # ones: otherwise an unconditional rule could claim the one with a condition.
    for index in sorted(range(len(declared)), key=lambda i: -len(declared[i])):
        equal = [rule for rule in free if _equal(noun, rule, declared[index])]
        take(index, sorted(equal, key=lambda rule: _besides(noun, rule, declared[index])))
    for index, wanted in enumerate(declared):
        if found[index] is None and wanted.get("name"):
            take(index, [rule for rule in free if rule.values.get("name") == wanted["name"]])
    for index, wanted in enumerate(declared):
        if found[index] is None and not wanted.get("name"):
            variant = wanted.get(noun.variant)
            take(index, [r for r in free if r.values.get(noun.variant) == variant and not r.values.get("name")])
    return found


def _equal(noun: Noun, rule: Live, wanted: Values) -> bool:
    fields = noun.by_name
    return all(same(fields[name], rule.values.get(name), value) for name, value in wanted.items())


def _besides(noun: Noun, rule: Live, wanted: Values) -> int:
    """How many fields of a live rule say something that was not declared."""
    fields = noun.by_name
    return sum(
        1
        for name, value in rule.values.items()
        if name not in wanted and fields[name].writable and not same(fields[name], value, None)
    )


def new_order(wanted: Sequence[Id], others: Sequence[Id], present: Sequence[Id], appended: bool) -> list[Id] | None:
    """The order to write, or None when the rules already run in the wanted one.

    wanted: the ids of the declared rules in their order. others: the ids that are going to be deleted; they run last
    until then. present: the ids in the order in which they run now. appended: new rules are known to land at the end.
    """
    created = [identity for identity in wanted if identity not in present]
    now = [identity for identity in present if identity in wanted] + created
    if now == list(wanted) and (not created or appended or (len(present) == 0 and len(created) == 1)):
        return None
    return [*wanted, *(identity for identity in present if identity in others)]
