# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the exploration share: random tenants and calls, and the shape of an answer."""

from __future__ import annotations

import os
from typing import Any

from ansible_collections.telops.pbx.plugins.module_utils._flow.answer import Answer
from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call
from ansible_collections.telops.pbx.plugins.module_utils._flow.plan import CallPlan
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from tests.oracle.tenants import Draw
from tests.unit.flow.calling import plan

# PBX_TEST_EXAMPLES=1000 tries more tenants.
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "10"))


def drawn(seed: int) -> tuple[Draw, CallPlan, World, Assumptions]:
    """A random tenant with what is around it."""
    draw = Draw(seed)
    return draw, plan(draw.tenant()), World.of(draw.world()), Assumptions.of(draw.assumptions())


def call_of(draw: Draw, **instead: Any) -> Call:
    """A random call, whose caller leaves after five minutes."""
    return Call.of({"hang_up_after": 300, **draw.call(), **instead})


def shape(known: CallPlan, answer: Answer) -> tuple[Any, ...]:
    """An answer without what a caller says about himself: his number, and the very keys."""
    outside = lambda number: number if number.split("/")[0] in known.extensions else "outside"  # noqa: E731
    events = []
    for one in answer.trace:
        told = {**one.details}
        for name in ("keys", "text", "value"):
            told.pop(name, None)
        if one.event == "caller":
            told.pop("number")
        if "who" in told:
            told["who"] = outside(str(told["who"]))
        events.append((one.t, one.event, tuple(told.items())))
    end = answer.outcome
    return end._replace(by=outside(end.by) if end.by else ""), tuple(events)
