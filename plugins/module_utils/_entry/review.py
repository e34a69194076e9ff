# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The parts of the review for the callback: the review of a run, its forms, and how they are written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Callable

from .._api import disk
from .._api.errors import FileFailed, PbxError
from .._engine.plan.saved import SavedPlan
from .._review.data import as_json
from .._review.flows import Graph
from .._review.markdown import markdown
from .._review.page import html as page
from .._review.summary import Review
from .._review.text import lines
from .._text.markup import Markup
from .graphviz import laid_out
from .review_head import head_of

__all__ = ["FORMS", "FileFailed", "PbxError", "Review", "form_of", "head_of", "lines", "saved", "totals", "write"]


def _drawn(graph: Graph) -> Markup | None:
    """A picture of a call flow; None where Graphviz cannot lay it out."""
    # No other part that shows a run knows of call flows.
    from .._flow.draw.svg import svg  # noqa: PLC0415

    try:
        return svg(laid_out(graph.text, graph.nodes), graph.nodes, graph.edges)
    except PbxError:
        return None


def html(review: Review) -> str:
    """The page, with pictures of the call flows that change."""
    review.draw = lru_cache(maxsize=None)(_drawn)
    return page(review)


# So many objects of one kind are named on a terminal for one tenant.
MOST_NAMES = 200
# The form of a report by the ending of its name.
FORMS: dict[str, Callable[[Review], str]] = {".html": html, ".json": as_json, ".md": markdown}


def form_of(path: str) -> Callable[[Review], str] | None:
    """The form that a file is written in; None for a name that tells none."""
    return FORMS.get(os.path.splitext(path)[1].lower())


def write(path: str, text: str) -> None:
    """Put the file in its place when it is complete, readable by its owner only. Raises FileFailed."""
    disk.write(path, text, f"the report {path}")


def saved(plans: Mapping[str, str], form: str) -> str:
    """Saved plans as a report. plans: the file of each tenant. form: text, markdown, html or json.

    Raises FileFailed for a file that cannot be read, and InputError for one that holds no plan.
    """
    review = Review()
    for tenant, path in plans.items():
        review.add(tenant, {"plan": SavedPlan(path).load()["steps"]}, check=True)
    review.finish(())
    if form == "text":
        return "\n".join(line for line, dummy in lines(review, MOST_NAMES))
    return {"html": html, "markdown": markdown, "json": as_json}[form](review)


def totals(hosts: Iterable[Mapping[str, Any]], registered: str, check: bool) -> str:
    """Return the line about all tenants together that a playbook shows at its end.

    hosts: the variables of each. registered: the name of the variable that holds the result of the module.
    """
    review, left, files, unresolved = Review(), 0, 0, 0
    failed, exports = set(), False
    for host in hosts:
        name = str(host["inventory_hostname"])
        if "pbx_failure" in host or registered not in host:
            failed.add(name)
            result = host.get(registered) or {}
            # A run that stopped in the middle has changed something, unless it has gone back.
            if result.get("done") and result.get("rolled_back") is not True:
                review.add(name, result, check)
            continue
        result = host[registered]
        check = check or result.get("read_only") is True
        exports |= "files" in result
        review.add(name, result, check)
        left += len(result.get("unmanaged", ()))
        files += len(result.get("files", ()))
        unresolved += len(result.get("unresolved", ()))
    review.finish(failed)
    if exports:
        done = f"{len(review.tenants) - len(failed)} of {_many(len(review.tenants), 'tenant')} exported"
        written = f"{_many(files, 'file')} {'would differ' if check else 'written'}"
        return f"{done}: {written}, {_many(unresolved, 'thing')} to decide"
    found = f"{review.outcome}: {review.counted}"
    if left:
        document = "the document" if len(review.tenants) == 1 else "their documents"
        found += f"; {_many(left, 'object')} {'is' if left == 1 else 'are'} not in {document}"
    return found


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
