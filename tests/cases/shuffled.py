# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A network that keeps requests and answers, and lets them go in an order that somebody chooses."""

from __future__ import annotations

from random import Random
from typing import Any

from ansible_collections.telops.pbx.plugins.module_utils._engine.apply.pool import Outcome, Work, done


class Shuffled:
    """Takes the place of threads: one request at a time arrives, and one answer comes back, and any may be the next."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._requests: list[tuple[Any, Work]] = []
        self._answers: list[Outcome] = []

    def submit(self, mark: Any, work: Work) -> None:
        self._requests.append((mark, work))

    def next(self) -> Outcome:
        while True:
            chosen = self._chance.randrange(len(self._requests) + len(self._answers))
            if chosen >= len(self._requests):
                return self._answers.pop(chosen - len(self._requests))
            self._answers.append(done(*self._requests.pop(chosen)))

    def close(self) -> None:
        # Requests that have begun run to their end.
        for one in self._requests:
            done(*one)
