# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conditions of an interval (semantics.md section 4): which are refused, and how their unset parts are answered."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .call import Body, Call
from .errors import bad
from .validation import moment

RANGES = {
    "month": (1, 12), "start_mday": (1, 31), "end_mday": (1, 31), "start_dow": (1, 7), "end_dow": (1, 7),
    "sched_active_days": (1, 366), "sched_skip_days": (1, 366),
}  # fmt: skip
PAIRS = ("mday", "dow", "time", "datetime")
TEXTS = ("start_time", "end_time", "start_datetime", "end_datetime", "sched_start_date")


def check_timezone(name: str) -> None:
    """Refuse a name that is not an IANA time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise bad("timezone", f"no time zone {name!r}") from None


def check_conditions(conditions: list[Body]) -> None:
    """Refuse parts out of range, halves of pairs, and pairs that end before they start."""
    for index, condition in enumerate(conditions):
        where = f"conditions.{index}"
        parts = {name: value for name, value in condition.items() if value not in (None, 0)}
        for name, (low, high) in RANGES.items():
            if name in parts and not low <= parts[name] <= high:
                raise bad(f"{where}.{name}", f"must be from {low} to {high}")
        for name in parts.keys() & set(TEXTS):
            try:
                _parse(name, parts[name])
            except ValueError:
                raise bad(f"{where}.{name}", f"{parts[name]!r} is not valid") from None
        for pair in PAIRS:
            start, end = parts.get(f"start_{pair}"), parts.get(f"end_{pair}")
            if (start is None) != (end is None):
                raise bad(
                    f"{where}.{'end' if end is None else 'start'}_{pair}", "the other half of the pair is missing"
                )
            if start is not None and pair != "dow" and start > end:
                raise bad(f"{where}.end_{pair}", f"is before start_{pair}")
        if not parts:
            raise bad(where, "is empty")


def _parse(name: str, text: str) -> Any:
    if name.endswith("_datetime"):
        return moment(text)
    if name.endswith("_date"):
        return date.fromisoformat(text)
    if len(text) != len("00:00:00"):
        raise ValueError(text)
    return time.fromisoformat(text)


def spell_condition(call: Call, condition: Body) -> Body:
    """One condition of an answer, its unset parts as the dialect spells them."""
    parts = {name: value for name, value in condition.items() if value not in (None, 0)}
    spelling = call.dialect("condition_unset")
    if spelling == "omitted":
        return parts
    unset = dict.fromkeys(RANGES, 0 if spelling == "zero" else None)
    return {**dict.fromkeys(TEXTS), **unset, **parts}
