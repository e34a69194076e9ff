# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The agent of a phone (operations.json ``/extension/{extension_id}/agent/``; semantics.md section 5, agent)."""

from __future__ import annotations

from ..field import choice, extra_params, flag, number, sound, text
from ..noun import Noun

AGENT = Noun(
    name="agent",
    title="agent",
    path="/extension/{extension}/agent/",
    tenant_path="agent/local/",
    extension_types=("phone",),
    across=True,
    missed="nobody is called in place of the agent",
    delete_query=(flag("remove_from_queues"),),
    fields=(
        text("name", required=True),
        choice("status", "logged_out", "available", defaults=("available",), volatile=True),
        sound("agent_sound", api_name="agent_sound_id"),
        number("call_timeout", defaults=(60,)),
        number("wrap_up_time", defaults=(0,)),
        number("busy_delay_time", defaults=(10,)),
        number("no_answer_delay_time", defaults=(10,)),
        number("reject_delay_time", defaults=(10,)),
        extra_params(),
        number("extension_id", read_only=True),
        number("id", read_only=True),
    ),
)
