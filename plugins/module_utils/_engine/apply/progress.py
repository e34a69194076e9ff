# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Shows the progress of a long task, so that it does not stay silent for minutes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Callable

from ..plan.steps import Step

# Fewer objects or steps are done before anybody wonders.
LONG = 50
# How long a phase may take without a word, in s.
SILENCE = 10.0

WORDS = {"create": "creating", "order": "ordering", "delete": "deleting", "empty": "deleting"}

Say = Callable[[str], None]


class Progress:
    """One line for each phase, and where a phase takes long, one every SILENCE.

    say: takes a line; None where nobody listens. clock: in s.
    """

    def __init__(self, say: Say | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._say = say
        self._clock = clock
        self._phases: set[tuple[int, int]] = set()
        self._said = 0.0

    def reading(self, objects: int) -> None:
        """Before so many declared objects are read."""
        if self._say and objects >= LONG:
            self._say(f"reading the current state of {objects} declared objects")

    def undo_written(self, undo_file: str, steps: int) -> None:
        """Once it is written down how everything was, for whoever interrupts the run. steps: how many it has."""
        if self._say and steps >= LONG:
            self._say(f"undo document: {undo_file}")

    def sending(self, step: Step, steps: Sequence[Step], done: int) -> None:
        """Before each step. steps: the whole plan. done: how many of them took effect so far."""
        total = len(steps)
        if not self._say or total < LONG:
            return
        now = self._clock()
        if step.phase not in self._phases:
            self._phases.add(step.phase)
            phase = [one for one in steps if one.phase == step.phase]
            first = 1 + next(at for at, one in enumerate(steps) if one is phase[0])
            deeds = " and ".join(sorted({WORDS.get(one.action, "changing") for one in phase}))
            last = f" to {first + len(phase) - 1}" if len(phase) > 1 else ""
            self._say(f"{deeds} {step.noun.plural_title}: step {first}{last} of {total}")
        elif now - self._said >= SILENCE:
            self._say(f"step {done + 1} of {total}")
        else:
            return
        self._said = now
