# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order of rules, tried on a list that behaves like the PBX's: any program becomes any other one."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._engine.plan.program import new_order, pair
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from ansible_collections.telops.pbx.plugins.module_utils._state.objects import Item
from ansible_collections.telops.pbx.plugins.module_utils._state.place import Place

RULE = NOUNS["ivr_rule"]

Rule = dict[str, Any]
RULES = st.lists(
    st.fixed_dictionaries(
        {"action": st.sampled_from(["hangup", "play_silence"])},
        optional={"name": st.sampled_from(["a", "b"]), "silence_time": st.integers(1, 2), "interval": st.just(7)},
    ),
    max_size=6,
)


@st.composite
def programs(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """The rules that are there and those that are wanted, in their order; new ones are above 100."""
    present = draw(st.lists(st.integers(1, 8), unique=True))
    kept = draw(st.lists(st.sampled_from(present), unique=True)) if present else []
    new = draw(st.lists(st.integers(101, 104), unique=True))
    return present, draw(st.permutations([*kept, *new]))


@settings(deadline=None)
@given(programs(), st.booleans(), st.data())
def test_the_steps_lead_to_the_wanted_order(
    program: tuple[list[int], list[int]], appended: bool, data: st.DataObject
) -> None:
    present, wanted = program
    doomed = [identity for identity in present if identity not in wanted]
    order = new_order(wanted, doomed, present, appended)
    rules = list(present)
    for identity in wanted:
        if identity not in present:
            where = len(rules) if appended else data.draw(st.integers(0, len(rules)))
            rules.insert(where, identity)
    if order is not None:
        assert sorted(order) == sorted(rules), "an order names every rule exactly once"
        rules = list(order)
    for identity in doomed:
        rules.remove(identity)
        assert rules or not wanted, "a program is never empty in between"
    assert rules == wanted


@settings(deadline=None)
@given(programs())
def test_no_order_is_written_where_nothing_moves(program: tuple[list[int], list[int]]) -> None:
    present, _wanted = program
    assert new_order(present, [], present, False) is None
    for one in present:
        rest = [identity for identity in present if identity != one]
        assert new_order(rest, [one], present, False) is None


def test_the_order_is_set_where_a_new_rule_may_land_elsewhere() -> None:
    assert new_order([7], [], [], False) is None
    assert new_order([1, 7], [], [1], False) == [1, 7]
    assert new_order([1, 7], [], [1], True) is None
    assert new_order([6, 7], [], [], False) == [6, 7]


def items(rules: list[Rule]) -> list[Item]:
    return [Item(RULE, Place(), number, {**rule, "id": number}) for number, rule in enumerate(rules, 1)]


@settings(deadline=None)
@given(RULES, RULES)
def test_a_rule_stays_for_one_declared_rule_at_most(declared: list[Rule], there: list[Rule]) -> None:
    matched = pair(RULE, declared, items(there))
    kept = [rule.id for rule in matched if rule]
    assert len(matched) == len(declared)
    assert len(kept) == len(set(kept))
    for wanted, rule in zip(declared, matched, strict=True):
        same_name = rule and wanted.get("name") and rule.values.get("name") == wanted["name"]
        same_action = rule and rule.values["action"] == wanted["action"]
        assert rule is None or same_name or same_action


@settings(deadline=None)
@given(RULES, st.data())
def test_rules_that_are_there_are_all_recognised(there: list[Rule], data: st.DataObject) -> None:
    """In every order, a rule that was declared in full is found again: it is neither created nor changed."""
    declared = data.draw(st.permutations(there))
    for wanted, rule in zip(declared, pair(RULE, declared, items(there)), strict=True):
        assert rule is not None
        assert {name: value for name, value in rule.values.items() if name != "id"} == wanted


@settings(deadline=None)
@given(RULES, st.data())
def test_the_first_of_equal_rules_stays_first(there: list[Rule], data: st.DataObject) -> None:
    """Rules that cannot be told apart are not swapped."""
    matched = pair(RULE, there, items(there))
    assert [rule.id for rule in matched if rule] == list(range(1, len(there) + 1))


def test_the_most_precisely_declared_rule_chooses_first() -> None:
    """Otherwise the one without a condition would claim, and lose the condition of, the one with it."""
    there = items([{"action": "hangup", "interval": 7}])
    assert pair(RULE, [{"action": "hangup"}, {"action": "hangup", "interval": 7}], there) == [None, there[0]]


def test_a_rule_is_known_by_its_name_before_it_is_by_its_action() -> None:
    there = items([{"name": "b", "action": "hangup"}, {"name": "a", "action": "voicemail"}])
    assert pair(RULE, [{"name": "a", "action": "hangup"}], there) == [there[1]]


def test_a_rule_with_the_least_besides_is_kept() -> None:
    there = items([{"action": "hangup", "interval": 7}, {"action": "hangup"}])
    assert pair(RULE, [{"action": "hangup"}], there) == [there[1]]


def test_a_rule_without_a_name_is_not_given_one() -> None:
    """It may be somebody's; the named one is new, and undeclared ones go."""
    assert pair(RULE, [{"name": "new", "action": "hangup"}], items([{"action": "hangup"}])) == [None]


def test_a_rule_with_a_name_is_not_taken_for_one_without() -> None:
    """The name says that it is another one, however much alike they are; a rule without a name may become anything."""
    named, nameless = items([{"name": "a", "action": "hangup", "interval": 7}, {"action": "hangup", "interval": 7}])
    wanted: list[Rule] = [{"action": "hangup", "interval": 8}]
    assert pair(RULE, wanted, [named]) == [None]
    assert pair(RULE, wanted, [named, nameless]) == [nameless]
