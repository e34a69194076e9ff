# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Opening hours as people write them, ``mon-fri 08:00-12:30, 14:00-18:00; sat 09:00-13:00``, as conditions.

A condition ends with the second that it names, and never goes over midnight (semantics.md section 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from .._text.hours import condition_in_words
from .sentence import kind_of

# The days as the API counts them, from 1 for Sunday.
DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
EXAMPLE = "mon-fri 08:00-12:30, 14:00-18:00; sat 09:00-13:00"
NOON, MIDNIGHT = 12 * 3600, 24 * 3600

_TO = r" *(?:-|\bto\b|\buntil\b|\btill\b) *"
_DAYS = re.compile(rf"(?P<first>[a-z]+)\.?(?:{_TO}(?P<last>[a-z]+)\.?)?")
_CLOCK = r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?::([0-9]{2}))? *(am|pm|a\.m\.|p\.m\.)?"
_TIMES = re.compile(rf"{_CLOCK}{_TO}{_CLOCK}")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
# Several days by one name, as runs from one to another; None is every day.
_RUNS: Mapping[str, tuple[int, int] | None] = MappingProxyType(
    {
        "": None,
        "daily": None,
        "every day": None,
        "everyday": None,
        "always": None,
        "weekdays": (2, 6),
        "weekend": (7, 1),
        "weekends": (7, 1),
    }
)
_ALWAYS = "24/7"
_CLOSED = re.compile(r"(.*\s)?(off|closed)")
_HOLIDAYS = re.compile(r"ph|sh|(public |school )?holidays?")


class HoursProblem(ValueError):
    """Text that tells no opening hours: the sentence names the place and a right form."""


def conditions_of(text: str) -> list[dict[str, Any]]:
    """The conditions of an interval that holds in these hours.

    Groups are separated by semicolons or lines, and a day behind the times of a group begins another one. A group names
    days, times, or both: without times it is the whole day, without days every day. Hours over midnight become two
    conditions. Raises HoursProblem.
    """
    found = []
    for number, group in enumerate(re.split(r"[;\n]", text), 1):
        if group.strip():
            found += list(_group(" ".join(_DASHES.sub("-", group).lower().split()), f'part {number} "{group.strip()}"'))
    if not found:
        raise HoursProblem(f'there are no hours in "{text}"; write them as in "{EXAMPLE}"')
    return found


def in_words(conditions: Any) -> list[str]:
    """Each condition of an interval in words, as diffs and reports tell it. Raises HoursProblem."""
    if not isinstance(conditions, (list, tuple)):
        raise HoursProblem(f"{kind_of(conditions)} is given, where the conditions of an interval belong, a list")
    for index, one in enumerate(conditions):
        if not isinstance(one, Mapping):
            raise HoursProblem(f"[{index}] is {kind_of(one)}, where a condition belongs, a dictionary")
    return [condition_in_words(one) for one in conditions]


def day_of(word: str) -> int | None:
    """The day that a word means, from 1 for Sunday: its English name, or the beginning of it from two letters on."""
    name = word.strip().lower().rstrip(".")
    return next((day for day, full in enumerate(DAYS, 1) if len(name) > 1 and full.startswith(name)), None)


def _group(group: str, where: str) -> Iterator[dict[str, Any]]:
    days: list[str] = []
    times: list[str] = []
    for part in ["daily"] if group == _ALWAYS else group.split(","):
        begin = re.search("[0-9]|$", part)
        at = begin.start() if begin else 0
        day, hours = part[:at].strip(" :"), part[at:].strip()
        if day and times:
            yield from _held(days, times, where)
            days, times = [], []
        days += [day] if day else []
        times += [hours] if hours else []
    yield from _held(days, times, where)


def _held(days: Sequence[str], times: Sequence[str], where: str) -> Iterator[dict[str, Any]]:
    """The conditions of days that have the same hours."""
    runs = [run for one in days or [""] for run in _runs(one, where)]
    for first, last in [_times(one, where) for one in times] or [(0, MIDNIGHT)]:
        for run in runs:
            if first < last:
                yield _condition(run, first, last)
            else:
                yield _condition(run, first, MIDNIGHT)
                if last:
                    yield _condition((_next(run[0]), _next(run[1])) if run else None, 0, last)


def _runs(text: str, where: str) -> list[tuple[int, int] | None]:
    """The days as runs from one to another; None for every day."""
    if _CLOSED.fullmatch(text):
        raise HoursProblem(f'{where}: days that are closed have no hours; leave "{text}" out')
    runs: list[tuple[int, int] | None] = []
    for one in re.split(r"\s+and\s+|\s*&\s*", text):
        match = _DAYS.fullmatch(one)
        if one in _RUNS:
            runs.append(_RUNS[one])
        elif _HOLIDAYS.fullmatch(one):
            raise HoursProblem(
                f'{where}: "{one}" names no days of the week; telops.pbx.holidays makes conditions of holidays'
            )
        elif not match:
            raise HoursProblem(f'{where}: "{one}" names no days; write them as mon, mon-fri or mon, wed')
        else:
            found = [_day(word, where) for word in match.groups() if word]
            runs.append((found[0], found[-1]))
    return runs


def _day(word: str, where: str) -> int:
    day = day_of(word)
    if day is None:
        raise HoursProblem(f'{where}: "{word}" is no day; the days are mon, tue, wed, thu, fri, sat and sun')
    return day


def _times(text: str, where: str) -> tuple[int, int]:
    """From when to when, in seconds of the day."""
    match = _TIMES.fullmatch(text)
    if not match:
        raise HoursProblem(f'{where}: "{text}" names no hours; write them as 08:00-12:30, 14:00-18:00')
    if bool(match[4]) != bool(match[8]):
        raise HoursProblem(f'{where}: "{text}" has am or pm once; write it behind both times')
    first, last = _second(match.groups()[:4], text, where), _second(match.groups()[4:], text, where)
    if first == MIDNIGHT and last != MIDNIGHT:
        raise HoursProblem(f'{where}: "{text}" begins at 24:00, which is 00:00 of the next day; write it there')
    if first == last:
        raise HoursProblem(f'{where}: "{text}" holds at no time; leave the times out for the whole day')
    if last < first <= NOON and 0 < last <= NOON and not any(match.group(2, 4, 6)):
        # Where days have two times twelve hours, 9-5 ends in the afternoon; it is no night of twenty hours.
        night, day = f"{_short(first)}-{_short(last)}", f"{_short(first)}-{_short(last + NOON)}"
        raise HoursProblem(f'{where}: "{text}" can be read in two ways; write {day}, or {night} over midnight')
    return first, last


def _second(parts: tuple[str | None, ...], text: str, where: str) -> int:
    hour, minute, second = (int(part or 0) for part in parts[:3])
    half = (parts[3] or "").replace(".", "")
    if half and not 1 <= hour <= 12:
        raise HoursProblem(f'{where}: "{text}" has a time with {half} that is not from 1 to 12')
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if minute > 59 or second > 59 or hour * 3600 + minute * 60 + second > MIDNIGHT:
        raise HoursProblem(f'{where}: "{text}" names a time that no day has; the last one is 24:00')
    return hour * 3600 + minute * 60 + second


def _next(day: int) -> int:
    return day % 7 + 1


def _condition(run: tuple[int, int] | None, first: int, last: int) -> dict[str, Any]:
    whole = (first, last) == (0, MIDNIGHT)
    found: dict[str, Any] = {}
    if run or whole:
        found["start_dow"], found["end_dow"] = run or (1, 7)
    if not whole:
        found["start_time"], found["end_time"] = _clock(first), _clock(min(last, MIDNIGHT - 1))
    return found


def _short(second: int) -> str:
    return _clock(second)[:5]


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
