# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Intervals that meet in one list of rules, or on a day of a clock change (T04 to T08, and T10)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..conditions import Day
from ..menus import HangUp, Jump, LeaveMessage, MenuRule, Transfer
from ..schedule import READINGS, Schedule
from ..zone import DAY
from . import times
from .callers import both_fit
from .interval_uses import State, at_least_then, judged, looking, passing, schedule_of, users, when
from .intervals import INTERVAL, tenant
from .kinds import NOTICE, WARNING, Candidate, Witness, check
from .subject import Rule, RuleList, Subject

_QUEUE = """
dids: [{{name: "74950000101", extension: "200"}}]
sounds: [{{title: Hold music, file: hold.wav}}]
intervals:
  - {{name: Morning, timezone: Europe/Berlin, conditions: [{morning}]}}
  - {{name: Evening, timezone: {zone}, conditions: [{evening}]}}
extensions:
  - {{number: "101", type: phone, phone: {{{desk}}}, agents: [{{name: Anna}}]}}
  - {{number: "102", type: phone, phone: {{{desk}}}}}
  - number: "200"
    type: queue
    queue: {{sound_type: music, sound: Hold music, max_wait_time: 90, vm_enabled: true, vm_mailto: c@example.com}}
    queue_agents: [{{agent: 101/Anna}}]
    incom_rules:
      - {{type: transfer, transfer_dst: "101", interval: Morning}}
      - {{type: transfer, transfer_dst: "102", interval: Evening}}
{more}"""
_DESK = "vm_enabled: true, vm_mailto: a@example.com, hangup_timeout: 30"
_LIST = 'extensions[2] "200" > incom_rules'
_REST = "      - {type: voicemail}\n"


def _times(start: str, end: str) -> str:
    return f'{{start_time: "{start}", end_time: "{end}"}}'


def _queue(morning: str, evening: str, zone: str = "Europe/Berlin", more: str = "") -> str:
    return _QUEUE.format(desk=_DESK, morning=morning, evening=evening, zone=zone, more=more)


@check(
    "T04",
    "gap",
    WARNING,
    title="All rules of a list have intervals, and at some time none of them is active.",
    remedy="Add a rule without an interval at the end of the list, or close the gap between the intervals.",
    example=_queue(_times("00:00:00", "11:59:59"), _times("13:00:00", "23:59:59")),
    place=_LIST,
    close=_queue(_times("00:00:00", "12:59:59"), _times("13:00:00", "23:59:59")),
)
def gap(subject: Subject) -> Iterator[Candidate]:
    for rules in subject.lists:
        live = [rule for rule in rules.rules if not rule.dead]
        found = [schedule_of(rule) for rule in live]
        if not rules.known or len(live) < 2 or not all(found) or _is_phone(subject, rules):
            continue
        # A control code may have switched a rule off.
        fixed = _schedules([rule for rule in live if not rule.optional])
        pieces = times.stretches(fixed, subject.assume.reading, subject.now)
        instants = [start for start, dummy, active in pieces if not any(active)]
        if instants:
            message = f"none of its rules holds at {when(_schedules(live)[0], instants[0])}"
            yield Candidate(rules.place, message, passing(subject, rules, instants))


def _is_phone(subject: Subject, rules: RuleList) -> bool:
    return not rules.option and subject.plan.extensions[rules.number].type == "phone"


def _schedules(rules: list[Rule]) -> list[Schedule]:
    """The intervals of rules, each once."""
    found = {one.place: one for one in map(schedule_of, rules) if one}
    return list(found.values())


@check(
    "T05",
    "overlap",
    NOTICE,
    title="Two intervals of one list overlap, and their rules have different results: the order of the rules decides.",
    remedy="Check that the intended rule comes first, or separate the intervals.",
    example=_queue(_times("08:00:00", "14:00:00"), _times("13:00:00", "20:00:00"), more=_REST),
    place=_LIST,
    close=_queue(_times("08:00:00", "12:59:59"), _times("13:00:00", "20:00:00"), more=_REST),
)
def overlap(subject: Subject) -> Iterator[Candidate]:
    for rules in subject.lists:
        live = [rule for rule in rules.rules if not rule.dead]
        for one, other in combinations(live, 2):
            first, second = schedule_of(one), schedule_of(other)
            if not first or not second or first.place == second.place or not _lead_elsewhere(subject, one, other):
                continue
            # The wrong order of these has a class of its own, and the right one is as it should be.
            if days_of_the_year(first) != days_of_the_year(second):
                continue
            read = subject.assume.reading
            instants = list(times.overlap(first, second, read, subject.now))
            if instants:
                message = (
                    f"{_name(first)} and {_name(second)} are both active at {when(first, instants[0])}, "
                    "and only the order of the rules decides"
                )
                states = [(at, True) for at in instants]
                yield Candidate(rules.place, message, looking(subject, [one], first.place, states))


def days_of_the_year(schedule: Schedule) -> bool:
    """Whether every condition of an interval is about days of the year."""
    conditions = schedule.conditions
    return bool(conditions) and all(one.month or one.mdays or one.moments for one in conditions)


def _name(schedule: Schedule) -> str:
    return schedule.place.split(" ", 1)[-1] if "[" in schedule.place else schedule.place


def _lead_elsewhere(subject: Subject, one: Rule, other: Rule) -> bool:
    """Whether two rules can hold for one call, and lead it to different places."""
    first, second = _leads(one), _leads(other)
    if first is None or second is None or first == second or one.about_status or other.about_status:
        return False
    return _both_possible(one, other) and both_fit(subject, one, other)


def _both_possible(one: Rule, other: Rule) -> bool:
    mine, others = one.compiled, other.compiled
    if isinstance(mine, MenuRule) and isinstance(others, MenuRule):
        return not mine.variable or mine.variable != others.variable or mine.value == others.value
    statuses = {one.text("extension_status") or "any", other.text("extension_status") or "any"}
    return statuses != {"registered", "unreachable"}


def _leads(rule: Rule) -> object | None:
    """Where a rule leads a call, None for one that does not lead it away."""
    compiled = rule.compiled
    if not isinstance(compiled, MenuRule):
        return (compiled.action, compiled.group.legs if compiled.group else compiled.sound)
    action = compiled.action
    if isinstance(action, (Jump, LeaveMessage, HangUp)):
        return action
    return (action.group.legs, action.variable) if isinstance(action, Transfer) else None


@check(
    "T06",
    "skipped-hour",
    NOTICE,
    title="On the day of a clock change, an interval is not active, because the clock skips its time.",
    remedy="Let it begin earlier or end later than the hour that the clock skips.",
    example=tenant(_times("02:00:00", "02:59:59")),
    place=INTERVAL,
    close=tenant(_times("01:00:00", "02:59:59")),
)
def skipped_hour(subject: Subject) -> Iterator[Candidate]:
    for interval in judged(subject):
        for instant, ahead in times.clock_changes(interval.schedule, subject.now):
            last = interval.schedule.zone.local(instant)
            if ahead > 0 and _lies_in(interval.schedule, last - ahead, last, subject.assume.reading):
                shown = when(interval.schedule, instant)
                message = f"it is not active before {shown}, because the clock change skips its time"
                yield Candidate(interval.item.where, message, at_least_then(subject, interval, [(instant, False)]))


def _lies_in(schedule: Schedule, first: int, last: int, read: int) -> bool:
    """Whether all of the time of a condition lies in some local seconds of a day. last: the first one after them."""
    reading = READINGS[read]
    for one in schedule.conditions:
        if not one.times and not one.moments:
            continue
        for day in sorted({first // DAY, (last - 1) // DAY}):
            spans = list(one.spans(day, reading)) if one.holds_on(Day.of(day), reading) else []
            if one.moments and not first <= one.moments[0] <= one.moments[1] < last:
                spans = []
            if spans and all(first <= day * DAY + start and day * DAY + end <= last for start, end in spans):
                return True
    return False


@check(
    "T07",
    "doubled-hour",
    NOTICE,
    title="On the day of a clock change, an interval is active twice, because the clock repeats its time.",
    remedy="Let it begin earlier or end later than the hour that the clock repeats.",
    example=tenant(_times("02:00:00", "02:30:00")),
    place=INTERVAL,
    close=tenant(_times("03:00:00", "03:30:00")),
)
def doubled_hour(subject: Subject) -> Iterator[Candidate]:
    read = subject.assume.reading
    for interval in judged(subject):
        schedule = interval.schedule
        for instant, ahead in times.clock_changes(schedule, subject.now):
            begin = instant + ahead
            days = range(begin // DAY, instant // DAY + 1)
            inside = [edge for day in days for edge in schedule.changes(day, read) if begin < edge < instant]
            local = schedule.zone.local(instant)
            if ahead < 0 and (inside or _lies_in(schedule, local, local - ahead, read)):
                first = min(at for at in (begin, *inside) if schedule.active(at, read))
                message = f"it is active at {when(schedule, first)} and again at {when(schedule, first - ahead)}"
                states: list[State] = [(first, True), (first - ahead, True)]
                yield Candidate(interval.item.where, message, at_least_then(subject, interval, states))


@check(
    "T08",
    "one-second",
    NOTICE,
    title="Between two intervals, or two conditions, there is a gap or an overlap of one second.",
    remedy="If one begins at 12:00:00, end the one before at 11:59:59: the second of the end belongs to the interval.",
    example=_queue(_times("00:00:00", "12:00:00"), _times("12:00:00", "23:59:59")),
    place='intervals[0] "Morning"',
    close=_queue(_times("00:00:00", "11:59:59"), _times("12:00:00", "23:59:59")),
)
def one_second(subject: Subject) -> Iterator[Candidate]:
    for interval in judged(subject):
        for at in _lone_gaps([interval.schedule], subject):
            message = f"it is not active for one second, at {when(interval.schedule, at)}"
            yield Candidate(interval.item.where, message, at_least_then(subject, interval, [(at, False)]))
    for rules in subject.lists:
        live = [rule for rule in rules.rules if not rule.dead]
        schedules = _schedules(live)
        if len(schedules) > 1:
            yield from _between(subject, schedules)


def _lone_gaps(schedules: list[Schedule], subject: Subject) -> Iterator[int]:
    """Seconds in which none of some intervals is active, although one is just before, and one just after."""
    read = subject.assume.reading
    for start, end, active in times.stretches(schedules, read, subject.now):
        if end - start == 1 and not any(active):
            before = any(one.active(start - 1, read) for one in schedules)
            if before and any(one.active(end, read) for one in schedules):
                yield start


def _between(subject: Subject, schedules: list[Schedule]) -> Iterator[Candidate]:
    """The gaps and overlaps of one second between the intervals of one list."""
    read = subject.assume.reading
    for at in _lone_gaps(schedules, subject):
        [ending, *dummy] = [one for one in schedules if one.active(at - 1, read)]
        message = f"no interval of the list is active for one second, at {when(ending, at)}"
        yield Candidate(ending.place, message, _second(subject, ending, at, False))
    for one, other in combinations(schedules, 2):
        for start, end, active in times.stretches((one, other), read, subject.now):
            if end - start > 1 or not all(active):
                continue
            before = (one.active(start - 1, read), other.active(start - 1, read))
            after = (one.active(end, read), other.active(end, read))
            if {before, after} == {(True, False), (False, True)}:
                ending, following = (one, other) if before[0] else (other, one)
                message = f"it is active for one second together with {_name(following)}, at {when(ending, start)}"
                yield Candidate(ending.place, message, _second(subject, ending, start, True))


def _second(subject: Subject, schedule: Schedule, at: int, active: bool) -> Iterator[Witness]:
    return looking(subject, users(subject, schedule.place), schedule.place, [(at, active)])


@check(
    "T10",
    "mixed-zones",
    WARNING,
    title="One list of rules uses intervals of several time zones.",
    remedy="Write all intervals of the list in one time zone.",
    example=_queue(_times("08:00:00", "11:59:59"), _times("13:00:00", "20:00:00"), "Europe/London", _REST),
    place=_LIST,
    close=_queue(_times("08:00:00", "11:59:59"), _times("13:00:00", "20:00:00"), more=_REST),
)
def mixed_zones(subject: Subject) -> Iterator[Candidate]:
    read = subject.assume.reading
    for rules in subject.lists:
        live = [rule for rule in rules.rules if not rule.dead and schedule_of(rule)]
        for one, other in combinations(live, 2):
            first, second = schedule_of(one), schedule_of(other)
            if not first or not second or first.zone.name == second.zone.name:
                continue
            moved = times.in_zone(second, first)
            states = [(at, second.active(at, read)) for at in times.differ(second, moved, read, subject.now)]
            message = f"its rules use the time zones {first.zone.name} and {second.zone.name}"
            yield Candidate(rules.place, message, looking(subject, [other], second.place, states))
