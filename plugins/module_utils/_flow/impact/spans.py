# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Parts of time as people declare them: during Opening hours, outside 18:00-19:00, any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..calltest.moments import ANY, pieces
from ..calltest.subject import Subject
from ..conditions import Condition
from ..raw import InputProblem, quoted
from ..schedule import READINGS, Schedule
from ..zone import DAY, Zone, zone
from .days import joined

_PART = re.compile(r"(during|outside) (.+)", re.DOTALL)
_AND = re.compile(r" and (?=(?:during|outside) )")
_CLOCK = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})", re.ASCII)
_FORMS = "write during or outside with the name of an interval or with HH:MM-HH:MM, or any"

Spans = tuple[tuple[int, int], ...]


def parts_of_time(
    raw: Any, subject: Subject, to: str, clock: Zone | None, read: int, begin: int, end: int, place: str
) -> Spans:
    """The instants that are meant, from a begin up to an end. Alternatives stand in a list. Raises InputProblem.

    to: the number that is called, whose intervals names mean. clock: the zone of times of day, None where it must be
    said. read: how intervals are read, an index of READINGS.
    """
    if isinstance(raw, (list, tuple)):
        found: list[tuple[int, int]] = []
        for index, one in enumerate(raw):
            found += parts_of_time(one, subject, to, clock, read, begin, end, f"{place}[{index}]")
        return tuple(joined(found))
    if raw == ANY:
        return ((begin, end),)
    if not isinstance(raw, str):
        raise InputProblem(place, f"{quoted(raw)} is not a part of a day; {_FORMS}")
    listed = []
    for one in _AND.split(raw):
        match = _PART.fullmatch(one)
        if not match:
            raise InputProblem(place, f"{quoted(one)} is not a part of a day; {_FORMS}")
        times = _CLOCK.fullmatch(match[2])
        if times:
            schedule = _of_day([int(part) for part in times.groups()], clock, read, place)
        else:
            schedule = subject.interval(match[2], to, place)
        listed.append((match[1] == "during", schedule))
    return tuple(pieces(listed, read, begin, end))


def _of_day(numbers: Sequence[int], clock: Zone | None, read: int, place: str) -> Schedule:
    """From one time of day up to, without, another, which may be of the next day."""
    if clock is None:
        raise InputProblem(place, "the intervals of the tenant share no time zone; say it with timezone")
    start, end = (3600 * hours + 60 * minutes for hours, minutes in (numbers[:2], numbers[2:]))
    if not (numbers[1] < 60 > numbers[3] and start < DAY >= end and start != end):
        raise InputProblem(
            place, f"{numbers[0]:02}:{numbers[1]:02}-{numbers[2]:02}:{numbers[3]:02} is not a part of a day"
        )
    last = 1 if READINGS[read].end_inclusive else 0
    spans = [(start, end)] if start < end else [(start, DAY), (0, end)]
    return Schedule(clock, [_condition(first, until - last) for first, until in spans if first < until], place)


def _condition(first: int, last: int) -> Condition:
    return Condition(0, None, None, (first, last), None, None)


def shared_zone(*subjects: Subject) -> Zone | None:
    """The zone of all intervals of some tenants; UTC where there are none."""
    names = {schedule.zone.name for subject in subjects for schedule in subject.schedules}
    return zone(next(iter(names), "UTC")) if len(names) < 2 else None


def outside(spans: Spans, others: Spans) -> Iterator[tuple[int, int]]:
    """The parts of some spans that lie in none of the others. Both are in order."""
    passed = 0
    for first, last in spans:
        while passed < len(others) and others[passed][1] <= first:
            passed += 1
        for index in range(passed, len(others)):
            begin, end = others[index]
            if begin >= last:
                break
            if begin > first:
                yield first, begin
            first = max(first, end)
        if first < last:
            yield first, last


def inside(spans: Spans, others: Spans) -> bool:
    """Whether some instant lies in both. Both are in order."""
    return tuple(outside(spans, others)) != spans
