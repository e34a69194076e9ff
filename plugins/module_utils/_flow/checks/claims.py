# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The claims of witnesses: whether a simulated call shows a fault."""

from __future__ import annotations

from typing import Any, Callable

from ..answer import ENDLESS, HANGUP
from ..calltest.seen import Seen

Shows = Callable[[Seen], bool]


def ends(kind: str, **details: Any) -> Shows:
    """The call has this outcome. details: as Outcome names them."""
    return lambda seen: (
        seen.outcome.kind == kind and all(getattr(seen.outcome, name) == value for name, value in details.items())
    )


def hung_up(seen: Seen) -> bool:
    return seen.outcome.kind == HANGUP


def endless(seen: Seen) -> bool:
    return seen.outcome.kind == ENDLESS


def runs(place: str) -> Shows:
    """A rule runs."""
    return lambda seen: place in seen.answer.fired


def runs_not(place: str) -> Shows:
    """A rule does not run, and everything that the call needs is known."""
    return lambda seen: place not in seen.answer.fired and seen.outcome.kind != "unknown"


def both(*claims: Shows) -> Shows:
    return lambda seen: all(claim(seen) for claim in claims)


def happens(kind: str, **details: Any) -> Shows:
    """The trace has an event with these details."""
    return lambda seen: any(
        all(event.details.get(name) == value for name, value in details.items()) for event in seen.events(kind)
    )
