# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calendars as data: their text in the styles of programs, and their times by counting days, without a library."""

from __future__ import annotations

import calendar
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HORIZON = date(2030, 1, 1)
WINDOWS = {"Europe/Berlin": "W. Europe Standard Time", "Europe/London": "GMT Standard Time",
           "America/New_York": "Eastern Standard Time", "Asia/Tokyo": "Tokyo Standard Time"}  # fmt: skip
# Standard and summer time: offsets in hours, and when the clocks are changed, as VTIMEZONE tells it.
ZONES = {
    "Europe/Berlin": (1, 2, ("10", "-1SU", "030000"), ("3", "-1SU", "020000")),
    "Europe/London": (0, 1, ("10", "-1SU", "020000"), ("3", "-1SU", "010000")),
    "America/New_York": (-5, -4, ("11", "1SU", "020000"), ("3", "2SU", "020000")),
    "Asia/Tokyo": (9, 9, None, None),
}
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Rule:
    """When an event comes again. by_day: of a monthly or yearly rule with a number before the day. set_pos: which of
    the days of a month it is. week_start: the day with which a week begins, as programs of America say it."""

    freq: str
    interval: int = 1
    by_day: tuple[str, ...] = ()
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    count: int = 0
    until: date | None = None
    set_pos: int = 0
    week_start: str = ""

    def days(self, first: date) -> Iterator[date]:
        """The days of the series, by asking of each day whether it is one. The first day is, in every rule here."""
        passed, day = 0, first
        while day < HORIZON and not (self.until and day > self.until) and not (self.count and passed >= self.count):
            if self._has(day, first):
                passed += 1
                yield day
            day += DAY

    def _has(self, day: date, first: date) -> bool:
        if self.set_pos:
            length = calendar.monthrange(day.year, day.month)[1]
            month = [day.replace(day=number) for number in range(1, length + 1)]
            days = [one for one in month if replace(self, set_pos=0)._has(one, first)]
            return day in days and days.index(day) in (self.set_pos - 1, self.set_pos + len(days))
        if self.by_month and day.month not in self.by_month:
            return False
        last = calendar.monthrange(day.year, day.month)[1]
        if self.by_month_day and day.day not in [n if n > 0 else last + 1 + n for n in self.by_month_day]:
            return False
        if self.by_day and not any(_is(day, one, self.freq, bool(self.by_month)) for one in self.by_day):
            return False
        if self.freq == "DAILY":
            return (day - first).days % self.interval == 0
        if self.freq == "WEEKLY":
            begin = WEEKDAYS.index(self.week_start or "MO")
            starts = [one - timedelta((one.weekday() - begin) % 7) for one in (day, first)]
            weeks = (starts[0] - starts[1]).days // 7
            return weeks % self.interval == 0 and bool(self.by_day or day.weekday() == first.weekday())
        free = self.by_day or self.by_month_day
        if self.freq == "MONTHLY":
            months = (day.year - first.year) * 12 + day.month - first.month
            return months % self.interval == 0 and bool(free or day.day == first.day)
        if (day.year - first.year) % self.interval:
            return False
        return bool(free or day.day == first.day) and bool(self.by_month or free or day.month == first.month)

    def text(self, until: str) -> str:
        parts = [f"FREQ={self.freq}"]
        parts += [f"INTERVAL={self.interval}"] if self.interval > 1 else []
        parts += [f"COUNT={self.count}"] if self.count else []
        parts += [f"UNTIL={until}"] if self.until else []
        for name, value in (("BYMONTH", self.by_month), ("BYMONTHDAY", self.by_month_day), ("BYDAY", self.by_day)):
            parts += [f"{name}={','.join(map(str, value))}"] if value else []
        parts += [f"BYSETPOS={self.set_pos}"] if self.set_pos else []
        parts += [f"WKST={self.week_start}"] if self.week_start else []
        return ";".join(parts)


def _is(day: date, one: str, freq: str, in_months: bool) -> bool:
    """Whether a day is ``SU``, ``2MO`` or ``-1FR``, counted in its month, or in its year."""
    if WEEKDAYS[day.weekday()] != one[-2:]:
        return False
    if len(one) == 2:
        return True
    if freq == "YEARLY" and not in_months:
        first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    else:
        first, last = day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    number = int(one[:-2])
    return number == ((day - first).days // 7 + 1 if number > 0 else -((last - day).days // 7 + 1))


@dataclass(frozen=True)
class Moved:
    """One of a series, by its day, elsewhere; without a start it is cancelled. onwards: all those after it too."""

    day: date
    start: datetime | None
    length: timedelta
    onwards: bool = False


@dataclass(frozen=True)
class Event:
    """start: on the clocks of the zone, at midnight where it is of whole days. zone: "" floats, "UTC" ends with Z."""

    start: datetime
    length: timedelta
    whole: bool
    zone: str
    rule: Rule | None = None
    without: tuple[date, ...] = ()
    further: tuple[date, ...] = ()
    moved: tuple[Moved, ...] = ()
    cancelled: bool = False
    uid: str = field(default="1")

    def spans(self, place: ZoneInfo) -> Iterator[Span]:
        """Each time, in UTC; whole days and floating times are on the clocks of the place."""
        if self.cancelled:
            return
        days = list(self.rule.days(self.start.date())) if self.rule else [self.start.date()]
        wanted = sorted({*days, *self.further} - set(self.without))
        shift, length = timedelta(), self.length
        for day in wanted:
            at = datetime.combine(day, self.start.time())
            one = next((one for one in self.moved if one.day == day), None)
            if one and one.onwards and one.start:
                shift, length = one.start - at, one.length
            elif one:
                if one.start:
                    yield self._utc(one.start, one.length, place)
                continue
            yield self._utc(at + shift, length, place)

    def _utc(self, start: datetime, length: timedelta, place: ZoneInfo) -> Span:
        zone = place if self.whole or not self.zone else ZoneInfo(self.zone)
        first, last = start.replace(tzinfo=zone), (start + length).replace(tzinfo=zone)
        return first.astimezone(UTC), last.astimezone(UTC)


@dataclass(frozen=True)
class Style:
    """How a program writes: names of zones, ends of lines, folding, ends or durations, alarms and lines of its own.

    bare: it does not define its zones. utc: it names exceptions and those of a series that are elsewhere in UTC.
    """

    windows: bool = False
    newline: str = "\r\n"
    fold: int = 75
    duration: bool = False
    vendor: bool = False
    outlook_days: bool = False
    bare: bool = False
    utc: bool = False

    def zone_name(self, zone: str) -> str:
        return WINDOWS[zone] if self.windows else zone


def text_of(events: list[Event], style: Style, dice: random.Random) -> bytes:
    """The calendar file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Naïve//1.0//EN", "METHOD:PUBLISH"]
    for zone in sorted({one.zone for one in events} & set(ZONES)) if not style.bare else ():
        lines += _timezone(style.zone_name(zone), *ZONES[zone])
    for number, event in enumerate(events):
        lines += _event(replace(event, uid=f"{number}@example.com"), style)
    if style.vendor:
        lines += ["BEGIN:VTODO", "UID:todo", "DTSTART;VALUE=DATE:20270301", "SUMMARY:Not an event", "END:VTODO",
                  "BEGIN:VJOURNAL", "UID:j", "DTSTART;VALUE=DATE:20270302", "END:VJOURNAL"]  # fmt: skip
    lines.append("END:VCALENDAR")
    folded = [piece for line in lines for piece in _folded(line.encode(), style.fold)]
    ends = [style.newline if style.newline != "mixed" else dice.choice(["\r\n", "\n"]) for dummy in folded]
    return b"".join(line + end.encode() for line, end in zip(folded, ends, strict=True))


def _folded(line: bytes, most: int) -> Iterator[bytes]:
    """A line in pieces of so many octets, within a character too."""
    yield line[:most]
    for at in range(most, len(line), most - 1):
        yield b" " + line[at : at + most - 1]


def _timezone(
    name: str, winter: int, summer: int, back: tuple[str, ...] | None, on: tuple[str, ...] | None
) -> list[str]:
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for kind, before, after, when in (("STANDARD", summer, winter, back), ("DAYLIGHT", winter, summer, on)):
        if when is None and kind == "DAYLIGHT":
            continue
        month, day, clock = when or ("", "", "000000")
        lines += [f"BEGIN:{kind}", f"DTSTART:1970{int(month or 1):02}01T{clock}" if when else "DTSTART:19700101T000000"]
        lines += [f"TZOFFSETFROM:{_offset(before)}", f"TZOFFSETTO:{_offset(after)}"]
        lines += [f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={day}"] if when else []
        lines += [f"END:{kind}"]
    return [*lines, "END:VTIMEZONE"]


def _offset(hours: int) -> str:
    return f"{'-' if hours < 0 else '+'}{abs(hours):02}00"


def _event(event: Event, style: Style) -> list[str]:
    status = ["STATUS:CANCELLED"] if event.cancelled else ["STATUS:CONFIRMED"]
    lines = ["BEGIN:VEVENT", f"UID:{event.uid}", *status, *_when(event, event.start, event.length, style)]
    if event.rule:
        lines.append(f"RRULE:{event.rule.text(_until(event))}")
    for name, days in (("EXDATE", event.without), ("RDATE", event.further)):
        if days and style.vendor:
            lines += [_moment(event, name, datetime.combine(day, event.start.time()), style) for day in days]
        elif days:
            many = [_moment(event, name, datetime.combine(day, event.start.time()), style) for day in days]
            lines.append(many[0] + "".join("," + one.rpartition(":")[2] for one in many[1:]))
    lines.append("SUMMARY:Fête\\, geschlossen\\; 休日 — the door stays shut until somebody opens it again")
    if style.vendor:
        lines += ["TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "SEQUENCE:2", "DTSTAMP:20260101T000000Z"]
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "DURATION:PT5M", "REPEAT:2", "END:VALARM"]
    lines.append("END:VEVENT")
    for one in event.moved:
        at = _moment(event, "RECURRENCE-ID", datetime.combine(one.day, event.start.time()), style)
        at = at.replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE", 1) if one.onwards else at
        lines += ["BEGIN:VEVENT", f"UID:{event.uid}", at]
        moved_to = one.start or datetime.combine(one.day, event.start.time())
        lines += [
            *([] if one.start else ["STATUS:CANCELLED"]),
            *_when(event, moved_to, one.length, style),
            "END:VEVENT",
        ]
    return lines


def _until(event: Event) -> str:
    if not event.rule or not event.rule.until:
        return ""
    if event.whole:
        return f"{event.rule.until:%Y%m%d}"
    last = datetime.combine(event.rule.until, event.start.time())
    if not event.zone:
        return f"{last:%Y%m%dT%H%M%S}"
    return f"{last.replace(tzinfo=ZoneInfo(event.zone)).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _when(event: Event, start: datetime, length: timedelta, style: Style) -> list[str]:
    lines = [_moment(event, "DTSTART", start, style)]
    if style.duration:
        days, seconds = length.days, length.seconds
        clock = f"T{seconds // 3600}H{seconds // 60 % 60}M" if seconds else ""
        lines.append(f"DURATION:P{f'{days}D' if days or not clock else ''}{clock}")
    elif not (event.whole and length == DAY and style.vendor):
        lines.append(_moment(event, "DTEND", start + length, style))
    if event.whole and style.outlook_days:
        lines.append("X-MICROSOFT-CDO-ALLDAYEVENT:TRUE")
    return lines


def _moment(event: Event, name: str, at: datetime, style: Style) -> str:
    if event.whole:
        return f"{name};VALUE=DATE:{at:%Y%m%d}"
    if event.zone == "UTC" or (event.zone and style.utc and name in ("EXDATE", "RECURRENCE-ID")):
        there = at.replace(tzinfo=ZoneInfo(event.zone)).astimezone(UTC)
        return f"{name}:{there:%Y%m%dT%H%M%SZ}"
    zone = f";TZID={style.zone_name(event.zone)}" if event.zone else ""
    return f"{name}{zone}:{at:%Y%m%dT%H%M%S}"
