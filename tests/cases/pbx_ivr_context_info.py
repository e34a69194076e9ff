# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import IVR, ODD, Case, Refusal, Step, get

CONTEXTS = "/extension/5015/ivr/context/"

CASE = Case(
    module="pbx_ivr_context_info",
    extension=IVR,
    setup=(
        ("pbx_ivr_context", {"extension": "300", "name": "main"}),
        ("pbx_ivr_context", {"extension": "300", "name": ODD}),
    ),
    steps=(
        Step("read all", {}, (get(CONTEXTS),), finds=("name", "main", ODD)),
        Step("read one by its name", {"name": [ODD]}, (get(CONTEXTS),), finds=("name", ODD)),
        Step("read one", {"id": "1"}, (get(CONTEXTS + "1"),), by_id=True, finds=("name", "main")),
    ),
    refusals=(
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal({"extension": "101"}, 'extension "101" is of type phone; this needs an extension of type ivr'),
    ),
)
