# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The configuration of a phone (operations.json ``.../phone/``; semantics.md section 5, phone)."""

from __future__ import annotations

from ..field import VOICEMAIL, choice, flag, number, sound, text
from ..noun import Noun

PHONE = Noun(
    name="phone",
    title="phone",
    path="/extension/{extension}/phone/",
    kind="singleton",
    key=(),
    extension_types=("phone",),
    fields=(
        choice("auth_type", "digest", "network", "both", defaults=("digest",)),
        text("password", kind="password", write_only=True, secret=True),
        text("static_reg_address"),
        number("network_permission_group_id"),
        text("geo_list", kind="countries"),
        number("hangup_timeout", defaults=(60,)),
        number("incoming_limit"),
        flag("call_screening_enabled", defaults=(False,)),
        flag("ignore_early_media", defaults=(False,)),
        number("intercom"),
        text("external_number", kind="caller_id"),
        text("replace_pin", kind="keys", secret=True),
        text("append_to_cid_name_on_transfer"),
        text("transfer_caller_id_number", kind="caller_id"),
        flag("preserve_caller_id_number_att_tr", defaults=(False,)),
        sound("hold_music"),
        sound("ringback_sound"),
        sound("announce_sound_upon_incoming_call"),
        sound("announce_sound_upon_outgoing_call"),
        flag("record_enabled", defaults=(False,)),
        choice("record_format", "mp3", "wav", null_choice=True),
        choice("record_stereo", "yes", "no", null_choice=True),
        flag("record_transfer", defaults=(False,)),
        text("conference_pin", kind="keys", secret=True),
        flag("conference_end_on_exit", defaults=(True,)),
        flag("conference_announce_caller_name", defaults=(False,)),
        *VOICEMAIL,
        text("name", read_only=True),
        text("label", read_only=True),
    ),
)
