# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The settings of a conference room (operations.json ``.../conference/``)."""

from __future__ import annotations

from ..field import flag, number, sound, text
from ..noun import Noun

CONFERENCE = Noun(
    name="conference",
    title="conference",
    path="/extension/{extension}/conference/",
    kind="singleton",
    key=(),
    extension_types=("conference",),
    fields=(
        text("pin", kind="keys", secret=True),
        text("moderator_pin", kind="keys", secret=True),
        number("max_members"),
        sound("enter_sound"),
        sound("music_on_hold_sound"),
        flag("announce_caller_name", defaults=(False,)),
        flag("mute_non_moderator", defaults=(False,)),
        flag("record_enabled", defaults=(False,)),
    ),
)
