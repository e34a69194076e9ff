# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The events of an .ics file (RFC 5545), by the libraries ``icalendar`` and ``recurring-ical-events``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from .calendar_parts import CONTENT, library, name_of, read, shown
from .days_off import DAY, Closed, DaysProblem, texts, whole_days, years_meant
from .sentence import kind_of
from .zone import is_zone, zone_problems

_ALL_DAY = "X-MICROSOFT-CDO-ALLDAYEVENT"
LAST_SECOND = 59
_SEARCHED = ("SUMMARY", "DESCRIPTION", "CATEGORIES")


def events_of(text: Any, zone_name: str, years: Any, only: Any, without: Any, today: date) -> list[Closed]:
    """The times of all events that reach into the years, on the clocks of a time zone.

    only, without: texts in the name, the description or the categories of events. Raises DaysProblem.
    """
    if not isinstance(text, (str, bytes)):
        raise DaysProblem(f"the calendar is {kind_of(text)}; {CONTENT}")
    meant = years_meant(years, today)
    zone = _zone(str(zone_name)) if zone_name else None
    wanted, unwanted = _words(only, "only"), _words(without, "without")
    found, there = [], False
    calendars = read(text)
    for event in _occurrences(calendars, meant):
        searched = " ".join(shown(event.get(name)) for name in _SEARCHED).lower()
        if wanted and not any(word in searched for word in wanted):
            continue
        if any(word in searched for word in unwanted) or _is_cancelled(event):
            continue
        times = list(_times(event, zone))
        there = there or (not times and event["DTSTART"].dt.year in meant)
        found += [one for one in times if any(one.start.year <= year <= _last(one).year for year in meant)]
    if not found:
        raise DaysProblem(_nothing(calendars, meant, there, bool(wanted or unwanted)))
    return sorted(set(found))


def _nothing(calendars: Sequence[Any], years: Sequence[int], there: bool, chosen: bool) -> str:
    """Why no event is left. there: some are in the years. chosen: by their words."""
    events = [event for calendar in calendars for event in calendar.walk("VEVENT") if not _is_cancelled(event)]
    in_years = ", ".join(map(str, years))
    found = f"the calendar has no events in {in_years}"
    if not events:
        return f"{found}, because it holds none, or cancelled ones alone"
    if there:
        return f"the calendar has no events with a length in {in_years}; give them an end, or make whole days of them"
    if chosen:
        return f"{found} that match only and without"
    starts = [event["DTSTART"].dt for event in events]
    if any(one.year in years for one in starts):
        return found
    first, last = (f"{one:%Y-%m-%d}" for one in (min(starts, key=str), max(starts, key=str)))
    begin = f"begin on {first}" if first == last else f"begin from {first} to {last}"
    return f"{found}; those that it has {begin}; get a newer calendar, or set years"


def _is_cancelled(event: Any) -> bool:
    return shown(event.get("STATUS")).upper() == "CANCELLED"


def _last(one: Closed) -> datetime:
    return one.end - timedelta(seconds=1)


def _words(given: Any, what: str) -> list[str]:
    return [str(one).strip().lower() for one in texts(given, what) if str(one).strip()]


def _zone(name: str) -> tzinfo:
    if is_zone(name):
        return ZoneInfo(name)
    raise DaysProblem("timezone " + next(zone_problems(name), f'"{name}" is no time zone'))


def _occurrences(calendars: Sequence[Any], years: Sequence[int]) -> Iterator[Any]:
    """All events with those that come again, in and around the years."""
    recurring = library("recurring_ical_events")
    first, last = date(min(years), 1, 1) - 2 * DAY, date(max(years), 12, 31) + 2 * DAY
    for calendar in calendars:
        try:
            yield from recurring.of(calendar).between(first, last)
        except Exception as error:
            raise DaysProblem(f"a series of the calendar cannot be read: {error}") from error


def _times(event: Any, zone: tzinfo | None) -> Iterator[Closed]:
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    name = name_of(event) or "without a name"
    if isinstance(start, datetime) and isinstance(end, datetime):
        if shown(event.get(_ALL_DAY)).upper() == "TRUE" and start.time() == end.time() == datetime.min.time():
            # Whole days, which have no zone, though they are written with one.
            start, end = start.date(), end.date()
        else:
            if end.second == LAST_SECOND:
                # Some programs name the last second, where RFC 5545 wants the one behind it.
                end += timedelta(seconds=1)
            yield from _on_clocks(start, end, zone, name)
            return
    first, last = (one.date() if isinstance(one, datetime) else one for one in (start, end))
    # Some programs name the last day, where RFC 5545 wants the one behind it.
    yield whole_days(first, max(first, last - DAY), name)


def _on_clocks(start: datetime, end: datetime, zone: tzinfo | None, name: str) -> Iterator[Closed]:
    if start.tzinfo is not None and zone is None:
        raise DaysProblem(
            f'event "{name}" has times in a zone; name the time zone of the interval, such as timezone="Europe/Berlin"'
        )
    if start.tzinfo is None or end.tzinfo is None or zone is None:
        first, last = start.replace(tzinfo=None), end.replace(tzinfo=None)
        if first < last:
            yield Closed(first, last, name)
        return
    begin, over = start.astimezone(timezone.utc), end.astimezone(timezone.utc)
    if begin >= over:
        return
    for first, last in _pieces(begin, over, zone):
        yield Closed(_clock(first, zone), _clock(last, zone, before=True), name)


def _pieces(start: datetime, end: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """A time in pieces within which clocks go forward evenly, where they are put back within it."""
    before, after = (one.astimezone(zone).utcoffset() or timedelta() for one in (start, end))
    if before <= after:
        yield start, end
        return
    low, high = start, end
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    if _clock(start, zone) <= _clock(high, zone) and _clock(end, zone) >= _clock(high, zone, before=True):
        yield start, end
        return
    yield start, high
    yield high, end


def _clock(at: datetime, zone: tzinfo, before: bool = False) -> datetime:
    """Return the time on local clocks. before: the time without a change of the clocks at this very moment."""
    if before:
        return (at - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None) + timedelta(seconds=1)
    return at.astimezone(zone).replace(tzinfo=None)
