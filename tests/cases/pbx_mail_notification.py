# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import QUEUE, Case, Refusal, Step, delete, get, post, put

ALL = "/extension/5013/mail_notification/"
FAILED = {"event_type": "call_failed_mail"}
ODD_MAIL = "o'brien+büro#1%20@example.com"

CASE = Case(
    module="pbx_mail_notification",
    extension=QUEUE,
    steps=(
        Step("create", {**FAILED, "mail": ODD_MAIL}, (get(ALL), post(ALL, **FAILED, mail=ODD_MAIL))),
        Step(
            "create another", {**FAILED, "mail": "a@example.com"}, (get(ALL), post(ALL, **FAILED, mail="a@example.com"))
        ),
        Step(
            "change the address",
            {"id": "2", "mail": "b@example.com"},
            (get(ALL), put(f"{ALL}2", mail="b@example.com")),
            by_id=True,
        ),
        Step("delete by id", {"id": "2", "state": "absent"}, (get(ALL), delete(f"{ALL}2")), by_id=True),
        Step("delete", {**FAILED, "mail": ODD_MAIL, "state": "absent"}, (get(ALL), delete(f"{ALL}1"))),
    ),
    refusals=(
        Refusal(FAILED, "one of the following is required: mail, id"),
        Refusal({"mail": "a@example.com"}, "one of the following is required: event_type, id"),
        Refusal(
            {**FAILED, "mail": ""},
            'extension "5013" > mail notification "call_failed_mail": mail must name the mail notification, '
            "or id must pick it",
        ),
        Refusal(
            {"event_type": "hangup", "mail": "a@example.com"},
            (
                'extension "5013" > mail notification "hangup a@example.com": event_type "hangup" is '
                "none of call_failed_mail"
            ),
        ),
        Refusal(
            {"id": "9", "mail": "a@example.com"},
            'extension "5013": there is no mail notification with id 9; there are: none',
        ),
    ),
)
