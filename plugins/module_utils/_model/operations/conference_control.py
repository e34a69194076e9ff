# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A live conference (operations.json ``.../conference/status/``).

The answer of the PBX is not documented. It is read under the names of the questions and of the parameters, and a value
that cannot be read so counts as unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..field import flag, number, sound
from ..operation import Action, Operation

OF_MEMBERS = ("mute", "deaf")


def obeyed(answers: Mapping[str, Any], declared: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The orders that are obeyed already: a lock, and the state of each of the members that are meant. None where the
    member that is meant has left."""
    found: dict[str, Any] = {}
    if isinstance(answers.get("is_locked"), bool):
        found["lock"] = answers["is_locked"]
    members = answers.get("show_members")
    if isinstance(members, list) and all(isinstance(member, Mapping) for member in members):
        wanted = declared.get("member_id")
        meant = [member for member in members if wanted is None or _id(member) in (None, str(wanted))]
        if wanted is not None and not meant:
            return None
        for name in OF_MEMBERS:
            values = [member.get(name) for member in meant]
            if values and all(isinstance(value, bool) and value == values[0] for value in values):
                found[name] = values[0]
    return found


def _id(member: Mapping[str, Any]) -> str | None:
    found = member.get("member_id", member.get("id"))
    return None if found is None else str(found)


CONFERENCE_CONTROL = Operation(
    name="conference_control",
    title="conference member",
    whole="conference",
    path="/extension/{extension}/conference/status/",
    identity="member_id",
    actions={"control": Action("PUT", sets=True)},
    state="/extension/{extension}/conference/status/",
    asks={"lock": "is_locked", **dict.fromkeys(OF_MEMBERS, "show_members")},
    obeyed=obeyed,
    shows=("show_members", "is_locked", "max_members", "count", "run_time"),
    returned=("status", "shown"),
    fields=(
        number("member_id", write_only=True),
        flag("mute", write_only=True),
        flag("deaf", write_only=True),
        flag("lock", write_only=True),
        flag("enter_sound", write_only=True),
        sound("play_file", write_only=True),
        flag("stop_play", write_only=True),
    ),
)
