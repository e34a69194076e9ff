# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import QUEUE, Case, Refusal, Step, get

OWN = get("/client/@me/sound/")

CASE = Case(
    module="pbx_sound_info",
    extension=None,
    steps=(
        Step("read all", {}, (OWN,)),
        Step("read our own", {"own_only": True, "title": ["Welcome"]}, (OWN,), finds=("title", "Welcome")),
        Step("read some", {"title": ["Welcome", "Menu"], "limit": 1}, (OWN,)),
        Step("read one", {"id": ["3002"]}, (OWN,), by_id=True, finds=("title", "Menu")),
        Step("read what an extension can use", {"extension_id": QUEUE}, (get("/extension/5013/sound/"),), by_id=True),
    ),
    refusals=(
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal(
            {"extension": "101", "own_only": True},
            "parameters are mutually exclusive: extension|extension_id|own_only",
        ),
        Refusal({"extension": "100"}, 'there is no extension "100"; did you mean "500"?'),
    ),
)
