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
from ansible_collections.telops.pbx.plugins.module_utils._model.hours import DAYS, MIDNIGHT, conditions_of
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
        ("mon 24:00-02:00", "holds at no time"),
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
