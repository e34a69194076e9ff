# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import EXTENSIONS, Case, Refusal, Step, get

ALL = "/client/@me/did/"

CASE = Case(
    module="pbx_did_info",
    extension=None,
    setup=(("pbx_did", {"name": "74950000101", "extension": "300"}),),
    steps=(
        Step("read all", {}, (get(ALL), *EXTENSIONS), finds=("extension", "300", None)),
        Step("read some", {"name": ["74950000102", "1"]}, (get(ALL),)),
        Step("read a few", {"limit": 1}, (get(ALL), *EXTENSIONS)),
        Step("read one", {"id": "8001"}, (get(f"{ALL}8001"), *EXTENSIONS), by_id=True),
        Step("read none", {"id": "1"}, (get(f"{ALL}1"),), by_id=True),
    ),
    refusals=(
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal(
            {"client": "x"},
            "GET /client/x/did/ found nothing, the server says: client_not_found: Client x not found; check the option "
            "client",
        ),
    ),
)
