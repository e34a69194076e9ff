# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""References between objects: one to a missing object is refused, and none is broken unless the dialect allows it."""

from __future__ import annotations

from .call import Body, Call
from .errors import Refusal
from .store import Row

SOUND_FIELDS = {
    "Agent": ("agent_sound_id",),
    "Callback": ("announce_sound_id", "dst_announce_sound_id"),
    "Conference": ("music_on_hold_sound", "enter_sound"),
    "Fax": ("fax_out_greeting",),
    "IncomRule": ("playfile_sound",),
    "Ivr": ("vm_greeting",),
    "IvrRule": ("sound", "record_digits_sound"),
    "Phone": (
        "hold_music", "vm_greeting", "announce_sound_upon_incoming_call", "announce_sound_upon_outgoing_call",
        "ringback_sound",
    ),
    "Queue": (
        "announce_sound", "no_agent_timeout_transfer_dst_sound", "start_sound", "agent_announce_sound",
        "quality_rate_sound", "timeout_transfer_dst_sound", "vm_greeting", "quality_rate_finish_sound", "sound",
        "exit_transfer_dst_sound",
    ),
}  # fmt: skip
OTHER_FIELDS = {
    "IncomRule": {"interval": "interval"},
    "Ivr": {"entry_context": "context"},
    "IvrRule": {"interval": "interval", "context": "context"},
    "QueueAgentLocal": {"agent_id": "agent"},
    "QueueAgentRemote": {"agent_id": "agent"},
    "Extension": {"extension_group_id": "extension_group", "dial_rule_id": "dial_rule"},
    "Did": {"extension_id": "extension", "message_extension_id": "extension"},
}
MODELS = {
    "agent": "Agent", "conference": "Conference", "fax": "Fax", "incom_rule": "IncomRule", "ivr": "Ivr",
    "ivr_rule": "IvrRule", "phone": "Phone", "queue": "Queue", "extension": "Extension", "did": "Did",
}  # fmt: skip


def fields(component: str) -> dict[str, str]:
    """The referring fields of an answer model, with the kind that each refers to."""
    return {**dict.fromkeys(SOUND_FIELDS.get(component, ()), "sound"), **OTHER_FIELDS.get(component, {})}


def find(call: Call, kind: str, number: int, extension: int) -> Row | None:
    """The row that an id refers to, seen from an extension, or None.

    Intervals are the extension's own or the tenant's, contexts the extension's own, the rest the tenant's.
    """
    if kind == "context":
        return call.store.get(kind, call.tenant, extension, number)
    if kind == "interval":
        own = call.store.get(kind, call.tenant, extension, number) if extension else None
        return own or call.store.get(kind, call.tenant, 0, number)
    if kind == "agent":
        return next((row for row in call.store.rows(kind, call.tenant) if row.id == number), None)
    return call.store.get(kind, call.tenant, 0, number)


def check(call: Call, component: str, body: Body) -> None:
    """Refuse with 400 the references of `body` that lead nowhere."""
    errors = {}
    for name, kind in fields(component).items():
        value = body.get(name)
        if value is not None and (value >= 1 << 62 or find(call, kind, value, call.scope) is None):
            errors[name] = f"no {kind} {value}"
    if errors:
        raise Refusal(400, errors)


def referrers(call: Call, target: Row) -> list[tuple[Row, str]]:
    """Who refers to `target`, and by which field."""
    found = []
    for row in call.store.tenant_rows(call.tenant):
        for name, kind in fields(MODELS.get(row.kind, "")).items():
            seen = kind == "agent" or target.extension in (0, row.extension)
            if seen and kind == target.kind and row.body.get(name) == target.id:
                found.append((row, name))
    return found


def release(call: Call, target: Row) -> None:
    """Treat the objects that refer to `target`, which is to be deleted, as the dialect's `delete_referenced` says.

    Raises Refusal (409) where the dialect refuses the deletion.
    """
    policy = call.dialect("delete_referenced")
    if policy == "allowed":
        return
    found = referrers(call, target)
    if policy == "refused" and found:
        users = ", ".join(sorted({f"{row.kind} {row.id}" for row, dummy in found}))
        raise Refusal(409, f"{target.kind} {target.id} is in use by {users}")
    for row, name in found:
        row.body[name] = None
        call.store.save(row)
