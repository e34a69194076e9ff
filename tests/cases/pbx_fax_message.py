# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import FAX, Case, Refusal, Request, Step, post
from tests.tools.tree import ROOT

OUT = "/extension/5016/fax/out/"
FILE = str(ROOT / "README.md")

CASE = Case(
    module="pbx_fax_message",
    extension=FAX,
    steps=(
        Step(
            "send",
            {"action": "send", "dst_num": "74950000998", "file": FILE},
            (post(OUT, dst_num="74950000998", file="<file README.md>"),),
            settles=False,
            once=True,
        ),
        Step(
            "cancel",
            {"action": "cancel", "message_id": "1201"},
            (Request("PUT", f"{OUT}1201?action=cancel"),),
            settles=False,
            by_id=True,
        ),
        Step(
            "try again",
            {"action": "retry", "message_id": "1201"},
            (Request("PUT", f"{OUT}1201?action=retry"),),
            settles=False,
            once=True,
            by_id=True,
        ),
    ),
    refusals=(
        Refusal({}, "missing required arguments: action"),
        Refusal({"action": "send", "file": FILE}, 'extension "5016" > fax: action send needs dst_num'),
        Refusal({"action": "cancel"}, 'extension "5016" > fax: action cancel needs message_id'),
        Refusal(
            {"action": "retry", "message_id": "1201", "dst_num": "100"},
            'extension "5016" > fax "1201": dst_num means nothing to action retry, which takes message_id; '
            "leave it out",
        ),
        Refusal({"action": "cancel", "message_id": ""}, 'extension "5016": message_id "" is not the id of any fax'),
    ),
)
