# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When calls of tests arrive: the grammar, the clock changes, the pieces of spans."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.explored import Explored
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.moments import (
    Clock,
    Span,
    days_of_all_kinds,
    instants_of,
    local_text,
    pieces,
    read_at,
)
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.subject import Subject
from ansible_collections.telops.pbx.plugins.module_utils._flow.raw import InputProblem
from ansible_collections.telops.pbx.plugins.module_utils._flow.zone import zone
from tests.unit.flow.calling import instant, menu, phone
from tests.unit.flow.trying import CLINIC_SUBJECT, TODAY, one, refused, subject

BERLIN = Clock(zone("Europe/Berlin"), TODAY)
READING = Assumptions().reading
DAY = 86_400


def moments(raw: Any, clock: Clock = BERLIN) -> list[int]:
    found: list[int] = []
    for at in read_at(raw, clock, "at"):
        assert isinstance(at, range)
        found += at
    return found


@pytest.mark.parametrize(
    ("raw", "local"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00:00"),
        ("2026-11-24 10:00:07", "2026-11-24 10:00:07"),
        ("2026-11-24T10:00:07", "2026-11-24 10:00:07"),
        (datetime(2026, 11, 24, 10, 0, 7), "2026-11-24 10:00:07"),
        ("2026-11-24 09:00 Z", "2026-11-24 10:00:00"),
        ("2026-11-24 09:00 UTC", "2026-11-24 10:00:00"),
        ("2026-11-24 12:00 Europe/Moscow", "2026-11-24 10:00:00"),
        ("2026-11-24 03:30 -05:30", "2026-11-24 10:00:00"),
        ("2026-11-24 14:30 +05:30", "2026-11-24 10:00:00"),
        # Twice on this day; the first is summer time.
        ("2026-10-25 02:30 +02:00", "2026-10-25 02:30:00"),
        ("2026-10-25 02:30", "2026-10-25 02:30:00"),
    ],
)
def test_a_moment(raw: Any, local: str) -> None:
    assert moments(raw) == [instant(local)]


def test_an_offset_names_the_second_of_two() -> None:
    assert moments("2026-10-25 02:30 +01:00") == [instant("2026-10-25 02:30", fold=1)]
    assert moments("2026-10-25 02:30 +01:00")[0] - moments("2026-10-25 02:30")[0] == 3600


def test_a_list_and_steps() -> None:
    assert moments(["2026-11-24 10:00", "2026-11-24 11:00"]) == [
        instant("2026-11-24 10:00"),
        instant("2026-11-24 11:00"),
    ]
    found = moments("every 15 min from 2026-11-24 00:00 to 2026-11-24 01:00")
    assert found == [instant("2026-11-24 00:00") + 900 * step for step in range(5)]
    # Steps are real time: the day on which clocks go back has 25 hours.
    assert len(moments("every 1 h from 2026-10-25 00:00 to 2026-10-26 00:00")) == 26
    assert len(moments("every 7 s from 2026-11-24 00:00 to 2026-11-24 00:01")) == 9
    assert len(moments("every 1 d from 2026-11-24 00:00 Z to 2026-11-26 00:00 Z")) == 3


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("2026-03-29 02:30", "at: 2026-03-29 02:30 does not exist in Europe/Berlin: a clock change skips it"),
        ("2026-11-24", "at: 2026-11-24 has no time of day; write YYYY-MM-DD HH:MM"),
        (date(2026, 11, 24), "at: 2026-11-24 has no time of day; write YYYY-MM-DD HH:MM"),
        ("2026-02-30 10:00", "at: 2026-02-30 10:00 is a date or a time that no calendar has"),
        ("2026-11-24 24:00", "at: 2026-11-24 24:00 is a date or a time that no calendar has"),
        (datetime(2026, 11, 24, tzinfo=UTC), "at: a time with a zone must stand in quotes"),
        ("2026-11-24T10:00:00+01:00", "at: 2026-11-24T10:00:00+01:00 has a zone and was no text in YAML"),
        ("2026-11-24 10:00 Berlin", "at: 'Berlin' is no time zone of the tz database"),
        ("2026-11-24 10:00 +30:00", "at: +30:00 is farther from UTC than any place on earth"),
        ("noon", "at: 'noon' is no time; write YYYY-MM-DD HH:MM, during or outside an interval"),
        (1795510800, "at: 1795510800 is no time"),
        (True, "at: True is no time"),
        ([], "at: an empty list says no time"),
        ("during ", "at: 'during ' names no interval"),
        ("every 0 min from 2026-11-24 00:00 to 2026-11-24 01:00", "at: every needs steps of 1 at least"),
        ("every 1 h from 2026-11-24 02:00 to 2026-11-24 01:00", "at: every needs steps of 1 at least"),
        ("every 1 s from 2026-11-24 00:00 to 2026-12-24 00:00", "at: that is 2592001 calls; 500000 are the most"),
        ("every 1 week from 2026-11-24 00:00 to 2026-12-24 00:00", "at: 'every 1 week"),
    ],
)
def test_what_is_no_time_is_refused(raw: Any, sentence: str) -> None:
    with pytest.raises(InputProblem) as caught:
        read_at(raw, BERLIN, "at")
    assert str(caught.value).startswith(sentence)


def test_without_a_zone_that_all_intervals_share_it_must_be_said() -> None:
    on = subject({"extensions": [phone("101")]})
    assert "say it with timezone" in refused([{"call": "101", "at": "2026-11-24 10:00"}], on)
    assert one({"call": "101", "at": "2026-11-24 10:00", "timezone": "Asia/Tokyo"}, on).call["local"].endswith("+09:00")
    assert one({"call": "101", "at": "2026-11-24 10:00 Z"}, on).call["at"] == instant("2026-11-24 10:00", "UTC")


def test_spans_and_any_time_need_no_zone_of_their_own() -> None:
    on = subject(two_offices("Europe/Berlin", "Asia/Tokyo"))
    for at in ("during Open", "any"):
        result = one({"call": "300", "at": at, "expect": {"hangup": "any"}}, on, Explored())
        assert result.passed
        assert result.calls > 0
    # In UTC the day of the run begins two hours later than in Berlin, and so does the year.
    assert Clock(None, date(2026, 7, 1)).year[0] - Clock(BERLIN.zone, date(2026, 7, 1)).year[0] == 2 * 3600


def test_the_year_of_a_leap_day_ends_with_february() -> None:
    begin, end = Clock(zone("UTC"), date(2028, 2, 29)).year
    assert end - begin == 366 * DAY


def span(*parts: tuple[bool, str]) -> Span:
    return Span(parts, "at")


def test_every_piece_has_a_first_a_middle_and_a_last_second() -> None:
    found = instants_of(span((True, "Public holidays")), "300", CLINIC_SUBJECT, BERLIN, READING)
    shown = [local_text(at, BERLIN.zone) for at in found]
    assert shown == [
        "Thu 2026-12-24 00:00 +01:00", "Fri 2026-12-25 11:59:59 +01:00", "Sat 2026-12-26 23:59:59 +01:00",
        "Fri 2027-01-01 00:00 +01:00", "Fri 2027-01-01 23:59:59 +01:00", "Sat 2027-01-02 23:59:59 +01:00",
        "Fri 2027-03-26 00:00 +01:00", "Sat 2027-03-27 23:29:59 +01:00", "Mon 2027-03-29 23:59:59 +02:00",
    ]  # fmt: skip


def test_a_piece_is_cut_where_the_year_begins() -> None:
    clock = Clock(BERLIN.zone, date(2026, 12, 25))
    found = instants_of(span((True, "Public holidays")), "300", CLINIC_SUBJECT, clock, READING)
    assert local_text(found[0], clock.zone) == "Fri 2026-12-25 00:00 +01:00"


def test_what_never_is_within_a_year_is_told() -> None:
    on = subject(two_offices("Europe/Berlin", "Europe/Berlin"))
    assert refused([{"call": "300", "at": "during Open and outside Open"}], on).endswith(
        "within a year from 2026-11-24"
    )


def two_offices(one_zone: str, other_zone: str) -> dict[str, Any]:
    def interval(where: str) -> dict[str, Any]:
        return {"name": "Open", "timezone": where, "conditions": [{"start_time": "09:00:00", "end_time": "17:00:00"}]}

    return {
        "extensions": [
            {**menu("300", {"main": {"start": []}}), "intervals": [interval(one_zone)]},
            {**menu("301", {"main": {"start": []}}), "intervals": [interval(other_zone)]},
            phone("101"),
        ]
    }


def test_an_interval_is_looked_up_where_the_call_arrives_then_everywhere() -> None:
    differ = subject(two_offices("Europe/Berlin", "Asia/Tokyo"))
    berlin, tokyo = differ.interval("Open", "300", "at"), differ.interval("Open", "301", "at")
    assert (berlin.zone.name, tokyo.zone.name) == ("Europe/Berlin", "Asia/Tokyo")
    assert differ.interval("301/Open", "300", "at") is tokyo
    assert differ.interval("301/Open", "101", "at") is tokyo
    with pytest.raises(InputProblem, match="at: several intervals Open differ; name one of 300/Open, 301/Open"):
        differ.interval("Open", "101", "at")
    same = subject(two_offices("Europe/Berlin", "Europe/Berlin"))
    assert same.interval("Open", "101", "at").zone.name == "Europe/Berlin"
    with pytest.raises(InputProblem, match="at: there is no interval Shut; there are: Open"):
        same.interval("Shut", "300", "at")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 400 * DAY), st.booleans(), st.booleans())
def test_pieces_are_what_sampling_finds(start: int, open_: bool, holidays: bool) -> None:
    begin = instant("2026-11-24 00:00") + start
    parts = [
        (open_, CLINIC_SUBJECT.interval("Opening hours", "300", "at")),
        (holidays, CLINIC_SUBJECT.interval("Public holidays", "300", "at")),
    ]
    found = list(pieces(parts, READING, begin, begin + 3 * DAY))
    assert all(first < after for first, after in found)
    for at in range(begin, begin + 3 * DAY, 599):
        holds = all(schedule.active(at, READING) == within for within, schedule in parts)
        assert holds == any(first <= at < after for first, after in found)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 4_000_000_000),
    st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"]),
)
def test_a_time_that_is_shown_is_read_as_the_same_instant(at: int, name: str) -> None:
    shown = local_text(at, zone(name)).partition(" ")[2]
    assert moments(shown, Clock(None, TODAY)) == [at]


def test_days_of_all_kinds_stand_for_the_whole_year() -> None:
    begin, end = BERLIN.year

    def does(day: int, on: Subject = CLINIC_SUBJECT) -> tuple[Any, ...]:
        return tuple(
            (one.active(day * DAY, READING), *(edge - day * DAY for edge in one.changes(day, READING)))
            for one in on.schedules
        )

    parts = list(days_of_all_kinds(CLINIC_SUBJECT, READING, begin, end))
    assert parts[0][0] == begin
    assert sum(after - first for first, after in parts) < 60 * DAY
    met = {does(day) for first, after in parts for day in range(first // DAY, (after - 1) // DAY + 1)}
    assert {does(day) for day in range(begin // DAY, end // DAY)} <= met
