# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Every noun that the collection knows, by name."""

from __future__ import annotations

from ..noun import Noun
from .agent import AGENT
from .event import EVENT
from .extension import EXTENSION
from .incom_rule import INCOM_RULE
from .interval import INTERVAL
from .ivr import IVR, IVR_CONTEXT, IVR_OPTION, IVR_RULE
from .phone import PHONE
from .queue import QUEUE, QUEUE_AGENT
from .sound import SOUND

NOUNS: dict[str, Noun] = {
    noun.name: noun
    for noun in (
        AGENT,
        EVENT,
        EXTENSION,
        INCOM_RULE,
        INTERVAL,
        IVR,
        IVR_CONTEXT,
        IVR_OPTION,
        IVR_RULE,
        PHONE,
        QUEUE,
        QUEUE_AGENT,
        SOUND,
    )
}
