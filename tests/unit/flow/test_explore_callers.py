# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who calls: one caller of each class, and every number is in one of them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.budget import Budget, BudgetReached
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Caller
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore import Exploration, callers
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore_patterns import Automaton
from ansible_collections.telops.pbx.plugins.module_utils._flow.looks import Looks
from ansible_collections.telops.pbx.plugins.module_utils._flow.pattern import search
from ansible_collections.telops.pbx.plugins.module_utils._flow.plan import CallPlan
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from tests.unit.flow.calling import menu, phone, plan
from tests.unit.flow.exploring import EXAMPLES, call_of, drawn, shape

NOBODY = CallPlan.__new__(CallPlan)
# Patterns, and the shortest number of each class.
CLASSES = [
    (["^7"], "0 7"),
    (["^7", "^7495"], "0 7 7495"),
    (["5$", "[02468]$"], "0 1 5"),
    ([r"^\+?49"], "0 49"),
    ([r"^(?:00|\+)49\d{3,5}$"], "0 +49000"),
    (["", "123"], "0 123"),
    ([r"^.{11}$"], "0 00000000000"),
    ([r"^\d{21}"], "0"),
    ([r"\D", "a"], "0 + a"),
    ([r"^(?!7)", r"7(?=8)"], "0 7 78 078"),
    ([r"^\d++5$"], "0"),
    ([r"\b7\b", r"1\B2"], "0 7 12 +712"),
    (["x*"], "0"),
]
EXACT = [
    "^7", "5$", r"^\+?49", "", "123", r"^(?:00|\+)49\d{3,5}$", r"\b7\b", r"^\d++5$", "^[^7]", "a|b|^$", r"^\d?+7",
    "^(?!7)", "7(?=8)", "^(?:7|8){2,}$", r"\D", "^.{11}$", "[02468]$", r"^\d{2,3}+7", r"1\B2", "(?>7)8", "x*",
    "(7|0)?5|1+?2", r"\A0|9\z", "[[:digit:]]x", "^(?P<one>7)8{2,3}?$", r"\Q+7\E", "$", "(|7)5", r"^\s|\w\W",
]  # fmt: skip


@pytest.mark.parametrize(("patterns", "expected"), CLASSES)
def test_one_caller_of_each_class(patterns: list[str], expected: str) -> None:
    found = callers(NOBODY, patterns)
    shown = [one.number for one in found if not one.anonymous]
    classes = {tuple(search(one)(number) for one in patterns) for number in shown}
    assert len(classes) == len(shown)
    assert set(expected.split()) <= {*shown} or len(shown) == len(expected.split()), shown
    assert [one.anonymous for one in found][-1]
    assert found.not_exact == ()


def test_nobody_tells_callers_apart() -> None:
    assert list(callers(NOBODY, [])) == [Caller()]
    assert list(callers(NOBODY, [None])) == [Caller(), Caller(anonymous=True)]


@pytest.mark.parametrize("pattern", [r"^(\d)\1$", "(?<=5)1", "^(?!78)", "(?>1|12)3", "7(?!89)"])
def test_a_pattern_that_is_no_regular_expression_is_told_and_has_candidates(pattern: str) -> None:
    found = callers(NOBODY, [pattern])
    assert found.not_exact == (pattern,)
    assert {search(pattern)(one.number) for one in found if not one.anonymous} == {True, False}


@pytest.mark.parametrize("pattern", EXACT)
def test_an_automaton_finds_what_the_search_finds(pattern: str) -> None:
    automaton, found, chance = Automaton(pattern), search(pattern), Random(pattern)  # noqa: S311 - the same each time
    assert automaton.exact
    for dummy in range(150):
        number = "".join(chance.choices("0123456789+*#5578897 ax", k=chance.randint(1, 12)))
        state = automaton.start
        for char in number:
            state = automaton.step(state, char)
        assert automaton.found(state) == found(number), number


def test_patterns_without_end_reach_the_budget() -> None:
    with pytest.raises(BudgetReached, match="not all callers were tried"):
        callers(NOBODY, [f"^.{{{n}}}5" for n in range(12)], Budget(500))


def test_a_pattern_that_is_met_on_the_way_brings_up_new_callers() -> None:
    """Option 1 asks for a number, which only leads to 101, who asks for another."""
    options = {"main": {"start": [{"action": "play_sound", "sound": "Hello"}],
                        "1": [{"action": "transfer", "transfer_dst": "101", "caller_id_action": "matches",
                               "caller_id": "^7"}],
                        "timeout": [{"action": "hangup"}]}}  # fmt: skip
    rule = {"type": "busy", "caller_id_action": "matches", "caller_id": "5$"}
    known = plan({"extensions": [menu("300", options), phone("101", rule), phone("102", rule | {"caller_id": "^9"})]})
    exploration = Exploration(known, Assumptions())
    found = {(one.call.caller.number, one.call.caller.anonymous) for one in exploration.calls("300", [(0, 1)], 1)}
    assert {(search("^7")(number), search("5$")(number)) for number, hidden in found if not hidden} == {
        (False, False), (False, True), (True, False), (True, True)}  # fmt: skip
    assert (Caller.number, True) in found
    assert not [number for number, hidden in found if number.startswith("9")]


@pytest.mark.parametrize("seed", range(EXAMPLES * 3))
def test_every_number_is_as_good_as_one_of_the_callers(seed: int) -> None:
    draw, known, world, assume = drawn(seed)
    for dummy in range(4):
        call = call_of(draw)
        searched: set[str | None] = set()
        while True:
            classes, before = callers(known, searched), len(searched)
            for one in classes:
                looks = Looks()
                simulate(known, replace(call, caller=one), world, assume, looks)
                searched |= looks.patterns
            if len(searched) == before:
                break
        patterns = [one for one in searched if one is not None]
        for dummy in range(3):
            number = "".join(draw.random.choices("0123456789+*#a", k=draw.random.randint(1, 12)))
            number = draw.one(number, f"7{number}", f"+49{number}", f"7495{number}")[:12]
            [twin] = [
                one
                for one in classes
                if not one.anonymous and all(search(it)(one.number) == search(it)(number) for it in patterns)
            ]
            answers = [simulate(known, replace(call, caller=one), world, assume) for one in (Caller(number), twin)]
            assert shape(known, answers[0]) == shape(known, answers[1]), f"tenant {seed}, {call}, {number}"


def test_who_is_shown_with_another_number_is_no_class() -> None:
    options = {"main": {"start": [{"action": "set_caller_id_number", "caller_id_number": "4911"},
                                  {"action": "transfer", "transfer_dst": "101"}]}}  # fmt: skip
    rule = {"type": "busy", "caller_id_action": "matches", "caller_id": "^7"}
    known = plan({"extensions": [menu("300", options), phone("101", rule)]})
    found = list(Exploration(known, Assumptions(), World()).calls("300", [(0, 1)]))
    assert [one.call.caller for one in found] == [Caller()]
