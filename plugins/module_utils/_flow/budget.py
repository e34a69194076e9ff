# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""How much may be tried: a bound on the calls that are simulated, which nobody reaches without being told."""

from __future__ import annotations

MOST_CALLS = 200_000


class BudgetReached(Exception):
    """The budget of simulated calls is used up. The results until then are true, but they are not complete."""


class Budget:
    """most: how many calls may be simulated. spent: how many were. Several explorations can share one."""

    def __init__(self, most: int = MOST_CALLS) -> None:
        self.most = most
        self.spent = 0

    def spend(self, what: str, worth: int = 1) -> None:
        """Count a call, or work that takes about as long. what: such as ``calls to 101``. worth: the number of calls
        that take as long. Raises BudgetReached."""
        if self.spent >= self.most:
            raise BudgetReached(f"not all {what} were tried: the budget of {self.most} simulated calls is used up")
        self.spent += worth
