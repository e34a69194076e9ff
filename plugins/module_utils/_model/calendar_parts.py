# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""An .ics file (RFC 5545) as components of the library ``icalendar``: read, mended and judged, event by event."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from importlib import import_module
from typing import Any

from .days_off import DAY, DaysProblem
from .zone import is_zone

INSTALL = (
    "the Python libraries icalendar and recurring-ical-events are not installed on the control node; install them: "
    "pip install icalendar recurring-ical-events"
)
CONTENT = "give the content of an .ics file, such as lookup('ansible.builtin.file', 'holidays.ics')"
# Properties without which nobody knows when an event is.
_TELLING = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS")
_OF_CALENDAR = "X-WR-TIMEZONE"
_UNKNOWN = "which is no known time zone; write a name such as Europe/Berlin in its place"
_CORRECT = "correct the calendar, or export it again"
# The name of a zone where it is defined, and where a time is in it.
_DEFINED = re.compile(r"(TZID(?:;[^:]*)?:)(.*)", re.IGNORECASE)
_USED = re.compile(r"""^([A-Z-]+(?:;[^:]*?)?;TZID=)("[^"]*"|[^:;"]*)""", re.IGNORECASE)
_BLOCK = re.DOTALL | re.MULTILINE | re.IGNORECASE
_MENDED_LINES = (
    # Some programs write properties that they have no value for.
    (re.compile(r"(DTEND|DURATION|RRULE|RDATE|EXDATE)[^:]*:", re.IGNORECASE), ""),
    # A whole day has no zone, though some programs write one.
    (re.compile(r";TZID=[^;:]*(?=;VALUE=DATE:)|(?<=;VALUE=DATE);TZID=[^;:]*(?=:)", re.IGNORECASE), ""),
    # The Z of a time says that it is of UTC, whatever zone is written beside it.
    (re.compile(r""";TZID=(?:"[^"]*"|[^:;"]*)(?=[^:]*:[0-9TZ,]+Z$)""", re.IGNORECASE), ""),
    # Exchange has names of zones with colons and commas, and writes some without quotes.
    (re.compile(r';TZID=([^":;]*[:,][^";]*?)(?=(?:;[A-Z-]+=[^:;]*)*:\d{8})', re.IGNORECASE), r';TZID="\1"'),
)


def read(text: str | bytes) -> list[Any]:
    """The calendars of a file, those that share a zone as one. Raises DaysProblem."""
    lines = _unfolded(text)
    icalendar = library("icalendar")
    try:
        with warnings.catch_warnings():
            # The library guesses zones with the prefix of a vendor, and says so on the terminal.
            warnings.simplefilter("ignore")
            found = [one for one in icalendar.Calendar.from_ical(lines, multiple=True) if one.name == "VCALENDAR"]
            for calendar in found:
                _mend(calendar)
    except DaysProblem:
        raise
    except Exception as error:
        raise DaysProblem(f"the calendar cannot be read: {error}") from error
    if len(found) < len(re.findall(r"^BEGIN:VCALENDAR\r?$", lines, re.MULTILINE | re.IGNORECASE)):
        raise DaysProblem(
            "the calendar ends in the middle: a line that begins with END: is missing; fetch the file again"
        )
    together = _together(found)
    for calendar in together:
        _relate(calendar.walk("VEVENT"))
    return together


def library(name: str) -> Any:
    """A library that only users of calendars need. Raises DaysProblem."""
    try:
        return import_module(name)
    except ImportError:
        raise DaysProblem(INSTALL) from None


def name_of(event: Any) -> str:
    """The name of an event, or nothing."""
    return shown(event.get("SUMMARY"))


def shown(value: Any) -> str:
    """The text of a property, or of several."""
    if isinstance(value, list):
        return " ".join(shown(one) for one in value)
    # A property that could not be read refuses to be asked for an attribute.
    categories = getattr(value, "__dict__", {}).get("cats")
    if categories is not None:
        return " ".join(map(str, categories))
    return "" if value is None else str(value).strip()


def _unfolded(text: str | bytes) -> str:
    """The lines of a calendar, each whole. A line may be folded within a character, so bytes are put together."""
    raw = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raw = raw.decode("utf-16", "replace").encode("utf-8")
    whole = re.sub(rb"\n[ \t]", b"", re.sub(rb"\r\n?", b"\n", raw))
    try:
        decoded = whole.decode("utf-8")
    except UnicodeDecodeError:
        decoded = whole.decode("cp1252", "replace")
    if "BEGIN:VCALENDAR" not in decoded.upper():
        raise DaysProblem(f"the text has no line BEGIN:VCALENDAR, so it is not a calendar; {CONTENT}")
    # Files that were put together have the mark of their encoding in the middle too.
    lines = [_mended_line(line.lstrip("\ufeff").rstrip()) for line in decoded.split("\n")]
    return "\r\n".join(_zones_apart([line for line in lines if line])) + "\r\n"


def _zones_apart(lines: Sequence[str]) -> Iterator[str]:
    """The lines, with a name of its own for each zone that a calendar defines.

    The library keeps such a zone by its name for all calendars of a process, and many programs call theirs alike. A
    name such as Europe/Berlin has its usual meaning.
    """
    calendar: list[str] = []
    for line in lines:
        if line.upper() == "BEGIN:VCALENDAR" and calendar:
            yield from _renamed(calendar)
            calendar = []
        calendar.append(line)
    yield from _renamed(calendar)


def _renamed(calendar: Sequence[str]) -> Iterator[str]:
    names = {}
    for zone in re.findall(r"^BEGIN:VTIMEZONE\n(.*?)^END:VTIMEZONE$", "\n".join(calendar), _BLOCK):
        [name] = [match[2] for match in map(_DEFINED.fullmatch, zone.split("\n")) if match][:1] or [""]
        if name and not is_zone(name):
            names[_zone_key(name)] = f"zone-{hashlib.sha256(zone.encode()).hexdigest()[:16]}"

    def named(match: re.Match[str]) -> str:
        return match[1] + names.get(_zone_key(match[2]), match[2])

    for line in calendar:
        yield (_DEFINED if _DEFINED.fullmatch(line) else _USED).sub(named, line, count=1)


def _zone_key(name: str) -> str:
    return name.replace("\\", "").strip('" ').lower()


def _mended_line(line: str) -> str:
    empty, *others = _MENDED_LINES
    if empty[0].fullmatch(line):
        return empty[1]
    for pattern, mended in others:
        line = pattern.sub(mended, line)
    return line


def _mend(calendar: Any) -> None:
    """Take unreadable lines from a calendar that say nothing about times. Raises DaysProblem for those that do."""
    _mend_zone(calendar)
    cancelled = shown(calendar.get("METHOD")).upper() == "CANCEL"
    for event in calendar.walk("VEVENT"):
        _mend_event(event)
        if cancelled:
            event["STATUS"] = "CANCELLED"


def _mend_zone(calendar: Any) -> None:
    """Have the zone of the calendar, which some programs call by a name of Windows, one that the libraries know."""
    name = shown(calendar.get(_OF_CALENDAR)).strip('"')
    calendar.pop(_OF_CALENDAR, None)
    if name and not is_zone(name):
        if name not in _windows_zones():
            raise DaysProblem(f'{_OF_CALENDAR} of the calendar is "{name}", {_UNKNOWN}')
        name = _windows_zones()[name]
    if name:
        calendar[_OF_CALENDAR] = name


def _windows_zones() -> Mapping[str, str]:
    """The zones by their names of Windows, which the library has at one of two places."""
    for name in ("icalendar.timezone.windows_to_olson", "icalendar.windows_to_olson"):
        try:
            found: Mapping[str, str] = import_module(name).WINDOWS_TO_OLSON
        except (ImportError, AttributeError):
            continue
        return found
    return {}


def _mend_event(event: Any) -> None:
    where = f'event "{name_of(event)}"' if name_of(event) else f'the event of UID "{shown(event.get("UID"))}"'
    for name, error in list(event.errors):
        if str(name).upper() in _TELLING:
            raise DaysProblem(f"{where}: {name} cannot be read: {error}; {_CORRECT}")
        # Any other property says nothing about the time, and must not be in the way.
        if name:
            event.pop(name, None)
    if event.get("DTSTART") is None:
        raise DaysProblem(f"{where} has no DTSTART; {_CORRECT}")
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        value = event.get(name)
        zone = value.params.get("TZID") if value is not None else None
        if zone and isinstance(value.dt, datetime) and value.dt.tzinfo is None:
            raise DaysProblem(f'{where} is in the time zone "{zone}", {_UNKNOWN}')
    start: Any
    end: Any
    start, end, length = (getattr(event.get(name), "dt", None) for name in ("DTSTART", "DTEND", "DURATION"))
    if isinstance(end, datetime) and not isinstance(start, datetime):
        # A whole day ends with a day, though some programs write a time.
        end = end.date() + (DAY if end.time() > time() else timedelta())
        _replace(event, "DTEND", end)
    backwards = isinstance(length, timedelta) and length < timedelta()
    if backwards or (isinstance(end, date) and _same_kind(start, end) and end < start):
        raise DaysProblem(f"{where} ends before it begins; {_CORRECT}")
    if event.get("EXRULE") is not None:
        raise DaysProblem(f"{where} has an EXRULE, which is not supported; name the days in EXDATE")
    for rule in _rules(event):
        _mend_rule(rule, start, where)


def _same_kind(one: Any, other: Any) -> bool:
    timed = isinstance(one, datetime), isinstance(other, datetime)
    return timed == (False, False) or (timed == (True, True) and (one.tzinfo is None) == (other.tzinfo is None))


def _replace(event: Any, name: str, value: Any) -> None:
    event.pop(name, None)
    event.add(name, value)


def _rules(event: Any) -> list[Any]:
    found = event.get("RRULE")
    return found if isinstance(found, list) else [] if found is None else [found]


def _mend_rule(rule: Any, start: Any, where: str) -> None:
    often = [str(one).upper() for one in _several(rule.get("FREQ"))]
    if not often:
        raise DaysProblem(f"{where}: RRULE cannot be read: it has no FREQ; export the calendar as iCalendar 2.0")
    if "SECONDLY" in often or "MINUTELY" in often:
        raise DaysProblem(f"{where} repeats every second or minute; an interval cannot hold that many conditions")
    for name in ("INTERVAL", "COUNT"):
        if any(not isinstance(one, int) or one < 1 for one in _several(rule.get(name))):
            # The library would count for ever.
            raise DaysProblem(f"{where}: RRULE cannot be read: {name} is not 1 or more; {_CORRECT}")
    scale = [str(one).upper() for one in _several(rule.pop("RSCALE", None))]
    if scale not in ([], ["GREGORIAN"]):
        raise DaysProblem(f"{where} repeats by the calendar {scale[0]}, which is not supported; name the days in RDATE")
    for until in _several(rule.get("UNTIL"))[:1]:
        rule["UNTIL"] = [_last_start(until, start)]


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [] if value is None else [value]


def _last_start(until: Any, start: Any) -> Any:
    """The end of a series in the form that its start wants: a day for days, UTC for times in a zone.

    A day is the last one on which a time may begin, and a time without a zone is on the clocks of the start.
    """
    if not isinstance(start, datetime):
        return until.date() if isinstance(until, datetime) else until
    if not isinstance(until, datetime):
        until = datetime.combine(until, time(23, 59, 59))
    if start.tzinfo is None:
        return until.replace(tzinfo=None)
    return (until if until.tzinfo else until.replace(tzinfo=start.tzinfo)).astimezone(timezone.utc)


def _together(calendars: Sequence[Any]) -> list[Any]:
    """The events of all calendars of one zone in the first of these: one may change a series of another."""
    first: dict[str, Any] = {}
    for calendar in calendars:
        kept = first.setdefault(shown(calendar.get(_OF_CALENDAR)), calendar)
        if kept is not calendar:
            kept.subcomponents += calendar.walk("VEVENT")
    return list(first.values())


def _relate(events: Sequence[Any]) -> None:
    """Have each event that changes one of a series name it as the series does, and others a UID of their own."""
    series: dict[str, list[Any]] = {}
    changes = []
    for number, event in enumerate(events):
        if not shown(event.get("UID")):
            event["UID"] = f"#{number}"
        if event.get("RECURRENCE-ID") is None:
            series.setdefault(shown(event["UID"]), []).append(event)
        else:
            changes.append(event)
    for event in changes:
        of = series.get(shown(event["UID"]))
        if of:
            _name_as_series(event, max(of, key=_version))
    for uid, those in series.items():
        # Some publishers write the same UID into all events, where it tells the versions of one event.
        for number, event in enumerate(_twins(those), 2):
            event["UID"] = f"{uid}#{number}"


def _version(event: Any) -> int:
    sequence = shown(event.get("SEQUENCE"))
    return int(sequence) if sequence.lstrip("-").isdecimal() else -1


def _twins(events: Sequence[Any]) -> Iterator[Any]:
    versions = set()
    for event in events:
        if _version(event) in versions:
            yield event
        versions.add(_version(event))


def _name_as_series(event: Any, series: Any) -> None:
    start, named = series["DTSTART"].dt, event["RECURRENCE-ID"]
    if shown(series.get("STATUS")).upper() == "CANCELLED":
        event["STATUS"] = "CANCELLED"
    whole, by_day = not isinstance(start, datetime), not isinstance(named.dt, datetime)
    if whole == by_day:
        return
    params = named.params
    at = named.dt.date() if whole else datetime.combine(named.dt, start.time(), start.tzinfo)
    _replace(event, "RECURRENCE-ID", at)
    if "RANGE" in params:
        event["RECURRENCE-ID"].params["RANGE"] = params["RANGE"]
