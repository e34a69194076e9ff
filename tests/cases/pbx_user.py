# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import ODD, PHONE, Case, Refusal, Step, delete, get, post, put

ALL = "/extension/5001/user/extension/"
ANNA = {"login": "anna", "name": ODD, "email": "anna@example.com"}
NEW = {**ANNA, "password": "canary-password", "email_notify": True, "email_for_notify": "boss@example.com"}

CASE = Case(
    module="pbx_user",
    extension=PHONE,
    steps=(
        Step(
            "create",
            {**NEW, "update_password": "on_create", "comment": ODD},
            (
                get(ALL),
                post(
                    ALL,
                    **ANNA,
                    password="***",
                    comment=ODD,
                    email_notify=True,
                    email_for_notify="boss@example.com",
                ),
            ),
        ),
        Step(
            "update",
            {
                **NEW,
                "update_password": "on_create",
                "email_for_notify": "other@example.com",
                "access": "read_only",
                "timezone": "Europe/Berlin",
            },
            (get(ALL), put(f"{ALL}402", access="read_only", timezone="Europe/Berlin")),
        ),
        Step(
            "set the password in every run",
            {"login": "anna", "password": "1"},
            (get(ALL), put(f"{ALL}402", password="***")),
            settles=False,
        ),
        Step(
            "clear",
            {"login": "anna", "unset": ["comment", "timezone"]},
            (get(ALL), put(f"{ALL}402", timezone=None, comment=None)),
        ),
        Step(
            "block by id",
            {"id": "402", "status": "blocked", "name": "Anna"},
            (get(ALL), put(f"{ALL}402", name="Anna", status="blocked")),
            by_id=True,
        ),
        Step("delete", {"login": "anna", "state": "absent"}, (get(ALL), delete(f"{ALL}402"))),
    ),
    refusals=(
        Refusal({}, "one of the following is required: login, id"),
        Refusal({"login": ""}, 'extension "5001": login must name the user, or id must pick it'),
        Refusal(
            {"login": "anna", "password": "canary-password"},
            'extension "5001" > user "anna": name is missing; a new user needs it\n'
            'extension "5001" > user "anna": email is missing; a new user needs it',
        ),
        Refusal(ANNA, 'extension "5001" > user "anna": password is missing; a new user needs it'),
        Refusal(
            {**ANNA, "password": ""},
            'extension "5001" > user "anna": password is empty; give one',
        ),
        Refusal(
            {**ANNA, "unset": ["status"]},
            ('extension "5001" > user "anna": status cannot be cleared; give it a value, or leave it out'),
        ),
        Refusal(
            {"login": "boris", "id": "401"},
            'extension "5001": there is no user with id 401; there are: none',
        ),
    ),
)
