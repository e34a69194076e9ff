# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A queue's agents, as the queue sees them (local) and as an agent's extension sees its queues (remote), and its
live status.
"""

from __future__ import annotations

from .. import references
from ..call import Body, Call, answers
from ..errors import Refusal, bad
from ..store import Row
from .extension import extension_name

BASE = "/extension/{extension_id}/queue"
SIDES = ("local", "remote")


def _members(call: Call) -> list[Row]:
    call.require_type(("queue",))
    return call.store.rows("queue_agent", call.tenant, call.extension.id)


def _agent(call: Call, number: int) -> Row | None:
    return next((row for row in call.store.rows("agent", call.tenant) if row.id == number), None)


def _find(call: Call) -> Row:
    for row in _members(call):
        if row.body["agent_id"] == call.parameters["agent_id"]:
            return row
    raise Refusal(404, f"agent {call.parameters['agent_id']} not found in this queue")


def _register(side: str) -> None:
    path = f"{BASE}/agents/{side}/"
    item = f"{path}{{agent_id}}"

    def present(call: Call, row: Row) -> Body:
        agent = _agent(call, row.body["agent_id"])
        by_extension = side == "local" and call.dialect("queue_agent_ref") == "extension" and agent is not None
        return call.answer(
            {**row.body, "agent_id": agent.extension if by_extension and agent else row.body["agent_id"]}
        )

    def create(call: Call) -> Body:
        members = _members(call)
        assert call.operation.component is not None
        references.check(call, call.operation.component, call.body)
        number = call.body["agent_id"]
        if any(row.body["agent_id"] == number for row in members):
            raise bad("agent_id", f"agent {number} is in this queue already")
        default = int(call.dialect("queue_agent_default"))
        places = {name: default if call.body.get(name) is None else call.body[name] for name in ("level", "position")}
        return present(
            call, call.store.insert("queue_agent", call.tenant, call.extension.id, {"agent_id": number, **places})
        )

    def update(call: Call) -> Body:
        row = _find(call)
        row.body.update({name: value for name, value in call.body.items() if value is not None})
        call.store.save(row)
        return present(call, row)

    answers("GET", path)(lambda call: [present(call, row) for row in call.set_order(_members(call))])
    answers("POST", path)(create)
    answers("GET", item)(lambda call: present(call, _find(call)))
    answers("PUT", item)(update)
    answers("DELETE", item)(lambda call: call.store.delete(_find(call)))


for _side in SIDES:
    _register(_side)


@answers("GET", f"{BASE}/status/")
def status(call: Call) -> Body:
    """How many callers wait, ring at an agent, and talk."""
    states = [row.body["state"] for row in _waiting(call)]
    counts = {"waiting_members": "Waiting", "trying_members": "Trying", "answered_members": "Answered"}
    return call.answer({name: states.count(state) for name, state in counts.items()})


@answers("GET", f"{BASE}/status/members/")
def status_members(call: Call) -> list[Body]:
    """The callers in the queue."""
    return [call.answer(row.body) for row in _waiting(call)]


@answers("GET", f"{BASE}/status/agents/")
def status_agents(call: Call) -> list[Body]:
    """The agents of the queue and their states."""
    found = []
    for row in call.set_order(_members(call)):
        agent = _agent(call, row.body["agent_id"])
        extension = call.store.get("extension", call.tenant, 0, agent.extension) if agent else None
        if agent is None or extension is None:
            continue
        available = agent.body["status"] == "available"
        found.append(
            call.answer(
                {
                    "status": "Available" if available else "Logged Out",
                    "name": agent.body["name"],
                    "name_fs": f"local-{agent.id}",
                    "extension_name": extension_name(call, extension),
                    "state": "Waiting" if available else "Idle",
                    "call_duration": 0,
                }
            )
        )
    return found


def _waiting(call: Call) -> list[Row]:
    call.require_type(("queue",))
    return call.store.rows("queue_member", call.tenant, call.extension.id)
