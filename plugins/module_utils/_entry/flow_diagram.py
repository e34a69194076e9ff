# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Pictures of call flows, and who answers when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._api import disk
from .._engine.errors import InputError
from .._flow.budget import BudgetReached
from .._flow.compile import call_plan
from .._flow.draw.build import picture
from .._flow.draw.dot import dot
from .._flow.draw.mermaid import mermaid
from .._flow.draw.page import html_page, markdown_page
from .._flow.draw.picture import Name, Picture, compared
from .._flow.draw.sheet import Sheet, sheet
from .._flow.draw.svg import svg
from .._review.style import CSS
from .._state.snapshot import Snapshot
from .following import Followed, Following, nobody_has
from .graphviz import laid_out
from .specs import Spec

FORMS = ("mermaid", "dot", "svg", "html", "markdown")


class FlowDiagram(Following):
    """Draws the flows of a tenant."""

    returned = "diagram"
    beside = ("form", "nodes", "edges", "marked", "path", "prompts")

    def options(self) -> Spec:
        return {
            **super().options(),
            "numbers": {"type": "list", "elements": "str", "default": []},
            "form": {"type": "str", "choices": list(FORMS), "default": FORMS[0]},
            "opened": {"type": "bool", "default": False},
            "changes": {"type": "bool", "default": True},
            "timezone": {"type": "str"},
            "path": {"type": "path"},
        }

    def follow(self, tenant: Followed, params: Mapping[str, Any]) -> dict[str, Any]:
        shown = drawn(tenant, params["numbers"], params["opened"], params["changes"])
        text = self._text(tenant, shown, params)
        found = {
            "diagram": text,
            "form": params["form"],
            "nodes": len(shown.nodes),
            "edges": len(shown.edges),
            "marked": shown.states,
        }
        if params["path"]:
            path = params["path"]
            found.update(path=path, changed=disk.update(path, text, f"the picture {path}", tenant.check))
        return found

    def _text(self, tenant: Followed, shown: Picture, params: Mapping[str, Any]) -> str:
        form = params["form"]
        if form == "mermaid":
            return mermaid(shown)
        if form == "dot":
            return dot(shown)
        if form == "markdown":
            return markdown_page(shown, _sheet(tenant, params))
        image = svg(laid_out(dot(shown), len(shown.nodes)), len(shown.nodes), len(shown.edges))
        return image if form == "svg" else html_page(CSS, shown, image, _sheet(tenant, params))


def drawn(tenant: Followed, numbers: Sequence[str], opened: bool, changes: bool) -> Picture:
    """The picture; where the PBX is known beside its document, with the changes of the document."""
    after = picture(tenant.state, _starts(tenant.state, tenant.before, numbers), opened)
    if tenant.before is None or not changes:
        return after
    return compared(picture(tenant.before, _starts(tenant.before, tenant.state, numbers), opened), after)


def _starts(state: Snapshot, other: Snapshot | None, numbers: Sequence[str]) -> list[Name] | None:
    """Where the flows begin, None for everywhere; parts that are only in the other state are left out. Raises
    InputProblem."""
    if not numbers:
        return None
    found: list[Name] = []
    plan = call_plan(state)
    elsewhere = call_plan(other) if other is not None else None
    for index, number in enumerate(numbers):
        if number in plan.numbers.dids:
            found.append(("number", number))
        elif number in plan.extensions:
            found.append(("extension", number))
        elif elsewhere is None or number not in (*elsewhere.numbers.dids, *elsewhere.extensions):
            raise nobody_has(index, number, [*plan.numbers.dids, *plan.extensions])
    return found


def _sheet(tenant: Followed, params: Mapping[str, Any]) -> Sheet:
    there = tenant.subject.plan
    numbers = [one for one in params["numbers"] if one in there.numbers.dids or one in there.extensions]
    try:
        zone = params["timezone"] or ""
        return sheet(tenant.state, tenant.today, numbers, tenant.assume, zone, sounds=tenant.sounds)
    except BudgetReached as reached:
        raise InputError([f"who answers when is too much to be found out: {reached}; name some numbers"]) from None
