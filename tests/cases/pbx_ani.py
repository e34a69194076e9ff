# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Refusal, Step, get, put

ANI = "/extension/5001/ani/"
DIDS = "/client/@me/did/"

CASE = Case(
    module="pbx_ani",
    extension=PHONE,
    steps=(
        Step(
            "choose",
            {"ani_number": "74950000101"},
            (get(ANI), get(DIDS), put(ANI, ani_number="74950000101")),
            (get(ANI),),
        ),
        Step(
            "choose another",
            {"ani_number": "74950000102"},
            (get(ANI), get(DIDS), put(ANI, ani_number="74950000102")),
            (get(ANI),),
        ),
    ),
    refusals=(
        Refusal({}, "missing required arguments: ani_number"),
        Refusal(
            {"ani_number": "+74950000101"},
            'extension "5001": ani_number "+74950000101" is none of the numbers of this tenant; did you mean '
            '"74950000101"?',
        ),
        Refusal(
            {"ani_number": "74950000199"},
            'extension "5001": ani_number "74950000199" is none of the numbers of this tenant; did you mean '
            '"74950000102"?',
        ),
        Refusal({"ani_number": ""}, 'extension "5001": ani_number is empty; give one'),
        Refusal(
            {"ani_number": "1", "unset": ["ani_number"]},
            (
                'extension "5001": ani_number cannot be cleared: the API only takes another one in '
                "its place; give it a value"
            ),
        ),
    ),
)
