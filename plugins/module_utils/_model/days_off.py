# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Times at which nobody works, with their names, and as the conditions of an interval that holds just then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from .._text.hours import moment
from .sentence import kind_of

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
MOST_YEARS = 50

_YEAR_DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_YEARS = re.compile(r"(\d{4}) *(?:[-\u2013]|to) *(\d{4})", re.ASCII)


class DaysProblem(ValueError):
    """The text does not describe days. The sentence names the mistake, and its correction."""


class Closed(NamedTuple):
    """A time at which nobody works. start, end: on the clocks of the place; the end is not part of it."""

    start: datetime
    end: datetime
    name: str


def conditions(closed: Iterable[Closed]) -> list[dict[str, Any]]:
    """The conditions of an interval that holds in just these times: one for all that follow each other."""
    runs: list[tuple[datetime, datetime]] = []
    for one in sorted(closed):
        if runs and one.start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], one.end))
        else:
            runs.append((one.start, one.end))
    return [_moments(start, end) for start, end in runs]


def with_names(closed: Iterable[Closed]) -> list[dict[str, Any]]:
    """Each time with its name and in words, for reports, in the order of time."""
    return [{"name": one.name, **_moments(one.start, one.end), "words": _words(one)} for one in sorted(closed)]


def _words(one: Closed) -> str:
    """When it is: whole days by their dates, times as people tell them, up to the one at which it is over."""
    first = moment(f"{one.start}")
    if one.end == _midnight(one.end.date()):
        last = f"{(one.end - SECOND).date()}"
        return first if first == last else f"{first} to {last}"
    same_day = one.start.date() == one.end.date()
    return f"{first} to {one.end:%H:%M}" if same_day else f"{first} to {moment(f'{one.end}')}"


def _moments(start: datetime, end: datetime) -> dict[str, Any]:
    """A condition ends with the second that it names."""
    return {"start_datetime": f"{start:%Y-%m-%d %H:%M:%S}", "end_datetime": f"{end - SECOND:%Y-%m-%d %H:%M:%S}"}


def whole_days(first: date, last: date, name: str) -> Closed:
    return Closed(_midnight(first), _midnight(last + DAY), name)


def from_time_on(day: date, clock: str, name: str) -> Closed:
    """A day from a time of day on. Raises DaysProblem."""
    match = _CLOCK.fullmatch(str(clock).strip())
    hour, minute, second = (int(part or 0) for part in match.groups()) if match else (99, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        raise DaysProblem(f'"{clock}" is not a time of day; write the closing time in quotes, such as "14:00"')
    return Closed(_midnight(day) + timedelta(hours=hour, minutes=minute, seconds=second), _midnight(day + DAY), name)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def years_meant(years: Any, today: date) -> list[int]:
    """The years that are meant, in order: a number of years from this one on, one year, a range, or a list.

    Raises DaysProblem.
    """
    if isinstance(years, str) and years.strip().isdecimal():
        years = int(years)
    match = _YEARS.fullmatch(years.strip()) if isinstance(years, str) else None
    if match and int(match[1]) <= int(match[2]) < int(match[1]) + MOST_YEARS:
        return list(range(int(match[1]), int(match[2]) + 1))
    if isinstance(years, int) and not isinstance(years, bool):
        if 1 <= years <= MOST_YEARS:
            return list(range(today.year, today.year + years))
        if 1900 <= years <= 9000:
            return [years]
    if isinstance(years, (list, tuple)) and years:
        return sorted({year for one in years for year in _one_year(one)})
    raise DaysProblem(
        f"years is {years!r}; write a number of years that begins with this year, such as 2, or the years themselves, "
        f'such as [2027, 2028] or "2027-2031"; {MOST_YEARS} years at most'
    )


def _one_year(one: Any) -> list[int]:
    if not str(one).strip().isdecimal() or not 1900 <= int(one) <= 9000:
        raise DaysProblem(f"years has {one!r}, which is not a year; write it as 2027")
    return [int(one)]


def named_days(given: Any, what: str) -> dict[Any, str]:
    """Days with their names out of a dictionary, or a list of days without names. Raises DaysProblem."""
    if given in (None, "", [], {}):
        return {}
    if isinstance(given, Mapping):
        return {when: str(name or "") for when, name in given.items()}
    if isinstance(given, (str, date)):
        given = [given]
    if not isinstance(given, (list, tuple)):
        raise DaysProblem(f"{what} is {kind_of(given)}, where days belong, each with its name")
    for one in given:
        if isinstance(one, (list, dict)):
            raise DaysProblem(f'{what} has {kind_of(one)}, where a day belongs, such as "2027-05-07"')
    return dict.fromkeys(given, "")


def days_meant(when: Any, years: Sequence[int]) -> list[tuple[date, date]]:
    """From which day to which: ``2027-05-07`` is one day, ``12-24`` one of each of the years, ``12-24 to 12-31``
    several. Only days that begin in these years. Raises DaysProblem."""
    parts = [_day(part, when) for part in (re.split(r"\s+to\s+", when.strip()) if isinstance(when, str) else [when])]
    if len(parts) > 2:
        raise DaysProblem(f'"{when}" has more than two dates; write it as "12-27 to 12-31"')
    found = []
    for year in years:
        first, last = (_in_year(parts[at], year, when) for at in (0, -1))
        if first and last and parts[-1][0] is None and last < first:
            last = _in_year(parts[-1], year + 1, when)
        if first and last and first.year == year:
            if last < first:
                raise DaysProblem(f'"{when}" ends before it begins; swap the dates')
            found.append((first, last))
    return list(dict.fromkeys(found))


def _day(part: Any, when: Any) -> tuple[int | None, int, int]:
    if isinstance(part, date):
        return part.year, part.month, part.day
    match = _YEAR_DAY.fullmatch(str(part).strip())
    if not match:
        raise DaysProblem(f'"{when}" is not a date; write it as "2027-05-07", "12-24" or "12-24 to 12-31", in quotes')
    return int(match[1]) if match[1] else None, int(match[2]), int(match[3])


def _in_year(part: tuple[int | None, int, int], year: int, when: Any) -> date | None:
    """The day in a year; None for 29 February where there is none."""
    try:
        return date(part[0] or year, part[1], part[2])
    except ValueError:
        if part[0] is None and part[1:] == (2, 29):
            return None
        raise DaysProblem(f'the date "{when}" does not exist; correct it') from None


def texts(given: Any, what: str) -> list[Any]:
    """One text or day, or a list of them. Raises DaysProblem."""
    if given in (None, "", [], ()):
        return []
    if isinstance(given, (str, date)):
        return [given]
    if isinstance(given, (list, tuple)):
        return list(given)
    raise DaysProblem(f"{what} is {kind_of(given)}, where a list belongs")


def cut_out(closed: Iterable[Closed], first: date, last: date) -> Iterator[Closed]:
    """The times without the days from the first to the last."""
    start, end = _midnight(first), _midnight(last + DAY)
    for one in closed:
        if one.start < start:
            yield one._replace(end=min(one.end, start))
        if one.end > end:
            yield one._replace(start=max(one.start, end))
