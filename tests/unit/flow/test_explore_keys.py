# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The answers of a caller: one for each effect, and every other answer has the effect of one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.budget import Budget, BudgetReached
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore import Answers, key_lists
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore_keys import TwoAnswers
from ansible_collections.telops.pbx.plugins.module_utils._flow.looks import Looks
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from tests.unit.flow.calling import agents, menu, phone, plan, queue
from tests.unit.flow.exploring import EXAMPLES, call_of, drawn, shape, twins

PLAY = {"action": "play_sound", "sound": "Hello"}
HANG_UP = [{"action": "hangup"}]


def rules_then_hang_up(*rules: dict[str, Any], **settings: Any) -> dict[str, Any]:
    options = {"start": [*rules, *HANG_UP], "5": HANG_UP, "52": HANG_UP}
    return menu("300", {"main": {**options, **settings}})


def pin(**settings: Any) -> dict[str, Any]:
    return {"number": "300", "type": "conference", "conference": settings}


def menu_with(*options: str, **settings: Any) -> dict[str, Any]:
    return menu("300", {"main": {"start": [PLAY], **dict.fromkeys(options, HANG_UP), **settings}})


def digits(**settings: Any) -> dict[str, Any]:
    return {"action": "record_digits", "record_digits_variable": "code", **settings}


def compared(value: str) -> dict[str, Any]:
    return {**PLAY, "match_variable_name": "code", "match_variable_value": value}


DIAL = {"action": "transfer_from_variable", "transfer_variable": "code"}
WORDS = [
    {"to_option": "5", "transcription": "yes|ja"},
    {"to_option": "52", "transcription": "yesterday|no"},
    {"to_option": "7", "transcription": "jazz"},
]
LISTEN = {"action": "voice_helper", "voice_helper_rules": WORDS}
# The menu, rule or queue that asks, and every answer at its first ask: a word that is said begins with a quote.
ASKS = [
    ("options, and others by their length and by time", menu_with("1", "2", "12", digit_len=2), "1 2 12 99 9"),
    ("one key", menu_with("1", digit_len=1), "1 9"),
    ("options that are too long", menu_with("1", "12", "123", digit_len=2), "1 12 99 9"),
    ("the words that nobody can type", menu_with("1", "timeout", "invalid", digit_len=1), "1 9"),
    ("as long as the extensions", menu_with("1"), "1 999 9"),
    ("all keys are options", menu_with(*"1234567890*#", digit_len=1), "1 2 3 4 5 6 7 8 9 0 * #"),
    ("any extension", menu_with("1", allow_any_dial=True), "1 300 101 999 9"),
    ("a value that is not used", rules_then_hang_up(digits()), "# 9"),
    ("one that is compared", rules_then_hang_up(digits(), compared("12")), "# 12# 12 9"),
    ("one that is too long", rules_then_hang_up(digits(record_digits_max=1), compared("12"), compared("3")), "# 3"),
    ("one that is dialled", rules_then_hang_up(digits(record_digits_max=3), DIAL), "# 300 101 000 9# 9"),
    ("one that is read out", rules_then_hang_up(digits(record_digits_max=2),
     {"action": "play_digits_from_variable", "play_digits_variable": "code"}), "# 9# 9 99"),
    ("a rating", rules_then_hang_up({"action": "quality_rate", "max_rate": 3}), "1 0"),
    ("a PIN", pin(pin="000", moderator_pin="111"), "000 222"),
    ("words", rules_then_hang_up({**LISTEN, "voice_helper_classic_term": False}), "'yes 'no '? 5"),
    ("words and keys", rules_then_hang_up({**LISTEN, "voice_helper_digits_max": 1}, digit_len=1), "'yes 'no '? 5 9"),
    ("more keys than the menu takes", rules_then_hang_up({**LISTEN, "voice_helper_digits_max": 2}, digit_len=1),
     "'yes 'no '? 5 50 9 90"),
    ("the key of a queue", queue("300", "101/Anna", exit_key="#", max_wait_time=9), "#"),
    ("no key of a queue", queue("300", "101/Anna", max_wait_time=9), ""),
]  # fmt: skip


@pytest.mark.parametrize(("what", "extension", "expected"), ASKS)
def test_the_answers_at_an_ask(what: str, extension: dict[str, Any], expected: str) -> None:
    known = plan({"extensions": [extension, agents("101", "Anna")]})
    found = list(key_lists(known, Call("300"), World(), Assumptions(), 1))
    assert found[0] == ()
    assert sorted(one.keys or f"'{one.say}" for [one] in found[1:]) == sorted(expected.split()), what


def test_an_option_that_is_taken_at_once() -> None:
    known = plan({"extensions": [menu_with("1", "23", digit_len=2)]})
    found = key_lists(known, Call("300"), World(), Assumptions.of({"early_match": "unambiguous"}), 1)
    assert sorted(one.keys for press in found for one in press) == ["1", "23", "9", "99"]


def test_lists_grow_by_one_ask_after_the_other_and_never_end_in_silence() -> None:
    options = {"main": {"start": [PLAY], "1": [PLAY], "timeout": [PLAY], "invalid": HANG_UP, "digit_len": 1}}
    known = plan({"extensions": [menu("300", options)]})
    found = ["-".join(one.keys for one in press) for press in key_lists(known, Call("300"), World(), Assumptions(), 2)]
    assert found == ["", "1", "9", "-1", "-9", "1-1", "1-9"]


def test_what_the_caller_has_no_patience_for_is_not_pressed() -> None:
    options = {"main": {"start": [PLAY], "1": [PLAY], "digit_len": 1, "timeout": [PLAY]}}
    known = plan({"extensions": [menu("300", options)]})
    assert list(key_lists(known, Call("300", hang_up_after=4999), World(), Assumptions(), 3)) == [()]


def test_impatient_callers_press_where_they_can() -> None:
    """Who waits to the end is asked for a number, and for no option."""
    start = [PLAY, digits(), *HANG_UP]
    known = plan({"extensions": [menu("300", {"main": {"start": start, "1": HANG_UP, "digit_len": 1}})]})
    found = [key_lists(known, Call("300", impatient=one), World(), Assumptions(), 1) for one in (False, True)]
    assert [[one.keys for press in each for one in press] for each in found] == [["#", "9"], ["1", "9", "#"]]


def test_lists_without_end_reach_the_budget() -> None:
    known = plan({"extensions": [menu_with("1", invalid=[PLAY], timeout=[PLAY])]})
    with pytest.raises(BudgetReached, match="not all keys of calls to 300 were tried"):
        list(key_lists(known, Call("300"), World(), Assumptions(), 50, Budget(100)))


def test_two_plans_where_one_takes_fewer_keys() -> None:
    plans = [plan({"extensions": [menu_with("1", digit_len=1)]}), plan({"extensions": [menu_with("12", digit_len=3)]})]
    each, asks = [], []
    for known in plans:
        looks = Looks()
        simulate(known, Call("300"), World(), Assumptions(), looks)
        asks.append(looks.asks[0])
        each.append(Answers(known, World(), Assumptions()))
    found = TwoAnswers(*each).to(*asks)
    effects = {tuple(answers.effect(ask, one) for answers, ask in zip(each, asks, strict=True)) for one in found}
    # Both the option and another key of the first, followed by the option of the second, another key, or nothing.
    assert effects == {
        (("1", True), ("12", False)), (("1", True), ("", False)), (("1", True), ("", True)),
        (("", True), ("", False)), (("", True), ("", True)),
    }  # fmt: skip
    assert TwoAnswers(*each).to(asks[0], None) == each[0].to(asks[0])


@pytest.mark.parametrize("seed", range(EXAMPLES * 4))
def test_every_answer_is_as_good_as_one_of_those_that_are_tried(seed: int) -> None:
    draw, known, world, assume = drawn(seed)
    for dummy in range(8):
        items = [draw.item() for dummy in range(4)]
        # Who hesitates moves everything that follows, and is no part of this.
        items = [{**one, "after": 0} if isinstance(one, dict) else one for one in items]
        items = [draw.one(one, "".join(draw.random.choices("0123456789*#", k=draw.one(1, 2, 3, 5)))) for one in items]
        call = call_of(draw, press=items)
        answers = [
            simulate(known, one, world, assume)
            for one in (call, replace(call, press=twins(known, call, world, assume)))
        ]
        assert shape(known, answers[0]) == shape(known, answers[1]), f"tenant {seed}, {call}"


def test_a_phone_listens_to_nobody() -> None:
    assert list(key_lists(plan({"extensions": [phone("101")]}), Call("101"), World(), Assumptions(), 3)) == [()]
