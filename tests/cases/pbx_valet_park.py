# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Args, Case, Refusal, Request, Step, put
from tests.cases.pbx_call import CALLS, ongoing


def on(action: str, **others: int) -> Args:
    return {"call_api_id": "c1", "action": action, **others}


def sent(action: str, **others: int) -> tuple[Request, ...]:
    return CALLS, put("/extension/5001/valet_park/c1", action=action, **others)


CASE = Case(
    module="pbx_valet_park",
    extension=PHONE,
    live=(ongoing("c1"),),
    steps=(
        Step("park", on("park", slot=701), sent("park", slot=701), settles=False, once=True),
        Step("ask", on("slots"), sent("slots"), settles=False),
        Step("park anywhere", on("park"), sent("park"), settles=False, once=True),
        Step("park what is gone", {"call_api_id": "c9", "action": "park"}, (CALLS,)),
    ),
    refusals=(
        Refusal({}, "missing required arguments: action, call_api_id"),
        Refusal(on("bridge"), 'extension "5001" > call "c1": action bridge needs slot'),
        Refusal(
            on("slots", slot=701),
            'extension "5001" > call "c1": slot means nothing to action slots, which takes no parameter; leave it out',
        ),
    ),
)
