# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import ODD, Case, Refusal, Step, get

ALL = "/client/@me/extension_group/"

CASE = Case(
    module="pbx_extension_group_info",
    extension=None,
    setup=(("pbx_extension_group", {"name": ODD}), ("pbx_extension_group", {"name": "Front desk"})),
    steps=(
        Step("read all", {}, (get(ALL),)),
        Step("read some", {"name": [ODD, "None such"]}, (get(ALL),)),
        Step("read a few", {"limit": 1}, (get(ALL),)),
        Step("read one", {"id": "602"}, (get(ALL),), by_id=True),
    ),
    refusals=(
        Refusal({"limit": -1}, "limit is -1; it starts at 1"),
        Refusal(
            {"names": ["Front desk"]},
            "extension group: there is no names; did you mean name?",
        ),
    ),
)
