# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import QUEUE, Case, Refusal, Step, get

ALL = "/extension/5013/mail_notification/"
FAILED = {"extension": "200", "event_type": "call_failed_mail"}

CASE = Case(
    module="pbx_mail_notification_info",
    extension=QUEUE,
    setup=tuple(("pbx_mail_notification", {**FAILED, "mail": f"{name}@example.com"}) for name in "abc"),
    steps=(
        Step("read all", {}, (get(ALL),)),
        Step("read some", {"mail": ["a@example.com", "z@example.com"]}, (get(ALL),)),
        Step("read a few", {"event_type": ["call_failed_mail"], "limit": 2}, (get(ALL),)),
        Step("read one", {"id": "2"}, (get(f"{ALL}2"),), by_id=True),
        Step("read none", {"id": "9"}, (get(f"{ALL}9"),), by_id=True),
    ),
    refusals=(
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal({"extension": "20"}, 'there is no extension "20"; did you mean "201"?'),
    ),
)
