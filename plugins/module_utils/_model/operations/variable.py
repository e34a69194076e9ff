# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Variables of the tenant (semantics.md section 6, variables). The API sets them and cannot list them.

The answer of the PBX is not documented.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..field import items, text
from ..operation import Action, Operation


def check_names(declared: Mapping[str, Any], merged: Mapping[str, Any]) -> tuple[str, ...]:
    """One sentence for a list without variables, and for each name that is blank or stands twice."""
    variables = merged.get("variables")
    if not isinstance(variables, list):
        return ()
    if not variables:
        return ("variables is empty; list at least one variable",)
    names = [str(one.get("var") or "").strip() for one in variables]
    blank = (f"variables[{at}].var is empty; give the variable a name" for at, name in enumerate(names) if not name)
    twice = (
        f'variables[{at}].var "{name}" is set in variables[{names.index(name)}] already; remove one of them'
        for at, name in enumerate(names)
        if name and names.index(name) < at
    )
    return (*blank, *twice)


VARIABLE = Operation(
    name="variable",
    title="variable",
    whole="variables",
    path="variables/",
    parents=(),
    actions={"set": Action("POST")},
    returned=("variable", "answer"),
    checks=(check_names,),
    fields=(
        items(
            "variables",
            (text("var", required=True), text("value", required=True, may_be_empty=True)),
            required=True,
            write_only=True,
        ),
    ),
)
