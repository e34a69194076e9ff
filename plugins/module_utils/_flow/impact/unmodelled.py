# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Edits of parts that calls meet and no simulation covers: whether a caller notices them is not known."""

from __future__ import annotations

from .edits import KNOWN, Edit

# Nouns, and fields of nouns, that calls meet and that are left out of every simulation.
_NOUNS = ("dial_rule", "queue_agent_remote")
_FIELDS = {
    "extension": ("dial_rule", "dial_rule_limit"),
    "phone": (
        "external_number", "intercom", "replace_pin", "append_to_cid_name_on_transfer", "ringback_sound", "geo_list",
    ),
    "agent": ("wrap_up_time",),
    "queue": (
        "append_to_cid_name_on_transfer", "announce_sound", "announce_frequency", "position_announce_frequency",
        "sound", "sound_type",
    ),
    "conference": ("music_on_hold_sound", "announce_caller_name", "mute_non_moderator"),
    "ivr_rule": ("play_digits_method", "call_interactive_method"),
}  # fmt: skip
# The content of a sound is not known, only that it is another one.
_CONTENTS = {"sound": ("file",), "tenant_sound": ("file",)}


def unmodelled(edit: Edit) -> bool:
    """Whether an edit may change the experience of callers in a way that no simulated call shows."""
    field = edit.field.partition("[")[0]
    if edit.noun in _NOUNS:
        return edit.kind != KNOWN
    return field in _FIELDS.get(edit.noun, ()) or (edit.replaced and field in _CONTENTS.get(edit.noun, ()))
