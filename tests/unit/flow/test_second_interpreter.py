# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator against an interpreter that was written apart from it: the same trace and outcome for random calls."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call
from ansible_collections.telops.pbx.plugins.module_utils._flow.compile import call_plan
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document
from tests.oracle import interpret
from tests.oracle.tenants import Draw

# PBX_TEST_EXAMPLES=1000 makes it 10,000 calls.
TENANTS = int(os.environ.get("PBX_TEST_EXAMPLES", "40"))
CALLS = 10
SHARES = 4


@pytest.mark.parametrize("share", range(SHARES))
def test_two_interpreters_agree_on_every_call(share: int) -> None:
    for seed in range(share, TENANTS, SHARES):
        draw = Draw(seed)
        document = draw.tenant()
        # A PBX may hold values that a document must not declare.
        plan = call_plan(of_document(parse(document)[0], complete=True))
        for number in range(CALLS):
            call, world, assumptions = draw.call(), draw.world(), draw.assumptions()
            expected = interpret(document, call, world, assumptions)
            answer = simulate(plan, Call.of(call), World.of(world), Assumptions.of(assumptions))
            which = f"tenant {seed}, call {number}: {call} {assumptions}"
            assert [_told(event.as_dict()) for event in answer.trace] == list(map(_told, expected["trace"])), which
            assert answer.outcome.as_dict() == expected["outcome"], which
            assert [_names(place) for place in answer.fired] == expected["fired"], which


def test_random_calls_meet_every_event_and_outcome() -> None:
    """Else the agreement above would say little."""
    wanted = {"endless", "abandoned", "answered", "voicemail", "fax", "conference", "loop", "screening"}
    wanted |= {"webhook", "rating", "leave", "caller", "variable", "digits", "silence", "record"}
    seeds = iter(range(120))
    while wanted:
        draw = Draw(next(seeds))
        document = draw.tenant()
        for dummy in range(5):
            found = interpret(document, draw.call(), draw.world(), draw.assumptions())
            wanted -= {event["event"] for event in found["trace"]} | {found["outcome"]["class"]}


def _told(event: dict[str, Any]) -> dict[str, Any]:
    """An event in the words that both share."""
    if event["event"] == "rule" and isinstance(event["place"], str):
        return {**event, "place": _names(event["place"])}
    if event["event"] == "ring":
        return {**event, "agent": event.get("agent") or ""}
    return {
        n: v for n, v in event.items() if n in ("t", "event") or event["event"] not in ("fax", "conference", "rating")
    }


def _names(place: str) -> tuple[Any, ...]:
    """The extension, the context and the option of a rule, and its index."""
    before, index = re.fullmatch(r"(.*rules)\[(\d+)\].*", place, re.DOTALL).groups()  # type: ignore[union-attr]
    return (*re.findall(r'"([^"]*)"', before), int(index))
