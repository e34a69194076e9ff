# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One condition of an interval: on which days it holds, and in which seconds of a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from .._model.nouns.interval import PAIRS, SHIFT
from .zone import DAY

_EPOCH = date(1970, 1, 1).toordinal()
_LAST = date.max.toordinal() - _EPOCH
_FIRST = date.min.toordinal() - _EPOCH

# From its first to its last second, without the latter, of a day or since 1970.
Span = tuple[int, int]


class Reading(NamedTuple):
    """The assumed reading of the cases that the documentation of the platform leaves open."""

    end_inclusive: bool = True
    wraps: bool = False
    repeats: bool = False
    empty_holds: bool = True


class Day(NamedTuple):
    """A local date. number: in days since 1970. weekday: 1 is Sunday."""

    number: int
    month: int
    mday: int
    weekday: int

    @classmethod
    @lru_cache(maxsize=20_000)
    def of(cls, number: int) -> Day:
        found = date.fromordinal(min(max(number, _FIRST), _LAST) + _EPOCH)
        return cls(number, found.month, found.day, (number + 4) % 7 + 1)


class Condition(NamedTuple):
    """A condition, 0 or None for every part that is not set.

    mdays, weekdays: the first and the last. times: start and end in seconds. moments: the same in seconds since 1970,
    local. shift: the first day since 1970, active days, days of the whole pattern.
    """

    month: int
    mdays: tuple[int, int] | None
    weekdays: tuple[int, int] | None
    times: tuple[int, int] | None
    moments: tuple[int, int] | None
    shift: tuple[int, int, int] | None

    @property
    def empty(self) -> bool:
        return not any(self)

    def holds_on(self, day: Day, reading: Reading) -> bool:
        """Whether everything that is about days holds; of moments, whether they reach into the day."""
        if self.moments:
            start, end = self.moments
            return start < (day.number + 1) * DAY and end >= day.number * DAY
        if self.month and self.month != day.month:
            return False
        if self.mdays and not _within(day.mday, self.mdays, reading.wraps):
            return False
        if self.weekdays and not _within(day.weekday, self.weekdays, True):
            return False
        if self.shift:
            first, active, length = self.shift
            passed = day.number - first
            if (passed < 0 and not reading.repeats) or passed % length >= active:
                return False
        return reading.empty_holds or not self.empty

    def parts(self, day: Day, second: int, reading: Reading) -> Iterator[tuple[str, bool]]:
        """Each part that is set, by its name, and whether it holds at a second of a local day."""
        for name in self._fields:
            if getattr(self, name):
                alone = Condition(0, None, None, None, None, None)._replace(**{name: getattr(self, name)})
                within = any(first <= second < last for first, last in alone.spans(day.number, reading))
                yield name, alone.holds_on(day, reading) and within

    def day_parts(self, reading: Reading) -> tuple[bool, ...]:
        """The parts of a reading on which it depends whether the condition holds on a day."""
        backwards = self.mdays is not None and self.mdays[0] > self.mdays[1]
        return (
            backwards and reading.wraps,
            self.shift is not None and reading.repeats,
            self.empty and reading.empty_holds,
        )

    def cuts(self, day: int) -> bool:
        """Whether it begins or ends within a day."""
        if not self.moments:
            return False
        start, end = self.moments
        return day * DAY <= start < (day + 1) * DAY or day * DAY <= end + 1 <= (day + 1) * DAY

    def spans(self, day: int, reading: Reading) -> Iterator[Span]:
        """The seconds of a day on which it holds."""
        if self.moments:
            start, end = (moment - day * DAY for moment in self.moments)
            if start <= end:
                yield from _clipped(start, end + reading.end_inclusive)
        elif self.times:
            start, end = self.times
            last = end + reading.end_inclusive
            if start <= end:
                yield from _clipped(start, last)
            elif reading.wraps:
                yield from _clipped(0, last)
                yield from _clipped(start, DAY)
        else:
            yield 0, DAY


def _within(value: int, ends: tuple[int, int], wraps: bool) -> bool:
    start, end = ends
    if start <= end:
        return start <= value <= end
    return wraps and (value >= start or value <= end)


def _clipped(start: int, end: int) -> Iterator[Span]:
    start, end = max(start, 0), min(end, DAY)
    if start < end:
        yield start, end


def condition(raw: Mapping[str, Any]) -> Condition:
    """A condition out of its declared parts. Raises ValueError with the error as the rest of a sentence."""
    given = {name: value for name, value in raw.items() if value not in (None, "", 0)}
    if "start_datetime" in given and "end_datetime" in given:
        # Nothing else of the condition counts.
        given = {name: given[name] for name in ("start_datetime", "end_datetime")}
    for start, end in PAIRS:
        if (start in given) != (end in given):
            present, missing = (start, end) if start in given else (end, start)
            raise ValueError(f"has {present} without {missing}")
    if missing_parts := [name for name in SHIFT if name not in given] if any(name in given for name in SHIFT) else []:
        raise ValueError(f"is a shift pattern without {', '.join(missing_parts)}")
    shift = None
    if SHIFT[0] in given:
        active, skip = int(given[SHIFT[1]]), int(given[SHIFT[2]])
        if active < 1 or skip < 1:
            raise ValueError("has a shift pattern with negative days")
        shift = (_date(str(given[SHIFT[0]])), active, active + skip)
    return Condition(
        int(given.get("month", 0)),
        _pair(given, "start_mday", "end_mday"),
        _pair(given, "start_dow", "end_dow"),
        (_time(given["start_time"]), _time(given["end_time"])) if "start_time" in given else None,
        (_moment(given["start_datetime"]), _moment(given["end_datetime"])) if "start_datetime" in given else None,
        shift,
    )


def _pair(given: Mapping[str, Any], start: str, end: str) -> tuple[int, int] | None:
    return (int(given[start]), int(given[end])) if start in given else None


def _date(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal() - _EPOCH
    except ValueError:
        raise ValueError(f'has the date "{text}", which no calendar has') from None


def _time(text: str) -> int:
    """hh:mm:ss, or without seconds, as seconds; 24:00:00 is the end of the day."""
    hours, minutes, seconds = (*(int(part) for part in text.split(":")), 0)[:3]
    found = (hours * 60 + minutes) * 60 + seconds
    if minutes > 59 or seconds > 59 or found > DAY:
        raise ValueError(f'has the time "{text}", which no day has')
    return found


def _moment(text: str) -> int:
    day, dummy, time = text.partition(" ")
    return _date(day) * DAY + _time(time)
