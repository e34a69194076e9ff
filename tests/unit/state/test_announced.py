# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps of a plan as a task has returned them, and their counts in words."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._state.announced import (
    AnnouncedStep,
    announced,
    counted,
    counts_in_words,
)


def steps(done: bool, *actions: str) -> list[AnnouncedStep]:
    return [AnnouncedStep(done, action, "agent", 'agent "Anna"') for action in actions]


def test_what_is_done_and_what_is_to_be_done_are_counted_apart() -> None:
    found = [*steps(True, "create", "create", "hangup"), *steps(False, "empty", "order", "replace")]
    assert counts_in_words(found) == "2 created, 1 carried out, 2 to change, 1 to delete"
    assert counts_in_words([]) == ""


def test_what_is_not_there_is_counted_where_it_could_be_expected() -> None:
    found = steps(False, "create")
    assert counted(found, False) == "1 to create, 0 to change, 0 to delete"
    assert counted(found, True) == "0 created, 0 changed, 0 deleted"


@pytest.mark.parametrize("plan", [None, "steps", 7, ["step"], [None]])
def test_what_is_no_plan_has_no_steps(plan: Any) -> None:
    assert list(announced(plan, False)) == []


def test_a_step_is_read_as_it_was_returned_and_what_it_lacks_is_empty() -> None:
    change = {"field": "name", "from": None, "to": "Anna"}
    whole = {
        "action": "create",
        "kind": "agent",
        "object": 'agent "Anna"',
        "method": "POST",
        "path": "/a/",
        "body": {"name": "Anna"},
        "changes": [change],
    }
    assert [step.as_json() for step in announced([whole, {"changes": [None]}], True)] == [
        whole,
        {**dict.fromkeys(("action", "kind", "object", "method", "path"), ""), "body": None, "changes": []},
    ]
