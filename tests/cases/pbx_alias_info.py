# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import ODD, PHONE, Case, Live, Refusal, Step, get

ALIASES = get("/extension/5001/alias/")


def alias(name: str, domain: str) -> Live:
    return Live("alias", {"name": name, "domain": {"id": 1, "name": domain}, "create_date": "2026-01-01 10:00:00"})


CASE = Case(
    module="pbx_alias_info",
    extension=PHONE,
    live=(alias("reception", "a.invalid"), alias(ODD, "a.invalid"), alias("reception", "b.invalid")),
    steps=(
        Step("read all", {}, (ALIASES,), finds=("name", "reception", ODD, "reception")),
        Step("read those of a name", {"name": [ODD]}, (ALIASES,), finds=("name", ODD)),
        Step(
            "read some",
            {"name": ["reception", ODD], "domain": ["b.invalid", "c.invalid"]},
            (ALIASES,),
            finds=("domain", {"id": 1, "name": "b.invalid"}),
        ),
        Step("read none", {"id": ["7"]}, (ALIASES,), finds=("id",)),
    ),
    refusals=(
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal(
            {"extension": "101", "extension_id": 5001}, "parameters are mutually exclusive: extension|extension_id"
        ),
    ),
)
