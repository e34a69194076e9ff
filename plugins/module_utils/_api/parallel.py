# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Several requests under way at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Callable

Read = Callable[[], object]


def at_once(reads: Sequence[Read], parallel: int) -> None:
    """Do them all, so many at a time, and raise the first error; what has not begun by then is not done."""
    if min(len(reads), parallel) <= 1:
        for read in reads:
            read()
        return
    with ThreadPoolExecutor(parallel) as pool:
        pending = [pool.submit(read) for read in reads]
        try:
            for one in pending:
                one.result()
        finally:
            for one in pending:
                one.cancel()
