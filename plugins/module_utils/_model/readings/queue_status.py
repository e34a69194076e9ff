# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The live state of a queue (operations.json ``.../queue/status/``)."""

from __future__ import annotations

from ..field import number, text
from ..reading import Reading

PATH = "/extension/{extension}/queue/status/"

QUEUE_STATUS = Reading(
    name="queue_status",
    title="queue",
    path=PATH,
    kind="singleton",
    extension_types=("queue",),
    fields=(
        number("waiting_members", read_only=True, defaults=(0,)),
        number("trying_members", read_only=True, defaults=(0,)),
        number("answered_members", read_only=True, defaults=(0,)),
    ),
)

QUEUE_STATUS_AGENT = Reading(
    name="queue_status_agent",
    title="agent of a queue",
    path=PATH + "agents/",
    extension_types=("queue",),
    fields=(
        text("name", read_only=True),
        text("extension_name", read_only=True),
        text("status", read_only=True),
        text("state", read_only=True),
        number("call_duration", read_only=True),
        text("name_fs", read_only=True),
    ),
)

QUEUE_STATUS_MEMBER = Reading(
    name="queue_status_member",
    title="caller in a queue",
    path=PATH + "members/",
    extension_types=("queue",),
    fields=(
        text("number", read_only=True),
        text("state", read_only=True),
        number("wait_time", read_only=True),
        text("joined_datetime", read_only=True),
        text("serving_agent", read_only=True),
        text("call_api_id", read_only=True),
    ),
)

# The lists beside the numbers, by the names under which they are returned.
PARTS = {"agents": QUEUE_STATUS_AGENT, "members": QUEUE_STATUS_MEMBER}
