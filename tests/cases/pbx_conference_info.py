# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import CONFERENCE, Case, Refusal, Step, get

CASE = Case(
    module="pbx_conference_info",
    extension=CONFERENCE,
    setup=(("pbx_conference", {"extension": "500", "pin": "100", "max_members": 100}),),
    steps=(Step("read", {}, (get("/extension/5017/conference/"),)),),
    refusals=(
        Refusal({"extension": "300"}, 'extension "300" is of type ivr; this needs an extension of type conference'),
        Refusal({"extension": "50"}, 'there is no extension "50"; did you mean "500"?'),
    ),
)
