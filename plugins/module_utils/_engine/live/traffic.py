# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Callers who wait in a queue that a plan changes, or that nobody would answer any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ..._model.nouns import NOUNS
from ..._model.types import Json
from ..._state.objects import Item
from ..._state.place import Id, Place
from ..plan.steps import Step
from ..read.ahead import read_level, reading
from ..read.reader import Reader

# The kinds of objects whose changes a caller in a queue may feel.
KINDS = ("extension", "agent", "queue", "queue_agent")
AGENT, QUEUE, ROW, EXTENSION = (NOUNS[name] for name in ("agent", "queue", "queue_agent", "extension"))
AVAILABLE, BLOCKED = "available", "blocked"


class Traffic:
    """Asks for the callers of a queue only where a plan concerns it, and for agents only where one stops to answer."""

    def __init__(self, steps: Sequence[Step], reader: Reader) -> None:
        self._steps = steps
        self._reader = reader
        self._gone = {(s.noun.name, s.place, s.id) for s in steps if s.action == "delete"}

    def objections(self) -> Iterator[str]:
        """One sentence for each queue in which callers wait."""
        touched = list(dict.fromkeys(queue for step in self._steps for queue in self._queues(step)))
        for queue in touched:
            yield from self._waiting(queue, "which this plan changes")
        for queue in self._abandoned_queues():
            if queue not in touched:
                yield from self._waiting(queue, "which no agent would answer any more")

    def _waiting(self, queue: Place, why: str) -> Iterator[str]:
        status: Json = self._reader.client.get_object(self._reader.path(QUEUE, queue) + "status/")
        waiting = int(status.get("waiting_members") or 0)
        if waiting > 0:
            yield (
                f"{waiting} caller{' is' if waiting == 1 else 's are'} waiting in the queue of {queue}, {why}; run "
                f"this again when the queue is empty, or set live_traffic to allow"
            )

    def _queues(self, step: Step) -> Iterator[Place]:
        """The queue that a step changes, if it is there already and the step is about one."""
        if step.noun in (QUEUE, ROW) and not step.place.pending:
            yield step.place
        yield from (item.inside for item in self._ended_extensions(step) if item.values.get("type") == "queue")

    def _ended_extensions(self, step: Step) -> list[Item]:
        """The extension that takes no calls any more after a step."""
        if step.noun is not EXTENSION or not (step.action == "delete" or _turns(step, BLOCKED)):
            return []
        return [item for item in self._reader.index(EXTENSION, step.place).with_ids(step.id) if item.answer]

    def _abandoned_queues(self) -> list[Place]:
        """The queues whose last agents stop to answer."""
        stopped = {item.id for step in self._steps for item in self._stopping_agents(step)}
        if not stopped:
            return []
        queues = [
            item.inside
            for item in self._reader.extensions()
            if item.values.get("type") == "queue" and item.answer and not self._is_gone(item)
        ]
        read_level(self._reader, [(ROW, queue) for queue in queues], partial(reading, self._reader))
        return [queue for queue in queues if self._lasts(queue, stopped)]

    def _stopping_agents(self, step: Step) -> Iterator[Item]:
        """The agents who answer calls now, and not after a step."""
        if step.noun is AGENT and (step.action == "delete" or (_turns(step) and not _turns(step, AVAILABLE))):
            found = self._reader.index(AGENT, step.place).with_ids(step.id)
        else:
            ended = [item for item in self._ended_extensions(step) if item.values.get("type") == "phone"]
            found = [agent for item in ended for agent in self._reader.all(AGENT, item.inside)]
        yield from (agent for agent in found if agent.answer and _status(agent) == AVAILABLE)

    def _lasts(self, queue: Place, stopped: set[Id]) -> bool:
        """Whether some of these agents serve a queue, and nobody else does."""
        rows = [row for row in self._reader.all(ROW, queue) if not self._is_gone(row)]
        agents = {row.values.get("agent") for row in rows}
        agents |= {s.values.get("agent") for s in self._steps if s.noun is ROW and s.place == queue and s.creates}
        return not agents.isdisjoint(stopped) and not any(self._answers(agent) for agent in agents - stopped)

    def _answers(self, identity: Id | None) -> bool:
        """Whether an agent answers calls after the plan."""
        agent = next((item for item in self._reader.agents() if item.id == identity), None)
        if agent is None or self._is_gone(agent):
            return False
        changed = [s.values["status"] for s in self._steps if s.noun is AGENT and s.id == identity and _turns(s)]
        home = next((item for item in self._reader.extensions() if item.id == agent.place.ids[0][1]), None)
        blocked = home is not None and (home.values.get("status") == BLOCKED or self._is_gone(home))
        return (changed or [_status(agent)])[-1] in (AVAILABLE, None) and not blocked

    def _is_gone(self, item: Item) -> bool:
        return (item.noun.name, item.place, item.id) in self._gone


def _turns(step: Step, value: str | None = None) -> bool:
    """Whether a step changes a status, to a value if one is given."""
    changed = step.action == "update" and any(change.field == "status" for change in step.changes)
    return changed and value in (None, step.values.get("status"))


def _status(agent: Item) -> str | None:
    """An agent's status, which may be answered as an object (semantics.md section 9 (16))."""
    value = agent.values.get("status")
    return value.get("status", value.get("name")) if isinstance(value, dict) else value
