# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls, worlds and assumptions as users write them; and gaps of a document."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import NUMBERS, SWITCHES, Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call, Caller, Press
from ansible_collections.telops.pbx.plugins.module_utils._flow.raw import InputProblem
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import Does, Reply, World
from tests.unit.flow.calling import NOON, Case, ended, instant, menu, phone, plan, queue

PAGE = Path(__file__).parents[3] / "docs" / "calls.md"


def test_a_call_needs_only_a_number() -> None:
    assert Call.of({"to": "101"}) == Call("101", Caller("70000000000", "", False))


def test_a_call_with_everything() -> None:
    raw = {
        "to": "101",
        "from": {"number": "+49", "name": "Joe", "anonymous": True},
        "at": 0,
        "press": ["", None, "1*#", {"keys": "2", "after": 1.5}, {"say": "hi"}],
        "impatient": True,
        "hang_up_after": 2.5,
        "agent_hangs_up": True,
    }
    press = (Press(), Press(), Press("1*#"), Press("2", after=1500), Press(say="hi"))
    assert Call.of(raw) == Call("101", Caller("+49", "Joe", True), 0, press, True, 2500, True)


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ([], "call"),
        ({}, "call"),
        ({"to": 101}, "call.to"),
        ({"to": "1", "form": {}}, "call"),
        ({"to": "1", "from": {"number": 7}}, "call.from.number"),
        ({"to": "1", "from": {"number": "7" * 41}}, "call.from.number"),
        ({"to": "1", "at": "2026"}, "call.at"),
        ({"to": "1", "at": 10**12}, "call.at"),
        ({"to": "1", "at": True}, "call.at"),
        ({"to": "1", "press": "1"}, "call.press"),
        ({"to": "1", "press": ["1", 2]}, "call.press[1]"),
        ({"to": "1", "press": ["x"]}, "call.press[0]"),
        ({"to": "1", "press": [{"keys": "1", "say": "a"}]}, "call.press[0]"),
        ({"to": "1", "press": [{"keys": "1", "after": -1}]}, "call.press[0].after"),
        ({"to": "1", "hang_up_after": float("inf")}, "call.hang_up_after"),
        ({"to": "1", "hang_up_after": float("nan")}, "call.hang_up_after"),
        ({"to": "1", "impatient": "yes"}, "call.impatient"),
    ],
)
def test_a_wrong_call_is_refused_with_its_place(raw: Any, place: str) -> None:
    with pytest.raises(InputProblem) as problem:
        Call.of(raw)
    assert problem.value.place == place
    assert str(problem.value).startswith(f"{place}: ")


def test_a_world() -> None:
    world = World.of(
        {
            "phones": {"101": {"does": {"reject": 2}}},
            "external": {"+49": "no_answer"},
            "webhooks": {"u": ["error", {"after": 1, "verbs": "error"}, [{"pause": None}]]},
            "codes": ["*1", "*2", "*1"],
        }
    )
    assert world.phone("101").does == Does("reject", 2000)
    assert world.phone("102").registered
    assert world.external["+49"] == Does("no_answer")
    assert world.webhooks["u"][:2] == (Reply(None), Reply(None, 1000))
    assert world.flipped == {"*2"}


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ({"phone": {}}, "world"),
        ({"phones": {"101": {"does": "sleep"}}}, "world.phones.101.does"),
        ({"phones": {101: {}}}, "world.phones"),
        ({"phones": {"101": {"does": {}}}}, "world.phones.101.does"),
        ({"phones": {"101": {"calls": -1}}}, "world.phones.101.calls"),
        ({"agents": {"101/A": {"status": "away"}}}, "world.agents.101/A.status"),
        ({"webhooks": {"u": [[{"jmp": {}}]]}}, "world.webhooks.u[0][0]"),
        ({"webhooks": {"u": [[{"jump": {"contxt": "a"}}]]}}, "world.webhooks.u[0][0].jump"),
        ({"webhooks": {"u": [{"after": "soon"}]}}, "world.webhooks.u[0].after"),
        ({"sounds": {"Hello": "long"}}, "world.sounds.Hello"),
        ({"conferences": {"1": True}}, "world.conferences.1"),
        ({"variables": {"A": 1}}, "world.variables.A"),
        ({"codes": "*1"}, "world.codes"),
    ],
)
def test_a_wrong_world_is_refused_with_its_place(raw: Any, place: str) -> None:
    with pytest.raises(InputProblem) as problem:
        World.of(raw)
    assert problem.value.place == place


def test_every_assumption_has_its_default_in_the_tables() -> None:
    names = [*SWITCHES, *NUMBERS]
    assert [one.name for one in fields(Assumptions)] == names
    defaults = {name: switch.values[0] for name, switch in SWITCHES.items()}
    assert Assumptions.of({}) == Assumptions(**defaults, **{name: one.default for name, one in NUMBERS.items()})  # type: ignore[arg-type]


@pytest.mark.parametrize("raw", [{"own_cal": "lazy"}, {"own_call": "no"}, {"phone_ring": 0}, {"max_steps": "many"}])
def test_an_unknown_assumption_is_refused_and_the_right_ones_are_listed(raw: dict[str, Any]) -> None:
    with pytest.raises(InputProblem, match=r"there are: interval_clock|none of lazy, eager|from 1 to"):
        Assumptions.of(raw)


def test_true_and_false_of_yaml_are_words_too() -> None:
    assert Assumptions.of({"vm_default": True}).vm_default == "true"


def test_the_page_lists_every_assumption() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## Assumptions\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    assert rows == [
        *(
            f"| `{name}` | {', '.join(f'`{value}`' for value in switch.values)} | {switch.decides} |"
            for name, switch in SWITCHES.items()
        ),
        *(f"| `{name}` | {number.default} | {number.means} |" for name, number in NUMBERS.items()),
    ]


def test_those_that_decided_are_named() -> None:
    answer = Case("", [phone("101")], "101", "", "", world={"phones": {"101": {"does": "dnd"}}}).answer()
    assert answer.assumptions == ("dnd",)


def test_nothing_is_decided_after_the_caller_has_left() -> None:
    # The phone rings for 5 s, and then its mailbox would answer.
    extensions = [phone("101", vm_enabled=True, hangup_timeout=5)]
    world = {"phones": {"101": {"does": "no_answer"}}}
    found = [
        Case("", extensions, "101", "", "", {"hang_up_after": patience}, world).answer().assumptions
        for patience in (4, 5, 6)
    ]
    assert found == [(), ("phone_voicemail",), ("phone_voicemail",)]


def test_a_final_rule_that_takes_all_the_time_of_a_leg_decides_nothing() -> None:
    # 102 has 5 s, which its own rule takes whole: its mailbox would not be asked in any case.
    extensions = [
        phone("101", {"type": "transfer", "transfer_dst": "102", "transfer_timeout": 5}),
        phone("102", {"type": "transfer", "transfer_dst": "103"}, vm_enabled=True),
        phone("103"),
    ]
    answer = Case("", extensions, "101", "", "", world={"phones": {"103": {"does": "no_answer"}}}).answer()
    assert answer.assumptions == ()
    assert ended(answer) == "hangup no_answer @5000"


def test_a_blocked_phone_decides_only_where_it_is_rung_or_has_to_be_free() -> None:
    # 101 is not registered, and 102 is blocked and of a level that does not open: nobody is free.
    extensions = [
        queue("200", "101/A", {"agent": "102/B", "level": 2}, exit_with_no_av_agents=True, max_wait_time=1,
              tier_rules_apply=True, tier_rule_wait_second=9),
        {**phone("101"), "agents": [{"name": "A"}]},
        {**phone("102"), "agents": [{"name": "B"}], "status": "blocked"},
    ]  # fmt: skip
    world = {"phones": {"101": {"registered": False}}}
    found = [
        Case("", extensions, "200", "", "", world=world, assume={"agents_count": counts}).answer()
        for counts in ("logged_in", "free")
    ]
    assert [answer.assumptions for answer in found] == [
        ("agents_count", "queue_answers"),
        ("agents_count", "blocked_extension"),
    ]
    assert list(map(ended, found)) == ["hangup normal @1000", "hangup no_answer @0"]


def test_a_name_that_a_menu_sets_decides_nothing_about_callers() -> None:
    seen = {"action": "hangup", "caller_id_action": "matches", "caller_id": "^7"}
    found = [
        Case("", [menu("300", {"main": {"start": [rule, seen]}})], "300", "", "").answer().assumptions
        for rule in (
            {"action": "set_caller_id_name", "caller_id_name": "X"},
            {"action": "set_caller_id_number", "caller_id_number": "1"},
        )
    ]
    assert found == [(), ("set_caller_scope",)]


def test_keys_decide_nothing_after_the_caller_has_left() -> None:
    # The key would be pressed at 4 s.
    menus = [menu("300", {"main": {"start": [{"action": "start_record"}], "1": [{"action": "hangup"}]}})]
    press = [{"keys": "1", "after": 4}]
    found = [
        Case("", menus, "300", "", "", {"hang_up_after": patience, "press": press}).answer().assumptions
        for patience in (3, 5)
    ]
    assert found == [(), ("digit_len_default", "early_match")]


def test_what_is_left_out_is_named() -> None:
    case = Case("", [phone("101", {"type": "transfer", "transfer_dst": "+49"}, intercom=1)], "101", "", "")
    assert case.answer().not_modelled == ("additions of outside networks to a call", "intercom of a phone")


def test_an_answer_is_plain_data() -> None:
    case = Case("", [phone("101", {"type": "busy"})], "101", "", "")
    assert json.loads(json.dumps(case.answer().as_dict())) == {
        "outcome": {"class": "hangup", "cause": "busy", "told": False, "at": 0},
        "fired": ['extensions[0] "101" > incom_rules[0]'],
        "trace": [
            {"t": 0, "event": "extension", "number": "101", "type": "phone"},
            {"t": 0, "event": "rule", "place": 'extensions[0] "101" > incom_rules[0]'},
            {"t": 0, "event": "hangup", "cause": "busy"},
        ],
        "assumptions": [],
        "not_modelled": [],
        "random": False,
    }


def test_two_calls_of_the_same_experience() -> None:
    slow, fast = (
        Case("", [phone("101")], "101", "", "", world={"phones": {"101": {"does": does}}}).answer() for does in (9, 3)
    )
    busy = Case("", [phone("101")], "101", "", "", world={"phones": {"101": {"does": "busy"}}}).answer()
    assert slow.experience == fast.experience
    assert slow.experience != busy.experience


def ruled(rule: dict[str, Any]) -> dict[str, Any]:
    """A part of a tenant: a phone of which only its incoming rule is declared."""
    return {"extensions": [{"number": "101", "type": "phone", "incom_rules": [rule]}]}


JUMP = {"action": "jump_to_context", "context": "other"}
# A document that is a part of a tenant, the dialled number, the place of the unknown value.
UNKNOWN: list[tuple[dict[str, Any], str, str]] = [
    ({}, "101", "dids"),
    ({"dids": []}, "101", "extensions"),
    ({"dids": [{"name": "7495", "extension": "101"}]}, "7495", "extensions"),
    ({"extensions": [{"number": "101"}]}, "101", 'extensions[0] "101": type'),
    ({"extensions": [{"number": "101", "type": "phone"}]}, "101", 'extensions[0] "101" > incom_rules'),
    ({"extensions": [{"number": "101", "type": "phone", "incom_rules": []}]}, "101", 'extensions[0] "101" > phone'),
    ({"extensions": [{"number": "101", "type": "phone", "incom_rules": [], "phone": {"vm_enabled": True}}]}, "101",
     'extensions[0] "101" > phone: static_reg_address'),
    (ruled({"type": "transfer", "transfer_dst": "102"}), "101", "extensions"),
    (ruled({"type": "transfer", "transfer_dst": "74950"}), "101", "dids"),
    (ruled({"type": "busy", "interval": "Hours"}), "101", 'extensions[0] "101" > incom_rules[0]'),
    (ruled({"type": "voicemail"}), "101", 'extensions[0] "101" > phone'),
    ({"extensions": [{"number": "200", "type": "queue", "incom_rules": []}]}, "200", 'extensions[0] "200" > queue'),
    ({"extensions": [{"number": "300", "type": "ivr", "incom_rules": [], "ivr": {"entry_context": "main"}}]}, "300",
     'extensions[0] "300" > ivr: lifetime_exp_action'),
]  # fmt: skip


@pytest.mark.parametrize(("document", "to", "place"), UNKNOWN)
def test_what_is_not_known_ends_the_call_with_its_place(document: dict[str, Any], to: str, place: str) -> None:
    outcome = simulate(plan(document, complete=False), Call(to, at=instant(NOON))).outcome
    assert (outcome.kind, outcome.place) == ("unknown", place)


def test_the_same_is_not_there_in_a_complete_document() -> None:
    assert ended(simulate(plan({}), Call("101"))) == "hangup unallocated @0"


def test_what_is_not_known_is_no_matter_before_it_is_needed() -> None:
    group = {"type": "cascade", "cascade_numbers": [{"delay": 0, "number": "+49"}, {"delay": 9, "number": "102"}]}
    document = {"extensions": [{"number": "101", "type": "phone", "incom_rules": [group]}]}
    known = plan(document, complete=False)
    assert ended(simulate(known, Call("101"), World.of({"external": {"+49": 10}}))) == "unknown extensions @9000"
    assert ended(simulate(known, Call("101"), World.of({"external": {"+49": 9}}))) == "answered +49 @9000"


# Documents that refer to missing objects: the extensions, the place, and the message.
BROKEN: list[tuple[list[dict[str, Any]], str, str]] = [
    ([menu("300", {"main": {"start": [JUMP]}})], "rules[0]", 'context "other" is not there'),
    ([menu("300", {}, entry_context="main")], "ivr", 'entry_context "main" is not there'),
    ([phone("300", {"type": "busy", "interval": "Hours"})], "incom_rules[0]", 'there is no interval "Hours"'),
    ([phone("300", {"type": "busy", "caller_id_action": "matches", "caller_id": "^+7"})], "incom_rules[0]",
     "caller_id repeats nothing"),
    ([queue("300", "101/A")], 'queue_agents[0] "101/A"', 'there is no agent "101/A"'),
    ([{**phone("300", {"type": "busy", "interval": "H"}), "intervals": [
        {"name": "H", "timezone": "Mars/Base", "conditions": []}]}], 'intervals[0] "H"',
     'timezone "Mars/Base" is none of the tz database'),
    ([{**phone("300", {"type": "busy", "interval": "H"}), "intervals": [
        {"name": "H", "timezone": "UTC", "conditions": [{"start_dow": 1}]}]}], 'intervals[0] "H"',
     "conditions[0] has start_dow without end_dow"),
]  # fmt: skip


@pytest.mark.parametrize(("extensions", "place", "text"), BROKEN)
def test_what_a_document_lacks_is_named_and_no_call_goes_past_it(
    extensions: list[dict[str, Any]], place: str, text: str
) -> None:
    known = plan({"extensions": extensions})
    assert [(where.rsplit(" > ", 1)[-1], said) for where, said in known.problems.items()] == [(place, text)]
    outcome = simulate(known, Call("300", at=instant(NOON))).outcome
    assert (outcome.kind, outcome.place.rsplit(" > ", 1)[-1]) == ("unknown", place)


def test_a_queue_is_entered_before_its_missing_agent_is_needed() -> None:
    answer = simulate(plan({"extensions": [queue("200", "101/A")]}), Call("200"))
    assert [event.event for event in answer.trace] == ["extension", "queue"]


def test_a_pattern_that_is_none_is_no_matter_to_hidden_callers() -> None:
    rule = {"type": "busy", "caller_id_action": "not_matches", "caller_id": "("}
    found = [
        ended(Case("", [phone("101", rule)], "101", "", "", {"from": {"number": number}}).answer())
        for number in ("", "7")
    ]
    assert found == ["hangup busy @0", 'unknown extensions[0] "101" > incom_rules[0] @0']


def test_an_interval_needs_the_time_of_the_call() -> None:
    hours = {"name": "H", "timezone": "UTC", "conditions": [{}]}
    case = Case("", [{**phone("101", {"type": "busy", "interval": "H"}), "intervals": [hours]}], "101", "", "")
    assert ended(case.answer()) == "unknown call: at @0"


def test_an_extensions_own_interval_hides_the_tenants() -> None:
    always, never = ({"name": "H", "timezone": "UTC", "conditions": found} for found in ([{}], []))
    rule = {"type": "busy", "interval": "H"}
    own = [{**phone("101", rule), "intervals": [never]}, phone("102", rule)]
    ends = [
        ended(Case("", own, to, "", "", {"at": NOON}, more={"intervals": [always]}).answer()) for to in ("101", "102")
    ]
    assert ends == ["answered 101 @5000", "hangup busy @0"]


def test_the_length_of_numbers_is_the_commonest_one() -> None:
    to = {"type": "transfer", "transfer_dst": "9999"}
    cases = {"1001 1002 201": "hangup no_answer @0", "201 1001": "answered 9999 @10000"}
    for listed, outcome in cases.items():
        numbers = listed.split()
        extensions = [phone(numbers[0], to), *(phone(number) for number in numbers[1:])]
        assert ended(Case("", extensions, numbers[0], "", "").answer()) == outcome
