# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import ODD, Case, Refusal, Step, get

ALL = "/client/@me/interval/"
YEARLY = {"timezone": "UTC", "conditions": [{"month": 12, "start_mday": 24, "end_mday": 26}]}

CASE = Case(
    module="pbx_tenant_interval_info",
    extension=None,
    setup=(("pbx_tenant_interval", {"name": ODD, **YEARLY}), ("pbx_tenant_interval", {"name": "Holidays", **YEARLY})),
    steps=(
        Step("read all", {}, (get(ALL),)),
        Step("read some", {"name": [ODD]}, (get(ALL),)),
        Step("read a few", {"limit": 1}, (get(ALL),)),
        Step("read one", {"id": "9002"}, (get(f"{ALL}9002"),), by_id=True),
        Step("read none", {"id": "1"}, (get(f"{ALL}1"),), by_id=True),
    ),
    refusals=(
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal({"limit": -3, "name": [ODD]}, "limit is -3; it starts at 1"),
    ),
)
