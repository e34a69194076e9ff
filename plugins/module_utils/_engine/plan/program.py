# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Programs, which are lists of rules whose order counts: which of the rules that are there are the declared ones, and
the steps that make the list the declared one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..._model.noun import Noun
from ..._model.types import Json, Values
from ..._model.values import same
from ..._state.announced import Change
from ..._state.objects import Item
from ..._state.place import Id, Place
from ..errors import InputError
from .planner import Planner
from .steps import Listing, Step


def plan_program(
    planner: Planner,
    noun: Noun,
    place: Place,
    given: Sequence[Values],
    where: str = "",
    unusable: Sequence[Collection[str]] = (),
) -> tuple[list[Item], list[Step]]:
    """Plan that a list of rules is the whole list, in that order.

    Rules are added and changed before the order is set, and what is left over goes last, so that a caller always
    finds either the old program or the new one (design: never drop a call). unusable: see Planner.ensure, for each
    rule.
    """
    where = where or f"{place} > rules"
    before = len(planner.given.refused)
    taken = [
        planner.given.take(noun, rule, place, f"{where}[{index}]", unusable[index] if unusable else ())
        for index, rule in enumerate(given)
    ]
    declared = [values for values, dummy in taken]
    ids = planner.draft.order(noun, place)
    current = sorted(planner.draft.all(noun, place), key=lambda rule: ids.index(rule.id))
    matched = pair(noun, declared, current)
    for index, ((wanted, missing), kept) in enumerate(zip(taken, matched)):
        planner.given.check(noun, wanted, kept, place, f"{where}[{index}]", missing)
    if len(planner.given.refused) > before:
        return [], []
    if place.pending:
        planner.plan.foresee(noun, place, [dict(rule) for rule in given])
    steps: list[Step | None] = []
    after: list[Item] = []
    for wanted, kept in zip(declared, matched):
        result, step = (kept, planner.update(kept, wanted)) if kept else planner.create(noun, place, wanted)
        after.append(result)
        steps.append(step)
    doomed = [rule for rule in current if rule not in matched]
    planner.plan.listings[place] = Listing(
        tuple(_rule_in_words(planner, rule.noun, rule.values, {}, place) for rule in current),
        tuple(
            _rule_in_words(planner, noun, {**(kept.values if kept else {}), **wanted}, wanted, place)
            for wanted, kept in zip(declared, matched)
        ),
    )
    steps.append(_order(planner, noun, place, after, doomed, ids))
    steps += [planner.delete(rule) for rule in doomed]
    return after, [step for step in steps if step]


def arrange(planner: Planner, noun: Noun, place: Place, wanted: Sequence[str]) -> tuple[list[Item], Step | None]:
    """Plan the order of the rules that are there: the named ones first, the others behind them as they are."""
    rules = planner.draft.all(noun, place)
    chosen = [planner.references.resolve(noun.name, name, place, str(place)) for name in wanted]
    twice = {rule.name for rule in chosen if chosen.count(rule) > 1}
    if twice:
        stand = "stands" if len(twice) == 1 else "stand"
        raise InputError([f"{place}: {', '.join(sorted(twice))} {stand} twice in the order; name each rule once"])
    ids = planner.draft.order(noun, place)
    rest = sorted((r for r in rules if r not in chosen), key=lambda rule: ids.index(rule.id))
    return chosen + rest, _order(planner, noun, place, chosen + rest, [], ids)


def _rule_in_words(planner: Planner, noun: Noun, values: Values, declared: Values, place: Place) -> Json:
    """One rule as people read it."""
    labels = planner.compare.labels(noun, values, place)
    return {
        field.name: labels[field.name]
        for field in noun.writable
        if field.name in labels
        and labels[field.name] is not None
        and (field.name in declared or not same(field, values[field.name], None))
    }


def _order(
    planner: Planner,
    noun: Noun,
    place: Place,
    after: Sequence[Item],
    doomed: Sequence[Item],
    ids: Sequence[Id],
) -> Step | None:
    appended = planner.draft.dialect.new_rule_position == "last"
    order = new_order([rule.id for rule in after], [rule.id for rule in doomed], ids, appended)
    if order is None:
        return None
    names = {rule.id: rule.name for rule in (*after, *doomed)}
    change = Change("rules", [names[i] for i in ids if i in names], [names[i] for i in order])
    return planner.plan.add(Step("order", noun, place, "", {"rules": order}, {"rules_ids": order}, changes=(change,)))


def pair(noun: Noun, declared: Sequence[Values], current: Sequence[Item]) -> list[Item | None]:
    """For each declared rule the one that is there and stays for it, or None where a new one is needed.

    A rule has no dependable name (semantics.md section 5), so it is recognised, in this order, by all that is declared
    of it, by its name, and by its variant (the action or the type). current: the rules that are there, in the order
    in which they run.
    """
    found: list[Item | None] = [None] * len(declared)
    free = list(current)

    def take(index: int, candidates: list[Item]) -> None:
        if candidates:
            found[index] = candidates[0]
            free.remove(candidates[0])

    # The most precisely declared rule chooses first, and takes the rule with the fewest values beside the declared
    # ones: otherwise an unconditional rule could claim the one with a condition.
    for index in sorted(range(len(declared)), key=lambda i: -len(declared[i])):
        equal = [rule for rule in free if _equal(noun, rule, declared[index])]
        take(index, sorted(equal, key=lambda rule: _number_of_values(noun, rule)))
    for index, wanted in enumerate(declared):
        if found[index] is None and wanted.get("name"):
            take(index, [rule for rule in free if rule.values.get("name") == wanted["name"]])
    for index, wanted in enumerate(declared):
        if found[index] is None and not wanted.get("name"):
            variant = wanted.get(noun.variant)
            take(index, [r for r in free if r.values.get(noun.variant) == variant and not r.values.get("name")])
    return found


def _equal(noun: Noun, rule: Item, wanted: Values) -> bool:
    fields = noun.by_name
    return all(same(fields[name], rule.values.get(name), value) for name, value in wanted.items())


def _number_of_values(noun: Noun, rule: Item) -> int:
    return sum(not same(noun.by_name[name], value, None) for name, value in rule.values.items())


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
