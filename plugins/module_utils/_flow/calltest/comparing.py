# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Tests that compare two tenants, and the interface of the code that compares."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from ..call import Call
from .reading import Tried
from .subject import Subject
from .worlds import Around


@dataclass(frozen=True)
class Noticed:
    """The result of a test that compares. call: the smallest that shows a difference where there must be none, else
    the first that was compared.

    calls: how many were simulated. rows: how many differences there are, each with all its instants. assumptions: those
    that decided something in a call that differs. not_modelled: things that calls met, or edits, that nobody simulates.
    """

    call: Call
    around: Around
    calls: int
    rows: int
    unknown: Collection[str]
    assumptions: Collection[str]
    not_modelled: Collection[str]


class Comparing(Protocol):
    """Compares the calls to a tenant with those to another one."""

    def other(self, document: str, place: str) -> Subject:
        """The tenant that ``compare`` of a test names. Raises InputProblem."""

    def noticed(self, test: Tried, subject: Subject) -> Noticed:
        """Compare the calls of a test and return the differences that callers notice. Raises InputProblem, and
        BudgetReached."""
