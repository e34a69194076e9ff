# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is there: the named worlds, and all mixtures of the people that a call looks for; and all calls together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.budget import Budget, BudgetReached
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore import Exploration, Tried, world_as_data
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore_callers import class_of
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore_worlds import WORLDS, variants
from ansible_collections.telops.pbx.plugins.module_utils._flow.looks import Looks, Part
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from tests.unit.flow.calling import agents, ended, instant, menu, phone, plan, queue
from tests.unit.flow.exploring import EXAMPLES, call_of, drawn, shape, twins

RING = {"type": "transfer", "transfer_dst": "102 +4930", "transfer_timeout": 20}
HOOK = {"action": "call_interactive", "call_interactive_url": "https://crm.example.com"}
BUSY_ONLY = {"type": "voicemail", "extension_status": "unreachable"}
# The called extensions, and how their calls end in each world; an answer at once is at 0.
ENDS: list[tuple[str, list[dict[str, Any]], dict[str, str]]] = [
    ("a phone", [phone("300", hangup_timeout=9)],
     {"fair": "answered 300 @5000", "nobody": "hangup no_answer @9000", "busy": "hangup busy @0",
      "no_agents": "answered 300 @5000", "all": "answered 300 @0, hangup busy @0, hangup no_answer @9000"}),
    ("a registration that is asked", [phone("300", BUSY_ONLY, vm_enabled=True, hangup_timeout=9)],
     {"fair": "answered 300 @5000", "nobody": "voicemail 300 @9000", "busy": "voicemail 300 @0",
      "no_agents": "answered 300 @5000", "all": "answered 300 @0, voicemail 300 @0, voicemail 300 @9000"}),
    ("a phone and an outside number", [phone("300", RING), phone("102", hangup_timeout=9)],
     {"fair": "answered 102 @5000", "nobody": "hangup no_answer @20000", "busy": "hangup busy @0",
      "no_agents": "answered 102 @5000",
      "all": "answered +4930 @0, answered 102 @0, hangup busy @0, hangup no_answer @20000, hangup no_answer @9000"}),
    ("a queue", [queue("300", "101/Anna", max_wait_time=30), agents("101", "Anna")],
     {"fair": "answered 101/Anna 300 @5000", "nobody": "hangup normal @30000", "busy": "hangup normal @30000",
      "no_agents": "hangup normal @30000", "all": "answered 101/Anna 300 @0, hangup normal @30000"}),
    ("a webhook", [menu("300", {"main": {"start": [HOOK, {"action": "hangup", "hangup_cause": "busy"}]}})],
     {"fair": "hangup busy @0", "nobody": "hangup busy @0", "busy": "hangup busy @0", "no_agents": "hangup busy @0",
      "all": "hangup busy @0"}),
    ("a conference", [{"number": "300", "type": "conference", "conference": {"max_members": 2}}],
     {"fair": "conference 300 @0", "nobody": "conference 300 @0", "busy": "conference 300 @0",
      "no_agents": "conference 300 @0", "all": "conference 300 @0, hangup busy @0"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "extensions", "expected"), ENDS)
def test_how_calls_end_in_each_world(what: str, extensions: list[dict[str, Any]], expected: dict[str, str]) -> None:
    exploration = Exploration(plan({"extensions": extensions}), Assumptions())
    for word in WORLDS:
        ends = {ended(one.answer) for one in exploration.of(Call("300"), 0, 1, 0, word)}
        assert ", ".join(sorted(ends)) == expected[word], f"{what}, {word}"


def test_a_webhook_replies_what_is_given_nothing_or_an_error() -> None:
    hook = menu("300", {"main": {"start": [HOOK, {"action": "hangup", "hangup_cause": "busy"}]}})
    given = World.of({"webhooks": {"https://crm.example.com": [["hangup"]]}})
    known = plan({"extensions": [hook]})
    assume = Assumptions.of({"webhook_failure": "hangup"})
    found = [ended(one.answer) for one in Exploration(known, assume, given).of(Call("300"), 0, 1, 0, "all")]
    assert found == ["hangup normal @0", "hangup busy @0", "hangup normal @0"]


def test_a_world_is_told_by_what_the_call_has_looked_at() -> None:
    exploration = Exploration(plan({"extensions": [phone("300", RING), phone("102")]}), Assumptions())
    [one] = exploration.of(Call("300"), 0, 1, 0, "nobody")
    raw = world_as_data(one.world, one.looks.parts)
    assert raw == {"phones": {"102": {"does": "no_answer"}}, "external": {"+4930": "no_answer"}}
    assert simulate(exploration.plan, one.call, World.of(raw)).outcome == one.answer.outcome


def test_all_calls_share_one_budget() -> None:
    options = {"main": {"start": [{"action": "play_sound", "sound": "Hello"}], "1": [], "digit_len": 1, "timeout": []}}
    exploration = Exploration(plan({"extensions": [menu("300", options)]}), Assumptions(), budget=Budget(5))
    assert len(list(exploration.calls("300", [(0, 10)], 1))) == 3
    assert exploration.budget.spent == 3
    with pytest.raises(BudgetReached, match="the budget of 5 simulated calls is used up"):
        list(exploration.calls("300", [(0, 10)], 1))


def test_keys_times_and_worlds_together() -> None:
    """Option 1 rings 101 in the hours only; who does not answer has a mailbox."""
    intervals = [{"name": "Open", "timezone": "Europe/Berlin",
                  "conditions": [{"start_time": "09:00:00", "end_time": "18:00:00"}]}]  # fmt: skip
    ring = {"action": "transfer", "transfer_dst": "101", "interval": "Open"}
    options = {"main": {"start": [{"action": "play_sound", "sound": "Hello"}], "1": [ring, {"action": "hangup"}],
                        "timeout": [], "digit_len": 1}}  # fmt: skip
    known = plan(
        {"intervals": intervals, "extensions": [menu("300", options), phone("101", vm_enabled=True, hangup_timeout=20)]}
    )
    begin = instant("2026-11-24 00:00")
    found = Exploration(known, Assumptions()).calls("300", [(begin, begin + 86_400)], 1, ("fair", "nobody"))
    met = [
        (one.word, "".join(item.keys for item in one.call.press), one.begin - begin, ended(one.answer)) for one in found
    ]
    assert met == [
        (word, keys, at, end)
        for word, taken in (("fair", "answered 101 @10000"), ("nobody", "voicemail 101 @25000"))
        for keys, at, end in [
            ("", 0, "hangup normal told @10000"),
            ("1", 0, "hangup normal told @5000"),
            ("1", 9 * 3600 - 5, taken),
            ("1", 18 * 3600 - 4, "hangup normal told @5000"),
            ("9", 0, "hangup normal told @5000"),
        ]
    ]


def in_time(call: Call, looks: Looks) -> dict[Part, int]:
    """The parts that the call has looked at before the caller has left, each with its time."""
    return {part: t for part, t in looks.parts.items() if t <= (call.hang_up_after or 0)}


@pytest.mark.parametrize("seed", range(EXAMPLES * 2))
def test_every_mixture_of_who_is_there_is_one_of_those_that_are_tried(seed: int) -> None:
    draw, known, world, assume = drawn(seed)
    call = replace(call_of(draw), press=())
    begin = call.at or 0
    tried: list[Tried] = []
    try:
        tried.extend(Exploration(known, assume, world, Budget(400)).of(call, begin, begin + 1, 0, "all"))
    except BudgetReached:
        return
    for dummy in range(10):
        mixed = world
        for part in sorted({part for one in tried for part in one.looks.parts}):
            mixed = draw.one(*variants(known, mixed, part))
        looks = Looks()
        answer = simulate(known, replace(call, at=begin), mixed, assume, looks)
        raw = world_as_data(mixed, in_time(call, looks))
        found = [
            one
            for one in tried
            if world_as_data(one.world, in_time(call, one.looks)) == raw
            and in_time(call, one.looks) == in_time(call, looks)
        ]
        # More than one where something was tried out that no longer matters, since a phone is not registered.
        shapes = {shape(known, one.answer) for one in found}
        assert shapes == {shape(known, answer)}, f"tenant {seed}, {call}, {raw}"


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_every_call_is_one_of_those_that_are_tried(seed: int) -> None:
    """Any number, any two answers, any second of three days, of which one has 25 hours."""
    draw, known, world, assume = drawn(seed)
    begin = instant("2026-10-24 00:00")
    to = draw.one(*known.numbers.dids, *known.extensions)
    exploration = Exploration(known, assume, world, Budget(1500))
    tried: list[Tried] = []
    try:
        tried.extend(exploration.calls(to, [(begin, begin + 3 * 86_400)], 2))
    except BudgetReached:
        return
    searched = {pattern for one in tried for pattern in one.looks.patterns}
    for dummy in range(20):
        number = draw.one("", "7", "7495", "+49") + "".join(draw.random.choices("0123456789", k=draw.one(1, 5)))
        keys = ["".join(draw.random.choices("0129*#", k=draw.one(0, 1, 2, 3))) for dummy in range(2)]
        caller = {"number": number, "anonymous": draw.maybe(0.1)}
        at = begin + draw.random.randrange(3 * 86_400)
        call = Call.of({"to": to, "from": caller, "press": keys, "at": at, "hang_up_after": 300})
        press = twins(known, call, world, assume)
        heard = [index for index, one in enumerate(press, 1) if one.keys or one.say]
        [twin] = [
            one
            for one in tried
            if one.begin <= at < one.end
            and one.call.press == press[: max(heard, default=0)]
            and (not searched or class_of(one.call.caller, searched) == class_of(call.caller, searched))
        ]
        met = shape(known, simulate(known, call, world, assume))
        assert shape(known, twin.answer) == met, f"tenant {seed}, {call}"
