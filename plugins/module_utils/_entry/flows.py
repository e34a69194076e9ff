# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The flows of the numbers whose callers notice a change, as data for the report of a run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from .._flow.budget import Budget, BudgetReached
from .._flow.draw.build import picture
from .._flow.draw.dot import dot
from .._flow.draw.mermaid import mermaid
from .._flow.draw.picture import Name, Picture, apart, compared
from .._flow.draw.sheet import sheet
from .._flow.draw.sheet_forms import as_table
from .._flow.raw import InputProblem
from .._state.snapshot import Snapshot
from .following import Followed

# So many numbers of a tenant are drawn, with so many parts each, and so many calls are simulated for the sheet.
NUMBERS, PARTS, CALLS = 4, 150, 3_000


def flows(before: Snapshot, tenant: Followed, numbers: Sequence[str], shown: Callable[[str], str]) -> dict[str, Any]:
    """Pictures, and who answers when after the change. shown: hides the secrets of a text."""
    result: dict[str, Any] = {"flows": []}
    there = tenant.subject.plan
    dids = there.numbers.dids
    for number in numbers[:NUMBERS]:
        start: list[Name] = [("number" if number in dids else "extension", number)]
        old = _picture(before, start)
        both = compared(old, _picture(tenant.state, start))
        if both.states and len(both.nodes) <= PARTS:
            drawn = {
                name: {"graph": shown(dot(one)), "nodes": len(one.nodes), "edges": len(one.edges)}
                for name, one in zip(("before", "after"), apart(both, old))
                if one.nodes
            }
            result["flows"].append({"number": number, "mermaid": shown(mermaid(both)), **drawn})
    known: Collection[str] = (*dids, *there.extensions)
    wanted = [number for number in numbers[:NUMBERS] if number in known]
    if wanted:
        try:
            found = sheet(tenant.state, tenant.today, wanted, tenant.assume, "", Budget(CALLS), tenant.sounds)
            result["sheet"] = as_table(found, shown)
        except (BudgetReached, InputProblem):
            # Too much for a report, or in several time zones: pbx_flow_diagram takes a zone, and has the time.
            pass
    return result


def _picture(state: Snapshot, start: list[Name]) -> Picture:
    try:
        return picture(state, start)
    except KeyError:
        # The number is not in this state.
        return Picture((), ())
