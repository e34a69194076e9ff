# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Every operation that the collection knows, by name."""

from __future__ import annotations

from ..operation import Operation
from .call import CALL
from .callback import CALLBACK
from .chat import CHAT
from .conference_control import CONFERENCE_CONTROL
from .fax_message import FAX_MESSAGE
from .registration import REGISTRATION
from .speech_to_text import SPEECH_TO_TEXT
from .valet_park import VALET_PARK
from .variable import VARIABLE

OPERATIONS: dict[str, Operation] = {
    operation.name: operation
    for operation in (
        CALL,
        CALLBACK,
        CHAT,
        CONFERENCE_CONTROL,
        FAX_MESSAGE,
        REGISTRATION,
        SPEECH_TO_TEXT,
        VALET_PARK,
        VARIABLE,
    )
}
