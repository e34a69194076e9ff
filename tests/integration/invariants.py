# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conditions that a tenant's state must meet after every single write, so that no caller meets a missing object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

State = dict[str, Any]

# Fields whose values differ from tenant to tenant.
CHANCE = ("create_date", "filename", "call_api_id", "call_id", "callback_id", "init_time_gmt", "datetime")

SOUNDS = ("sound", "record_digits_sound", "playfile_sound", "vm_greeting", "hold_music", "agent_sound_id")


def broken(state: State) -> list[str]:
    """Everything that refers to a missing object."""
    return list(_broken(state))


def _broken(state: State) -> Iterator[str]:
    sounds = {sound["id"] for sound in state["sounds"]}
    agents = {agent["id"] for extension in state["extensions"] for agent in extension["agents"]}
    for extension in state["extensions"]:
        number = extension["number"]
        contexts = {context["id"] for context in extension["contexts"]}
        intervals = {interval["id"] for interval in [*extension["intervals"], *state["intervals"]]}
        options = {context["id"]: [o["digits"] for o in context["options"]] for context in extension["contexts"]}
        rules = [rule for context in extension["contexts"] for o in context["options"] for rule in o["rules"]]
        settings = [extension[kind] for kind in ("phone", "queue", "ivr") if kind in extension]
        for one in [*rules, *extension["incom_rules"], *extension["agents"], *settings]:
            for field in SOUNDS:
                if one.get(field) is not None and one[field] not in sounds:
                    yield f"{number}: {field} {one[field]} is no sound"
            if one.get("interval") is not None and one["interval"] not in intervals:
                yield f"{number}: interval {one['interval']} is not there"
        for rule in rules:
            target = rule.get("context")
            if target is not None and target not in contexts:
                yield f"{number}: a rule jumps to context {target}, which is not there"
            elif target is not None and rule["context_option"] not in (None, *options[target]):
                yield f"{number}: a rule jumps to option {rule['context_option']}, which is not there"
        entry = extension.get("ivr", {}).get("entry_context")
        if entry is not None and entry not in contexts:
            yield f"{number}: entry_context {entry} is not there"
        for member in extension["queue_agents"]:
            if member["agent_id"] not in agents:
                yield f"{number}: agent {member['agent_id']} is not there"


def silent(state: State) -> set[tuple[str, str, str]]:
    """The options of all menus that have no rule: extension, context, digits."""
    return {
        (extension["number"], context["name"], option["digits"])
        for extension in state["extensions"]
        for context in extension["contexts"]
        for option in context["options"]
        if not option["rules"]
    }


def without(value: Any, *names: str) -> Any:
    """A state in which two runs can be compared, without the fields of these names."""
    if isinstance(value, dict):
        return {name: without(part, *names) for name, part in value.items() if name not in names}
    return [without(part, *names) for part in value] if isinstance(value, list) else value
