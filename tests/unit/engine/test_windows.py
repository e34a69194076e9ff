# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A span of time as people write it, and in the pieces that the API takes (semantics.md section 3, dates)."""

from __future__ import annotations

import itertools
from calendar import monthrange
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._model.readings.record import (
    NOTHING,
    SECOND,
    moment,
    windows,
    zone_of,
)

TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC)).map(
    lambda found: found.replace(microsecond=0)
)


@given(TIMES, st.integers(0, 1000 * 86400), st.sampled_from([NOTHING, SECOND]))
def test_the_pieces_cover_the_span_and_none_is_too_long(start: datetime, seconds: int, apart: timedelta) -> None:
    end = start + seconds * SECOND
    pieces = list(windows(start, end, apart))
    assert (pieces[0][0], pieces[-1][1]) == (start, end)
    assert all(after[0] == before[1] + apart for before, after in itertools.pairwise(pieces))
    for since, until in pieces:
        year, month = divmod(since.year * 12 + since.month, 12)
        last = monthrange(year, month + 1)[1]
        assert since <= until < datetime(year, month + 1, last, tzinfo=UTC) + timedelta(days=1)


@given(TIMES, st.integers(0, 1000 * 86400))
def test_there_are_no_more_pieces_than_needed(start: datetime, seconds: int) -> None:
    end = start + seconds * SECOND
    months = (end.year - start.year) * 12 + end.month - start.month
    assert len(list(windows(start, end, SECOND))) == months // 2 + 1
    assert len(list(windows(start, end, NOTHING))) == max(months, 1)


def test_a_span_that_ends_before_it_begins_has_no_piece() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert list(windows(now, now - SECOND, SECOND)) == []


def test_the_calendar_ends() -> None:
    start, end = datetime(9999, 11, 5), datetime(9999, 12, 31, 23, 59, 59)
    assert list(windows(start, end, NOTHING)) == [(start, end)]


@given(TIMES, st.integers(-14 * 60, 14 * 60))
def test_a_time_means_the_same_in_every_zone(time: datetime, minutes: int) -> None:
    zone = timezone(timedelta(minutes=minutes))
    local = time.astimezone(zone)
    assert moment(local.isoformat(), UTC) == time
    assert moment(local.strftime("%Y-%m-%d %H:%M:%S"), zone) == time
    assert moment(time.strftime("%Y-%m-%dT%H:%M:%SZ"), zone) == time


BERLIN = zone_of("Europe/Berlin")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-06-01", "2026-05-31 22:00:00", "2026-06-01 21:59:59"),
        ("2026-06-01 10:00", "2026-06-01 08:00:00", "2026-06-01 08:00:00"),
        ("2026-06-01T10:00:00.500000Z", "2026-06-01 10:00:00", "2026-06-01 10:00:01"),
        # The hour that clocks pass twice, and the one that they leave out.
        ("2026-10-25 02:30:00", "2026-10-25 00:30:00", "2026-10-25 01:30:00"),
        ("2026-03-29 02:30:00", "2026-03-29 00:30:00", "2026-03-29 01:30:00"),
    ],
)
def test_a_span_is_rather_too_long_than_too_short(written: str, first: str, last: str) -> None:
    assert str(moment(written, BERLIN)) == f"{first}+00:00"
    assert str(moment(written, BERLIN, last=True)) == f"{last}+00:00"


@pytest.mark.parametrize("name", ["", "Mars", "../etc/passwd", "/etc/passwd", "Europe", "Europe/Berlin\0"])
def test_what_is_no_time_zone(name: str) -> None:
    with pytest.raises(ValueError, match="is no time zone"):
        zone_of(name)


@given(st.text())
def test_anything_that_is_written_is_a_time_or_is_not(written: str) -> None:
    with suppress(ValueError):
        assert moment(written, BERLIN) <= moment(written, BERLIN, last=True)
