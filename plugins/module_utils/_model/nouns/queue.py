# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A queue and the agents that serve it (operations.json ``.../queue/...``; semantics.md section 5, queue)."""

from __future__ import annotations

from ..field import VOICEMAIL, choice, destinations, flag, number, reference, sound, text
from ..noun import Noun

QUEUE = Noun(
    name="queue",
    title="queue",
    path="/extension/{extension}/queue/",
    kind="singleton",
    key=(),
    extension_types=("queue",),
    fields=(
        choice(
            "strategy",
            "ring-all",
            "longest-idle-agent",
            "round-robin",
            "top-down",
            "agent-with-least-talk-time",
            "agent-with-fewest-calls",
            "sequentially-by-agent-order",
            "random",
            defaults=("round-robin",),
        ),
        choice("sound_type", "ring", "music", defaults=("ring", "music")),
        sound("sound", applies_with=("sound_type", ("music",))),
        sound("start_sound"),
        sound("announce_sound"),
        number("announce_frequency"),
        number("position_announce_frequency"),
        sound("agent_announce_sound"),
        flag("agent_report_wait_time", defaults=(False,)),
        number("max_wait_time"),
        destinations("timeout_transfer_dst"),
        sound("timeout_transfer_dst_sound"),
        number("max_wait_time_with_no_agent"),
        destinations("no_agent_timeout_transfer_dst"),
        sound("no_agent_timeout_transfer_dst_sound"),
        flag("exit_with_no_av_agents", defaults=(False,)),
        text("exit_key", kind="key"),
        destinations("exit_transfer_dst"),
        sound("exit_transfer_dst_sound"),
        choice("agent_hangup_action", "transfer", "quality_rate", null_choice=True),
        destinations("agent_hangup_transfer_dst", applies_with=("agent_hangup_action", ("transfer",))),
        sound("quality_rate_sound"),
        sound("quality_rate_finish_sound"),
        number("quality_rate_max"),
        flag("skip_busy_agents", defaults=(False,)),
        number("try_same_agent_time"),
        flag("tier_rules_apply", defaults=(False,)),
        number("tier_rule_wait_second", defaults=(0,)),
        flag("tier_rule_wait_multiply_level", defaults=(False,)),
        flag("disable_answer", defaults=(False,)),
        flag("record_enabled", defaults=(False,)),
        text("append_to_cid_name_on_transfer"),
        *VOICEMAIL,
    ),
)

QUEUE_AGENT = Noun(
    name="queue_agent",
    title="queue agent",
    path="/extension/{extension}/queue/agents/local/",
    key=("agent",),
    identity="agent_id",
    extension_types=("queue",),
    fields=(
        reference(
            "agent",
            "agent",
            api_name="agent_id",
            required=True,
            create_only=True,
            or_home=True,
            leaves_with="remove_from_queues",
        ),
        number("level", defaults=(0, 1), on_create=1),
        number("position", defaults=(0, 1), on_create=1),
    ),
)

# The API documents neither the agents of other tenants or of outside numbers, nor any list of them, so that they are
# named by their id (semantics.md section 5, queue).
QUEUE_AGENT_REMOTE = Noun(
    name="queue_agent_remote",
    title="remote queue agent",
    path="/extension/{extension}/queue/agents/remote/",
    key=("agent",),
    identity="agent_id",
    fields=(
        reference("agent", "agent", api_name="agent_id", required=True, create_only=True, unlisted=True, or_home=True),
        *QUEUE_AGENT.fields[1:],
    ),
)
