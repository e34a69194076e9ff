# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""When a call is another one: the changes of intervals, and pieces of time in which a call always has the same answer.

A call depends on its time only by the intervals that it asks. As long as all of them answer the same, it is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .answer import Answer
from .assumptions import Assumptions
from .budget import Budget
from .call import Call
from .conditions import Condition, Day, Reading
from .explore_plan import schedules
from .looks import Looks
from .plan import CallPlan
from .schedule import Schedule
from .simulate import simulate
from .world import World
from .zone import DAY

# How long a caller stays who is explored, in milliseconds: in menus that go round, each round has edges of its own.
PATIENCE = 300_000
YEAR = 366

# From its first second to the first that is no part of it.
Span = tuple[int, int]


def patient(call: Call) -> Call:
    """The call with the patience of callers who are explored, unless it has one of its own."""
    return call if call.hang_up_after is not None else replace(call, hang_up_after=PATIENCE)


def changes(schedule: Schedule, read: int, begin: int, end: int) -> Iterator[int]:
    """The instants after the begin and before the end at which an interval becomes active or ends.

    read: an index of READINGS.
    """
    for day in range(begin // DAY, (end - 1) // DAY + 1):
        for instant in schedule.changes(day, read):
            if begin < instant < end:
                yield instant


def pieces(
    plan: CallPlan,
    call: Call,
    world: World,
    assumptions: Assumptions,
    begin: int,
    end: int,
    budget: Budget | None = None,
) -> Iterator[tuple[int, int, Answer]]:
    """The time from the begin up to, without, the end, in pieces, each with the answer to a call at any second of it.

    Each answer is that of the first second; which assumptions decided something may differ within a piece. The time of
    the call itself does not count. Raises BudgetReached.
    """
    for first, last, answer, dummy in watched(plan, call, world, assumptions, begin, end, budget or Budget()):
        yield first, last, answer


def watched(
    plan: CallPlan, call: Call, world: World, assumptions: Assumptions, begin: int, end: int, budget: Budget
) -> Iterator[tuple[int, int, Answer, Looks]]:
    """The pieces, each also with the looks of its call."""
    while begin < end:
        budget.spend(f"times of calls to {call.to}")
        looks = Looks()
        answer = simulate(plan, replace(call, at=begin), world, assumptions, looks)
        following = _until(answer, call.hang_up_after, assumptions, begin, end)
        yield begin, following, answer, looks
        begin = following


def _until(answer: Answer, patience: int | None, assumptions: Assumptions, begin: int, end: int) -> int:
    """When one of the intervals that a call has asked would answer something else, if not at the end."""
    seen: set[tuple[int, int]] = set()
    for schedule, t in answer.reads:
        if patience is not None and t > patience:
            continue
        later = t // 1000 if assumptions.interval_clock == "now" else 0
        if (id(schedule), later) not in seen:
            seen.add((id(schedule), later))
            found = next(changes(schedule, assumptions.reading, begin + later, end + later), None)
            if found is not None:
                end = found - later
    return end


def common(
    first: Iterator[tuple[int, int, Answer]], second: Iterator[tuple[int, int, Answer]]
) -> Iterator[tuple[int, int, Answer, Answer]]:
    """The pieces of two plans, or two calls, over the same time, cut so that they are the same."""
    one, two = next(first, None), next(second, None)
    while one and two:
        end = min(one[1], two[1])
        yield max(one[0], two[0]), end, one[2], two[2]
        if one[1] == end:
            one = next(first, None)
        if two[1] == end:
            two = next(second, None)


def day_classes(intervals: Sequence[Schedule], read: int, begin: int, days: int) -> list[list[int]]:
    """The UTC days from an instant on, as days since 1970: each list has the days that are alike for all intervals.

    A fact of one day of a list is true for all days of the list. read: an index of READINGS.
    """
    found: dict[tuple[object, ...], list[int]] = {}
    for day in range(begin // DAY, begin // DAY + days):
        found.setdefault(tuple(one.table(day, read) for one in intervals), []).append(day)
    return list(found.values())


def spans(plan: CallPlan, begin: int, days: int = 14) -> list[Span]:
    """Times that are worth to be tried from an instant on: some days, and within a year every day on which a clock is
    changed and every day that a condition names by month, day of the month or date, with the days around them."""
    first = begin // DAY
    wanted = set(range(first, first + days))
    for schedule in schedules(plan):
        for day in range(first, first + YEAR):
            if schedule.zone.changes(day) or any(_names(one, day) for one in schedule.conditions):
                wanted.update((day - 1, day, day + 1))
    found: list[Span] = []
    for day in sorted(wanted):
        start, end = max(begin, day * DAY), (day + 1) * DAY
        if found and found[-1][1] >= start:
            found[-1] = (found[-1][0], end)
        elif end > begin:
            found.append((start, end))
    return found


def _names(condition: Condition, day: int) -> bool:
    if condition.moments:
        return condition.cuts(day)
    return bool(condition.month or condition.mdays) and condition.holds_on(Day.of(day), Reading(wraps=True))
