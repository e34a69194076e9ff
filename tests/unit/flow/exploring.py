# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Helpers for the tests of the exploration: random tenants and calls, and the shape of an answer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ansible_collections.telops.pbx.plugins.module_utils._flow.answer import Answer
from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call, Press
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore import Answers
from ansible_collections.telops.pbx.plugins.module_utils._flow.looks import Asked, Looks
from ansible_collections.telops.pbx.plugins.module_utils._flow.plan import CallPlan
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from tests.oracle.tenants import Draw
from tests.unit.flow.calling import plan

# PBX_TEST_EXAMPLES=1000 tries more tenants.
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "10"))


def drawn(seed: int) -> tuple[Draw, CallPlan, World, Assumptions]:
    """A random tenant with its surroundings."""
    draw = Draw(seed)
    return draw, plan(draw.tenant()), World.of(draw.world()), Assumptions.of(draw.assumptions())


def call_of(draw: Draw, **instead: Any) -> Call:
    """A random call, whose caller leaves after five minutes."""
    return Call.of({"hang_up_after": 300, **draw.call(), **instead})


def shape(known: CallPlan, answer: Answer) -> tuple[Any, ...]:
    """An answer without the caller's own data: the number, and the very keys."""

    def outside(number: str) -> str:
        return number if number.partition("/")[0] in known.extensions else "outside"

    events = []
    for one in answer.trace:
        details = {**one.details}
        for name in ("keys", "text", "value"):
            details.pop(name, None)
        if one.event == "caller":
            details.pop("number")
        if "who" in details:
            details["who"] = outside(str(details["who"]))
        events.append((one.t, one.event, tuple(details.items())))
    end = answer.outcome
    return end._replace(by=outside(end.by) if end.by else ""), tuple(events)


def twins(known: CallPlan, call: Call, world: World, assume: Assumptions) -> tuple[Press, ...]:
    """The keys of a call, each answer replaced by the one that stands for all of its effect."""
    answers = Answers(known, world, assume)
    press: Sequence[Press] = call.press
    for index in range(len(press)):
        looks = Looks()
        simulate(known, replace(call, press=tuple(press)), world, assume, looks)
        patience = call.hang_up_after or 0
        asks: list[Asked] = [ask for ask in looks.asks if ask.item == index and ask.t <= patience]
        if not asks:
            # Nobody listens any more.
            return tuple(press[:index])
        effect = answers.effect(asks[-1], press[index])
        twin = [one for one in answers.to(asks[-1]) if answers.effect(asks[-1], one) == effect]
        # Where there is none, the answer is silence, for which nothing is listed.
        assert len(twin) == (effect is not None)
        press = (*press[:index], *(twin or [Press()]), *press[index + 1 :])
    return tuple(press)
