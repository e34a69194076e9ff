# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Which rules name an interval, and calls that look at it at a chosen instant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..._state.snapshot import NamedItem
from ..call import Call
from ..calltest.moments import local_text
from ..calltest.seen import Seen
from ..calltest.subject import TENANT
from ..explore_worlds import FAIR
from ..schedule import Schedule
from .claims import Shows
from .kinds import Witness
from .subject import Rule, RuleList, Subject
from .ways import Tried

# How many ways to a place are tried at another time than that at which they were found.
_MOST_WAYS = 6
_MOST_INSTANTS = 12

# An instant, and whether the interval is active then.
State = tuple[int, bool]


class Interval(NamedTuple):
    """An interval. number: of the extension that has it, TENANT for one of the tenant.

    schedule: None where it cannot be judged.
    """

    item: NamedItem
    number: str
    schedule: Schedule | None


class Judged(NamedTuple):
    """An interval that can be judged. item: as it is declared."""

    item: NamedItem
    number: str
    schedule: Schedule


def intervals(subject: Subject) -> Iterator[Interval]:
    """All intervals, in the order of the document."""
    for key, items in subject.state.lists.items():
        if key.noun in ("interval", "tenant_interval"):
            number = key.place[0] if key.place else TENANT
            for item in items:
                found = subject.names.intervals[number].get(item.name)
                # If several have one name, rules mean the first.
                yield Interval(item, number, found if found and found.place == item.where else None)


def judged(subject: Subject) -> Iterator[Judged]:
    """Those that can be judged."""
    for item, number, schedule in intervals(subject):
        if schedule is not None:
            yield Judged(item, number, schedule)


def schedule_of(rule: Rule) -> Schedule | None:
    """The interval that a rule names, if it can be judged."""
    guard = rule.compiled.guard
    return guard.schedule if guard else None


def users(subject: Subject, place: str) -> list[Rule]:
    """The rules that name an interval, but for those that nothing switches on."""
    found = []
    for rule in subject.rules:
        guard = rule.compiled.guard
        if guard and not rule.dead and place in (guard.no_interval, guard.schedule and guard.schedule.place):
            found.append(rule)
    return found


def looking(subject: Subject, rules: Sequence[Rule], place: str, states: Iterable[State]) -> Iterator[Witness]:
    """Calls that look at an interval at an instant, when it is in this state. rules: those through which they do."""
    wanted = list(states)[:_MOST_INSTANTS]
    for at, active in wanted:
        for rule in rules:
            yield Witness(Call(rule.number, at=at), _sees(place, active))
    for rule in rules:
        for way, later in _ways(subject, _list_of(subject, rule)):
            for at, active in wanted:
                yield Witness(replace(way.call, at=at - later), _sees(place, active), way.world)


def at_least_then(subject: Subject, interval: Judged, states: Iterable[State]) -> Iterator[Witness]:
    """Calls that look at an interval at an instant; where no call does, one that arrives at the instant."""
    wanted = list(states)
    yield from looking(subject, users(subject, interval.item.where), interval.item.where, wanted)
    schedule, read = interval.schedule, subject.assume.reading
    number = interval.number or next(iter(subject.plan.extensions), "")
    for at, active in wanted:
        if schedule.active(at, read) == active:
            yield Witness(Call(number, at=at), lambda found: True)


def _sees(place: str, active: bool) -> Shows:
    def shows(found: Seen) -> bool:
        at, assume = found.call.at or 0, found.assume
        return any(
            schedule.place == place
            and schedule.active(at + t // 1000 if assume.interval_clock == "now" else at, assume.reading) == active
            for schedule, t in found.answer.reads
        )

    return shows


def _list_of(subject: Subject, rule: Rule) -> RuleList:
    """The list in which a rule stands."""
    return next(one for one in subject.lists if any(other.place == rule.place for other in one.rules))


def _ways(subject: Subject, rules: RuleList) -> list[tuple[Tried, int]]:
    """A few calls that come to the rules of an option at some time, and after how many seconds."""
    found: dict[object, tuple[Tried, int]] = {}
    option = (rules.number, rules.context, rules.option)
    for tried in subject.ways.entering(*option) if rules.option else ():
        for event in tried.answer.raw:
            if event[1] == "menu" and event[2:5] == option:
                found.setdefault((tried.call.press, event[0]), (tried, event[0] // 1000))
        if len(found) >= _MOST_WAYS:
            break
    return list(found.values())


def passing(subject: Subject, rules: RuleList, states: Iterable[int]) -> Iterator[Witness]:
    """Calls that come to a list of rules when none of its intervals is active. states: instants at which that is so."""
    places = {rule.place for rule in rules.rules}
    schedules = [found for found in map(schedule_of, rules.rules) if found]

    def shows(found: Seen) -> bool:
        if places & set(found.answer.fired) or found.outcome.kind == "unknown":
            return False
        return any(not any(one.active(at, found.assume.reading) for one in schedules) for at in _comes(found, rules))

    wanted = list(states)[:_MOST_INSTANTS]
    for at in wanted:
        yield Witness(Call(rules.number, at=at), shows)
    for way, later in _ways(subject, rules):
        for at in wanted:
            yield Witness(replace(way.call, at=at - later), shows, way.world)
    for tried in subject.ways.all(rules.number, (FAIR,)):
        if shows(Seen(subject.names, tried.call, tried.world, subject.assume, tried.answer)):
            yield Witness(tried.call, shows)


def _comes(found: Seen, rules: RuleList) -> Iterator[int]:
    """When a call has come to a list of rules."""
    at = found.call.at or 0
    for event in found.trace:
        details = event.details
        here = (
            (details.get("extension"), details.get("context"), details.get("option")) if event.event == "menu" else None
        )
        if (
            here == (rules.number, rules.context, rules.option)
            if rules.option
            else (event.event == "extension" and details["number"] == rules.number)
        ):
            yield at + event.t // 1000


def when(schedule: Schedule, instant: int) -> str:
    """An instant as people read it, in the time zone of an interval."""
    return local_text(instant, schedule.zone)
