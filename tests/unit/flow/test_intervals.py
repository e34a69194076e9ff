# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Intervals: which seconds they are active in, and that the compiled form says the same as the conditions."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.conditions import Day, condition
from ansible_collections.telops.pbx.plugins.module_utils._flow.schedule import DECIDING, READINGS, Schedule
from ansible_collections.telops.pbx.plugins.module_utils._flow.zone import DAY, zone
from tests.unit.flow.calling import instant

EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "25"))
ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"]
HOURS = {"start_time": "09:00:00", "end_time": "18:00:00"}
DATES = {"start_datetime": "2026-11-20 12:00", "end_datetime": "2026-11-24 10:00:00"}
SHIFT = {"sched_start_date": "2026-11-02", "sched_active_days": 1, "sched_skip_days": 2}


def schedule(*conditions: dict[str, Any], name: str = "Europe/Berlin") -> Schedule:
    return Schedule(zone(name), [condition(one) for one in conditions], "")


def active(at: int | str, *conditions: dict[str, Any], fold: int = 0, **assume: str) -> bool:
    moment = instant(at, fold=fold) if isinstance(at, str) else at
    return schedule(*conditions).active(moment, Assumptions.of(assume).reading)


# The case, the conditions, the moment, and whether the interval is active; 2026-11-24 is a Tuesday.
TABLE = [
    ("no conditions are never", [], "2026-11-24 10:00", False),
    ("the first second", [HOURS], "2026-11-24 09:00:00", True),
    ("the second before", [HOURS], "2026-11-24 08:59:59", False),
    ("the second named as end is part of it", [HOURS], "2026-11-24 18:00:00", True),
    ("the one after is not", [HOURS], "2026-11-24 18:00:01", False),
    ("seconds may be missing", [{"start_time": "09:00", "end_time": "18:00"}], "2026-11-24 18:00:00", True),
    ("24:00:00 is the end of the day", [{"start_time": "18:00:00", "end_time": "24:00:00"}],
     "2026-11-24 23:59:59", True),
    ("start = end is one second", [{"start_time": "09:00:00", "end_time": "09:00:00"}], "2026-11-24 09:00:00", True),
    ("and no other", [{"start_time": "09:00:00", "end_time": "09:00:00"}], "2026-11-24 09:00:01", False),
    ("start after end never holds", [{"start_time": "22:00:00", "end_time": "06:00:00"}], "2026-11-24 23:00", False),
    ("2 to 3 are Monday and Tuesday", [{"start_dow": 2, "end_dow": 3}], "2026-11-24 23:59:59", True),
    ("and not Wednesday", [{"start_dow": 2, "end_dow": 3}], "2026-11-25 00:00:00", False),
    ("1 is Sunday", [{"start_dow": 1, "end_dow": 1}], "2026-11-22 12:00", True),
    ("3 to 1 wraps: all but Monday", [{"start_dow": 3, "end_dow": 1}], "2026-11-22 12:00", True),
    ("Monday it is not", [{"start_dow": 3, "end_dow": 1}], "2026-11-23 12:00", False),
    ("days of the month are inclusive", [{"start_mday": 20, "end_mday": 24}], "2026-11-24 12:00", True),
    ("the 31st can be part", [{"start_mday": 25, "end_mday": 31}], "2026-12-31 12:00", True),
    ("mday backwards never holds", [{"start_mday": 28, "end_mday": 3}], "2026-12-01 12:00", False),
    ("the month", [{"month": 11}], "2026-11-30 23:59:59", True),
    ("another month", [{"month": 11}], "2026-12-01 00:00:00", False),
    ("all parts must hold", [{**HOURS, "month": 11, "start_dow": 4, "end_dow": 4}], "2026-11-24 10:00", False),
    ("one condition is enough", [{"month": 1}, HOURS], "2026-11-24 10:00", True),
    ("0, null and empty text are not set", [{**HOURS, "month": 0, "start_mday": None, "end_mday": ""}],
     "2026-11-24 10:00", True),
    ("nothing set is always", [{}], "2026-11-24 10:00", True),
    ("a span of dates, its last second", [DATES], "2026-11-24 10:00:00", True),
    ("the second after it", [DATES], "2026-11-24 10:00:01", False),
    ("beside dates nothing else counts", [{**DATES, "month": 1}], "2026-11-24 10:00", True),
    ("a shift pattern, first day", [SHIFT], "2026-11-02 12:00", True),
    ("second day", [SHIFT], "2026-11-03 12:00", False),
    ("fourth day", [SHIFT], "2026-11-05 12:00", True),
    ("before it began", [SHIFT], "2026-10-30 12:00", False),
    ("a shift and hours", [{**SHIFT, **HOURS}], "2026-11-05 08:00", False),
]  # fmt: skip

ASSUMED = [
    ("without the second named as end", [HOURS], "2026-11-24 18:00:00", {"interval_end": "exclusive"}, False),
    ("the one before is part of it", [HOURS], "2026-11-24 17:59:59", {"interval_end": "exclusive"}, True),
    ("over midnight, the evening", [{"start_time": "22:00:00", "end_time": "06:00:00"}], "2026-11-24 22:00:00",
     {"time_wrap": "wraps"}, True),
    ("over midnight, the morning", [{"start_time": "22:00:00", "end_time": "06:00:00"}], "2026-11-24 06:00:00",
     {"time_wrap": "wraps"}, True),
    ("not the day", [{"start_time": "22:00:00", "end_time": "06:00:00"}], "2026-11-24 06:00:01",
     {"time_wrap": "wraps"}, False),
    ("the weekday is that of the instant, not of the evening before",
     [{"start_time": "22:00:00", "end_time": "06:00:00", "start_dow": 3, "end_dow": 3}], "2026-11-25 01:00",
     {"time_wrap": "wraps"}, False),
    ("over the end of a month", [{"start_mday": 28, "end_mday": 3}], "2026-12-01 12:00", {"time_wrap": "wraps"}, True),
    ("the pattern before it began", [SHIFT], "2026-10-30 12:00", {"sched_before_start": "repeats"}, True),
    ("nothing set is never", [{}], "2026-11-24 10:00", {"empty_condition": "never"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("what", "conditions", "at", "expected"), TABLE)
def test_an_interval(what: str, conditions: list[dict[str, Any]], at: str, expected: bool) -> None:
    assert active(at, *conditions) is expected, what


@pytest.mark.parametrize(("what", "conditions", "at", "assume", "expected"), ASSUMED)
def test_an_assumption(
    what: str, conditions: list[dict[str, Any]], at: str, assume: dict[str, str], expected: bool
) -> None:
    assert active(at, *conditions, **assume) is expected, what
    # It is reported where it decides: the others alone say the opposite, or it was no matter of theirs.
    state = schedule(*conditions).state(instant(at), Assumptions.of(assume).reading)
    other = active(at, *conditions) is not expected
    assert bool(state & DECIDING[next(iter(assume))]) is other


def test_an_hour_that_comes_twice_is_seen_twice() -> None:
    night = {"start_time": "02:00:00", "end_time": "02:59:59"}
    # 2026-10-25: 03:00 summer time becomes 02:00 winter time.
    assert active("2026-10-25 02:30:00", night, fold=0)
    assert active("2026-10-25 02:30:00", night, fold=1)
    assert not active("2026-10-25 03:00:00", night)
    assert instant("2026-10-25 02:30:00", fold=1) - instant("2026-10-25 02:30:00", fold=0) == 3600
    changes = schedule(night).changes(instant("2026-10-25 02:30:00") // DAY, Assumptions().reading)
    # It begins once, and ends once: the second hour follows the first without a pause.
    assert changes == [instant("2026-10-25 02:00:00"), instant("2026-10-25 03:00:00")]


def test_an_hour_that_is_skipped_is_never_seen() -> None:
    night = {"start_time": "02:00:00", "end_time": "02:59:59"}
    start = instant("2026-03-29 01:59:59")
    assert not any(active(start + second, night) for second in range(0, 7200, 7))


@pytest.mark.parametrize(
    "wrong",
    [
        {"start_time": "09:00:00"},
        {"end_mday": 3},
        {"sched_start_date": "2026-11-02", "sched_active_days": 1},
        {"start_time": "09:61:00", "end_time": "10:00:00"},
        {"start_datetime": "2026-02-30 00:00:00", "end_datetime": "2026-03-01 00:00:00"},
    ],
)
def test_half_a_condition_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^(has|is) "):
        condition(wrong)


def brute(conditions: list[dict[str, Any]], local: datetime, read: int) -> bool:
    """Whether one of the conditions holds, second by second."""
    reading = READINGS[read]
    day = Day.of((local.date() - datetime(1970, 1, 1).date()).days)
    second = local.hour * 3600 + local.minute * 60 + local.second
    return any(
        one.holds_on(day, reading) and any(first <= second < last for first, last in one.spans(day.number, reading))
        for one in map(condition, conditions)
    )


times = st.builds("{:02}:{:02}:00".format, st.integers(0, 23), st.sampled_from([0, 30, 59]))
moments = st.builds("2026-{:02}-{:02} {}".format, st.sampled_from([3, 10, 11]), st.integers(20, 30), times)
condition_parts = st.fixed_dictionaries(
    {},
    optional={
        "month": st.sampled_from([3, 4, 10, 11]),
        "times": st.tuples(times, times),
        "dow": st.tuples(st.integers(1, 7), st.integers(1, 7)),
        "mday": st.tuples(st.integers(1, 31), st.integers(1, 31)),
        "moments": st.tuples(moments, moments),
        "shift": st.tuples(st.sampled_from(["2026-10-20", "2026-11-01"]), st.integers(1, 3), st.integers(1, 3)),
    },
)


def spelled(parts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"month": parts.get("month", 0)}
    for name, fields in (("times", "time"), ("dow", "dow"), ("mday", "mday"), ("moments", "datetime")):
        if name in parts:
            found[f"start_{fields}"], found[f"end_{fields}"] = parts[name]
    if "shift" in parts:
        found.update(zip(("sched_start_date", "sched_active_days", "sched_skip_days"), parts["shift"], strict=True))
    return found


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(condition_parts, max_size=3),
    st.sampled_from(ZONES),
    st.integers(0, len(READINGS) - 1),
    st.sampled_from(["2026-03-27", "2026-10-23", "2026-04-03", "2026-11-27"]),
)
def test_the_compiled_form_says_the_same_as_the_conditions(
    parts: list[dict[str, Any]], name: str, read: int, start: str
) -> None:
    conditions = [spelled(one) for one in parts]
    compiled = schedule(*conditions, name=name)
    begin = int(datetime.fromisoformat(start).replace(tzinfo=UTC).timestamp())
    edges = {edge for day in range(begin // DAY, begin // DAY + 4) for edge in compiled.changes(day, read)}
    # Every quarter of an hour over four days around a clock change, and the seconds around each edge.
    tried = [*range(begin, begin + 4 * DAY, 900), *(edge + near for edge in edges for near in (-1, 0, 1))]
    before = None
    for moment in sorted(tried):
        local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)).astimezone(ZoneInfo(name))
        expected = brute(conditions, local, read)
        assert compiled.active(moment, read) is expected
        if before is not None and before[1] != expected and before[0] + 1 == moment and moment // DAY == begin // DAY:
            assert moment in edges
        before = moment, expected


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.sampled_from(ZONES), st.integers(-(2**33), 2**33))
def test_the_wall_clock_of_a_zone(name: str, moment: int) -> None:
    local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)).astimezone(ZoneInfo(name))
    assert zone(name).local(moment) == moment + int((local.utcoffset() or timedelta()).total_seconds())


def test_the_end_of_the_calendar_is_no_end() -> None:
    for moment in (-62_135_000_000, 253_402_000_000, 10**13):
        assert schedule({}, name="Asia/Kathmandu").active(moment, Assumptions().reading)
