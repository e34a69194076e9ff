# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""All that can only be read, by name."""

from __future__ import annotations

from ..reading import Reading
from .alias import ALIAS
from .call import CALL
from .queue_status import QUEUE_STATUS, QUEUE_STATUS_AGENT, QUEUE_STATUS_MEMBER
from .record import RECORD, RECORD_STATS
from .registration import REGISTRATION

READINGS: dict[str, Reading] = {
    reading.name: reading
    for reading in (
        ALIAS,
        CALL,
        QUEUE_STATUS,
        QUEUE_STATUS_AGENT,
        QUEUE_STATUS_MEMBER,
        RECORD,
        RECORD_STATS,
        REGISTRATION,
    )
}
