# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import IVR, Case, Refusal, Step, get

CASE = Case(
    module="pbx_ivr_info",
    extension=IVR,
    steps=(Step("read", {}, (get("/extension/5015/ivr/"),)),),
    refusals=(
        Refusal({"extension": "200"}, 'extension "200" is of type queue; this needs an extension of type ivr'),
        Refusal({"extension": "301"}, 'there is no extension "301"; did you mean "300"?'),
    ),
)
