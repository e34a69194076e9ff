# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import EXTENSIONS, ODD, Case, Refusal, Step, delete, get, post, put

ALL = "/client/@me/extension_group/"

CASE = Case(
    module="pbx_extension_group",
    extension=None,
    steps=(
        Step("create", {"name": ODD, "extra_params": "4711"}, (get(ALL), post(ALL, name=ODD, extra_params="4711"))),
        Step("update", {"name": ODD, "extra_params": "4712"}, (get(ALL), put(f"{ALL}601", extra_params="4712"))),
        Step("clear", {"name": ODD, "unset": ["extra_params"]}, (get(ALL), put(f"{ALL}601", extra_params=None))),
        Step(
            "rename", {"id": "601", "name": "Front desk"}, (get(ALL), put(f"{ALL}601", name="Front desk")), by_id=True
        ),
        Step("rename back", {"id": "601", "name": ODD}, (get(ALL), put(f"{ALL}601", name=ODD)), by_id=True),
        Step(
            "delete",
            {"name": ODD, "state": "absent"},
            (get(ALL), *EXTENSIONS, delete(f"{ALL}601")),
            guards=EXTENSIONS,
        ),
        Step("delete what is gone", {"id": "601", "name": ODD, "state": "absent"}, (get(ALL),), by_id=True),
    ),
    refusals=(
        Refusal({}, "one of the following is required: name, id"),
        Refusal({"name": ""}, "extension group: name must name the extension group, or id must pick it"),
        Refusal({"name": ODD, "id": 601}, "extension group: there is no extension group with id 601; there are: none"),
        Refusal(
            {"name": ODD, "unset": ["name"]},
            ('extension group "Büro 1/2 "Mitte" O\'Brien, שלום #*100%": name cannot be cleared; give it a value'),
        ),
        Refusal(
            {"name": "Sales", "extra_params": "x", "unset": ["extra_params"]},
            'extension group "Sales": extra_params has a value and stands in unset; remove the one or the other',
        ),
    ),
)
