# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Planning and reading in turns, until a plan has all that it needs."""

from __future__ import annotations

from typing import Callable, TypeVar

from ..read.ahead import at_once
from ..read.contents import Contents
from ..read.reader import Reader
from ..read.references import References
from .draft import Draft, Unread
from .planner import Planner

T = TypeVar("T")


class Planning:
    """planner: that of the present plan. update_password, update_file: see Planner. check_references: see Engine."""

    def __init__(
        self,
        reader: Reader,
        references: References,
        contents: Contents,
        update_password: str,
        update_file: str,
        check_references: bool,
    ) -> None:
        self._reader = reader
        self._references = references
        self._contents = contents
        self._updates = (update_password, update_file)
        self._check_references = check_references
        # For what is live, nothing of which is kept: what is needed is asked for on the way.
        self.planner = self._anew(asks=True)

    def plan(self, make: Callable[[Planner], T]) -> T:
        """Make a plan from what was read. Where something is missing, all of that is read at once, and the plan is made
        again. Raises InputError for what cannot be planned."""
        while True:
            planner = self._anew()
            try:
                made = make(planner)
            except Unread as needed:
                at_once(list(needed.reads.values()), self._reader.client.settings.parallel)
                continue
            # Whoever judges the plan may look at more than it is made from.
            planner.draft.asks = True
            self.planner = planner
            return made

    def _anew(self, asks: bool = False) -> Planner:
        draft = Draft(self._reader, asks)
        references = References(draft, self._references.assume, self._references.wide)
        planner = Planner(draft, references, self._contents, *self._updates)
        planner.given.check_references = self._check_references
        return planner
