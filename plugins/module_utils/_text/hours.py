# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Conditions of intervals as people write them: ``Monday to Friday 08:00 to 12:30``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# By the number that the PBX gives a day: 1 is Sunday.
WEEKDAYS = ("", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
LAST_SECOND = "23:59:59"
MONTHS = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def conditions_in_words(conditions: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each condition of an interval in words."""
    return [condition_in_words(one) for one in conditions]


def condition_in_words(condition: Mapping[str, Any]) -> str:
    given = {name: value for name, value in condition.items() if value not in (None, "", 0)}
    if "start_datetime" in given and "end_datetime" in given:
        start, end = moment(str(given["start_datetime"])), moment(str(given["end_datetime"]), LAST_SECOND)
        return _span(start, end)
    return " ".join(_parts(given)) or "always"


def _parts(given: Mapping[str, Any]) -> Iterator[str]:
    if "start_dow" in given and "end_dow" in given:
        yield _span(_named(WEEKDAYS, given["start_dow"]), _named(WEEKDAYS, given["end_dow"]))
    days = _span(str(given["start_mday"]), str(given["end_mday"])) if {"start_mday", "end_mday"} <= set(given) else ""
    if "month" in given:
        yield f"{days} {_named(MONTHS, given['month'])}".strip()
    elif days:
        yield f"on day {days} of a month"
    if "start_time" in given and "end_time" in given:
        yield _span(clock(str(given["start_time"])), clock(str(given["end_time"])))
    if "sched_start_date" in given:
        on, off = given.get("sched_active_days", "?"), given.get("sched_skip_days", "?")
        yield f"{on} days on and {off} off from {given['sched_start_date']}"


def clock(text: str) -> str:
    """A time of the day without seconds that say nothing: ``08:00:00`` is 08:00."""
    hours, colon, rest = text.partition(":")
    return f"{hours}:{rest[:2]}" if colon and rest[2:] in ("", ":00") else text


def moment(text: str, whole_day: str = "00:00:00") -> str:
    """A date with a time. whole_day: the time that says nothing; as an end, it is the last second of the day."""
    day, dummy, time = text.partition(" ")
    return day if time in ("", whole_day) else f"{day} {clock(time)}"


def loses_nothing(condition: Mapping[str, Any]) -> bool:
    """Whether the words say all of a condition: it has no half of a pair, and nothing beside dates with times."""
    given = {name for name, value in condition.items() if value not in (None, "", 0)}
    halves = {"start_": "end_", "end_": "start_"}
    pairs = all(
        name.replace(half, other, 1) in given
        for name in given
        for half, other in halves.items()
        if name.startswith(half)
    )
    shift = {name for name in given if name.startswith("sched_")}
    return pairs and len(shift) in (0, 3) and ("start_datetime" not in given or len(given) == 2)


def _named(names: Sequence[str], number: Any) -> str:
    known = isinstance(number, int) and 0 < number < len(names)
    return names[number] if known else str(number)


def _span(start: str, end: str) -> str:
    return start if start == end else f"{start} to {end}"
