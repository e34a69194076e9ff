# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import EXTENSIONS, MENUS, ODD, RULES, Case, Refusal, Step, delete, get, post, put

ALL = "/client/@me/interval/"
WEEK = {"start_dow": 2, "end_dow": 6, "start_time": "09:00:00", "end_time": "18:00:00"}
XMAS = {"month": 12, "start_mday": 24, "end_mday": 26}

POINTING = (*EXTENSIONS, *MENUS, *RULES)

CASE = Case(
    module="pbx_tenant_interval",
    extension=None,
    steps=(
        Step(
            "create",
            {"name": ODD, "timezone": "Europe/Berlin", "conditions": [{**WEEK, "start_time": "9:00"}, XMAS]},
            (get(ALL), post(ALL, name=ODD, timezone="Europe/Berlin", conditions=[WEEK, XMAS])),
        ),
        Step(
            "update",
            {"name": ODD, "conditions": [XMAS]},
            (get(ALL), put(f"{ALL}9001", name=ODD, timezone="Europe/Berlin", conditions=[XMAS])),
        ),
        Step(
            "rename",
            {"id": "9001", "name": "Holidays"},
            (get(ALL), put(f"{ALL}9001", name="Holidays", timezone="Europe/Berlin", conditions=[XMAS])),
            by_id=True,
        ),
        Step(
            "rename back",
            {"id": "9001", "name": ODD, "timezone": "UTC"},
            (get(ALL), put(f"{ALL}9001", name=ODD, timezone="UTC", conditions=[XMAS])),
            by_id=True,
        ),
        Step(
            "delete",
            {"name": ODD, "state": "absent"},
            (get(ALL), *POINTING, delete(f"{ALL}9001")),
            guards=POINTING,
        ),
    ),
    refusals=(
        Refusal({}, "one of the following is required: name, id"),
        Refusal(
            {"name": "Holidays", "conditions": [XMAS]},
            'tenant interval "Holidays": timezone is missing; a new tenant interval needs it',
        ),
        Refusal(
            {"name": "Holidays", "timezone": "UTC", "conditions": [{"month": 0}]},
            'tenant interval "Holidays": conditions[0] is empty; give it a date, a day or a time',
        ),
        Refusal(
            {"name": "Holidays", "timezone": "UTC", "conditions": [{"start_time": "9:00"}]},
            'tenant interval "Holidays": conditions[0] has start_time without end_time; give both',
        ),
        Refusal(
            {"id": "9001", "name": "Holidays"},
            "tenant interval: there is no tenant interval with id 9001; there are: none",
        ),
    ),
    together=True,
)
