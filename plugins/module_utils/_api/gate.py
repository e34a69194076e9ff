# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""How many requests of one client are under way at the same time, and when none may be sent."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Callable


@dataclass
class Turn:
    """One request under way. pauses: how many there had been when it began. alone: whether no other was under way at
    any time."""

    pauses: int
    alone: bool


class Gate:
    """Lets at most ``width`` requests through at a time, reads and writes alike, and none during a pause."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._under_way: list[Turn] = []
        self._pauses = 0
        self._pausing = False
        # How many pauses there had been when the width was halved last.
        self._narrowed = -1
        # Whether the last pause ended in an error, so that there was none.
        self._in_vain = False
        self._changed = threading.Condition()

    def begin(self) -> Turn:
        """Wait until a request may be sent; ``end`` must follow."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._under_way) < self.width and not self._pausing)
            turn = Turn(self._pauses, alone=not self._under_way)
            for other in self._under_way:
                other.alone = False
            self._under_way.append(turn)
            return turn

    def end(self, turn: Turn) -> None:
        """The request of a turn has been answered, or never will be."""
        with self._changed:
            # By identity: turns that began alike are equal.
            self._under_way = [other for other in self._under_way if other is not turn]
            self._changed.notify_all()

    def pause(self, turn: Turn, wait: Callable[[], None]) -> None:
        """Have nothing sent while ``wait`` is called. One of several requests that are refused together waits for all.

        turn: that of the request which was refused. Raises the exceptions of ``wait``.
        """
        with self._changed:
            self._changed.wait_for(lambda: not self._pausing)
            if turn.pauses != self._pauses and not self._in_vain:
                return
            self._pauses += 1
            self._pausing = self._in_vain = True
        try:
            wait()
            self._in_vain = False
        finally:
            with self._changed:
                self._pausing = False
                self._changed.notify_all()

    def narrow(self, turn: Turn) -> bool:
        """Halve the width after a request that was one too many at the same time, and tell whether it is another one
        now. A refusal while nothing else was under way says nothing about the width, and only the first of several
        that were refused together does."""
        with self._changed:
            if turn.alone or self.width == 1 or turn.pauses != self._pauses or turn.pauses == self._narrowed:
                return False
            self._narrowed = turn.pauses
            self.width //= 2
            return True
