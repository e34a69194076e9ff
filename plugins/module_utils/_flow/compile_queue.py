# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Queues of the call plan."""

from __future__ import annotations

from .._state.snapshot import Key, NamedItem, Snapshot
from .fields import Fields
from .numbers import Group, Numbers
from .plan import Exit, Member, Queue

TIMEOUT, NO_AGENT_TIMEOUT, NO_AGENTS, EXIT_KEY = "timeout", "no_agent_timeout", "no_agents", "exit_key"
# The result of a ring that pauses an agent for as long as the field says; no_answer stands for all others.
_PAUSES = {"busy": "busy_delay_time", "rejected": "reject_delay_time", "no_answer": "no_answer_delay_time"}
_PAUSE = 10


class Queues:
    """Compiles queues. problems: why a part cannot be simulated, by place."""

    def __init__(self, state: Snapshot, numbers: Numbers, problems: dict[str, str]) -> None:
        self._state = state
        self._numbers = numbers
        self._problems = problems
        self._agents: dict[str, list[NamedItem]] = {}
        for key, items in state.lists.items():
            if key.noun == "agent":
                for item in items:
                    self._agents.setdefault(f"{key.place[0]}/{item.name}", []).append(item)
                    self._agents.setdefault(item.name, []).append(item)

    def queue(self, extension: NamedItem, fields: Fields) -> Queue:
        """fields: the settings of the queue, of which the first that is not known is noted there."""
        members = self._members(extension, fields)
        opening, by_level = self._opening(fields, sorted({member.level for member in members}))
        timeout = self._exit(fields, "timeout_transfer_dst")
        without_agent = self._exit(fields, "no_agent_timeout_transfer_dst")
        by_key = self._exit(fields, "exit_transfer_dst")
        action = fields.text("agent_hangup_action")
        after = fields.text("agent_hangup_transfer_dst") if action == "transfer" else ""
        return Queue(
            fields.text("strategy") or "round-robin",
            opening,
            by_level,
            {member.name: member for member in members},
            tuple(member for member in members if member.available),
            fields.text("start_sound"),
            fields.seconds("max_wait_time"),
            fields.seconds("max_wait_time_with_no_agent"),
            fields.flag("exit_with_no_av_agents"),
            fields.text("exit_key"),
            {TIMEOUT: timeout, NO_AGENT_TIMEOUT: without_agent, NO_AGENTS: without_agent, EXIT_KEY: by_key},
            fields.flag("skip_busy_agents"),
            fields.seconds("try_same_agent_time"),
            fields.flag("disable_answer"),
            action,
            Group(self._numbers.legs(after)) if after else None,
            fields.text("quality_rate_sound"),
            fields.text("quality_rate_finish_sound"),
            fields.number("quality_rate_max", 5),
        )

    def _exit(self, fields: Fields, name: str) -> Exit:
        destination = fields.text(name)
        legs = self._numbers.legs(destination)
        return Exit(fields.text(f"{name}_sound"), Group(legs) if legs else None)

    @staticmethod
    def _opening(fields: Fields, levels: list[int]) -> tuple[dict[int, int], dict[int, int] | None]:
        """When each level opens, counted from joining, and from the level before it if that is something else."""
        wait = fields.seconds("tier_rule_wait_second") if fields.flag("tier_rules_apply") else 0
        multiplied = fields.flag("tier_rule_wait_multiply_level")
        opening: dict[int, int] = {}
        by_level: dict[int, int] = {}
        total = 0
        for index, level in enumerate(levels):
            needed = wait * (level if multiplied else 1) if index else 0
            total += needed
            opening[level], by_level[level] = needed, total
        return opening, by_level if by_level != opening else None

    def _members(self, extension: NamedItem, fields: Fields) -> list[Member]:
        """The agents, by level and position; at the same position in the order of the document."""
        key = Key("queue_agent", (extension.name,))
        if key not in self._state.known:
            fields.unknown = fields.unknown or f"{extension.where} > queue_agents"
        items = sorted(self._state.all(*key), key=_standing)
        found: list[Member] = []
        for item in items:
            agents = self._agents.get(item.name, [])
            if len(agents) != 1:
                fields.unknown = fields.unknown or item.where
                what = "several agents are" if agents else "there is no agent"
                self._problems[item.where] = f'{what} "{item.name}"'
                continue
            agent, own = agents[0], Fields(agents[0])
            index = len(found)
            found.append(
                Member(
                    f"{agent.key.place[0]}/{agent.name}",
                    agent.key.place[0],
                    Fields(item).number("level", 1),
                    index,
                    agent.values.get("status") != "logged_out",
                    own.seconds("call_timeout"),
                    {result: own.seconds(name, _PAUSE) or 1000 for result, name in _PAUSES.items()},
                )
            )
            fields.unknown = fields.unknown or own.unknown
        return found


def _standing(item: NamedItem) -> tuple[int, int]:
    fields = Fields(item)
    return fields.number("level", 1), fields.number("position", 1)
