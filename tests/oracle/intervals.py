# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether an interval is active at an instant: a predicate on the wall clock of its zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

Thing = Mapping[str, Any]


def active(interval: Thing, instant: int, assumptions: Thing) -> bool:
    """instant: seconds since 1970, UTC."""
    local = dt.datetime.fromtimestamp(instant, ZoneInfo(interval["timezone"])).replace(tzinfo=None)
    return any(_holds(condition, local, assumptions) for condition in interval.get("conditions") or ())


def _holds(condition: Thing, local: dt.datetime, assumptions: Thing) -> bool:
    given = {name: value for name, value in condition.items() if value not in (None, "", 0)}
    if not given:
        return bool(assumptions["empty_condition"] == "always")
    if "start_datetime" in given or "end_datetime" in given:
        start, end = _datetime(given["start_datetime"]), _datetime(given["end_datetime"])
        return start <= local < end if assumptions["interval_end"] == "exclusive" else start <= local <= end
    return (
        ("month" not in given or given["month"] == local.month)
        and ("start_mday" not in given or _day_of_month(given, local.day, assumptions))
        and ("start_dow" not in given or _day_of_week(given, local.isoweekday() % 7 + 1))
        and ("start_time" not in given or _time(given, local, assumptions))
        and ("sched_start_date" not in given or _shift(given, local.date(), assumptions))
    )


def _day_of_month(given: Thing, day: int, assumptions: Thing) -> bool:
    start, end = given["start_mday"], given["end_mday"]
    if start <= end:
        return bool(start <= day <= end)
    return bool(assumptions["time_wrap"] == "wraps" and (day >= start or day <= end))


def _day_of_week(given: Thing, day: int) -> bool:
    start, end = given["start_dow"], given["end_dow"]
    return bool(start <= day <= end) if start <= end else bool(day >= start or day <= end)


def _time(given: Thing, local: dt.datetime, assumptions: Thing) -> bool:
    now = local.hour * 3600 + local.minute * 60 + local.second
    start, end = _seconds(given["start_time"]), _seconds(given["end_time"])
    before_end = now < end if assumptions["interval_end"] == "exclusive" else now <= end
    if start <= end:
        return start <= now and before_end
    return bool(assumptions["time_wrap"] == "wraps" and (now >= start or before_end))


def _shift(given: Thing, day: dt.date, assumptions: Thing) -> bool:
    days = (day - dt.date.fromisoformat(given["sched_start_date"])).days
    if days < 0 and assumptions["sched_before_start"] == "never":
        return False
    active_days, skipped = given["sched_active_days"], given["sched_skip_days"]
    return bool(days % (active_days + skipped) < active_days)


def _seconds(text: str) -> int:
    hours, minutes, *seconds = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + (seconds[0] if seconds else 0)


def _datetime(text: str) -> dt.datetime:
    day, _space, time = text.partition(" ")
    return dt.datetime.fromisoformat(day) + dt.timedelta(seconds=_seconds(time or "00:00:00"))
