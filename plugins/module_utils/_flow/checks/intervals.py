# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Intervals with another meaning than they seem to have (T01 to T03, T09, and T11 to T16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..._model.nouns.interval import LONGEST_MONTH
from ..conditions import Condition, Day, condition
from ..schedule import READINGS
from ..zone import DAY
from . import times
from .interval_uses import Judged, State, at_least_then, intervals, judged, users, when
from .kinds import ERROR, NOTICE, WARNING, Candidate, check
from .subject import Subject

_EPOCH = date(1970, 1, 1).toordinal()
NOON = DAY // 2
_MOMENTS = ("start_datetime", "end_datetime")

_TENANT = """
dids: [{name: "74950000101", extension: "101"}]
intervals:
  - name: Closed
    timezone: Europe/Berlin
    conditions: [CONDITIONS]
extensions:
  - number: "101"
    type: phone
    phone: {vm_enabled: true, vm_mailto: desk@example.com}
    incom_rules: [{type: voicemail, interval: Closed}]
"""
INTERVAL = 'intervals[0] "Closed"'


def tenant(conditions: str) -> str:
    """A tenant for an example, whose interval has these conditions."""
    return _TENANT.replace("CONDITIONS", conditions)


def _today(interval: Judged, subject: Subject) -> int:
    return interval.schedule.zone.local(subject.now) // DAY


@check(
    "T01",
    "interval-never",
    WARNING,
    title="An interval is never active from now on.",
    remedy="Add conditions that come again, or remove the interval and the rules that use it.",
    example=tenant(
        '{start_dow: 2, end_dow: 4, sched_start_date: "2026-11-21", sched_active_days: 1, sched_skip_days: 6}'
    ),
    place=INTERVAL,
    close=tenant(
        '{start_dow: 2, end_dow: 4, sched_start_date: "2026-11-23", sched_active_days: 1, sched_skip_days: 6}'
    ),
)
def interval_never(subject: Subject) -> Iterator[Candidate]:
    for interval in judged(subject):
        if times.never(interval.schedule, subject.assume.reading, subject.now):
            conditions = interval.schedule.conditions
            reason = "it has no conditions"
            if conditions:
                today = _today(interval, subject)
                past = all(one.moments and one.moments[1] // DAY < today for one in conditions)
                reason = "all its dates are past" if past else "no time fits its conditions"
            place = interval.item.where
            explained = (place, *(rule.place for rule in users(subject, place)))
            yield Candidate(place, f"it is never active: {reason}", explains=explained)


@check(
    "T02",
    "interval-always",
    WARNING,
    title="An interval is always active, so that rules after one that uses it never run.",
    remedy="Limit the times of the interval, or remove it from the rule.",
    example=tenant('{start_dow: 1, end_dow: 7, start_time: "00:00:00", end_time: "23:59:59"}'),
    place=INTERVAL,
    close=tenant('{start_dow: 1, end_dow: 7, start_time: "00:00:00", end_time: "23:59:58"}'),
)
def interval_always(subject: Subject) -> Iterator[Candidate]:
    for interval in judged(subject):
        if times.always(interval.schedule, subject.assume.reading, subject.now):
            yield Candidate(
                interval.item.where, "it is always active, so that rules behind one that names it never run"
            )


@check(
    "T03",
    "backwards",
    ERROR,
    title="A condition of an interval starts after its end.",
    remedy="Write two conditions, one until midnight or the end of the month, and one for the time after it.",
    example=tenant('{start_time: "22:00:00", end_time: "06:00:00"}, {start_dow: 1, end_dow: 1}'),
    place=INTERVAL,
    close=tenant('{start_time: "22:00:00", end_time: "23:59:59"}, {start_time: "00:00:00", end_time: "06:00:00"}'),
)
def backwards(subject: Subject) -> Iterator[Candidate]:
    for interval in judged(subject):
        for index, one in enumerate(interval.schedule.conditions):
            start = _backwards(one)
            if start:
                states = list(_meant(interval, one, subject))
                shown = f", such as {when(interval.schedule, states[0][0])}" if states else ""
                message = f"conditions[{index}] has {start} after its end, so that it never holds{shown}"
                yield Candidate(interval.item.where, message, at_least_then(subject, interval, states))


def _backwards(one: Condition) -> str:
    if one.times and one.times[0] > one.times[1]:
        return "start_time"
    return "start_mday" if one.mdays and one.mdays[0] > one.mdays[1] else ""


def _meant(interval: Judged, one: Condition, subject: Subject) -> Iterator[State]:
    """Instants at which it was meant to be active, and is not."""
    today = _today(interval, subject)
    first = times.first_day(one, today)
    for day in range(first, first + 14) if first is not None else ():
        seconds = [NOON]
        if one.times:
            seconds = [one.times[0], min(one.times[1], DAY - 1)]
        for second in seconds:
            for at in times.instants(interval.schedule, day * DAY + second):
                if at >= subject.now and not interval.schedule.active(at, subject.assume.reading):
                    yield at, False


@check(
    "T09",
    "holidays-run-out",
    WARNING,
    title="The last date of an interval is past or near, and no later dates are entered.",
    remedy="Add the dates of the next year. Dates with month and day come every year by themselves.",
    example=tenant('{start_datetime: "2026-12-24 00:00:00", end_datetime: "2026-12-26 23:59:59"}'),
    place=INTERVAL,
    close=tenant('{start_datetime: "2027-12-24 00:00:00", end_datetime: "2027-12-26 23:59:59"}'),
)
def holidays_run_out(subject: Subject) -> Iterator[Candidate]:
    for interval in judged(subject):
        dated = [one.moments for one in interval.schedule.conditions if one.moments]
        if not dated or len(dated) < len(interval.schedule.conditions):
            continue
        start, end = max(dated, key=lambda one: one[1])
        left = end // DAY - _today(interval, subject)
        if left < subject.dates_ahead:
            when_over = "which is past" if left < 0 else f"{left} days ahead"
            message = f"its dates reach until {_day(end // DAY)}, {when_over}"
            states = _years_later(interval, start, subject)
            yield Candidate(interval.item.where, message, at_least_then(subject, interval, states))


def _day(number: int) -> str:
    return date.fromordinal(number + _EPOCH).isoformat()


def _years_later(interval: Judged, start: int, subject: Subject) -> Iterator[State]:
    """The same moment of the years to come."""
    first, second = date.fromordinal(start // DAY + _EPOCH), start % DAY
    for year in range(first.year + 1, first.year + 100):
        day = date(year, first.month, min(first.day, 28)).toordinal() - _EPOCH + max(0, first.day - 28)
        for at in times.instants(interval.schedule, day * DAY + second):
            if at > subject.now:
                yield at, False
                return


@check(
    "T11",
    "monday-is-two",
    WARNING,
    title="A range of days of the week begins with 1, which is Sunday; probably Monday was meant.",
    remedy="Count days of the week from 1 for Sunday: Monday to Friday are 2 to 6.",
    example=tenant("{start_dow: 1, end_dow: 5}"),
    place=INTERVAL,
    close=tenant("{start_dow: 2, end_dow: 6}"),
)
def monday_is_two(subject: Subject) -> Iterator[Candidate]:
    for interval in judged(subject):
        for index, one in enumerate(interval.schedule.conditions):
            if one.weekdays in ((1, 5), (1, 6)):
                last = "Thursday" if one.weekdays == (1, 5) else "Friday"
                message = (
                    f"conditions[{index}] goes from Sunday to {last}, since days of the week count from 1 for Sunday"
                )
                states = _sundays(interval, one, subject)
                yield Candidate(interval.item.where, message, at_least_then(subject, interval, states))


def _sundays(interval: Judged, one: Condition, subject: Subject) -> Iterator[State]:
    today, reading = _today(interval, subject), READINGS[subject.assume.reading]
    for number in range(today, today + 400):
        day = Day.of(number)
        if day.weekday == 1 and one.holds_on(day, reading):
            for at in times.instants(interval.schedule, number * DAY + (one.times[0] if one.times else NOON)):
                if at >= subject.now:
                    yield at, True


@check(
    "T12",
    "no-such-day",
    WARNING,
    title="A condition of an interval names a day that its month does not have.",
    remedy="Name a day that the month has.",
    example=tenant("{month: 2, start_mday: 29, end_mday: 30}, {start_dow: 1, end_dow: 1}"),
    place=INTERVAL,
    close=tenant("{month: 2, start_mday: 28, end_mday: 29}, {start_dow: 1, end_dow: 1}"),
)
def no_such_day(subject: Subject) -> Iterator[Candidate]:
    for interval in judged(subject):
        for index, one in enumerate(interval.schedule.conditions):
            longest = LONGEST_MONTH.get(one.month, 31)
            first, last = one.mdays or (1, 1)
            # From the first to the 31st is a way to say the whole month.
            if one.month and last > longest and first > 1:
                message = (
                    f"conditions[{index}] names day {max(first, longest + 1)} of month {one.month}, which has {longest}"
                )
                yield Candidate(interval.item.where, message)


@check(
    "T13",
    "ignored-parts",
    WARNING,
    title="A condition of an interval has dates with times, so that the PBX ignores its other parts.",
    remedy="Make two conditions of it, or use only dates.",
    example=tenant(
        '{start_datetime: "2026-12-24 00:00:00", end_datetime: "2027-12-31 23:59:59", start_dow: 1, end_dow: 1}'
    ),
    place=INTERVAL,
    close=tenant(
        '{start_datetime: "2026-12-24 00:00:00", end_datetime: "2027-12-31 23:59:59"}, {start_dow: 1, end_dow: 1}'
    ),
)
def ignored_parts(subject: Subject) -> Iterator[Candidate]:
    for interval in judged(subject):
        for index, raw in enumerate(interval.item.value("conditions") or ()):
            others = {name: value for name, value in raw.items() if name not in _MOMENTS and value not in (None, "", 0)}
            if others and all(raw.get(name) for name in _MOMENTS):
                message = f"conditions[{index}] has dates with times, beside which {', '.join(others)} is ignored"
                states = list(_included(interval, index, others))
                if states:
                    message += f": it is active on {when(interval.schedule, states[0][0])}"
                yield Candidate(interval.item.where, message, at_least_then(subject, interval, states))


def _included(interval: Judged, index: int, others: Mapping[str, Any]) -> Iterator[State]:
    """Instants at which a condition holds by its dates, and the other parts exclude."""
    moments = interval.schedule.conditions[index].moments
    try:
        meant = condition(others)
    except ValueError:
        meant = None
    if moments is None:
        return
    start, end = moments
    reading = READINGS[0]
    for day in range(start // DAY, min(end // DAY, start // DAY + 400) + 1):
        held = meant is not None and meant.holds_on(Day.of(day), reading)
        spans = list(meant.spans(day, reading)) if meant and held else []
        for second in (NOON, 0, DAY - 1, start % DAY):
            local = day * DAY + second
            if start <= local <= end and not any(first <= second < last for first, last in spans):
                yield from ((at, True) for at in times.instants(interval.schedule, local))


@check(
    "T14",
    "shift-not-yet",
    NOTICE,
    title="A shift pattern of an interval begins in the future.",
    remedy="Check sched_start_date: the condition is not active before it.",
    example=tenant('{sched_start_date: "2027-02-01", sched_active_days: 1, sched_skip_days: 2}'),
    place=INTERVAL,
    close=tenant('{sched_start_date: "2026-02-01", sched_active_days: 1, sched_skip_days: 2}'),
)
def shift_not_yet(subject: Subject) -> Iterator[Candidate]:
    for interval in judged(subject):
        for index, one in enumerate(interval.schedule.conditions):
            if one.shift and one.shift[0] > _today(interval, subject):
                message = f"conditions[{index}] has a shift pattern that begins on {_day(one.shift[0])}"
                yield Candidate(interval.item.where, message, at_least_then(subject, interval, [(subject.now, False)]))


@check(
    "T15",
    "unused-interval",
    NOTICE,
    title="No rule uses an interval.",
    remedy="Remove it, or use it in the rules for which you made it.",
    example=tenant("{start_dow: 1, end_dow: 1}").replace("{type: voicemail, interval: Closed}", ""),
    place=INTERVAL,
    close=tenant("{start_dow: 1, end_dow: 1}"),
)
def unused_interval(subject: Subject) -> Iterator[Candidate]:
    if not subject.whole:
        return
    for interval in intervals(subject):
        if not users(subject, interval.item.where):
            yield Candidate(interval.item.where, "no rule names it")


def _with_one_more(name: str) -> str:
    """The phone of the example has an interval too, of this name."""
    own = f"    intervals: [{{name: {name}, timezone: Europe/Berlin, conditions: [{{start_dow: 7, end_dow: 1}}]}}]\n"
    return tenant("{start_dow: 1, end_dow: 1}").replace("    incom_rules", f"{own}    incom_rules")


@check(
    "T16",
    "same-name",
    WARNING,
    title="An interval of an extension hides a different interval of the tenant with the same name.",
    remedy="Give one of them another name, or remove the one of the extension.",
    example=_with_one_more("Closed"),
    place='extensions[0] "101" > intervals[0] "Closed"',
    close=_with_one_more("Weekend"),
)
def same_name(subject: Subject) -> Iterator[Candidate]:
    for interval in judged(subject):
        shared = subject.names.intervals.get("", {}).get(interval.item.name)
        if not interval.number or shared is None:
            continue
        own, read = interval.schedule, subject.assume.reading
        if (own.zone.name, set(own.conditions)) != (shared.zone.name, set(shared.conditions)):
            states = [(at, own.active(at, read)) for at in times.differ(own, shared, read, subject.now)]
            message = "it hides a different interval of the tenant with the same name"
            if states:
                message += f", such as on {when(own, states[0][0])}"
            yield Candidate(interval.item.where, message, at_least_then(subject, interval, states))
