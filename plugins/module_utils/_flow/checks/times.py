# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Intervals as sets of instants: when some of them are active together, and whether one ever is, or always.

One day stands for all on which the intervals do the same, to the second. The calendar repeats after 400 years, which
answers questions without an end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import gcd

from ..conditions import Condition, Day, Reading
from ..schedule import ACTIVE, READINGS, Schedule
from ..zone import DAY, HOUR

# The days that are looked at one by one: a year and a month, so that the days of a clock change are among them.
_DAYS = 400
_CALENDAR = 146_097
_LONGEST_MONTH = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MOST_PHASES = 5_000

Stretch = tuple[int, int, tuple[bool, ...]]


def stretches(schedules: Sequence[Schedule], read: int, now: int) -> Iterator[Stretch]:
    """Pieces of time from now on, one for each kind that there is, and which intervals are active in each.

    read: an index of READINGS. A piece goes from its first second to the first that is no part of it.
    """
    met: set[tuple[object, ...]] = set()
    for day in _days(schedules, now):
        tables = tuple(one.table(day, read) for one in schedules)
        if tables in met:
            continue
        met.add(tables)
        edges = sorted({0, *(edge for table in tables for edge in table[0])})
        for first, last in zip(edges, (*edges[1:], DAY)):
            start, end = max(now, day * DAY + first), day * DAY + last
            if start < end:
                yield start, end, tuple(bool(table[1][bisect_right(table[0], first)] & ACTIVE) for table in tables)


def _days(schedules: Sequence[Schedule], now: int) -> list[int]:
    """The days of UTC that are worth a look: those of a year, and later ones that are named by their dates."""
    first = now // DAY
    found = set(range(first, first + _DAYS))
    for schedule in schedules:
        for one in schedule.conditions:
            for moment in one.moments or ():
                found.update(day for day in range(moment // DAY - 1, moment // DAY + 2) if day >= first)
            if one.shift and one.shift[0] >= first:
                found.update(range(one.shift[0], one.shift[0] + 14))
    return sorted(found)


def overlap(one: Schedule, other: Schedule, read: int, now: int) -> Iterator[int]:
    """The first seconds of the pieces in which two intervals are active."""
    return (start for start, dummy, active in stretches((one, other), read, now) if all(active))


def differ(one: Schedule, other: Schedule, read: int, now: int) -> Iterator[int]:
    """The first seconds of the pieces in which one of two intervals is active and the other is not."""
    return (start for start, dummy, active in stretches((one, other), read, now) if active[0] != active[1])


def in_zone(schedule: Schedule, other: Schedule) -> Schedule:
    """An interval as it would be in the time zone of another."""
    return Schedule(other.zone, schedule.conditions, schedule.place)


# -- for ever


def never(schedule: Schedule, read: int, now: int) -> bool:
    """Whether an interval is not active at any instant from now on."""
    if any(active[0] for dummy, dummy2, active in stretches((schedule,), read, now)):
        return False
    reading, today = READINGS[read], schedule.zone.local(now) // DAY
    return not any(not one.moments and _comes(one, reading, today) for one in schedule.conditions)


def _comes(condition: Condition, reading: Reading, today: int) -> bool:
    """Whether a condition without dates holds on some day from today on."""
    if not any(True for dummy in condition.spans(today, reading)):
        return False
    shift = condition.shift
    if shift and not reading.repeats and shift[0] > today:
        today = shift[0]
    if not shift:
        return any(condition.holds_on(day, reading) for day in all_days(today))
    # A day comes back after 400 years in any phase of the shifts that a whole number of calendars leads to.
    first, active, length = shift
    step = gcd(_CALENDAR, length)
    calendar = condition._replace(shift=None)
    phases = {phase % step for phase in range(min(active, step))}
    days = (Day.of(number) for number in range(today, today + _CALENDAR))
    return any(
        (day.number - first) % step in phases and (calendar.empty or calendar.holds_on(day, reading)) for day in days
    )


def all_days(number: int) -> Iterator[Day]:
    """Every date of a year with every day of the week, all of which come some day. number: the one they count as."""
    for month in range(1, 13):
        for mday in range(1, _LONGEST_MONTH[month] + 1):
            for weekday in range(1, 8):
                yield Day(number, month, mday, weekday)


def always(schedule: Schedule, read: int, now: int) -> bool:
    """Whether an interval is active at every instant from now on."""
    if not all(active[0] for dummy, dummy2, active in stretches((schedule,), read, now)):
        return False
    reading, today = READINGS[read], schedule.zone.local(now) // DAY
    lasting = [one for one in schedule.conditions if not one.moments or one.moments[1] // DAY > today + _CALENDAR]
    start = max((one.shift[0] for one in lasting if one.shift), default=today)
    length = 1
    for one in lasting:
        if one.shift:
            length = length * one.shift[2] // gcd(length, one.shift[2])
    dated = any(one.month or one.mdays or one.weekdays for one in lasting)
    for phase in range(min(length, _MOST_PHASES)):
        days: Iterable[Day] = all_days(start + phase) if dated else (Day.of(start + phase),)
        if not all(_covered(lasting, day, reading) for day in days):
            return False
    return True


def _covered(conditions: Sequence[Condition], day: Day, reading: Reading) -> bool:
    """Whether every second of a day is in a span of some condition."""
    end = 0
    held = (one.spans(day.number, reading) for one in conditions if one.holds_on(day, reading))
    for start, last in sorted(span for spans in held for span in spans):
        if start > end:
            return False
        end = max(end, last)
    return end >= DAY


# -- single days


def clock_changes(schedule: Schedule, now: int) -> Iterator[tuple[int, int]]:
    """The changes of the clock within a year: the first instant after each, and by how many seconds it goes forward."""
    for day in range(now // DAY, now // DAY + 366):
        for instant in schedule.zone.changes(day):
            if instant > now:
                yield instant, schedule.zone.local(instant) - schedule.zone.local(instant - 1) - 1


def instants(schedule: Schedule, local: int) -> Iterator[int]:
    """The instants at which the wall clock of an interval shows a time. local: in seconds since 1970, local."""
    near = schedule.zone.local(local) - local
    for offset in sorted({near + hours * HOUR // 4 for hours in range(-12, 13)}, reverse=True):
        if schedule.zone.local(local - offset) == local:
            yield local - offset


def first_day(condition: Condition, today: int, days: int = _DAYS) -> int | None:
    """The first local day from today on which a condition holds, if its times were right."""
    wraps = Reading(wraps=True)
    return next((day for day in range(today, today + days) if condition.holds_on(Day.of(day), wraps)), None)
