# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""When the calls of a test arrive: moments, spans of intervals, every so many minutes, any time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Union

from ..raw import InputProblem, quoted, text
from ..schedule import Schedule
from ..zone import DAY, Zone, zone
from .subject import Subject

ANY = "any"
# Enough for every caller, time and list of three answers of the demo's clinic, with everybody there and with nobody.
MOST_CALLS = 500_000
_EPOCH = date(1970, 1, 1).toordinal()
_UNITS = {"s": 1, "min": 60, "h": 3600, "d": DAY}
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?: |(T))(\d{2}):(\d{2})(?::(\d{2}))?(?: (\S+))?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})", re.ASCII)
_EVERY = re.compile(r"every (\d+) (s|min|h|d) from (.+) to (.+)", re.ASCII)
_PART = re.compile(r"(during|outside) (.+)", re.DOTALL)
_AND = re.compile(r" and (?=(?:during|outside) )")
_FORMS = (
    "write YYYY-MM-DD HH:MM, during or outside an interval, every N s, min, h or d from one moment to another, or any"
)


@dataclass(frozen=True)
class Span:
    """All instants at which the parts hold. parts: whether within, and the name of an interval."""

    parts: tuple[tuple[bool, str], ...]
    place: str


@dataclass(frozen=True)
class AnyTime:
    """Every piece of time in which calls are alike."""


# A range holds moments, in seconds UTC since 1970.
At = Union[range, Span, AnyTime]


@dataclass(frozen=True)
class Clock:
    """How times are read. zone: None where local times must say theirs. today: the first day of ``within a year``."""

    zone: Zone | None
    today: date

    @property
    def year(self) -> tuple[int, int]:
        """The year that begins today, in UTC without a zone: its first second, and the first one after it."""
        used, day = self.zone or zone("UTC"), self.today
        try:
            end = day.replace(year=day.year + 1)
        except ValueError:
            # On the 29th of February, or in the last year that there is.
            end = min(day, date.max - timedelta(366)) + timedelta(366)
        return _midnight(day, used), _midnight(end, used)

    def instant(self, local: int, place: str, shown: str) -> int:
        """The instant of a local time, of two the first. local: in seconds since 1970-01-01 00:00 local."""
        if self.zone is None:
            raise InputProblem(place, "the intervals of the tenant share no time zone; say it with timezone")
        found = _instants(local, self.zone)
        if not found:
            raise InputProblem(place, f"{shown} does not exist in {self.zone.name}: a clock change skips it")
        return found[0]


def named_zone(name: Any, place: str) -> Zone:
    try:
        return zone(text(name, place))
    except InputProblem:
        raise
    except (ValueError, KeyError, OSError):
        raise InputProblem(place, f"{quoted(name)} is no time zone of the tz database, such as Europe/Berlin") from None


def read_day(raw: Any, place: str) -> date:
    """A day, as YAML reads it or as text."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    try:
        if isinstance(raw, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw, re.ASCII):
            return date.fromisoformat(raw)
    except ValueError:
        pass
    raise InputProblem(place, f"{quoted(raw)} is no day; write YYYY-MM-DD")


def read_at(raw: Any, clock: Clock, place: str) -> tuple[At, ...]:
    """One way to say when, or a list of them. Raises InputProblem."""
    if isinstance(raw, (list, tuple)):
        if not raw:
            raise InputProblem(place, f"an empty list says no time; {_FORMS}")
        return tuple(_at(one, clock, f"{place}[{index}]") for index, one in enumerate(raw))
    return (_at(raw, clock, place),)


def _at(raw: Any, clock: Clock, place: str) -> At:
    if isinstance(raw, datetime):
        if raw.tzinfo is not None:
            raise InputProblem(place, "a time with a zone must stand in quotes, because YAML readers change it")
        return _one(_moment(raw.isoformat(" ", "seconds"), clock, place))
    if isinstance(raw, str):
        if raw == ANY:
            return AnyTime()
        if every := _EVERY.fullmatch(raw):
            return _every(int(every[1]) * _UNITS[every[2]], every[3], every[4], clock, place)
        if raw.startswith(("during ", "outside ")):
            return Span(tuple(_part(one, place) for one in _AND.split(raw)), place)
        return _one(_moment(raw, clock, place))
    if isinstance(raw, date):
        raise InputProblem(place, f"{raw} has no time of day; write YYYY-MM-DD HH:MM")
    raise InputProblem(place, f"{quoted(raw)} is no time; {_FORMS}")


def _one(instant: int) -> range:
    return range(instant, instant + 1)


def _part(raw: str, place: str) -> tuple[bool, str]:
    match = _PART.fullmatch(raw)
    if not match:
        raise InputProblem(place, f"{quoted(raw)} names no interval; {_FORMS}")
    return match[1] == "during", match[2]


def _every(step: int, first: str, last: str, clock: Clock, place: str) -> range:
    start, end = _moment(first, clock, place), _moment(last, clock, place)
    if not step or end < start:
        raise InputProblem(place, "every needs steps of 1 at least, and an end that is not before the beginning")
    found = range(start, end + 1, step)
    if len(found) > MOST_CALLS:
        raise InputProblem(place, f"that is {len(found)} calls; {MOST_CALLS} are the most of one test")
    return found


def _moment(raw: str, clock: Clock, place: str) -> int:
    match = _MOMENT.fullmatch(raw)
    if not match:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw, re.ASCII):
            raise InputProblem(place, f"{raw} has no time of day; write YYYY-MM-DD HH:MM")
        if re.match(r"\d{4}-\d{2}-\d{2}T.*([+-]\d{2}:\d{2}|Z)$", raw, re.ASCII):
            raise InputProblem(place, f"{raw} has a zone and was no text in YAML; write it in quotes, with blanks")
        raise InputProblem(place, f"{quoted(raw)} is no time; {_FORMS}")
    day, joined, hours, minutes, seconds, where = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day} {hours}:{minutes}:{seconds or '00'}")
    except ValueError:
        raise InputProblem(place, f"{raw} is a date or a time that no calendar has") from None
    local = (moment.toordinal() - _EPOCH) * DAY + moment.hour * 3600 + moment.minute * 60 + moment.second
    if where and joined:
        raise InputProblem(place, f"{quoted(raw)} is no time; {_FORMS}")
    if not where:
        return clock.instant(local, place, raw)
    offset = _OFFSET.fullmatch(where)
    if where == "Z":
        return local
    if offset:
        if int(offset[2]) > 23 or int(offset[3]) > 59:
            raise InputProblem(place, f"{where} is farther from UTC than any place on earth")
        ahead = int(offset[2]) * 3600 + int(offset[3]) * 60
        return local - ahead if offset[1] == "+" else local + ahead
    return Clock(named_zone(where, place), clock.today).instant(local, place, raw)


def _midnight(day: date, used: Zone) -> int:
    """The first second of a local day, or of the rest that a clock change leaves of it."""
    local = (day.toordinal() - _EPOCH) * DAY
    for later in range(0, DAY, 900):
        if found := _instants(local + later, used):
            return found[0]
    return local


def _instants(local: int, used: Zone) -> list[int]:
    """The instants at which the wall clock shows a time: none, one, or several."""
    near = [local - DAY, local + DAY]
    for day in range(local // DAY - 1, local // DAY + 2):
        near += used.changes(day)
    offsets = {used.local(one) - one for one in near}
    return sorted(local - offset for offset in offsets if used.local(local - offset) == local)


def local_text(instant: int, used: Zone | None) -> str:
    """An instant as people read it."""
    offset = used.local(instant) - instant if used else 0
    day, second = divmod(instant + offset, DAY)
    shown = date.fromordinal(min(max(day + _EPOCH, 1), date.max.toordinal()))
    minutes, seconds = divmod(second, 60)
    sign = "-" if offset < 0 else "+"
    ahead = f"{sign}{abs(offset) // 3600:02d}:{abs(offset) // 60 % 60:02d}" if used else "Z"
    clock = f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    return f"{shown:%a} {shown.isoformat()} {clock} {ahead}"


def local_moment(instant: int, used: Zone) -> str:
    """An instant as a test writes it. If two have the same local time, the second gets its distance from UTC."""
    local = used.local(instant)
    day, second = divmod(local, DAY)
    minutes, seconds = divmod(second, 60)
    clock = f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    offset = local - instant
    sign = "-" if offset < 0 else "+"
    ahead = (
        f" {sign}{abs(offset) // 3600:02d}:{abs(offset) // 60 % 60:02d}" if _instants(local, used)[0] != instant else ""
    )
    return f"{date.fromordinal(day + _EPOCH).isoformat()} {clock}{ahead}"


def pieces(parts: Sequence[tuple[bool, Schedule]], read: int, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The longest runs of seconds in which all parts hold, each with the first second after it."""
    edges = {begin}
    for day in range(begin // DAY, (end - 1) // DAY + 1):
        for dummy, schedule in parts:
            edges.update(edge for edge in schedule.changes(day, read) if begin < edge < end)
    start: int | None = None
    for edge in sorted(edges):
        holds = all(schedule.active(edge, read) == within for within, schedule in parts)
        if holds and start is None:
            start = edge
        elif not holds and start is not None:
            yield start, edge
            start = None
    if start is not None:
        yield start, end


def instants_of(span: Span, to: str, subject: Subject, clock: Clock, read: int) -> list[int]:
    """The first, the middle and the last second of every piece of a span within a year from today."""
    parts = [(within, subject.interval(name, to, span.place)) for within, name in span.parts]
    begin, end = clock.year
    found: list[int] = []
    for first, after in pieces(parts, read, begin, end):
        found += sorted({first, (first + after - 1) // 2, after - 1})
    if not found:
        raise InputProblem(span.place, f"there is no such time within a year from {clock.today}")
    return found


def days_of_all_kinds(subject: Subject, read: int, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of a span of time that stand for all of it: of days on which all intervals do the same, and also on the day
    after them, the first. Days are those of UTC; the parts are as long as days are new."""

    def table(day: int) -> tuple[object, ...]:
        start = day * DAY
        return tuple(
            (one.active(start, read), *(edge - start for edge in one.changes(day, read))) for one in subject.schedules
        )

    met: set[tuple[object, ...]] = set()
    start: int | None = None
    last = (end - 1) // DAY
    following = table(begin // DAY)
    for day in range(begin // DAY, last + 1):
        here, following = following, table(day + 1)
        whole = begin <= day * DAY and (day + 1) * DAY <= end
        new = (here, following) not in met
        if new and whole:
            met.add((here, following))
        if new and start is None:
            start = max(begin, day * DAY)
        elif not new and start is not None:
            yield start, day * DAY
            start = None
    if start is not None:
        yield start, end
