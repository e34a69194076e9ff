# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Live, Refusal, Step, delete, get

REGISTRATIONS = "/extension/5001/registration/"


def device(identity: str) -> Live:
    return Live("registration", {"device": "Desk", "registration_id": identity, "expires": 60})


CASE = Case(
    module="pbx_registration",
    extension=PHONE,
    live=(device("a"), device("b 2/#"), device("c"), device("d")),
    steps=(
        Step("require any", {"action": "require"}, (get(REGISTRATIONS),)),
        Step("require one", {"action": "require", "registration_id": "a"}, (get(REGISTRATIONS),)),
        Step(
            "drop",
            {"action": "drop", "registration_id": "b 2/#"},
            (get(REGISTRATIONS), delete(f"{REGISTRATIONS}b%202%2F%23")),
        ),
        Step("drop what is gone", {"action": "drop", "registration_id": "z"}, (get(REGISTRATIONS),)),
        Step("drop all", {"action": "drop_all"}, (get(REGISTRATIONS), delete(REGISTRATIONS))),
    ),
    refusals=(
        Refusal({}, "missing required arguments: action"),
        Refusal({"action": "drop"}, 'extension "5001" > all registrations: action drop needs registration_id'),
        Refusal(
            {"action": "drop", "registration_id": ""},
            'extension "5001": registration_id "" is not the id of any registration',
        ),
        Refusal(
            {"action": "drop", "registration_id": "."},
            'extension "5001": registration_id "." is not the id of any registration',
        ),
        Refusal(
            {"action": "drop_all", "registration_id": "a"},
            'extension "5001" > registration "a": registration_id means nothing to action drop_all, which takes no '
            "parameter; leave it out",
        ),
        Refusal(
            {"action": "require", "registration_id": "z"},
            'extension "5001" > registration "z": there is no such registration; there are: a, b 2/#, c, d',
        ),
        Refusal({"action": "require", "extension_id": 5002}, 'extension "5002": there is no registration'),
    ),
)
