# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import ODD, PHONE, Args, Case, Refusal, Step, get

ALL = "/extension/5001/user/extension/"


def user(login: str, **more: str) -> tuple[str, Args]:
    given = {"login": login, "name": login, "email": f"{login}@example.com", "password": "canary-password"}
    return "pbx_user", {"extension": "101", **given, **more}


CASE = Case(
    module="pbx_user_info",
    extension=PHONE,
    setup=(user("anna", comment=ODD), user("boris", status="blocked"), user("carla", access="read_only")),
    steps=(
        Step("read all", {}, (get(ALL),)),
        Step("read some", {"login": ["anna", "boris"], "comment": [ODD]}, (get(ALL),)),
        Step("read the blocked ones", {"status": ["blocked"], "access": ["full"], "limit": 2}, (get(ALL),)),
        Step("read one", {"id": "402"}, (get(f"{ALL}402"),), by_id=True),
        Step("read none", {"id": "1"}, (get(f"{ALL}1"),), by_id=True),
    ),
    refusals=(
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal(
            {"extension": "101", "extension_id": PHONE},
            "parameters are mutually exclusive: extension|extension_id",
        ),
    ),
)
