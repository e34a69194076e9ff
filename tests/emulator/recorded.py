# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How answers that were recorded on the platform differ from its page: newer keys, and how ids and times are spelt
(semantics.md section 10).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from secrets import token_hex
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from .call import Call

Body = dict[str, Any]

# By answer model: the keys that recent answers have beyond the page, and those of the page that they may lack.
NEWER: dict[str, tuple[str, ...]] = {
    "Extension": (
        "ani",
        "rfc_public_caller_id_number",
        "client_public_caller_id_number",
        "caller_id_group_id",
        "caller_id_group_method",
    ),
    "Queue": ("extension_id",),
    "Phone": ("allow_webrtc",),
    "Call": ("call_id", "subcall_id", "caller_extension", "called_extension"),
    "Record": ("file_name", "record_transfer"),
}
MISSING: dict[str, tuple[str, ...]] = {"Record": ("calls_result", "calls_hangup_disposition")}

_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SPELLED_HIGH = re.compile(rf"\d+-({_UUID}|[0-9a-f]{{32}})|{_UUID}")


def spelled(call: Call, component: str, values: Body, answer: Body) -> Body:
    """An answer as the dialect's `answers` has it. values: the stored ones."""
    recent = call.dialect("answers") == "recent"
    spelling = (_RECENT if recent else _OLDER).get(component)
    return spelling(call, values, answer) if spelling else answer


def call_ids(recent: bool, extension: int) -> tuple[str, str]:
    """The `call_api_id` and the `call_id` of a new call: recent ones are the same."""
    if recent:
        found = f"{uuid4().int % 9_000_000_000 + 1_000_000_000}-{uuid4()}"
        return found, found
    return f"{extension}-{token_hex(16)}", token_hex(16)


def same_id(one: str, other: str) -> bool:
    """Whether two ids are one: lists spell them high, and answers to callbacks low."""
    return one.casefold() == other.casefold()


def _high(answer: Body, *names: str) -> Body:
    found = {name: str(answer[name]) for name in names if answer.get(name) is not None}
    return {name: text.upper() for name, text in found.items() if _SPELLED_HIGH.fullmatch(text)}


def _extension(call: Call, values: Body, answer: Body) -> Body:
    ani = call.store.get("ani", call.tenant, values["id"], 0)
    transfer = answer.get("did_as_transfer_caller_id")
    return {
        **answer,
        **dict.fromkeys(NEWER["Extension"]),
        "ani": ani.body["default"] if ani else None,
        "did_as_transfer_caller_id": int(transfer) if transfer and re.fullmatch("[1-9][0-9]*", transfer) else transfer,
    }


def _call(call: Call, values: Body, answer: Body) -> Body:
    time = answer.get("init_time_gmt")
    row = call.store.get("extension", call.tenant, 0, answer["extension_id"]) if answer.get("extension_id") else None
    called: Body | None = None
    if row is not None:
        owner = call.store.get("client", None, 0, row.tenant)
        name = f"{owner.body['prefix']}*{row.body['number']}@{owner.body['domain']}" if owner else row.body["number"]
        named = {"id": row.id, "type": row.body["type"], "name": name, "client_id": row.tenant}
        called = {**named, "extension_group_id": row.body["extension_group_id"]}
    own = str(answer["call_api_id"])
    return {
        **answer,
        "init_time_gmt": f"{time},5" if isinstance(time, str) and "," not in time else time,
        "call_id": own.lower(),
        "subcall_id": f"{answer['extension_id']}-{own[-12:].lower()}",
        "caller_extension": None,
        "called_extension": called,
        **_high(answer, "call_api_id", "record_uuid"),
    }


def _record(call: Call, values: Body, answer: Body) -> Body:
    page = {name: value for name, value in answer.items() if name not in MISSING["Record"]}
    newer = {"file_name": f"{answer['record_uuid']}.mp3", "record_transfer": False}
    return {**page, **newer, **_high(answer, "record_uuid", "call_uuid")}


Spelling = Callable[["Call", Body, Body], Body]

_RECENT: dict[str, Spelling] = {
    "Extension": _extension,
    "Queue": lambda call, values, answer: {**answer, "extension_id": call.extension.id},
    "Phone": lambda call, values, answer: {**answer, "allow_webrtc": False},
    "Call": _call,
    "Record": _record,
}
_OLDER: dict[str, Spelling] = {
    "Extension": lambda call, values, answer: {**answer, "public_caller_id_number": None},
    "Call": lambda call, values, answer: {**answer, "call_flow": answer["call_flow"] and answer["call_flow"].upper()},
}
