# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Args, Case, Live, Refusal, Request, Step, delete, get, put

CALLS = get("/extension/5001/current_calls/")
PARTIES = {"caller_id_number": "74950000999", "called_number": "101", "call_flow": "in"}


def ongoing(identity: str) -> Live:
    return Live("call", {"call_api_id": identity, "real_call": True, "extension_id": PHONE, **PARTIES})


def on(identity: str, action: str, **others: str) -> Args:
    return {"call_api_id": identity, "action": action, **others}


def sent(identity: str, action: str, **others: str) -> Request:
    return put(f"/extension/5001/current_calls/{identity}", action=action, **others)


def stays(action: str, once: bool = True, **others: str) -> Step:
    """A step after which the call is still there, so that it can be taken again."""
    return Step(action, on("c1", action, **others), (CALLS, sent("c1", action, **others)), settles=False, once=once)


SHOWN = {"caller_id_name": "Reception", "caller_id_number": "101"}

CASE = Case(
    module="pbx_call",
    extension=PHONE,
    live=(ongoing("c1"), ongoing("c 2/#"), ongoing("c3")),
    steps=(
        stays("hold", once=False),
        stays("offhold", once=False),
        stays("park"),
        stays("pickup", send_dst="102"),
        stays("eavesdrop", send_dst="102"),
        stays("whisper", send_dst="102", **SHOWN),
        stays("conference", send_dst="102"),
        Step(
            "transfer",
            on("c1", "transfer", send_dst="200", **SHOWN),
            (CALLS, sent("c1", "transfer", send_dst="200", **SHOWN)),
            once=True,
        ),
        Step("transfer what is gone", on("c1", "transfer", send_dst="201"), (CALLS,)),
        Step(
            "attended transfer",
            on("c3", "attended_transfer", send_dst="102"),
            (CALLS, sent("c3", "attended_transfer", send_dst="102")),
            once=True,
        ),
        Step("hang up", on("c 2/#", "hangup"), (CALLS, delete("/extension/5001/current_calls/c%202%2F%23"))),
    ),
    refusals=(
        Refusal({}, "missing required arguments: action, call_api_id"),
        Refusal({"call_api_id": "c1"}, "missing required arguments: action"),
        Refusal(
            on("c1", "end"),
            (
                'extension "5001": action "end" is none of transfer, attended_transfer, hold, '
                "offhold, park, pickup, eavesdrop, whisper, conference, hangup"
            ),
        ),
        Refusal(on("c1", "whisper"), 'extension "5001" > call "c1": action whisper needs send_dst'),
        Refusal(
            on("c1", "hangup", send_dst="200"),
            'extension "5001" > call "c1": send_dst means nothing to action hangup, which takes no parameter; '
            "leave it out",
        ),
        Refusal(on(" ", "hangup"), 'extension "5001": call_api_id "" is not the id of any call'),
        Refusal(on("..", "hangup"), 'extension "5001": call_api_id ".." is not the id of any call'),
        Refusal(
            {**on("c1", "hold"), "extension": "200"},
            'extension "200" is of type queue; this needs an extension of type phone',
        ),
    ),
)
