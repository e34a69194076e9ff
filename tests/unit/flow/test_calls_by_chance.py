# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Properties of every call: it comes to one end, always to the same, within limits; patience only cuts it short."""

from __future__ import annotations

import os
from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._flow.answer import EVENTS, Answer, Event
from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import SWITCHES, Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from ansible_collections.telops.pbx.plugins.module_utils._model.document import Declared, parse
from tests.bench import calls as bench
from tests.unit.flow.calling import ended, plan, queue
from tests.unit.flow.chance import Chance, assumptions, call, tenant, world

EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "12"))
CALLS = 8
LASTING = ("ring", "sound", "silence", "digits")
seeds = st.integers(0, 2**32)
ENDS = {
    "voicemail": "voicemail",
    "fax": "fax",
    "conference": "conference",
    "hangup": "hangup",
    "answered": "answered_by",
}


@settings(max_examples=EXAMPLES, deadline=None)
@given(seeds)
def test_every_call_comes_to_one_end_and_always_to_the_same(seed: int) -> None:
    chance = Chance(seed)
    document = tenant(chance)
    known, again = plan(document), plan(document)
    assert known.problems == {}
    for dummy in range(CALLS):
        raw, around, assume = call(chance), World.of(world(chance)), Assumptions.of(assumptions(chance))
        answer = simulate(known, Call.of(raw), around, assume)
        assert answer.as_dict() == simulate(again, Call.of(raw), around, assume).as_dict()
        check(answer, assume)
        short = Call.of(raw | {"hang_up_after": chance.one([0, 3, 7.5, 20, 60])})
        check_patience(answer, short, simulate(known, short, around, assume))


def check(answer: Answer, assume: Assumptions) -> None:
    """Check the properties that every answer has."""
    trace, end = answer.trace, answer.outcome
    times = [event.t for event in trace]
    assert times == sorted(times)
    assert all(event.event in EVENTS and set(event.details) <= set(EVENTS[event.event]) for event in trace)
    assert all(event.t + event.details["ms"] <= end.at for event in trace if event.event in LASTING)
    steps = Counter(event.event for event in trace)
    assert steps["rule"] + steps["menu"] <= assume.max_steps
    assert len(answer.fired) == steps["rule"]
    # An outcome is the last event, except of a conversation, which ends the trace.
    if end.kind in ENDS:
        assert trace[-1].event == ENDS[end.kind]
        assert trace[-1].t == end.at
    assert end.kind != "unknown"
    assert set(answer.assumptions) <= set(SWITCHES)


def check_patience(answer: Answer, short: Call, cut: Answer) -> None:
    """A caller who hangs up has met the same as the patient one until then."""
    patience = short.hang_up_after or 0
    if answer.outcome.kind != "endless" and answer.outcome.at <= patience:
        assert cut.as_dict() == answer.as_dict()
        return
    assert (cut.outcome.kind, cut.outcome.at) == ("abandoned", patience)
    assert [begun(event) for event in cut.trace] == [begun(event) for event in answer.trace if event.t < patience]
    assert all(event.t + event.details["ms"] <= patience for event in cut.trace if event.event in LASTING)


def begun(event: Event) -> tuple[object, ...]:
    """An event without the values that are only known when it is over."""
    return (event.t, event.event, *(value for name, value in event.details.items() if name not in ("ms", "result")))


@settings(max_examples=EXAMPLES, deadline=None)
@given(seeds)
def test_a_part_of_a_document_never_says_anything_else_than_the_whole(seed: int) -> None:
    chance = Chance(seed)
    document = tenant(chance)
    whole, part = plan(document), plan(fewer(chance, document), complete=False)
    for dummy in range(CALLS):
        raw, around, assume = Call.of(call(chance)), World.of(world(chance)), Assumptions.of(assumptions(chance))
        found = simulate(part, raw, around, assume)
        if found.outcome.kind != "unknown":
            told = [
                [line for line in one.trace if line.event != "rule"]
                for one in (found, simulate(whole, raw, around, assume))
            ]
            assert told[0] == told[1]


def fewer(chance: Chance, document: dict) -> dict:  # type: ignore[type-arg]
    """A part of a document: some sections and extensions are not declared."""
    extensions = []
    for extension in document["extensions"]:
        if chance.odds(0.9):
            kept = {name: value for name, value in extension.items() if name in ("number", "type") or chance.odds(0.9)}
            # Fields that a part leaves out are unknown; the settings of phones are all given, so that some calls are
            # known.
            if "phone" in kept:
                unset = {
                    "hangup_timeout": None,
                    "incoming_limit": None,
                    "static_reg_address": None,
                    "vm_greeting": None,
                }
                flags = {"vm_enabled": False, "call_screening_enabled": False}
                kept["phone"] = {**unset, **flags, **kept["phone"]}
                if "vm_enabled" not in extension["phone"]:
                    del kept["phone"]["vm_enabled"]
            extensions.append(kept)
    return {**document, "extensions": extensions}


def test_every_action_and_event_is_met() -> None:
    wanted = {*EVENTS, "answered", "voicemail", "fax", "conference", "hangup", "endless"}
    seeds = iter(range(40))
    while wanted:
        chance = Chance(next(seeds))
        known = plan(tenant(chance))
        for dummy in range(CALLS):
            answer = simulate(
                known, Call.of(call(chance)), World.of(world(chance)), Assumptions.of(assumptions(chance))
            )
            assert {event.event for event in answer.trace} <= set(EVENTS)
            wanted -= {event.event for event in answer.trace} | {answer.outcome.kind}


def test_queues_that_refuse_and_lead_to_many_others_come_to_an_end() -> None:
    numbers = [f"2{index:02}" for index in range(15)]
    settings = {"exit_with_no_av_agents": True, "no_agent_timeout_transfer_dst": " ".join(numbers)}
    document = {"extensions": [queue(number, **settings) for number in numbers]}
    assert ended(simulate(plan(document), Call("200"))) == "endless circle @0"


def test_the_benchmark_is_of_the_size_that_it_says() -> None:
    document = bench.tenant(Random(1))  # noqa: S311 - the same choices in each run
    known = bench.compiled(document)
    contexts = [one for extension in document["extensions"] for one in extension.get("ivr", {}).get("contexts", [])]
    rules = [rule for context in contexts for option in context["options"] for rule in option["rules"]]
    rules += [rule for extension in document["extensions"] for rule in extension.get("incom_rules", [])]
    assert (len(contexts), len(rules)) == (bench.IVRS * bench.MENUS, bench.RULES)
    assert len(document["intervals"]) == bench.INTERVALS
    assert known.problems == {}


def test_a_tenant_by_chance_is_a_document_that_nobody_refuses_for_its_words() -> None:
    root, wrong = parse(tenant(Chance(1)))
    assert isinstance(root, Declared)
    assert not [one for one in wrong if "there is no" in one]
