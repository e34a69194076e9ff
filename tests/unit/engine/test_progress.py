# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The messages of a long task while it runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._engine.apply.progress import LONG, SILENCE, Progress
from ansible_collections.telops.pbx.plugins.module_utils._engine.plan.steps import Step
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from ansible_collections.telops.pbx.plugins.module_utils._state.place import Place


def steps(action: str, kind: str, count: int) -> list[Step]:
    return [Step(action, NOUNS[kind], Place(), str(number)) for number in range(count)]


def said(plan: list[Step], each: float = 0.0) -> list[str]:
    """The lines for a plan of which each step takes so many s."""
    lines: list[str] = []

    def times() -> Iterator[float]:
        now = 0.0
        while True:
            yield now
            now += each

    progress = Progress(lines.append, times().__next__)
    for done, step in enumerate(plan):
        progress.sending(step, plan, done)
    return lines


def test_each_phase_is_said_once() -> None:
    plan = [
        *steps("create", "extension", 30),
        *steps("create", "ivr_rule", 12),
        *steps("order", "ivr_rule", 3),
        *steps("create", "ivr_rule", 3),
        *steps("update", "fax", 2),
        *steps("delete", "agent", 1),
    ]
    assert said(plan) == [
        "creating extensions: step 1 to 30 of 51",
        "creating and ordering IVR rules: step 31 to 48 of 51",
        "changing faxes: step 49 to 50 of 51",
        "deleting agents: step 51 of 51",
    ]


def test_a_phase_that_takes_long_says_where_it_is() -> None:
    lines = said(steps("create", "agent", 100), each=SILENCE / 40)
    assert lines == ["creating agents: step 1 to 100 of 100", "step 41 of 100", "step 81 of 100"]


@pytest.mark.parametrize(("count", "lines"), [(LONG - 1, 0), (LONG, 1)])
def test_what_is_short_says_nothing(count: int, lines: int) -> None:
    assert len(said(steps("create", "agent", count))) == lines
    read: list[str] = []
    Progress(read.append).reading(count)
    assert len(read) == lines


def test_whoever_interrupts_a_long_run_has_seen_its_undo_document() -> None:
    lines: list[str] = []
    progress = Progress(lines.append)
    progress.undo_written("undo.json", LONG - 1)
    progress.undo_written("undo.json", LONG)
    assert lines == ["undo document: undo.json"]


def test_nobody_needs_to_listen() -> None:
    progress = Progress()
    progress.undo_written("undo.json", LONG)
    progress.reading(LONG)
    plan = steps("create", "agent", LONG)
    progress.sending(plan[0], plan, 0)


def test_many_objects_are_announced_before_they_are_read() -> None:
    lines: list[str] = []
    Progress(lines.append).reading(LONG - 1)
    Progress().reading(LONG)
    assert lines == []
    Progress(lines.append).reading(LONG)
    assert lines == ["reading the current state of 50 declared objects"]
