# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of an extension as they are when it is new. A request that changes some of them sends all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.cases.case import Args

Settings = Mapping[str, Any]

_VOICEMAIL = {"vm_enabled": False, "vm_attach_file": True, "vm_profile": "default"}

NEW_PHONE: Settings = {
    "auth_type": "digest",
    "call_screening_enabled": False,
    "ignore_early_media": False,
    "preserve_caller_id_number_att_tr": False,
    "record_enabled": False,
    "record_transfer": False,
    "conference_end_on_exit": True,
    "conference_announce_caller_name": False,
    **_VOICEMAIL,
}
# It has a strategy and a kind of sound too, which every case of a queue sets.
NEW_QUEUE: Settings = {
    "agent_report_wait_time": False,
    "exit_with_no_av_agents": False,
    "skip_busy_agents": False,
    "tier_rules_apply": False,
    "tier_rule_wait_second": 0,
    "tier_rule_wait_multiply_level": False,
    "disable_answer": False,
    "record_enabled": False,
    **_VOICEMAIL,
}
NEW_IVR: Settings = _VOICEMAIL
NEW_CONFERENCE: Settings = {"announce_caller_name": False, "mute_non_moderator": False, "record_enabled": False}


def whole(settings: Settings, **changes: Any) -> Args:
    """All settings with some of them changed; None clears one."""
    return {**settings, **changes}
