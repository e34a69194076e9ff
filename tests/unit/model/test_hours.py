# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Opening hours as text are the conditions that hold in just these hours."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.filter.hours import hours
from ansible_collections.telops.pbx.plugins.module_utils._model.hours import DAYS, MIDNIGHT, conditions_of, in_words
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns.interval import condition_problems


def days(first: int, last: int, start: str | None = None, end: str | None = None) -> dict[str, Any]:
    times = {"start_time": f"{start}:00", "end_time": end if end == "23:59:59" else f"{end}:00"} if start else {}
    return {"start_dow": first, "end_dow": last, **times}


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        (
            "mon-fri 08:00-12:30, 14:00-18:00; sat 09:00-13:00",
            [days(2, 6, "08:00", "12:30"), days(2, 6, "14:00", "18:00"), days(7, 7, "09:00", "13:00")],
        ),
        ("Monday 9-17", [days(2, 2, "09:00", "17:00")]),
        ("mo, we and fr: 9:00 - 12:00", [days(day, day, "09:00", "12:00") for day in (2, 4, 6)]),
        ("sat-sun", [days(7, 1)]),
        ("fri 22:00-02:00", [days(6, 6, "22:00", "23:59:59"), days(7, 7, "00:00", "02:00")]),
        ("mon-sat 22:00-06:00", [days(2, 7, "22:00", "23:59:59"), days(3, 1, "00:00", "06:00")]),
        ("thu 20:00-24:00", [days(5, 5, "20:00", "23:59:59")]),
        ("thu 20:00-00:00", [days(5, 5, "20:00", "23:59:59")]),
        ("tue 00:00-24:00", [days(3, 3)]),
        ("08:00-18:00", [{"start_time": "08:00:00", "end_time": "18:00:00"}]),
        ("daily 22:00-01:30:30", [{"start_time": "22:00:00", "end_time": "23:59:59"},
                                  {"start_time": "00:00:00", "end_time": "01:30:30"}]),
        ("daily", [days(1, 7)]),
        ("24/7", [days(1, 7)]),
        ("Mo\u2013Fr\u00a08:30\u2014\t17", [days(2, 6, "08:30", "17:00")]),
        ("Monday to Friday 08.30 to 1730", [days(2, 6, "08:30", "17:30")]),
        ("mon 8 am-12 p.m.; tue 12am-12:30 PM", [days(2, 2, "08:00", "12:00"), days(3, 3, "00:00", "12:30")]),
        ("mon 9:00-05:00", [days(2, 2, "09:00", "23:59:59"), days(3, 3, "00:00", "05:00")]),
        ("mon 22-6", [days(2, 2, "22:00", "23:59:59"), days(3, 3, "00:00", "06:00")]),
        ("mon 9-0", [days(2, 2, "09:00", "23:59:59")]),
        ("weekdays 9-17\nweekends 10-12", [days(2, 6, "09:00", "17:00"), days(7, 1, "10:00", "12:00")]),
        ("mon 9-10, 11-12, wed & fri 10-11,", [days(2, 2, "09:00", "10:00"), days(2, 2, "11:00", "12:00"),
                                               days(4, 4, "10:00", "11:00"), days(6, 6, "10:00", "11:00")]),
    ],
)  # fmt: skip
def test_hours(text: str, conditions: list[dict[str, Any]]) -> None:
    assert hours(text) == conditions


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", 'there are no hours in ""'),
        (" ; ", "there are no hours"),
        ("mon-fri 08:00", 'part 1 "mon-fri 08:00": "08:00" names no hours; write them as 08:00-12:30'),
        ("mon 08:00-12:00; funday 9-10", 'part 2 "funday 9-10": "funday" is no day'),
        ("m 9-10", '"m" is no day'),
        ("mon+tue 9-10", '"mon+tue" names no days'),
        ("mon 25:00-26:00", "names a time that no day has"),
        ("mon 08:60-09:00", "names a time that no day has"),
        ("mon 08:00-08:00", "holds at no time"),
        ("mon 24:00-02:00", "begins at 24:00, which is 00:00 of the next day"),
        ("mon 8-5pm", '"8-5pm" has am or pm once; write it behind both times'),
        ("mon 13 pm-2 pm", "a time with pm that is not from 1 to 12"),
        ("mon 9-17; sun closed", 'part 2 "sun closed": days that are closed have no hours; leave "sun closed" out'),
        ("PH 10-12", "telops.pbx.holidays makes conditions of holidays"),
        ("mon \u0669-10", "names no days"),
        ("mon 9-10 14-18", '"9-10 14-18" names no hours; write them as 08:00-12:30, 14:00-18:00'),
        # Twenty hours, or eight.
        ("mon 9-5", '"9-5" can be read in two ways; write 09:00-17:00, or 09:00-05:00 over midnight'),
        ("mon 11 to 3", '"11 to 3" can be read in two ways; write 11:00-15:00, or 11:00-03:00 over midnight'),
    ],
)
def test_text_that_tells_no_hours(text: str, says: str) -> None:
    with pytest.raises(AnsibleFilterError) as refused:
        hours(text)
    assert says in str(refused.value)


@pytest.mark.parametrize("value", [None, 8, ["mon 9-10"], {"mon": "9-10"}])
def test_anything_but_text_is_refused(value: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="write the hours in quotes"):
        hours(value)


SOME_DAYS = st.tuples(st.integers(1, 7), st.integers(1, 7))
SOME_TIMES = st.tuples(st.integers(0, MIDNIGHT - 2), st.integers(0, MIDNIGHT - 1)).filter(lambda one: one[0] < one[1])


@given(st.lists(st.tuples(st.none() | SOME_DAYS, st.none() | SOME_TIMES).filter(any), min_size=1, max_size=3))
def test_words_lead_back_to_their_conditions(parts: list[Any]) -> None:
    conditions = []
    for run, times in parts:
        found = dict(zip(("start_dow", "end_dow"), run, strict=True)) if run else {}
        if times and times != (0, MIDNIGHT - 1):
            clocks = (f"{one // 3600:02}:{one // 60 % 60:02}:{one % 60:02}" for one in times)
            found.update(zip(("start_time", "end_time"), clocks, strict=True))
        conditions.append(found or days(1, 7))
    assert hours("; ".join(in_words(conditions))) == conditions


MINUTES = st.integers(0, 24 * 60 - 1)


@given(st.integers(1, 7), st.integers(1, 7), MINUTES, MINUTES, st.integers(1, 7), st.integers(0, MIDNIGHT - 1))
def test_the_conditions_hold_in_just_these_hours(
    first: int, last: int, begin: int, end: int, day: int, second: int
) -> None:
    if begin == end:
        end = begin + 1 if begin + 1 < 24 * 60 else begin - 1
    text = f"{DAYS[first - 1]}-{DAYS[last - 1]} {begin // 60}:{begin % 60:02}-{end // 60}:{end % 60:02}"
    conditions = conditions_of(text)
    assert [problem for one in conditions for problem in condition_problems(one)] == []

    def named(one: int) -> bool:
        return first <= one <= last if first <= last else one >= first or one <= last

    def holds(one: dict[str, Any]) -> bool:
        low, high = one["start_dow"], one["end_dow"]
        clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        within = low <= day <= high if low <= high else day >= low or day <= high
        return within and one.get("start_time", "00:00:00") <= clock <= one.get("end_time", "23:59:59")

    if begin < end:
        expected = named(day) and begin * 60 <= second <= end * 60
    else:
        evening = named(day) and second >= begin * 60
        morning = named((day - 2) % 7 + 1) and end > 0 and second <= end * 60
        expected = evening or morning
    assert any(map(holds, conditions)) is expected
