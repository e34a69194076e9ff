# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The events of an .ics file (RFC 5545), by the libraries ``icalendar`` and ``recurring-ical-events``."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

from .days_off import DAY, Closed, DaysProblem, texts, whole_days, years_meant
from .sentence import kind_of
from .zone import is_zone, zone_problems

INSTALL = (
    "the Python libraries icalendar and recurring-ical-events are not installed on the control node; install them: "
    "pip install icalendar recurring-ical-events"
)
CONTENT = "give the content of an .ics file, such as lookup('ansible.builtin.file', 'holidays.ics')"
# Properties without which nobody knows when an event is.
_TELLING = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS")
_ALL_DAY = "X-MICROSOFT-CDO-ALLDAYEVENT"
# Some programs write properties that they have no value for.
_WITHOUT_VALUE = re.compile(r"(DTEND|DURATION|RRULE|RDATE|EXDATE)[^:]*:\s*", re.IGNORECASE)
# A whole day has no zone, though some programs write one.
_DAY_IN_ZONE = re.compile(r";TZID=[^;:]*(?=;VALUE=DATE:)|(?<=;VALUE=DATE);TZID=[^;:]*(?=:)", re.IGNORECASE)
_SEARCHED = ("SUMMARY", "DESCRIPTION", "CATEGORIES")


def events_of(text: Any, zone: str, years: Any, only: Any, without: Any, today: date) -> list[Closed]:
    """The times of all events that reach into the years, on the clocks of a zone.

    only, without: texts in the name, the description or the categories of events. Raises DaysProblem.
    """
    if not isinstance(text, (str, bytes)):
        raise DaysProblem(f"the calendar is {kind_of(text)}; {CONTENT}")
    meant = years_meant(years, today)
    place = _zone(str(zone)) if zone else None
    wanted, unwanted = _words(only, "only"), _words(without, "without")
    found = []
    for event in _occurrences(_calendars(_unfolded(text)), meant):
        searched = " ".join(_shown(event.get(name)) for name in _SEARCHED).lower()
        if wanted and not any(word in searched for word in wanted):
            continue
        if any(word in searched for word in unwanted) or _shown(event.get("STATUS")).upper() == "CANCELLED":
            continue
        times = list(_times(event, place))
        found += [one for one in times if any(one.start.year <= year <= _last(one).year for year in meant)]
    if not found:
        raise DaysProblem(f"the calendar has no events in {', '.join(map(str, meant))}" + _of(wanted, unwanted))
    return sorted(set(found))


def _of(wanted: Sequence[str], unwanted: Sequence[str]) -> str:
    return " that match only and without" if wanted or unwanted else ""


def _last(one: Closed) -> datetime:
    return one.end - timedelta(seconds=1)


def _words(given: Any, what: str) -> list[str]:
    return [str(one).strip().lower() for one in texts(given, what) if str(one).strip()]


def _zone(name: str) -> tzinfo:
    if is_zone(name):
        return ZoneInfo(name)
    raise DaysProblem("timezone " + next(zone_problems(name), f'"{name}" is no time zone'))


def _unfolded(text: str | bytes) -> str:
    """The lines of a calendar, each whole. A line may be folded within a character, so bytes are put together."""
    raw = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    whole = re.sub(rb"\n[ \t]", b"", re.sub(rb"\r\n?", b"\n", raw))
    try:
        decoded = whole.decode("utf-8")
    except UnicodeDecodeError:
        decoded = whole.decode("cp1252", "replace")
    if "BEGIN:VCALENDAR" not in decoded.upper():
        raise DaysProblem(f"the text has no line BEGIN:VCALENDAR, so it is not a calendar; {CONTENT}")
    lines = [_DAY_IN_ZONE.sub("", line) for line in decoded.split("\n")]
    return "\r\n".join(line for line in lines if line.strip() and not _WITHOUT_VALUE.fullmatch(line)) + "\r\n"


def _calendars(text: str) -> list[Any]:
    library = _library("icalendar")
    try:
        with warnings.catch_warnings():
            # The library guesses zones with the prefix of a vendor, and says so on the terminal.
            warnings.simplefilter("ignore")
            found = [one for one in library.Calendar.from_ical(text, multiple=True) if one.name == "VCALENDAR"]
        for calendar in found:
            for event in calendar.walk("VEVENT"):
                _check(event)
            _tell_apart(calendar)
    except DaysProblem:
        raise
    except Exception as error:
        raise DaysProblem(f"the calendar cannot be read: {error}") from error
    if len(found) < len(re.findall(r"^BEGIN:VCALENDAR *\r?$", text, re.MULTILINE | re.IGNORECASE)):
        raise DaysProblem("the calendar ends in the middle: a line END:VCALENDAR is missing; fetch the file again")
    return found


def _tell_apart(calendar: Any) -> None:
    """Give events of their own a UID of their own: some publishers write the same one into all of them."""
    seen: dict[tuple[str, str], list[Any]] = {}
    for event in calendar.walk("VEVENT"):
        if event.get("RECURRENCE-ID") is None:
            seen.setdefault((_shown(event.get("UID")), _shown(event.get("SEQUENCE"))), []).append(event)
    for (uid, dummy), events in seen.items():
        for number, event in enumerate(events[1:], 2):
            event["UID"] = f"{uid}#{number}"


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise DaysProblem(INSTALL) from None


def _name(event: Any) -> str:
    return _shown(event.get("SUMMARY")) or "without a name"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(_shown(one) for one in value)
    # A property that could not be read refuses to be asked for an attribute.
    categories = getattr(value, "__dict__", {}).get("cats")
    if categories is not None:
        return " ".join(map(str, categories))
    return "" if value is None else str(value).strip()


def _check(event: Any) -> None:
    """Take away properties that cannot be read. Raise DaysProblem for an event of which nobody knows when it is."""
    where = f'event "{_name(event)}"'
    for name, error in list(event.errors):
        if str(name).upper() in _TELLING:
            raise DaysProblem(f"{where}: {name} cannot be read: {error}")
        # Any other property says nothing about the time, and must not be in the way.
        if name:
            event.pop(name, None)
    if event.get("DTSTART") is None:
        raise DaysProblem(f"{where} has no DTSTART; correct the calendar")
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        value = event.get(name)
        zone = value.params.get("TZID") if value is not None else None
        if zone and isinstance(value.dt, datetime) and value.dt.tzinfo is None:
            raise DaysProblem(f'{where}: the time zone "{zone}" is unknown, and the calendar does not define it')
    start, end = (getattr(event.get(name), "dt", None) for name in ("DTSTART", "DTEND"))
    if isinstance(end, date) and isinstance(start, datetime) == isinstance(end, datetime) and _behind(start, end):
        raise DaysProblem(f"{where} ends before it begins; correct the calendar")
    for rule in _rules(event):
        often = [str(one).upper() for one in rule.get("FREQ", [])]
        if "SECONDLY" in often or "MINUTELY" in often:
            raise DaysProblem(f"{where} repeats every second or minute; an interval cannot hold that many conditions")


def _behind(start: Any, end: Any) -> bool:
    same_kind = not isinstance(start, datetime) or (start.tzinfo is None) == (end.tzinfo is None)
    return bool(same_kind and end < start)


def _rules(event: Any) -> list[Any]:
    found = event.get("RRULE")
    return found if isinstance(found, list) else [] if found is None else [found]


def _occurrences(calendars: Sequence[Any], years: Sequence[int]) -> Iterator[Any]:
    """All events with those that come again, in and around the years."""
    library = _library("recurring_ical_events")
    first, last = date(min(years), 1, 1) - 2 * DAY, date(max(years), 12, 31) + 2 * DAY
    for calendar in calendars:
        try:
            yield from library.of(calendar).between(first, last)
        except Exception as error:
            raise DaysProblem(f"a series of the calendar cannot be read: {error}") from error


def _times(event: Any, place: tzinfo | None) -> Iterator[Closed]:
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    name = _name(event)
    if isinstance(start, datetime) and isinstance(end, datetime):
        if _shown(event.get(_ALL_DAY)).upper() == "TRUE" and start.time() == end.time() == datetime.min.time():
            # Whole days, which have no zone, though they are written with one.
            start, end = start.date(), end.date()
        else:
            yield from _on_clocks(start, end, place, name)
            return
    first, last = (one.date() if isinstance(one, datetime) else one for one in (start, end))
    # Some programs name the last day, where RFC 5545 wants the one behind it.
    yield whole_days(first, max(first, last - DAY), name)


def _on_clocks(start: datetime, end: datetime, place: tzinfo | None, name: str) -> Iterator[Closed]:
    if start.tzinfo is not None and place is None:
        raise DaysProblem(
            f'event "{name}" has times in a zone; name the time zone of the interval, such as timezone="Europe/Berlin"'
        )
    if start.tzinfo is None or end.tzinfo is None or place is None:
        first, last = start.replace(tzinfo=None), end.replace(tzinfo=None)
        if first < last:
            yield Closed(first, last, name)
        return
    begin, over = start.astimezone(timezone.utc), end.astimezone(timezone.utc)
    if begin >= over:
        return
    for first, last in _pieces(begin, over, place):
        yield Closed(_clock(first, place), _clock(last, place, before=True), name)


def _pieces(start: datetime, end: datetime, place: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """A time in pieces within which clocks go forward evenly, where they are put back within it."""
    before, after = (one.astimezone(place).utcoffset() or timedelta() for one in (start, end))
    if before <= after:
        yield start, end
        return
    low, high = start, end
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if middle.astimezone(place).utcoffset() == before else (low, middle)
    if _clock(start, place) <= _clock(high, place) and _clock(end, place) >= _clock(high, place, before=True):
        yield start, end
        return
    yield start, high
    yield high, end


def _clock(at: datetime, place: tzinfo, before: bool = False) -> datetime:
    """What clocks show; before: at the end of a piece, what they would show if they were not put back right then."""
    if before:
        return (at - timedelta(seconds=1)).astimezone(place).replace(tzinfo=None) + timedelta(seconds=1)
    return at.astimezone(place).replace(tzinfo=None)
