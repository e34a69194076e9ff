# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Live, Refusal, Step, get

RECORDS = "/extension/5001/record/"
SPAN = {"start_datetime": "2026-01-15 10:00:00", "end_datetime": "2026-02-20T08:30:00+02:00"}
DAYS = {"start_datetime": "2026-01-15", "end_datetime": "2026-01-20", "timezone": "Europe/Berlin"}


def record(name: str, began: str) -> Live:
    return Live("record", {"record_uuid": name, "init_time_gmt": began, "record_file_size": 100})


CASE = Case(
    module="pbx_record_info",
    extension=PHONE,
    live=(
        record("before", "2026-01-14 22:59:59.99"),
        record("first", "2026-01-14 23:00:00"),
        record("last", "2026-01-20 22:59:59"),
        record("after", "2026-01-20 23:00:00"),
    ),
    steps=(
        Step(
            "read",
            {**SPAN, "timezone": "Europe/Berlin"},
            (get(RECORDS),),
            finds=("record_uuid", "last", "after"),
        ),
        Step(
            "count",
            {**SPAN, "stats": True, "order": "asc", "limit": 1},
            (get(RECORDS), get(RECORDS + "stats/")),
            finds=("record_uuid", "last"),
        ),
        Step("read the newest", {**DAYS, "limit": 1}, (get(RECORDS),), finds=("record_uuid", "last")),
        Step(
            "read the oldest",
            {**DAYS, "limit": 1, "order": "asc"},
            (get(RECORDS),),
            finds=("record_uuid", "first"),
        ),
    ),
    refusals=(
        Refusal({}, "missing required arguments: start_datetime"),
        Refusal({**SPAN, "limit": 0}, "limit is 0; it starts at 1"),
        Refusal(
            {"start_datetime": "yesterday", "timezone": "Mars"},
            'timezone "Mars" is not known here; give a name such as Europe/Berlin\n'
            'start_datetime "yesterday" is no time; write it as 2026-01-31 08:00:00 or 2026-01-31T08:00:00+01:00',
        ),
        Refusal(
            {"start_datetime": "", "end_datetime": "0001-01-01T00:00:00+05:00"},
            'start_datetime "" is no time; write it as 2026-01-31 08:00:00 or 2026-01-31T08:00:00+01:00\n'
            'end_datetime "0001-01-01T00:00:00+05:00" is no time; write it as 2026-01-31 08:00:00 or '
            "2026-01-31T08:00:00+01:00",
        ),
        Refusal(
            {"start_datetime": "2026-02-01", "end_datetime": "2026-01-01"},
            "start_datetime is after end_datetime; the span would hold nothing",
        ),
    ),
)
