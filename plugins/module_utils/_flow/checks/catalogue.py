# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""All classes of faults: importing this declares them."""

from __future__ import annotations

from . import (
    callers,
    circles,
    dead_rules,
    destinations,
    exposures,
    hangups,
    impossible_rules,
    interval_lists,
    intervals,
    mailboxes,
    menu_circles,
    queue_agents,
    queue_exits,
    references,
    shadowed_rules,
    unused,
)
from .kinds import CHECKS as _DECLARED
from .kinds import Check

_FAMILIES = (
    callers,
    circles,
    dead_rules,
    destinations,
    exposures,
    hangups,
    impossible_rules,
    interval_lists,
    intervals,
    mailboxes,
    menu_circles,
    queue_agents,
    queue_exits,
    references,
    shadowed_rules,
    unused,
)
_LETTERS = "RLUHQTCVS"

# By their codes, in the order of the documentation.
CHECKS: dict[str, Check] = dict(sorted(_DECLARED.items(), key=lambda one: (_LETTERS.index(one[0][0]), one[0])))

__all__ = ["CHECKS"]
