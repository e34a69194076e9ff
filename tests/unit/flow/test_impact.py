# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Impacts whose rows, words and causes a person can check."""

from __future__ import annotations

import copy
import os
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.budget import Budget
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.subject import Subject
from ansible_collections.telops.pbx.plugins.module_utils._flow.compile import call_plan
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.compare import Comparison, Scope
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.edits import Edits
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.impact import WORDS, Impact, as_deep_as, impact
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.intent import Intent
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.result import ImpactResult
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.shared import Pair
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document
from ansible_collections.telops.pbx.plugins.module_utils._state.snapshot import Snapshot
from ansible_collections.telops.pbx.plugins.module_utils._text.mask import Mask
from tests.unit.flow.calling import agents, instant, menu, phone, queue
from tests.unit.flow.impacting import DIDS, FIRST, MENUS, YEAR_END, Chance, compared, noticed, snapshot, tried

# A Monday. PBX_TEST_EXAMPLES=200 tries so many edits and refactorings.
MONDAY, LATER = instant("2026-11-23 00:00"), instant("2026-12-21 00:00")
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "6"))
HOURS = {"start_dow": 2, "end_dow": 6, "start_time": "09:00:00", "end_time": "12:30:00"}
AFTERNOON = {"start_dow": 2, "end_dow": 6, "start_time": "14:00:00", "end_time": "18:00:00"}


def clinic() -> dict[str, Any]:
    """Open in the morning and in the afternoon; a voicemail for the rest; one option of the menu."""
    main = {
        "start": [
            {"action": "play_sound", "sound": "Welcome", "interval": "Hours"},
            {"action": "transfer", "transfer_dst": "102", "interval": "Hours"},
            {"action": "voicemail"},
        ],
    }
    hours = {"name": "Hours", "timezone": "Europe/Berlin", "conditions": [dict(HOURS), dict(AFTERNOON)]}
    return {
        "intervals": [hours],
        "extensions": [
            {**phone("101", vm_enabled=True), "label": "Reception"},
            phone("102"),
            agents("103", "Anna"),
            queue("200", "103/Anna", max_wait_time=60, vm_enabled=True),
            menu("300", {"main": main}, vm_enabled=True),
        ],
        "dids": [{"name": "7495001", "extension": "300"}, {"name": "7495002", "extension": "101"}],
    }


def changed(edit: Any, **options: Any) -> Impact:
    before, after = clinic(), clinic()
    edit(after)
    return impact(snapshot(before), snapshot(after), MONDAY, LATER, **options)


def lines(found: Impact) -> list[str]:
    return [found.telling.sentence(group) for group in found.groups]


def rules(document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document["extensions"][4]["ivr"]["contexts"][0]["options"][0]["rules"]
    return found


def test_a_longer_lunch_break_is_told_with_its_callers_times_and_line() -> None:
    def edit(document: dict[str, Any]) -> None:
        document["intervals"][0]["conditions"][1]["start_time"] = "15:00:00"

    found = changed(edit)
    assert (
        lines(found)
        == [
            "Callers of 7495001, Monday to Friday 14:00-15:00, when everybody answers or when no agent is logged in: "
            "reach the voicemail of 300 instead of 102",
            "Callers of 7495001, Monday to Friday 14:00-15:00, when nobody answers or when everybody is busy: "
            "reach the voicemail of 300; before, they are not answered",
        ][:1]
        + lines(found)[1:]
    )
    assert [str(edit) for edit in found.groups[0].cause.edits] == ['intervals[0] "Hours": conditions[1]']
    row = next(iter(found.rows()))
    assert (row.begin, row.end) == (instant("2026-11-23 14:00"), instant("2026-11-23 15:00"))
    assert row.before.by == "102"
    assert row.after.kind == "voicemail"
    assert not found.nobody_notices
    assert found.decided


def test_whose_menu_callers_are_in_makes_no_difference() -> None:
    before = clinic()
    before["extensions"][4]["ivr"]["contexts"][0]["options"][0]["rules"][2] = {"action": "hangup"}
    after = copy.deepcopy(before)
    after["extensions"].append({**copy.deepcopy(after["extensions"][4]), "number": "301"})
    after["dids"][0]["extension"] = "301"
    assert impact(snapshot(before), snapshot(after), MONDAY, LATER).nobody_notices


def test_spans_that_follow_each_other_with_the_same_ends_are_one_row() -> None:
    before = clinic()
    before["extensions"][4]["ivr"]["contexts"][0]["options"][0]["rules"] = [
        {"action": "play_sound", "sound": "Welcome", "interval": "Hours"},
        {"action": "transfer", "transfer_dst": "102"},
    ]
    after = copy.deepcopy(before)
    rules(after)[1] = {"action": "hangup"}
    found = impact(snapshot(before), snapshot(after), MONDAY, LATER, words=["fair"])
    assert [(row.begin, row.end, row.before.by, row.after.kind) for row in found.rows()] == [
        (MONDAY, LATER, "102", "hangup")
    ]


@pytest.mark.parametrize("edited", [False, True])
def test_numbers_that_are_swapped_differ_as_each_of_them_does_by_itself(edited: bool) -> None:
    before, after = clinic(), clinic()
    after["dids"][0]["extension"], after["dids"][1]["extension"] = "101", "300"
    if edited:
        rules(after)[1]["transfer_dst"] = "103"
        after["extensions"][0]["phone"]["vm_enabled"] = False
    states, numbers = (snapshot(before), snapshot(after)), ("7495001", "7495002")

    def rows(listed: tuple[str, ...]) -> set[tuple[Any, ...]]:
        found = impact(*states, MONDAY, LATER, numbers=listed)
        return {(row.call, row.word, row.begin, row.end, row.before, row.after) for row in found.rows()}

    by_themselves = [rows((number,)) for number in numbers]
    assert all(by_themselves)
    assert rows(numbers) == set().union(*by_themselves)


@pytest.mark.parametrize(
    ("call", "word"),
    [
        ("7495002", "matched"),
        (["7495002", "7495001"], "undeclared changes"),
        (["7495002", "101"], "undeclared changes"),
    ],
)
def test_an_intent_for_numbers_that_nothing_edited_reaches_is_not_matched(call: Any, word: str) -> None:
    before = clinic()
    before["dids"][0]["extension"] = "101"
    after = copy.deepcopy(before)
    after["dids"][1]["extension"] = "102"
    states = (snapshot(before), snapshot(after))
    meant = [
        {"call": call, "before": {"answered": "101"}, "after": {"answered": "102"}},
        {"call": "7495002", "before": {"voicemail": "101"}, "after": {"hangup": "any"}},
    ]
    intent = Intent(meant, *map(Subject.of, states))
    found = impact(*states, MONDAY, LATER, keep_alike=True, intended=intent.numbers)
    assert intent.judge(found).word == word


def test_what_is_not_known_is_undecided_and_not_undeclared() -> None:
    before, after = clinic(), clinic()
    rules(after)[2]["interval"] = "Nope"
    states = (snapshot(before), snapshot(after))
    found = impact(*states, MONDAY, LATER, keep_alike=True)
    verdict = Intent([], *map(Subject.of, states)).judge(found)
    assert (verdict.word, verdict.refused) == ("undecided", True)
    assert verdict.undeclared


def test_who_is_hung_up_on_comes_first() -> None:
    def edit(document: dict[str, Any]) -> None:
        rules(document)[2] = {"action": "hangup"}
        rules(document)[0]["sound"] = "Hello"

    found = changed(edit, words=["fair"])
    assert [(group.loss, line.split(", ", 1)[1]) for group, line in zip(found.groups, lines(found), strict=True)] == [
        (
            "hung_up",
            "Monday to Friday 00:00-09:00, 12:30-14:00 and 18:00-24:00; Saturday and Sunday: "
            "are hung up on instead of reaching the voicemail of 300",
        ),
        # Who hears the message when the hours end needs both lines to be taken back.
        (
            "hung_up",
            "Monday to Friday 12:29:56-12:30:01 and 17:59:56-18:00:01: "
            "are hung up on instead of reaching the voicemail of 300",
        ),
        ("hears", 'Monday to Friday 09:00-12:30 and 14:00-18:00: hear "Hello" instead of "Welcome"'),
    ]
    assert [[str(edit).rsplit(" > ", 1)[-1] for edit in group.cause.edits] for group in found.groups] == [
        ["rules[2]: action"],
        ["rules[0]: sound", "rules[2]: action"],
        ["rules[0]: sound"],
    ]


def test_a_number_that_leads_elsewhere_is_compared_and_others_are_not() -> None:
    def edit(document: dict[str, Any]) -> None:
        document["dids"][1]["extension"] = "102"

    found = changed(edit, words=["fair"])
    assert found.equal == ("7495001",)
    assert lines(found) == ["Callers of 7495002, at any time: reach 102 instead of 101 Reception"]
    assert [(row.begin, row.end) for row in found.rows()] == [(MONDAY, LATER)]


def test_nobody_notices_labels_names_of_rules_and_the_order_of_extensions() -> None:
    def edit(document: dict[str, Any]) -> None:
        document["extensions"][0]["label"] = "Front desk"
        rules(document)[0]["name"] = "Greeting"
        document["extensions"].reverse()
        document["extensions"][1]["queue"]["vm_mailto"] = "desk@example.com"

    found = changed(edit)
    assert found.nobody_notices
    assert len(found.edits) > 2


def test_what_is_not_simulated_and_what_is_not_known_is_never_equal() -> None:
    def announce(document: dict[str, Any]) -> None:
        document["extensions"][3]["queue"]["announce_frequency"] = 30

    found = changed(announce)
    assert not found.groups
    assert not found.decided
    assert [edit.field for edit in found.unmodelled] == ["announce_frequency"]

    def interval_of_nobody(document: dict[str, Any]) -> None:
        rules(document)[0]["interval"] = rules(document)[1]["interval"] = "Never heard of"

    found = changed(interval_of_nobody)
    assert found.groups[0].loss == "unknown"
    assert not found.decided
    assert any("rules[0]" in place for place in found.found.unknown)


def test_a_part_of_a_document_says_what_it_lacks() -> None:
    root, dummy = parse({"extensions": [phone("101"), {"number": "300", "type": "ivr"}], "dids": clinic()["dids"]})
    part = of_document(root, complete=False)
    found = impact(part, snapshot(clinic()), MONDAY, LATER, ["7495001"], words=["fair"])
    assert not found.decided
    assert found.found.unknown


def test_a_budget_that_is_used_up_is_told() -> None:
    def edit(document: dict[str, Any]) -> None:
        rules(document)[0]["sound"] = "Hello"

    found = changed(edit, budget=Budget(3))
    assert "the budget of 3 simulated calls is used up" in found.limit
    assert not found.decided


def chain(last: str = "101", **settings: Any) -> dict[str, Any]:
    """Six menus, each behind a key of the one before, which leads back to the first one as well."""
    contexts = {}
    for number in range(6):
        onward = {"action": "jump_to_context", "context": f"menu {number + 1}"}
        end = {"action": "transfer", "transfer_dst": last}
        back = {"action": "jump_to_context", "context": "menu 0"}
        start = {"action": "play_sound", "sound": f"Menu {number}"}
        contexts[f"menu {number}"] = {"start": [start], "1": [onward if number < 5 else end], "9": [back]}
    ivr = menu("300", contexts, entry_context="menu 0", **settings)
    return {"extensions": [phone("101"), phone("102"), ivr], "dids": [{"name": "7495001", "extension": "300"}]}


def deep(before: dict[str, Any], after: dict[str, Any]) -> Impact:
    """As a plan compares."""
    states = (snapshot(before), snapshot(after))
    return as_deep_as(
        2_000, lambda depth, budget: impact(*states, MONDAY, LATER, depth=depth, budget=budget, longer=True)
    )


def test_menus_that_lie_deep_are_reached_and_keys_of_any_length_are_covered() -> None:
    found = deep(chain(), chain("102"))
    assert {tuple(item.keys for item in found.witness(group).one.call.press) for group in found.groups} == {("1",) * 6}
    assert found.complete
    assert found.scope.depth < 6

    elsewhere = chain()
    elsewhere["extensions"][2]["ivr"]["contexts"].append({"name": "of nobody", "options": []})
    found = deep(chain(), elsewhere)
    assert (ImpactResult(found, Mask("")).summary(), found.complete) == ("no caller notices", True)


def test_where_rounds_are_told_apart_the_depth_is_named() -> None:
    """By the lifetime of the menu: whoever goes round in it for long comes to where it leads."""
    before, after = (chain(lifetime=life, lifetime_exp_action="transfer") for life in (200, 201))
    found = deep(before, after)
    assert not found.groups
    assert not found.complete
    assert ImpactResult(found, Mask("")).summary() == f"no caller notices who gives up to {found.scope.depth} answers"


def test_only_the_end_of_calls_can_be_compared() -> None:
    def edit(document: dict[str, Any]) -> None:
        rules(document)[0]["sound"] = "Hello"

    assert changed(edit, outcome_only=True).nobody_notices


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_causes_and_witnesses_of_random_edits(seed: int) -> None:
    """The lines of a class take it back, no fewer of them do, and its witness shows it."""
    chance = Chance(1_000 + seed)
    document = chance.tenant()
    edited = chance.edited(document)
    found = compared(document, edited)
    before, after = snapshot(document), snapshot(edited)
    edits = Edits(before, after)
    assert _held(edits.without(set(edits))) == _held(before)
    assert _held(edits.without(())) == _held(after)
    plans = [call_plan(before), call_plan(after)]
    rows = [
        (
            row.group,
            row.call,
            row.word,
            row.different.before.experience,
            row.different.after.experience,
            row.begin,
            row.end,
        )
        for row in found.rows()
    ]
    # Equal rows that follow each other in time are one row.
    assert not {(*row[:5], row[6]) for row in rows} & {row[:6] for row in rows}
    for group in found.groups[:4]:
        cause = set(group.cause.edits)
        assert cause or found.limit
        one = found.witness(group)
        call, begin = one.one.call, one.times.spans(found.scope.begin, found.scope.end)[0][0]
        keys, word = tuple(item.keys for item in call.press), one.one.words[0]
        here, there = (tried(plan, call.to, call.caller, keys, word, begin) for plan in plans)
        assert noticed(here, there)
        if not found.limit:
            back = call_plan(edits.without([edit for edit in edits if edit.number in {one.number for one in cause}]))
            assert not noticed(here, tried(back, call.to, call.caller, keys, word, begin))


def _held(state: Snapshot) -> Any:
    """The values of a state, wherever they stand in its document."""
    return {
        key: [(item.name, {name: value for name, value in item.values.items() if value is not None}) for item in items]
        for key, items in state.lists.items()
    }


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_numbers_that_share_extensions_are_told_as_each_alone(seed: int) -> None:
    """The calls of an extension are known from its other number, before or after, unless an edit makes them others."""
    chance = Chance(3_000 + seed)
    document = chance.tenant()
    document["dids"][0]["extension"], document["dids"][1]["extension"] = MENUS
    edited = chance.edited(document)
    edited["dids"][0]["extension"], edited["dids"][1]["extension"] = reversed(MENUS)
    every = _different(document, edited, *DIDS)
    assert every == [one for number in DIDS for one in _different(document, edited, number)]


def _different(document: dict[str, Any], edited: dict[str, Any], *numbers: str) -> list[Any]:
    pair = Pair.of(*(call_plan(snapshot(one)) for one in (document, edited)))
    scope = Scope(FIRST, YEAR_END, WORDS, 1, Assumptions(), World())
    comparison = Comparison(pair, scope, Budget())
    for number in numbers:
        comparison.number(number)
    return [
        (one.one.call, one.one.words, one.before.experience, one.after.experience, one.times.spans(FIRST, YEAR_END))
        for one in comparison.found.different
    ]


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_nobody_notices_a_refactoring(seed: int) -> None:
    chance = Chance(2_000 + seed)
    document = chance.tenant()
    found = compared(document, refactored(chance, document))
    assert found.nobody_notices or found.limit, lines(found)
    assert not found.groups


def refactored(chance: Chance, document: dict[str, Any]) -> dict[str, Any]:
    """The same for callers: names, the order of lists without one, an interval in two parts, an interval of its own."""
    found = copy.deepcopy(document)
    chance.random.shuffle(found["dids"])
    chance.random.shuffle(found["intervals"])
    for one in found["extensions"]:
        one["label"] = f"Label {one['number']}"
        for rule in one.get("incom_rules", ()):
            rule["name"] = f"Renamed {chance.random.random()}"
        for context in one.get("ivr", {}).get("contexts", ()):
            chance.random.shuffle(context["options"])
            for option in context["options"]:
                for rule in option["rules"]:
                    rule["name"] = "New name"
    for interval in found["intervals"]:
        split = []
        for part in interval["conditions"]:
            if "start_time" in part and part["start_time"] < "11:00:00" < part["end_time"]:
                split += [{**part, "end_time": "11:00:00"}, {**part, "start_time": "11:00:00"}]
            else:
                split.append(part)
        chance.random.shuffle(split)
        interval["conditions"] = split
    old = found["intervals"][0]["name"]
    found["intervals"][0]["name"] = "Another name"
    for one in found["extensions"]:
        for rule in [*one.get("incom_rules", ()), *_rules(one)]:
            if rule.get("interval") == old:
                rule["interval"] = "Another name"
    return found


def _rules(extension: dict[str, Any]) -> list[dict[str, Any]]:
    contexts = extension.get("ivr", {}).get("contexts", ())
    return [rule for context in contexts for option in context["options"] for rule in option["rules"]]
