# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.bodies import NEW_QUEUE, whole
from tests.cases.case import QUEUE, Case, Refusal, Step, get, put

CALLERS = (get("/extension/5013/queue/status/"),)

CASE = Case(
    module="pbx_queue",
    extension=QUEUE,
    steps=(
        Step(
            "configure",
            {
                "strategy": "ring-all",
                "sound_type": "music",
                "sound": "Hold music",
                "max_wait_time": 300,
                "exit_key": "#",
                "agent_hangup_action": "quality_rate",
            },
            (
                get("/extension/5013/sound/"),
                get("/extension/5013/queue/"),
                *CALLERS,
                put(
                    "/extension/5013/queue/",
                    **whole(
                        NEW_QUEUE,
                        strategy="ring-all",
                        sound_type="music",
                        sound=3003,
                        max_wait_time=300,
                        exit_key="#",
                        agent_hangup_action="quality_rate",
                    ),
                ),
            ),
            guards=CALLERS,
        ),
        Step(
            "update",
            {"strategy": "top-down", "sound": "Please wait", "announce_frequency": 30},
            (
                get("/extension/5013/sound/"),
                get("/extension/5013/queue/"),
                *CALLERS,
                put(
                    "/extension/5013/queue/",
                    **whole(
                        NEW_QUEUE,
                        strategy="top-down",
                        sound_type="music",
                        sound=3004,
                        announce_frequency=30,
                        max_wait_time=300,
                        exit_key="#",
                        agent_hangup_action="quality_rate",
                    ),
                ),
            ),
            guards=CALLERS,
        ),
        Step(
            "clear",
            {"unset": ["agent_hangup_action", "exit_key", "announce_frequency"]},
            (
                get("/extension/5013/queue/"),
                *CALLERS,
                put(
                    "/extension/5013/queue/",
                    **whole(
                        NEW_QUEUE,
                        strategy="top-down",
                        sound_type="music",
                        sound=3004,
                        announce_frequency=None,
                        max_wait_time=300,
                        exit_key=None,
                        agent_hangup_action=None,
                    ),
                ),
            ),
            guards=CALLERS,
        ),
        Step(
            "ring",
            {"sound_type": "ring"},
            (
                get("/extension/5013/queue/"),
                *CALLERS,
                put(
                    "/extension/5013/queue/",
                    **whole(NEW_QUEUE, strategy="top-down", sound_type="ring", sound=3004, max_wait_time=300),
                ),
            ),
            guards=CALLERS,
        ),
    ),
    refusals=(
        Refusal(
            {"sound_type": "ring", "sound": "Hold music"},
            'extension "5013": sound means something only while sound_type is music, and it is ring; '
            "declare sound_type too, or leave sound out",
        ),
        Refusal({"exit_key": "12"}, 'extension "5013": exit_key "12" is not one key of a phone: a digit, * or #'),
        Refusal(
            {"strategy": "loudest"},
            (
                'extension "5013": strategy "loudest" is none of ring-all, longest-idle-agent, '
                "round-robin, top-down, agent-with-least-talk-time, agent-with-fewest-calls, "
                "sequentially-by-agent-order, random"
            ),
        ),
        Refusal(
            {"sound_type": "music", "sound": "Hold musi"},
            'extension "5013": sound: there is no sound "Hold musi"; did you mean "Hold music"?',
        ),
        Refusal(
            {"agent_hangup_transfer_dst": "101"},
            'extension "5013": agent_hangup_transfer_dst means something only while '
            "agent_hangup_action is transfer, and it is not set; declare agent_hangup_action too, or "
            "leave agent_hangup_transfer_dst out",
        ),
    ),
)
