# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import IVR, ODD, Case, Refusal, Step, get

INTERVALS = "/extension/5015/interval/"
WEEK = {"start_dow": 2, "end_dow": 6, "start_time": "09:00:00", "end_time": "18:00:00"}

CASE = Case(
    module="pbx_interval_info",
    extension=IVR,
    setup=(("pbx_interval", {"extension": "300", "name": ODD, "timezone": "Europe/Berlin", "conditions": [WEEK]}),),
    steps=(
        Step("read all", {}, (get(INTERVALS),), finds=("name", ODD)),
        Step("read one by its name", {"name": [ODD]}, (get(INTERVALS),), finds=("conditions", [WEEK])),
        Step("read what is not there", {"id": "9999"}, (get(INTERVALS + "9999"),), finds=("id",)),
    ),
    refusals=(
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal({"id": ".."}, 'id ".." is not the id of any interval'),
    ),
)
