# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The values outside of the call plan, beside intervals, that a call reads: other values may give another call."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

# Parts of the world.
PHONE, REGISTERED, EXTERNAL, AGENT, WEBHOOK, MEMBERS = "phone", "registered", "external", "agent", "webhook", "members"
# One of these words, and the number, name or address.
Part = tuple[str, str]


class Asked(NamedTuple):
    """The PBX has listened to the caller, or would have taken keys already now.

    item: which item of ``press`` it takes. t: when it began. about: decides which input is accepted. so_far: of a
    menu, the other values that decide how the call goes on, except the time; None where that is not known.
    """

    item: int
    t: int
    kind: str
    about: Any
    so_far: Any = None


@dataclass
class Looks:
    """Filled while a call is simulated. Legs that are cancelled look as well.

    asks: in order. patterns: those that were searched in the number the caller has come with, None for whether he is
    hidden. parts: of the world, in order, and when each was looked at first.
    """

    asks: list[Asked] = field(default_factory=list)
    patterns: set[str | None] = field(default_factory=set)
    parts: dict[Part, int] = field(default_factory=dict)
