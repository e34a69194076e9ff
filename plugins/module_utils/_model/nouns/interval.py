# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A time interval (operations.json ``.../interval/``; conditions in semantics.md section 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ..field import Field, items, number, text
from ..noun import Noun
from ..sentence import Odd, after
from ..values import same

PAIRS = (
    ("start_mday", "end_mday"),
    ("start_dow", "end_dow"),
    ("start_time", "end_time"),
    ("start_datetime", "end_datetime"),
)
MAY_WRAP = "start_dow"
MIDNIGHT, BEFORE_MIDNIGHT = "00:00:00", "23:59:59"
MOMENTS = ("start_time", "start_datetime")
LONGEST_MONTH = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
LIMITS = {"month": (1, 12), "start_mday": (1, 31), "end_mday": (1, 31), "start_dow": (1, 7), "end_dow": (1, 7)}
SHIFT = ("sched_start_date", "sched_active_days", "sched_skip_days")

MONTHS = "1 is January, 12 is December"
WEEKDAYS = "write a day such as mon, or its number: 1 is Sunday, 2 is Monday, and so on to 7, which is Saturday"

CONDITION = (
    number("month", hint=MONTHS),
    number("start_mday"),
    number("end_mday"),
    number("start_dow", kind="weekday", hint=WEEKDAYS),
    number("end_dow", kind="weekday", hint=WEEKDAYS),
    Field("start_time", "time"),
    Field("end_time", "time"),
    Field("start_datetime", "datetime"),
    Field("end_datetime", "datetime"),
    Field("sched_start_date", "date"),
    number("sched_active_days"),
    number("sched_skip_days"),
)
CONDITIONS = items("conditions", CONDITION, required=True, ordered=False)


def over_midnight(condition: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A condition as the PBX takes it: one that goes over midnight becomes two, the second of them on the next day.

    It stays as it is where the next day cannot be said in one condition: at the end of a month.
    """
    found = {name: value for name, value in condition.items() if value not in (None, "", 0)}
    start, end = found.get("start_time"), found.get("end_time")
    if not (start and end and start > end) or "start_datetime" in found:
        return [dict(condition)]
    evening = {**found, "end_time": BEFORE_MIDNIGHT}
    morning = {**_next_day(found), "start_time": MIDNIGHT}
    if len(morning) == 1:
        return [dict(condition)]
    return [evening, morning] if end > MIDNIGHT else [evening]


def _next_day(condition: Mapping[str, Any]) -> dict[str, Any]:
    """The condition one day later; nothing where that day may be in another month."""
    found = dict(condition)
    if "month" in found or "start_mday" in found:
        last = found.get("end_mday", 31)
        # A February may have 28 days.
        longest = (
            min(LONGEST_MONTH.get(found["month"], 31), 28 if found["month"] == 2 else 31) if "month" in found else 0
        )
        if last >= longest:
            return {}
        found.update(start_mday=found["start_mday"] + 1, end_mday=last + 1)
    # The whole week is the whole week a day later too.
    if "start_dow" in found and (found["start_dow"], found.get("end_dow")) != (1, 7):
        found.update({name: found[name] % 7 + 1 for name in ("start_dow", "end_dow") if name in found})
    if SHIFT[0] in found:
        found[SHIFT[0]] = (date.fromisoformat(found[SHIFT[0]]) + timedelta(days=1)).isoformat()
    return found


def split_nights(declared: Mapping[str, Any], current: Mapping[str, Any]) -> dict[str, Any]:
    """Declared values, in which conditions over midnight are two, unless the PBX holds just this condition already."""
    conditions, held = declared.get("conditions"), current.get("conditions")
    if not isinstance(conditions, list):
        return dict(declared)
    # Sentences about conditions name them by their places, so that new ones come last.
    found: list[Any] = list(conditions)
    mornings: list[Any] = []
    for index, one in enumerate(conditions):
        if not (isinstance(held, list) and any(same(CONDITIONS, [one], [other]) for other in held)):
            found[index], *morning = over_midnight(one)
            mornings += morning
    return {**declared, "conditions": [*found, *mornings]}


def condition_problems(condition: Mapping[str, Any]) -> Iterator[str]:
    """Yield the mistakes in one condition, by the rules of semantics.md section 4; a mere doubt is marked as Odd."""
    given = {name: value for name, value in condition.items() if value not in (None, "")}
    if not given:
        yield "is empty; give it a date, a day or a time"
    for start, end in PAIRS:
        if (start in given) != (end in given):
            present, missing = (start, end) if start in given else (end, start)
            yield f"has {present} without {missing}; give both"
        elif start in given and start != MAY_WRAP and given[start] > given[end]:
            hint = (
                "; write two conditions, one until midnight and one for the next day" if start == "start_time" else ""
            )
            yield f"has {start} {given[start]}, which is after {end} {given[end]}{hint}"
        elif start in MOMENTS and start in given and given[start] == given[end]:
            yield Odd(f"has {start} and {end} {given[start]}, so that it holds for one second")
    for name, (low, high) in LIMITS.items():
        if name in given and not low <= given[name] <= high:
            yield f"has {name} {given[name]}; it goes from {low} to {high}"
    longest = LONGEST_MONTH.get(given.get("month", 0), 31)
    if "month" in given and given.get("start_mday", 0) > longest:
        yield f"never holds, since month {given['month']} has no day {given['start_mday']}"
    if any(name in given for name in SHIFT):
        for name in SHIFT:
            if name not in given:
                yield f"is a shift pattern without {name}; it needs {', '.join(SHIFT)}"
            elif name != SHIFT[0] and given[name] < 1:
                yield f"has {name} {given[name]}; it starts at 1"
    if "start_datetime" in given:
        ignored = sorted(set(given) - {"start_datetime", "end_datetime"})
        if ignored:
            yield Odd(f"has start_datetime, beside which {', '.join(ignored)} is ignored; make it two conditions")


def check_conditions(declared: Mapping[str, Any], _merged: Mapping[str, Any]) -> tuple[str, ...]:
    """The problems of all conditions; one that is on the PBX already is None here."""
    return tuple(
        after(f"conditions[{index}] ", problem)
        for index, condition in enumerate(declared.get("conditions") or ())
        if condition is not None
        for problem in condition_problems(condition)
    )


FIELDS = (
    text("name", required=True),
    text("timezone", required=True, kind="zone"),
    CONDITIONS,
    number("extension_id", read_only=True),
    number("client_id", read_only=True),
    number("dealer_id", read_only=True),
    number("id", read_only=True),
)

INTERVAL = Noun(
    name="interval",
    title="interval",
    path="/extension/{extension}/interval/",
    full_update=True,
    checks=(check_conditions,),
    settle=split_nights,
    shared="tenant_interval",
    missed="nobody knows whether the rule still runs",
    fields=FIELDS,
)

TENANT_INTERVAL = Noun(
    name="tenant_interval",
    title="tenant interval",
    path="interval/",
    parents=(),
    full_update=True,
    checks=(check_conditions,),
    settle=split_nights,
    fields=FIELDS,
)
