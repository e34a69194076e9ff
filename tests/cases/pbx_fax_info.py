# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import FAX, Case, Refusal, Step, get

CASE = Case(
    module="pbx_fax_info",
    extension=FAX,
    setup=(("pbx_fax", {"extension": "400", "fax_mailto": "office@example.com"}),),
    steps=(Step("read", {}, (get("/extension/5016/fax/"),)),),
    refusals=(
        Refusal({"extension": "200"}, 'extension "200" is of type queue; this needs an extension of type fax'),
        Refusal({"extension": "40"}, 'there is no extension "40"; did you mean "400"?'),
    ),
)
