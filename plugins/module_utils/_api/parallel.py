# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Several requests under way at the same time."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from threading import Thread
from typing import Callable

Read = Callable[[], object]


def at_once(reads: Sequence[Read], parallel: int) -> None:
    """Do them all, so many at a time, and raise the first error; the others are not begun after it."""
    left = deque(enumerate(reads))
    failed: dict[int, Exception] = {}

    def work() -> None:
        while left and not failed:
            try:
                number, read = left.popleft()
            except IndexError:
                # Another thread was faster.
                return
            try:
                read()
            except Exception as error:
                failed[number] = error

    # This thread does its share. An executor would take longer to begin than some PBX to answer.
    threads = [Thread(target=work) for dummy in reads[1:parallel]]
    try:
        for one in threads:
            one.start()
        work()
    finally:
        left.clear()
        for one in threads:
            one.join()
    if failed:
        raise failed[min(failed)]
