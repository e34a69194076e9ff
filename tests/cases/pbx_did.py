# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import EXTENSIONS, ODD, Case, Refusal, Step, get, put

ALL = "/client/@me/did/"
MAIN, OTHER = "74950000101", "74950000102"

CASE = Case(
    module="pbx_did",
    extension=None,
    steps=(
        Step(
            "assign",
            {"name": MAIN, "extension": "300", "comment": ODD},
            (*EXTENSIONS, get(ALL), put(f"{ALL}8001", extension_id=5015, comment=ODD)),
        ),
        Step(
            "assign to others",
            {"name": MAIN, "extension": "200", "allow_message": True, "message_extension": "101"},
            (
                *EXTENSIONS,
                get(ALL),
                put(f"{ALL}8001", extension_id=5013, allow_message=True, message_extension_id=5001),
            ),
        ),
        Step(
            "unassign",
            {"name": MAIN, "unset": ["extension", "message_extension", "comment"]},
            (get(ALL), put(f"{ALL}8001", extension_id=None, message_extension_id=None, comment=None)),
        ),
        Step(
            "assign by ids",
            {"id": "8001", "name": MAIN, "extension_id": 5001},
            (*EXTENSIONS, get(ALL), put(f"{ALL}8001", extension_id=5001)),
            by_id=True,
        ),
    ),
    refusals=(
        Refusal({"extension": "300"}, "one of the following is required: name, id"),
        Refusal(
            {"name": "74950000103", "extension": "300"},
            'DID "74950000103": there is no such DID, and the API cannot add one; did you mean "74950000102"?',
        ),
        Refusal(
            {"name": "+1", "extension": "300"},
            'DID "+1": there is no such DID, and the API cannot add one; there are: 74950000101 (id 8001), '
            "74950000102 (id 8002)",
        ),
        Refusal(
            {"id": "8002", "name": MAIN},
            f'DID "{MAIN}": name is {OTHER} and cannot be changed to {MAIN}',
        ),
        Refusal({"id": "1", "name": MAIN}, f"DID: there is no DID with id 1; there are: 8001 ({MAIN}), 8002 ({OTHER})"),
        Refusal(
            {"name": MAIN, "extension": "30"},
            f'DID "{MAIN}": extension: there is no extension "30"; did you mean "300"?',
        ),
        Refusal(
            {"name": MAIN, "extension": ""},
            f'DID "{MAIN}": extension is empty; name its target, or clear it with unset (null in a document)',
        ),
        Refusal(
            {"name": MAIN, "extension": "300", "unset": ["extension"]},
            f'DID "{MAIN}": extension has a value and stands in unset; remove the one or the other',
        ),
    ),
)
