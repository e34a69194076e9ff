# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Live operations: calls, callbacks, chat, conference, registrations, parking, speech recognition, outgoing faxes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from .. import references
from ..call import Body, Call, Upload, answers
from ..crud import ALL_TYPES
from ..errors import Refusal, bad
from ..recorded import call_ids, same_id
from ..store import Row

BASE = "/extension/{extension_id}"
NEEDS_DESTINATION = ("transfer", "attended_transfer", "eavesdrop", "whisper", "conference")


def _calls(call: Call) -> list[Row]:
    call.require_type(("phone",))
    return call.store.rows("call", call.tenant, call.extension.id)


def _call(call: Call) -> Row:
    for row in _calls(call):
        if same_id(row.body["call_api_id"], call.parameters["call_api_id"]):
            return row
    raise Refusal(404, f"call {call.parameters['call_api_id']} not found")


def stamp(moment: datetime | None = None) -> str:
    """A moment (now if absent) as the platform spells it, in UTC."""
    return (moment or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M:%S")


@answers("GET", f"{BASE}/current_calls/")
def current_calls(call: Call) -> Body:
    """The calls of a phone, wrapped in an object."""
    return call.answer({"call_list": [call.answer(row.body, "Call") for row in _calls(call)]})


@answers("GET", f"{BASE}/current_calls/{{call_api_id}}")
def current_call(call: Call) -> Body:
    """One call."""
    return call.answer(_call(call).body)


@answers("PUT", f"{BASE}/current_calls/{{call_api_id}}")
def change_call(call: Call) -> Body:
    """Transfer, hold, join and so on; a transferred call leaves the phone."""
    row, action = _call(call), call.body["action"]
    if action in NEEDS_DESTINATION and not call.body.get("send_dst"):
        raise bad("send_dst", f"required with {action}")
    if action in ("transfer", "attended_transfer"):
        call.store.delete(row)
    else:
        row.body["state"] = action
        call.store.save(row)
    return {}


@answers("DELETE", f"{BASE}/current_calls/{{call_api_id}}")
def hang_up(call: Call) -> None:
    """End a call."""
    call.store.delete(_call(call))


@answers("POST", f"{BASE}/callback/")
def callback(call: Call) -> Body:
    """Ring the numbers of src_num, then connect them to dst_num."""
    references.check(call, "Callback", call.body)
    if not call.body["src_num"]:
        raise bad("src_num", "must not be empty")
    own, common = call_ids(call.dialect("answers") == "recent", call.extension.id)
    ids = {"call_api_id": own, "call_id": common}
    values = {
        "call_api_id": ids["call_api_id"], "callback_id": ids["call_id"], "call_flow": "out",
        "called_number": call.body["dst_num"], "caller_id_name": call.body.get("caller_id_name"),
        "caller_id_number": call.body.get("caller_id_number"), "extension_id": call.extension.id,
        "init_time_gmt": stamp(), "real_call": True,
    }  # fmt: skip
    call.store.insert("call", call.tenant, call.extension.id, values)
    return call.answer(ids)


@answers("PUT", f"{BASE}/speech_to_text/{{call_api_id}}")
def speech_to_text(call: Call) -> Body:
    """Start or stop sending recognised text to a URL."""
    row = _call(call)
    if call.body["action"] == "start" and not call.body.get("url"):
        raise bad("url", "required with start")
    row.body["speech_to_text"] = call.body["action"] == "start"
    call.store.save(row)
    return {}


@answers("PUT", f"{BASE}/valet_park/{{call_api_id}}")
def valet_park(call: Call) -> Body:
    """Park a call in a slot, take one out, or list the slots."""
    row, action = _call(call), call.body["action"]
    parked = {r.body["slot"]: r.body["call_api_id"] for r in _calls(call) if r.body.get("slot") is not None}
    if action == "slots":
        return {"slots": sorted(parked)}
    slot = call.body.get("slot")
    if action == "bridge" and slot not in parked:
        raise bad("slot", "no call is parked there")
    row.body["slot"] = None if action == "bridge" else slot or max([700, *parked]) + 1
    call.store.save(row)
    return {"slot": row.body["slot"]}


# -- conference


def _room(call: Call) -> Row:
    call.require_type(("conference",))
    row = call.store.get("room", call.tenant, call.extension.id, 0)
    empty: Body = {"locked": False, "members": [], "started": None}
    return row or call.store.insert("room", call.tenant, call.extension.id, empty, number=0)


@answers("GET", f"{BASE}/conference/status/")
def conference_status(call: Call) -> Any:
    """The part of the conference's state that `action` asks for. The shape of the answer is undocumented."""
    room, action = _room(call).body, call.query["action"]
    settings = call.store.get("conference", call.tenant, call.extension.id, 0)
    found = {
        "show_members": room["members"],
        "is_locked": room["locked"],
        "max_members": settings.body["max_members"] if settings else None,
        "count": len(room["members"]),
        "run_time": 0,
    }
    return {action: found[action]}


@answers("PUT", f"{BASE}/conference/status/")
def control_conference(call: Call) -> Body:
    """Lock the room, or mute, deafen or play to its members."""
    room = _room(call)
    member, sound = call.body.get("member_id"), call.body.get("play_file")
    if member is not None and member not in [m["member_id"] for m in room.body["members"]]:
        raise bad("member_id", f"no member {member}")
    if sound is not None and (sound >= 1 << 62 or call.store.get("sound", call.tenant, 0, sound) is None):
        raise bad("play_file", f"no sound {sound}")
    if call.body.get("lock") is not None:
        room.body["locked"] = call.body["lock"]
    for entry in room.body["members"]:
        if member in (None, entry["member_id"]):
            entry.update({k: call.body[k] for k in ("mute", "deaf", "enter_sound") if call.body.get(k) is not None})
    call.store.save(room)
    return {}


# -- chat


def _messages(call: Call) -> list[Row]:
    rows = call.store.rows("chat_message", call.tenant, call.extension.id, call.parameters["chat_id"])
    if not rows:
        raise Refusal(404, f"chat {call.parameters['chat_id']} not found")
    return rows


@answers("PUT", f"{BASE}/chat/{{chat_id}}/messages/")
def read_chat(call: Call) -> Body:
    """Mark the messages of a chat as read or unread."""
    rows = _messages(call)
    for row in rows:
        row.body.update({name: value for name, value in call.body.items() if value is not None})
        call.store.save(row)
    return call.answer({**rows[-1].body, "id": str(rows[-1].id)})


@answers("DELETE", f"{BASE}/chat/{{chat_id}}/messages/")
def delete_chat(call: Call) -> None:
    """Delete the messages of a chat."""
    for row in _messages(call):
        call.store.delete(row)


# -- registrations


def _registration(call: Call, extension: int) -> Body:
    rows = call.store.rows("registration", call.tenant, extension)
    registrations = [row.body for row in rows]
    return call.answer(
        {"registered": bool(rows), "extension_id": extension, "registrations": registrations}, "ExtensionRegistration"
    )


@answers("GET", "/extension/registration/")
def registrations(call: Call) -> list[Body]:
    """The registrations of many phones at once."""
    wanted = call.query.get("extension_id")
    own = call.principal.extension
    rows = [r for r in call.store.rows("extension", call.tenant) if r.body["type"] == "phone" and own in (None, r.id)]
    return [_registration(call, row.id) for row in call.set_order(rows) if wanted is None or row.id in wanted]


@answers("GET", f"{BASE}/registration/")
def registration(call: Call) -> Body:
    """The registrations of one extension."""
    return _registration(call, call.extension.id)


@answers("DELETE", f"{BASE}/registration/")
def delete_registrations(call: Call) -> None:
    """Drop every registration of an extension."""
    for row in call.store.rows("registration", call.tenant, call.extension.id):
        call.store.delete(row)


@answers("DELETE", f"{BASE}/registration/{{registration_id}}")
def delete_registration(call: Call) -> None:
    """Drop one registration."""
    for row in call.store.rows("registration", call.tenant, call.extension.id):
        if row.body["registration_id"] == call.parameters["registration_id"]:
            return call.store.delete(row)
    raise Refusal(404, f"registration {call.parameters['registration_id']} not found")


# -- outgoing faxes


@answers("POST", f"{BASE}/fax/out/")
def send_fax(call: Call) -> Body:
    """Send a file as a fax."""
    call.require_type(ALL_TYPES)
    upload: Upload = call.body["file"]
    if not upload.data:
        raise bad("file", "must not be empty")
    values = {"status": "queued", "dst_num": call.body["dst_num"], "datetime": stamp()}
    row = call.store.insert("fax_message", call.tenant, call.extension.id, values)
    return call.answer({**values, "id": row.id})


@answers("PUT", f"{BASE}/fax/out/{{message_id}}")
def change_fax(call: Call) -> Body:
    """Cancel a fax or send it again."""
    row = call.store.get("fax_message", call.tenant, call.extension.id, call.parameters["message_id"])
    if row is None:
        raise Refusal(404, f"fax {call.parameters['message_id']} not found")
    row.body["status"] = {"cancel": "cancelled", "retry": "queued"}[call.query["action"]]
    call.store.save(row)
    return call.answer({**row.body, "id": row.id})
