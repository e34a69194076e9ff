# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Where requests are under way: in threads, or one by one in the thread that asks."""

from __future__ import annotations

import queue
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Callable, Protocol

Work = Callable[[], object]


@dataclass(frozen=True)
class Outcome:
    """The outcome of one piece of work. mark: the mark that was submitted with it. error: the exception it raised."""

    mark: Any
    value: Any = None
    error: Exception | None = None


class Pool(Protocol):
    """Takes work, and gives outcomes in the order in which they come."""

    def submit(self, mark: Any, work: Work) -> None:
        """Take a piece of work. ``mark`` comes back with its outcome."""

    def next(self) -> Outcome:
        """Return the next outcome, and wait for it."""

    def close(self) -> None:
        """Take no more work, and wait for the work that has begun."""


class OneByOne:
    """Does a piece of work when its outcome is asked for."""

    def __init__(self) -> None:
        self._left: deque[tuple[Any, Work]] = deque()

    def submit(self, mark: Any, work: Work) -> None:
        self._left.append((mark, work))

    def next(self) -> Outcome:
        return done(*self._left.popleft())

    def close(self) -> None:
        self._left.clear()


class Threads:
    """width: how many pieces of work are done at the same time."""

    def __init__(self, width: int) -> None:
        self._pool = ThreadPoolExecutor(width)
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()

    def submit(self, mark: Any, work: Work) -> None:
        self._pool.submit(lambda: self._outcomes.put(done(mark, work)))

    def next(self) -> Outcome:
        return self._outcomes.get()

    def close(self) -> None:
        """Wait for the work that has begun."""
        self._pool.shutdown(wait=True)


def done(mark: Any, work: Work) -> Outcome:
    """Do a piece of work."""
    try:
        return Outcome(mark, work())
    except Exception as error:
        return Outcome(mark, error=error)


def pool_of(width: int) -> Pool:
    """Return a pool for so many requests at the same time. A single one needs no thread, and Ctrl+C ends it at once."""
    return Threads(width) if width > 1 else OneByOne()
