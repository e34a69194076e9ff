# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The call tests that a run has tried, of all tenants in one table: the proof for each number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._text.markup import Markup, element, named

HEADS = ("tenant", "call test", "call to", "at", "how it ended", "result")


@dataclass(frozen=True)
class Tried:
    """A call test. at: the time on local clocks, or nothing. words: how the call ended."""

    name: str
    number: str
    at: str
    words: str
    passed: bool


def is_tried(one: Any) -> bool:
    """Whether this is the result of a call test, and not that of an item of a loop."""
    return isinstance(one, Mapping) and "passed" in one and isinstance(one.get("call"), Mapping)


def tried_of(result: Mapping[str, Any]) -> Iterator[Tried]:
    """The call tests that a task has returned."""
    results = result.get("results")
    for one in results if isinstance(results, (list, tuple)) else ():
        if is_tried(one):
            call = one["call"]
            name, words = (str(one.get(what) or "") for what in ("name", "words"))
            at = str(call.get("local") or "")
            yield Tried(name, str(call.get("to") or ""), at, words, one["passed"] is True)


def tried(tests: Sequence[tuple[str, Tried]]) -> Iterator[Markup]:
    """The table, where there are tests. tests: each with its tenant; those that are not passed come first."""
    if not tests:
        return
    rows = [element("tr", [element("th", head, scope="col") for head in HEADS])]
    for tenant, one in sorted(tests, key=lambda pair: pair[1].passed):
        cells = [element("th", named(tenant), scope="row")]
        cells += [element("td", named(text)) for text in (one.name, one.number, one.at, one.words)]
        cells.append(element("td", "passed", "unchanged") if one.passed else element("td", "not passed", "failed"))
        rows.append(element("tr", cells))
    failed = sum(not one.passed for dummy, one in tests)
    title = f"Call tests: {len(tests)} tried, {failed} not passed"
    overview = element("div", element("table", rows), "overview", tabindex="0", role="region", aria_label="Call tests")
    yield element("section", [element("h2", title, id="tried"), overview])
