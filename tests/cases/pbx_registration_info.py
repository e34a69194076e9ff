# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import EXTENSIONS, PHONE, Case, Live, Refusal, Step, get

ALL = get("/extension/registration/")
DEVICE = {"device": "Desk", "registration_id": "a", "expires": 60}

CASE = Case(
    module="pbx_registration_info",
    extension=None,
    live=(Live("registration", DEVICE),),
    steps=(
        Step("read all", {}, (ALL, *EXTENSIONS), finds=("extension", *map(str, range(101, 113)))),
        Step("read some", {"extensions": ["102", "101"]}, (*EXTENSIONS, ALL), finds=("extension", "102", "101")),
        Step("read one", {"extension_ids": [PHONE]}, (ALL,), by_id=True, finds=("extension_id", PHONE)),
        Step(
            "read what the list of all leaves out",
            {"extension_ids": [PHONE, 5013]},
            (ALL, get("/extension/5013/registration/")),
            by_id=True,
            finds=("extension_id", PHONE, 5013),
        ),
        Step("read none", {"extensions": []}, (), finds=("registered",)),
    ),
    refusals=(
        Refusal(
            {"extensions": ["101"], "extension_ids": [5001]},
            "parameters are mutually exclusive: extensions|extension_ids",
        ),
        Refusal({"extensions": ["200"]}, 'extension "200" is of type queue; this needs an extension of type phone'),
        Refusal({"extension_ids": [""]}, 'extension_id "" is not the id of any extension'),
        Refusal(
            {"extension_ids": ["@me"]},
            "GET /extension/@me/registration/ found nothing, the server says: Extension @me not found",
        ),
    ),
)
