# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Opening hours as people write them, ``mon-fri 08:00-12:30, 14:00-18:00; sat 09:00-13:00``, as conditions.

A condition ends with the second that it names, and never goes over midnight (semantics.md section 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .._text.hours import condition_in_words
from .sentence import kind_of

# The days as the API counts them, from 1 for Sunday.
DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
EXAMPLE = "mon-fri 08:00-12:30, 14:00-18:00; sat 09:00-13:00"
MIDNIGHT = 24 * 3600

_DAYS = re.compile(r"(?P<first>[a-z]+)\.?(?: *[-\u2013] *(?P<last>[a-z]+)\.?)?")
_CLOCK = r"(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?"
_TIMES = re.compile(rf"{_CLOCK} *[-\u2013] *{_CLOCK}")
# Where the days of a group end and its times begin.
_FIRST_TIME = re.compile(r"(?:(?<=[\s,])|^)\d")


class HoursProblem(ValueError):
    """Text that tells no opening hours: the sentence says where and what would be right."""


def conditions_of(text: str) -> list[dict[str, Any]]:
    """The conditions of an interval that holds in these hours.

    Groups are separated by semicolons. A group names days, times, or both: without times it is the whole day, without
    days every day. Hours over midnight become two conditions. Raises HoursProblem.
    """
    found = []
    for number, group in enumerate(text.split(";"), 1):
        if group.strip():
            found += list(_group(group.strip().lower(), f'part {number} "{group.strip()}"'))
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
    begin = _FIRST_TIME.search(group)
    at = begin.start() if begin else len(group)
    runs = _runs(group[:at].strip(" ,:"), where)
    times = group[at:].strip(" ,")
    for first, last in [_times(one.strip(), where) for one in times.split(",")] if times else [(0, MIDNIGHT)]:
        for run in runs:
            if first < last:
                yield _condition(run, first, last)
            else:
                yield _condition(run, first, MIDNIGHT)
                if last:
                    yield _condition((_next(run[0]), _next(run[1])) if run else None, 0, last)


def _runs(text: str, where: str) -> list[tuple[int, int] | None]:
    """The days as runs from one to another; None for every day."""
    if text in ("", "daily", "every day"):
        return [None]
    runs: list[tuple[int, int] | None] = []
    for one in re.split(r"\s*,\s*|\s+and\s+", text):
        match = _DAYS.fullmatch(one)
        if not match:
            raise HoursProblem(f'{where}: "{one}" names no days; write them as mon, mon-fri or mon, wed')
        days = [_day(word, where) for word in match.groups() if word]
        runs.append((days[0], days[-1]))
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
        raise HoursProblem(f'{where}: "{text}" names no hours; write them as 08:00-12:30')
    first, last = _second(match.groups()[:3], text, where), _second(match.groups()[3:], text, where)
    if first in (last, MIDNIGHT):
        raise HoursProblem(f'{where}: "{text}" holds at no time; leave the times out for the whole day')
    return first, last


def _second(parts: tuple[str | None, ...], text: str, where: str) -> int:
    hour, minute, second = (int(part or 0) for part in parts)
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


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
