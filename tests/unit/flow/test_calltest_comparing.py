# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tests that compare two states of a tenant: nobody notices a change but whom it is meant for."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import yaml

from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.explored import Explored
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.subject import Subject
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.trying import Report, Result, try_tests
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.unchanged import Unnoticed
from ansible_collections.telops.pbx.plugins.module_utils._flow.raw import InputProblem, InputProblems
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document
from ansible_collections.telops.pbx.plugins.module_utils._state.snapshot import Snapshot
from tests.unit.flow.calling import menu
from tests.unit.flow.trying import MASK, TODAY

Document = dict[str, Any]
ON_TUESDAY = "2026-11-24"


def hours(end: str) -> list[dict[str, Any]]:
    return [{"start_dow": 2, "end_dow": 6, "start_time": "09:00:00", "end_time": end}]


TENANT: Document = {
    "dids": [{"name": "74950000101", "extension": "300"}, {"name": "74950000102", "extension": "101"}],
    "extensions": [
        {"number": "101", "type": "phone", "phone": {"vm_enabled": True}},
        {"number": "102", "type": "phone", "phone": {}},
        {
            **menu(
                "300",
                {
                    "main": {
                        "start": [{"action": "transfer", "transfer_dst": "101", "interval": "Open", "final": False}],
                        "1": [{"action": "transfer", "transfer_dst": "102"}],
                        "timeout": [{"action": "hangup"}],
                        "digit_len": 1,
                    }
                },
            ),
            "intervals": [{"name": "Open", "timezone": "Europe/Berlin", "conditions": hours("18:00:00")}],
        },
    ],
}


def snapshot(document: Document) -> Snapshot:
    return of_document(parse(copy.deepcopy(document))[0], complete=True)


def edited(edit: Callable[[Document], None]) -> Document:
    found = copy.deepcopy(TENANT)
    edit(found)
    return found


def closes_later(document: Document) -> None:
    document["extensions"][2]["intervals"][0]["conditions"] = hours("19:00:00")


def other_key(document: Document) -> None:
    options = document["extensions"][2]["ivr"]["contexts"][0]["options"]
    next(one for one in options if one["digits"] == "1")["rules"][0]["transfer_dst"] = "101"


def report(tests: str, after: Document, before: Document | None = None, today: date = TODAY) -> Report:
    def others(name: str, place: str) -> Snapshot:
        if name != "exported":
            raise InputProblem(place, "there is no such document")
        return snapshot(TENANT if before is None else before)

    state = snapshot(after)
    raw = yaml.safe_load(tests)
    return try_tests(raw, Subject.of(state), today, MASK, Explored(), comparing=Unnoticed(state, others))


def one(test: str, after: Document, before: Document | None = None) -> Result:
    (result,) = report(f"[{{compare: {{with: exported}}, {test}}}]", after, before).results
    return result


EVERYBODY = "call: any, from: any, at: any, press: any, depth: 2"


def test_a_change_that_is_noticed_only_when_it_may_be_is_passed() -> None:
    result = one(f"{EVERYBODY}, unchanged: 'outside 18:00-19:01'", edited(closes_later))
    assert result.passed
    assert result.message == ""
    assert result.calls > 0


def test_a_change_that_is_noticed_at_another_time_fails_with_its_first_instant() -> None:
    result = one(f"{EVERYBODY}, unchanged: 'outside 18:30-19:30'", edited(closes_later))
    assert not result.passed
    assert result.failed == 3  # Who presses nothing, 1, or anything else.
    # Open until 18:00:00, so that the second after it is the first that differs.
    assert result.call["local"].endswith("18:00:01 +01:00")
    assert result.outcome["by"] == "101"
    assert "expected: unchanged outside 18:30-19:30\n  before: hangup normal" in result.message
    assert "first difference: ring 101, before it was menu 300 main timeout" in result.message
    assert "happened: answered by 101" in result.message


@pytest.mark.parametrize(
    ("test", "passed"),
    [
        # Only who presses 1 notices.
        ("call: any, at: any, unchanged: any", True),
        ("call: any, at: any, press: any, unchanged: any", False),
        ("call: any, at: any, press: '1', unchanged: any", False),
        ("call: any, at: any, press: '2', unchanged: any", True),
        # Whoever calls 101 itself does not.
        ("call: '74950000102', from: any, press: any, unchanged: any", True),
        # Within the opening hours 101 answers before anybody can press anything.
        ("call: any, press: any, unchanged: during Open", True),
        ("call: any, press: any, unchanged: outside Open", False),
        ("call: any, press: any, at: during Open, unchanged: any", True),
        ("call: any, press: any, at: during Open, phones: nobody, unchanged: any", False),
        # Where 101 is busy, its mailbox answers.
        ("call: any, press: any, at: during Open, phones: [fair, busy], unchanged: any", True),
        ("call: any, press: any, at: during Open, phones: [fair, nobody], unchanged: any", False),
        (f"call: any, press: any, at: '{ON_TUESDAY} 10:00', unchanged: any", True),
        (f"call: any, press: any, at: '{ON_TUESDAY} 20:00', unchanged: any", False),
        (f"call: any, press: any, at: every 1 h from {ON_TUESDAY} 09:00 to {ON_TUESDAY} 18:00, unchanged: any", True),
        (f"call: any, press: any, at: every 1 h from {ON_TUESDAY} 09:00 to {ON_TUESDAY} 19:00, unchanged: any", False),
    ],
)
def test_a_test_that_compares_looks_at_the_calls_that_it_names(test: str, passed: bool) -> None:
    assert one(test, edited(other_key)).passed is passed


def test_a_number_that_is_gone_is_one_of_any() -> None:
    after = edited(lambda document: document["dids"].pop())
    result = one("call: any, unchanged: any", after)
    assert (result.passed, result.call["to"], result.outcome["cause"]) == (False, "74950000102", "unallocated")
    assert not one("call: '74950000102', unchanged: any", after).passed


def test_what_is_not_known_is_not_passed() -> None:
    after = edited(lambda document: document["extensions"][1].pop("phone"))
    partial = of_document(parse(copy.deepcopy(after))[0], complete=False)
    raw = yaml.safe_load("[{compare: {with: exported}, call: '300', press: '1', unchanged: any}]")
    comparing = Unnoticed(partial, lambda name, place: snapshot(TENANT))
    (result,) = try_tests(raw, Subject.of(partial), TODAY, MASK, Explored(), comparing=comparing).results
    assert not result.passed
    assert result.unknown
    assert "not known: " in result.message


def test_what_no_simulated_call_shows_is_named() -> None:
    def rings_back(document: Document) -> None:
        document["extensions"][0]["phone"]["ringback_sound"] = "Song"

    result = one("call: any, unchanged: any", edited(rings_back))
    assert result.passed
    assert "ringback_sound" in " ".join(result.not_modelled)


@pytest.mark.parametrize(
    ("test", "sentence"),
    [
        ("{compare: {with: exported}, call: '101'}", "calls[0]: unchanged is missing"),
        ("{compare: {}, call: '101', unchanged: any}", "calls[0].compare: with is missing"),
        ("{compare: exported, call: '101', unchanged: any}", "calls[0].compare: 'exported' stands where"),
        ("{compare: {to: exported}, call: '101', unchanged: any}", "calls[0].compare: there is no to; there are: with"),
        ("{compare: {with: 3}, call: '101', unchanged: any}", "calls[0].compare.with: 3 is not text"),
        ("{compare: {with: a.yml}, call: '101', unchanged: any}", "calls[0].compare.with: there is no such document"),
        ("{call: '101', unchanged: any}", "calls[0].unchanged: it belongs to compare"),
        (
            "{compare: {with: exported}, call: '101', unchanged: any, expect: {told: true}}",
            "calls[0].expect: a test that compares has unchanged instead",
        ),
        ("{compare: {with: exported}, call: '109', unchanged: any}", "calls[0].call: nobody has the number '109'"),
        ("{compare: {with: exported}, call: '300', unchanged: at night}", "calls[0].unchanged: 'at night' is no"),
        (
            "{compare: {with: exported}, call: '300', unchanged: during Lunch}",
            "calls[0].unchanged: there is no interval",
        ),
        (
            "{compare: {with: exported}, call: '300', unchanged: 'during 25:00-26:00'}",
            "calls[0].unchanged: 25:00-26:00",
        ),
        (
            "{compare: {with: exported}, call: '300', at: during Open and outside Open, unchanged: any}",
            "calls[0].at: there is no such time within a year",
        ),
        ("{compare: {with: exported}, to: '101', at: 0}", "calls[0]: there is no compare; there are: name, to"),
    ],
)
def test_what_makes_no_sense_in_a_comparison_is_one_sentence(test: str, sentence: str) -> None:
    with pytest.raises(InputProblem) as caught:
        report(f"[{test}]", TENANT)
    assert str(caught.value).startswith(sentence)


def test_all_tests_that_make_no_sense_are_told_together() -> None:
    tests = """
    - {call: '199', expect: {answered: any}}
    - {call: '101', expect: {answered: any}}
    - {call: '300', at: during Lunch, expect: {answered: any}}
    - {compare: {with: exported}, call: '300', unchanged: during Lunch}
    - {call: 101}
    """
    with pytest.raises(InputProblems) as caught:
        report(tests, TENANT)
    assert [problem.place for problem in caught.value.each] == [
        "calls[0].call",
        "calls[2].at",
        "calls[3].unchanged",
        "calls[4].call",
    ]
