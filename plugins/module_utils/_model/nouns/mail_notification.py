# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Who is told by mail of events at an extension (operations.json ``.../mail_notification/``)."""

from __future__ import annotations

from ..field import choice, number, text
from ..noun import Noun

MAIL_NOTIFICATION = Noun(
    name="mail_notification",
    title="mail notification",
    path="/extension/{extension}/mail_notification/",
    key=("event_type", "mail"),
    fields=(
        choice("event_type", "call_failed_mail", required=True),
        text("mail", required=True, kind="mail"),
        number("id", read_only=True),
    ),
)
