# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Every noun that the collection knows, by name."""

from __future__ import annotations

from ..noun import Noun
from .agent import AGENT
from .ani import ANI
from .conference import CONFERENCE
from .dial_rule import DIAL_RULE
from .did import DID
from .event import EVENT
from .extension import EXTENSION, EXTENSION_GROUP
from .fax import FAX
from .incom_rule import INCOM_RULE
from .interval import INTERVAL, TENANT_INTERVAL
from .ivr import IVR, IVR_CONTEXT, IVR_OPTION, IVR_RULE
from .mail_notification import MAIL_NOTIFICATION
from .phone import PHONE
from .queue import QUEUE, QUEUE_AGENT, QUEUE_AGENT_REMOTE
from .sound import SOUND, TENANT_SOUND
from .user import USER

# A target comes before the objects that point at it: objects are created in this order, so that no call is dropped, and
# deleted in the reverse order.
NOUNS: dict[str, Noun] = {
    noun.name: noun
    for noun in (
        EXTENSION_GROUP,
        DIAL_RULE,
        TENANT_INTERVAL,
        SOUND,
        TENANT_SOUND,
        EXTENSION,
        ANI,
        INTERVAL,
        AGENT,
        PHONE,
        FAX,
        CONFERENCE,
        EVENT,
        MAIL_NOTIFICATION,
        USER,
        QUEUE,
        QUEUE_AGENT,
        QUEUE_AGENT_REMOTE,
        IVR_CONTEXT,
        IVR_OPTION,
        IVR_RULE,
        IVR,
        INCOM_RULE,
        DID,
    )
}

ORDER_OF_CREATION = tuple(NOUNS)

# The nouns with which a new stage begins: objects of one stage do not point at each other, and are written at the same
# time; the next stage waits for them.
STAGES = (
    "extension_group",
    "extension",
    "ani",
    "queue_agent",
    "ivr_context",
    "ivr_option",
    "ivr_rule",
    "ivr",
    "incom_rule",
    "did",
)
