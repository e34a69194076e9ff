# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import ODD, PHONE, Args, Case, Refusal, Step, delete, get, post, put

WEEK = {"start_dow": 2, "end_dow": 6, "start_time": "9:00", "end_time": "18:00:00"}
XMAS = {"month": 12, "start_mday": 24, "end_mday": 26}
YEAR_END = {"start_datetime": "2026-12-31 12:00", "end_datetime": "2027-01-01 23:59:59"}
SHIFT = {"sched_start_date": "2026-11-23", "sched_active_days": 2, "sched_skip_days": 3}


def holidays(*conditions: Args) -> Args:
    return {"name": "Holidays", "timezone": "UTC", "conditions": list(conditions)}


# Whether the extension is an IVR is not known by its id.
POINTING = (
    get("/extension/5001/incom_rule/"),
    *(get(f"/extension/5001/ivr/{part}/") for part in ("scheme", "context")),
)

CASE = Case(
    module="pbx_interval",
    extension=PHONE,
    steps=(
        Step(
            "create",
            {"name": ODD, "timezone": "Europe/Berlin", "conditions": [WEEK, XMAS, SHIFT]},
            (
                get("/extension/5001/interval/"),
                post(
                    "/extension/5001/interval/",
                    name=ODD,
                    timezone="Europe/Berlin",
                    conditions=[
                        {"start_dow": 2, "end_dow": 6, "start_time": "09:00:00", "end_time": "18:00:00"},
                        {"month": 12, "start_mday": 24, "end_mday": 26},
                        {"sched_start_date": "2026-11-23", "sched_active_days": 2, "sched_skip_days": 3},
                    ],
                ),
            ),
        ),
        Step(
            "update",
            {"name": ODD, "conditions": [YEAR_END, WEEK]},
            (
                get("/extension/5001/interval/"),
                put(
                    "/extension/5001/interval/1",
                    name=ODD,
                    timezone="Europe/Berlin",
                    conditions=[
                        {"start_datetime": "2026-12-31 12:00:00", "end_datetime": "2027-01-01 23:59:59"},
                        {"start_dow": 2, "end_dow": 6, "start_time": "09:00:00", "end_time": "18:00:00"},
                    ],
                ),
            ),
        ),
        Step(
            "move",
            {"name": ODD, "timezone": "UTC"},
            (
                get("/extension/5001/interval/"),
                put(
                    "/extension/5001/interval/1",
                    name=ODD,
                    timezone="UTC",
                    conditions=[
                        {"start_datetime": "2026-12-31 12:00:00", "end_datetime": "2027-01-01 23:59:59"},
                        {"start_dow": 2, "end_dow": 6, "start_time": "09:00:00", "end_time": "18:00:00"},
                    ],
                ),
            ),
        ),
        Step(
            "delete",
            {"name": ODD, "state": "absent"},
            (
                get("/extension/5001/interval/"),
                *POINTING,
                delete("/extension/5001/interval/1"),
            ),
            guards=POINTING,
        ),
    ),
    refusals=(
        Refusal({}, "one of the following is required: name, id"),
        Refusal(
            {"name": "Holidays", "timezone": "UTC"},
            'extension "5001" > interval "Holidays": conditions is missing; a new interval needs it',
        ),
        Refusal(
            {"name": "Holidays", "conditions": [XMAS]},
            'extension "5001" > interval "Holidays": timezone is missing; a new interval needs it',
        ),
        Refusal(
            holidays({"start_time": "09:00"}),
            'extension "5001" > interval "Holidays": conditions[0] has start_time without end_time; give both',
        ),
        Refusal(
            holidays({"month": 7, "start_time": "18:00", "end_time": "9:00"}),
            'extension "5001" > interval "Holidays": conditions[0] has start_time 18:00:00, which is '
            "after end_time 09:00:00; write two conditions, one until midnight and one for the next day",
        ),
        Refusal(
            holidays({"start_time": "9 am", "end_time": "18:00"}),
            'extension "5001" > interval "Holidays": conditions[0].start_time is \'9 am\', which is not '
            'a time of day; write it as "hh:mm:ss", in quotes',
        ),
        Refusal(
            holidays({"month": 13}),
            'extension "5001" > interval "Holidays": conditions[0] has month 13; it goes from 1 to 12',
        ),
        Refusal(
            holidays({}),
            'extension "5001" > interval "Holidays": conditions[0] is empty; give it a date, a day or a time',
        ),
        Refusal(
            holidays({"sched_start_date": "2026-11-23", "sched_active_days": 0}),
            'extension "5001" > interval "Holidays": conditions[0] is a shift pattern without '
            "sched_active_days; it needs sched_start_date, sched_active_days, sched_skip_days\n"
            'extension "5001" > interval "Holidays": conditions[0] is a shift pattern without '
            "sched_skip_days; it needs sched_start_date, sched_active_days, sched_skip_days",
        ),
        Refusal(
            holidays({"day": 1}),
            (
                'extension "5001" > interval "Holidays": conditions[0] has no field day; there are: '
                "month, start_mday, end_mday, start_dow, end_dow, start_time, end_time, "
                "start_datetime, end_datetime, sched_start_date, sched_active_days, sched_skip_days"
            ),
        ),
    ),
    together=True,
)
