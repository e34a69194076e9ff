# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conditions of intervals in words."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._text.hours import condition_in_words, loses_nothing


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            {"start_dow": 2, "end_dow": 6, "start_time": "08:00:00", "end_time": "12:30:00"},
            "Monday to Friday 08:00 to 12:30",
        ),
        ({"start_dow": 7, "end_dow": 1}, "Saturday to Sunday"),
        ({"start_dow": 2, "end_dow": 2, "start_time": "08:00:30", "end_time": "24:00:00"}, "Monday 08:00:30 to 24:00"),
        ({"month": 12, "start_mday": 24, "end_mday": 26}, "24 to 26 December"),
        ({"month": 8}, "August"),
        ({"start_mday": 1, "end_mday": 1, "start_time": "10:00"}, "on day 1 of a month"),
        ({"start_datetime": "2027-03-26 00:00:00", "end_datetime": "2027-03-29 23:59:59"}, "2027-03-26 to 2027-03-29"),
        (
            {"start_datetime": "2027-03-26 12:00:00", "end_datetime": "2027-03-26 13:00:00", "month": 1},
            "2027-03-26 12:00 to 2027-03-26 13:00",
        ),
        (
            {"sched_start_date": "2026-12-01", "sched_active_days": 4, "sched_skip_days": 3},
            "4 days on and 3 off from 2026-12-01",
        ),
        ({"start_datetime": "2027-03-26 00:00:00", "end_datetime": "2027-03-26 23:59:59"}, "2027-03-26"),
        (
            {"start_datetime": "2027-03-26 23:59:59", "end_datetime": "2027-03-27 00:00:00"},
            "2027-03-26 23:59:59 to 2027-03-27 00:00",
        ),
        ({"start_dow": 9, "end_dow": "x"}, "9 to x"),
        ({}, "always"),
    ],
)  # fmt: skip
def test_a_condition_in_words(condition: dict[str, Any], words: str) -> None:
    assert condition_in_words(condition) == words


WEEK = {"start_dow": 2, "end_dow": 6}
DATES = {"start_datetime": "2027-03-26 00:00:00", "end_datetime": "2027-03-26 23:59:59"}
SHIFT = {"sched_start_date": "2026-12-01", "sched_active_days": 4, "sched_skip_days": 3}


@pytest.mark.parametrize("condition", [WEEK, DATES, SHIFT, {**WEEK, **SHIFT, "month": 5}, {}])
def test_words_that_say_all(condition: dict[str, Any]) -> None:
    assert loses_nothing({**condition, "start_mday": 0, "end_mday": None})


@pytest.mark.parametrize("condition", [{"start_dow": 2}, {**DATES, "month": 1}, {"sched_start_date": "2026-12-01"}])
def test_words_that_leave_something_out(condition: dict[str, Any]) -> None:
    assert not loses_nothing(condition)
