# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The calls of an extension that were recorded (operations.json ``.../record/``; semantics.md section 5, record)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import MAXYEAR, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from ..field import Field, choice, number, text
from ..reading import Reading

SECOND = timedelta(seconds=1)
NOTHING = timedelta()
LAST_SECOND = time(23, 59, 59)
UTC = timezone.utc
SPAN = (Field("start_datetime", "datetime", required=True), Field("end_datetime", "datetime", required=True))
ORDER = choice("order", "desc", "asc", defaults=("desc",))

RECORD = Reading(
    name="record",
    title="record",
    path="/extension/{extension}/record/",
    paged=True,
    identity="record_uuid",
    list_query=(*SPAN, ORDER),
    fields=(
        text("record_uuid", read_only=True),
        text("call_uuid", read_only=True),
        text("flow", read_only=True),
        text("init_time_gmt", read_only=True),
        text("start_time_gmt", read_only=True),
        text("hangup_time_gmt", read_only=True),
        number("duration", read_only=True),
        text("result", read_only=True),
        text("calls_result", read_only=True),
        text("application", read_only=True),
        text("ani_number", read_only=True),
        text("calls_hangup_disposition", read_only=True),
        number("client_owner_id", read_only=True),
        text("dest_domain", read_only=True),
        text("dest_number", read_only=True),
        text("did_domain", read_only=True),
        text("did_number", read_only=True),
        text("ext_number_reg", read_only=True),
        number("extension_group_owner_id", read_only=True),
        number("extension_id", read_only=True),
        text("extension_name", read_only=True),
        text("extension_type", read_only=True),
        text("from_domain", read_only=True),
        text("from_screen_name", read_only=True),
        text("from_username", read_only=True),
        text("hangup_cause", read_only=True),
        text("hangup_disposition", read_only=True),
        number("record_file_size", read_only=True),
        text("source_domain", read_only=True),
        text("source_number", read_only=True),
        text("to_domain", read_only=True),
        text("to_username", read_only=True),
    ),
)

# The sums of a span.
RECORD_STATS = Reading(
    name="record_stats",
    title="sum of records",
    path=RECORD.path + "stats/",
    kind="singleton",
    list_query=SPAN,
    fields=(number("records_count", read_only=True), number("files_size", read_only=True)),
)


def windows(start: datetime, end: datetime, apart: timedelta) -> Iterator[tuple[datetime, datetime]]:
    """A span in the pieces that the API takes, in order: each ends with the month after its start, at the latest
    (semantics.md section 3, dates). Both ends belong to a piece.

    apart: from the end of a piece to the start of the next one. Calls begin at parts of a second (semantics.md
    section 3, dates), so that pieces which do not share a second may miss one that began between them.
    """
    while start <= end:
        last = min(end, _latest_end(start))
        yield start, last
        if last == end:
            return
        start = last + apart


def _latest_end(start: datetime) -> datetime:
    months = start.year * 12 + start.month + 1
    if months // 12 > MAXYEAR:
        return start.replace(month=12, day=31, hour=23, minute=59, second=59)
    return start.replace(months // 12, months % 12 + 1, 1, 0, 0, 0) - SECOND


def zone_of(name: str) -> tzinfo:
    """The time zone of that name. Raises ValueError where it is not known here."""
    if name.upper() == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise ValueError(f"{name!r} is no time zone") from None


def moment(written: str, zone: tzinfo, last: bool = False) -> datetime:
    """A time as people write it, in UTC and in whole seconds. zone: that of a time which names none.

    last: it ends a span, which a day that is written without a time then belongs to as a whole. Where clocks are put
    back, a time without a zone comes twice, and the span gets longer rather than shorter. Raises ValueError for a text
    that is no date and time.
    """
    written = re.sub(r"[Zz]$", "+00:00", written.strip())
    try:
        found = datetime.combine(date.fromisoformat(written), LAST_SECOND if last else time())
    except ValueError:
        found = datetime.fromisoformat(written)
    if found.microsecond:
        found = found.replace(microsecond=0) + (SECOND if last else NOTHING)
    zones = [found] if found.tzinfo else [found.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    try:
        both = [one.astimezone(UTC) for one in zones]
    except OverflowError:
        raise ValueError(f"{written} lies outside of the calendar") from None
    return max(both) if last else min(both)
