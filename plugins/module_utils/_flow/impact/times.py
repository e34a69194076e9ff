# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Times as people say them: Monday to Friday 12:30-14:00, and on 2026-12-24. They are rounded to minutes.

Edges that lie some seconds off, because calls ring first, are exact in the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from ..zone import DAY, Zone

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EPOCH = date(1970, 1, 1).toordinal()
# So many dates are listed by themselves, and so many kinds of days are told.
_LISTED, _KINDS = 5, 4
_MINUTE = 60

# The spans of a local day that belong to some times, in seconds.
_Pattern = tuple[tuple[int, int], ...]


def when(spans: Sequence[tuple[int, int]], zone: Zone, begin: int, end: int) -> str:
    """Spans of time in words, as local times; "at any time" for all of the time from a begin up to an end."""
    if len(spans) == 1 and spans[0][0] <= begin and spans[0][1] >= end:
        return "at any time"
    if len(spans) == 1 and spans[0][1] - spans[0][0] > 2 * DAY:
        first, last = spans[0]
        words = [] if first <= begin else [f"from {moment(first, zone)}"]
        words += [f"until {moment(last, zone)}"] if last < end else ["on"]
        return " ".join(words)
    days = _days(spans, zone)
    whole = range(zone.local(begin) // DAY, zone.local(end - 1) // DAY + 1)
    total = Counter(_weekday(day) for day in whole)
    patterns: dict[_Pattern, list[int]] = {}
    for day, pattern in sorted(days.items()):
        patterns.setdefault(pattern, []).append(day)
    kinds = []
    for pattern, found in sorted(patterns.items(), key=lambda one: -len(one[1])):
        kinds.append(f"{_which(found, total, whole)} {_clock(pattern)}".strip())
    left = len(kinds) - _KINDS
    if left > 0:
        kinds = [*kinds[:_KINDS], f"{left} more kinds of days"]
    return "; ".join(kinds)


def moment(instant: int, zone: Zone) -> str:
    day, second = divmod(zone.local(instant), DAY)
    return f"{_date(day)} {_second(second)}"


def _days(spans: Iterable[tuple[int, int]], zone: Zone) -> dict[int, _Pattern]:
    """The local days, each with its parts that lie in the spans."""
    found: dict[int, list[tuple[int, int]]] = {}
    for first, last in spans:
        start, over = zone.local(first), zone.local(last - 1) + 1
        # Where a clock is set back, a span may end before it begins, as clocks show it.
        over = max(over, start + 1)
        for day in range(start // DAY, (over - 1) // DAY + 1):
            here = (max(start - day * DAY, 0), min(over - day * DAY, DAY))
            listed = found.setdefault(day, [])
            if listed and listed[-1][1] >= here[0]:
                listed[-1] = (listed[-1][0], max(listed[-1][1], here[1]))
            else:
                listed.append(here)
    return {day: _rounded(listed) for day, listed in found.items()}


def _rounded(spans: Iterable[tuple[int, int]]) -> _Pattern:
    """Round spans to minutes, and join spans that touch; spans under 2 minutes stay as they are."""
    found: list[tuple[int, int]] = []
    for first, last in spans:
        if last - first >= 2 * _MINUTE:
            first, last = ((one + _MINUTE // 2) // _MINUTE * _MINUTE for one in (first, last))
        if found and found[-1][1] >= first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return tuple(found)


def _which(days: Sequence[int], total: Counter[int], whole: range) -> str:
    """Days in words: weekdays where most of them belong, else dates."""
    found = Counter(map(_weekday, days))
    usual = [one for one in range(7) if total[one] > 1 and found[one] * 2 > total[one]]
    seldom = [day for day in days if _weekday(day) not in usual]
    if not usual:
        return f"on {_dates(days)}"
    there = set(days)
    missing = [day for day in whole if _weekday(day) in usual and day not in there]
    words = "every day" if len(usual) == 7 else _weekdays(usual)
    if missing:
        words += f" but not on {_dates(missing)}"
    return f"{words} and on {_dates(seldom)}" if seldom else words


def _weekdays(days: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    words = []
    for run in runs:
        if len(run) > 2:
            words.append(f"{_WEEKDAYS[run[0]]} to {_WEEKDAYS[run[-1]]}")
        else:
            words += [_WEEKDAYS[day] for day in run]
    return listing(words)


def _dates(days: Sequence[int]) -> str:
    if len(days) <= _LISTED:
        return listing([_date(day) for day in days])
    return f"{', '.join(_date(day) for day in days[: _LISTED - 2])} and {len(days) - _LISTED + 2} more days"


def _clock(pattern: _Pattern) -> str:
    if pattern == ((0, DAY),):
        return ""
    return listing([f"{_second(first)}-{_second(last)}" for first, last in pattern])


def _second(second: int) -> str:
    hours, rest = divmod(second, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def _weekday(day: int) -> int:
    return (day + 3) % 7


def _date(day: int) -> str:
    return date.fromordinal(day + _EPOCH).isoformat()


def listing(words: Sequence[str], last: str = "and") -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
