# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conditions of a calendar hold in just the minutes of its events, which another way finds without a library."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.telops.pbx.plugins.filter.days_off import calendar
from tests.unit.model.naive_calendar import DAY, WEEKDAYS, Event, Moved, Rule, Span, Style, text_of

CALENDARS = int(os.environ.get("PBX_TEST_EXAMPLES", "8"))
YEAR = 2027
# All times of these calendars begin and end at a multiple of it.
STEP = timedelta(minutes=5)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
PLACES = ("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Tokyo", "UTC")
# The clocks are changed on these days somewhere.
CHANGES = [date(2027, 3, 14), date(2027, 3, 28), date(2027, 10, 31), date(2027, 11, 7)]


def some_rule(dice: random.Random, first: date) -> Rule:
    end = {"count": dice.randint(1, 8)} if dice.random() < 0.4 else (
        {"until": first + timedelta(dice.randint(0, 700))} if dice.random() < 0.6 else {}
    )  # fmt: skip
    own = WEEKDAYS[first.weekday()]
    number = (first.day - 1) // 7 + 1
    last = (first + 7 * DAY).month != first.month
    ordinal = "-1" + own if last and dice.random() < 0.6 else f"{number}{own}" if number < 5 else f"-1{own}"
    from_end = first.day - ((first.replace(day=28) + 4 * DAY).replace(day=1) - DAY).day - 1
    kinds = [
        Rule("DAILY", dice.randint(1, 9)),
        Rule("WEEKLY", dice.randint(1, 3), tuple(sorted({own, dice.choice(WEEKDAYS)}, key=WEEKDAYS.index))),
        Rule("WEEKLY", dice.randint(1, 2)),
        Rule("MONTHLY", dice.randint(1, 3)),
        Rule("MONTHLY", dice.randint(1, 2), (ordinal,)),
        Rule("MONTHLY", 1, (), (), (from_end,)),
        Rule("MONTHLY", 1, (), (), (first.day,)),
        Rule("YEARLY"),
        Rule("YEARLY", dice.randint(1, 2), (ordinal,), (first.month,)),
        Rule("YEARLY", 1, (), (first.month,), (first.day,)),
        Rule("YEARLY", 1, (), tuple(sorted({first.month, 12})), (first.day,)),
        Rule("WEEKLY", 2, tuple(sorted({own, dice.choice(WEEKDAYS)}, key=WEEKDAYS.index)), week_start="SU"),
        Rule("YEARLY", 1, ("-1SU",) if own == "SU" and last else (own,), (first.month,)),
    ]
    if first.weekday() < 5:
        workdays = [day for day in range(1, first.day + 1) if first.replace(day=day).weekday() < 5]
        kinds += [Rule("MONTHLY", 1, WEEKDAYS[:5], set_pos=len(workdays))] * 2
    return Rule(**{**dice.choice(kinds).__dict__, **end})


def some_event(dice: random.Random) -> Event:
    first = date(dice.choice([2024, 2026, 2027, 2027]), dice.randint(1, 12), dice.randint(1, 28))
    if dice.random() < 0.1:
        first = date(2024, 2, 29)
    if dice.random() < 0.15:
        first = dice.choice([date(2026, 12, 31), date(2027, 12, 31), date(2027, 1, 1), *CHANGES])
    if dice.random() < 0.2:
        # A series that begins shortly before the clocks are changed.
        first = dice.choice(CHANGES) - timedelta(dice.randint(1, 10))
    whole = dice.random() < 0.45
    zone = "" if whole else dice.choice(["", "UTC", "Europe/Berlin", "Europe/London", "America/New_York", "Asia/Tokyo"])
    clock = timedelta() if whole else timedelta(minutes=dice.randrange(0, 1440, 5))
    length = (
        DAY * dice.choice([1, 1, 1, 2, 5, 17])
        if whole
        else timedelta(minutes=dice.choice([5, 60, 90, 600, 1440, 3000]))
    )
    start = datetime.combine(first, datetime.min.time()) + clock
    event = Event(start, length, whole, zone, cancelled=dice.random() < 0.05)
    if dice.random() < 0.35:
        return event
    rule = some_rule(dice, first)
    days = [day for day in rule.days(first) if day.year <= YEAR + 1]
    without = tuple(dice.sample(days[1:], min(len(days) - 1, dice.choice([0, 0, 1, 2])))) if len(days) > 1 else ()
    left = [day for day in days[1:] if day not in without]
    moved = []
    for day in dice.sample(left, min(len(left), dice.choice([0, 0, 1, 2]))):
        to = datetime.combine(day, start.time()) + timedelta(days=dice.randint(-9, 9))
        to += timedelta() if whole else timedelta(minutes=dice.randrange(0, 240, 5))
        moved.append(Moved(day, None if dice.random() < 0.3 else to, length))
    if left and not moved and dice.random() < 0.3:
        # All from one on begin later, and last longer.
        day = dice.choice(left)
        later = datetime.combine(day, start.time()) + (DAY if whole else timedelta(minutes=dice.choice([5, 60, 1500])))
        moved.append(Moved(day, later, length * 2, onwards=True))
    further = () if moved or dice.random() < 0.7 else tuple(
        day for day in (first + timedelta(dice.randint(1, 400)) for dummy in range(2)) if day not in days
    )  # fmt: skip
    return Event(
        start, length, whole, zone, rule, without, tuple(dict.fromkeys(further)), tuple(moved), event.cancelled
    )


def some_style(dice: random.Random) -> Style:
    return Style(dice.random() < 0.4, dice.choice(["\r\n", "\n", "mixed"]), dice.choice([75, 75, 20, 9]),
                 dice.random() < 0.3, dice.random() < 0.5, dice.random() < 0.3, dice.random() < 0.3,
                 dice.random() < 0.3)  # fmt: skip


def in_question(event: Event) -> bool:
    """A series with a time during which its clocks are changed, or that begins or ends in an hour that they show twice
    or never: the standard can be read in two ways."""
    if event.whole or not event.rule or event.zone in ("UTC", "Asia/Tokyo"):
        return False
    place = ZoneInfo(event.zone or "Europe/Berlin")
    return any(
        (first - HOUR).astimezone(place).utcoffset() != (last + HOUR).astimezone(place).utcoffset()
        for first, last in event.spans(place)
    )


def minutes(spans: list[Span], place: ZoneInfo) -> set[datetime]:
    """The minutes of the clocks of a place, in the year, that are in one of the times."""
    found = set()
    for first, last in spans:
        at = max(first, datetime(YEAR - 1, 12, 30, tzinfo=UTC))
        stop = min(last, datetime(YEAR + 1, 1, 2, tzinfo=UTC))
        while at < stop:
            clock = at.astimezone(place).replace(tzinfo=None)
            if clock.year == YEAR:
                found.add(clock)
            at += STEP
    return found


def told(conditions: list[dict[str, str]], place: ZoneInfo) -> set[datetime]:
    found = set()
    for one in conditions:
        at, last = (datetime.fromisoformat(one[name]) for name in ("start_datetime", "end_datetime"))
        assert (at.minute % 5, at.second, (last + SECOND).minute % 5, (last + SECOND).second) == (0, 0, 0, 0)
        at, last = max(at, datetime(YEAR, 1, 1)), min(last, datetime(YEAR, 12, 31, 23, 59, 59))
        while at <= last:
            # No clock shows the hour that is left out when clocks are put forward.
            there = at.replace(tzinfo=place).astimezone(UTC).astimezone(place).replace(tzinfo=None) == at
            if there:
                found.add(at)
            at += STEP
    return found


def calendars() -> Iterator[tuple[int, list[Event], Style, str, random.Random]]:
    for seed in range(CALENDARS):
        dice = random.Random(seed)  # noqa: S311
        events = [one for one in (some_event(dice) for dummy in range(dice.randint(1, 4))) if not in_question(one)]
        yield seed, events, some_style(dice), dice.choice(PLACES), dice


def test_conditions_hold_in_the_minutes_of_the_events() -> None:
    seen = 0
    for seed, events, style, zone, dice in calendars():
        place = ZoneInfo(zone)
        wanted = set().union(*(minutes(list(one.spans(place)), place) for one in events))
        text = text_of(events, style, dice)
        context = (seed, zone, events, text.decode("utf-8", "replace"))
        seen += len(wanted)
        if wanted:
            found = told(calendar(text.decode("utf-8", "surrogateescape"), zone, YEAR), place)
            assert (sorted(wanted - found)[:3], sorted(found - wanted)[:3]) == ([], []), context
        else:
            with pytest.raises(AnsibleFilterError, match=f"has no events in {YEAR}"):
                calendar(text.decode("utf-8", "surrogateescape"), zone, YEAR)
    assert seen > 100 * CALENDARS
