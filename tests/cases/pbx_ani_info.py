# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import EXTENSIONS, PHONE, Case, Refusal, Step, get

CASE = Case(
    module="pbx_ani_info",
    extension=PHONE,
    setup=(("pbx_ani", {"extension": "101", "ani_number": "74950000101"}),),
    steps=(
        Step("read", {}, (get("/extension/5001/ani/"),)),
        Step("read nothing", {"extension": "102"}, (*EXTENSIONS, get("/extension/5002/ani/"))),
    ),
    refusals=(
        Refusal({"extension": "113"}, 'there is no extension "113"; did you mean "112"?'),
        Refusal({"extension_id": "9"}, "GET /extension/9/ani/ found nothing, the server says: Extension 9 not found"),
    ),
)
