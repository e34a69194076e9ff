# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The call flows that a run changes: pictures of them, and who answers when after it. Equal ones are shown once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Callable, Optional

from .._text.markup import Markup, element, named

# So many pictures, and as many sheets, are shown.
MOST = 30
LEGEND = "Red dashes mark deleted parts, amber changed ones, and green new ones."
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Graph:
    """A picture for Graphviz. nodes, edges: how many it has."""

    text: str
    nodes: int
    edges: int


@dataclass(frozen=True)
class Flow:
    """Where calls to a number go. mermaid: before and after in one. before, after: None where nobody has the number."""

    number: str
    mermaid: str
    before: Graph | None
    after: Graph | None

    @property
    def graphs(self) -> dict[str, Graph]:
        return {name: one for name, one in ((BEFORE, self.before), (AFTER, self.after)) if one}


@dataclass(frozen=True)
class Sheet:
    """A sheet of who answers when. rows: of cells, each of lines. endings: ends of calls, by the letters of cells."""

    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    endings: tuple[tuple[str, str], ...]


# A function that draws a picture; it returns None where it cannot.
Draw = Callable[[Graph], Optional[Markup]]


def flows_of(result: Mapping[str, Any]) -> list[Flow]:
    """The pictures that a task has returned."""
    found = []
    for one in _dicts(result.get("flows")):
        number, text = (str(one.get(name) or "") for name in ("number", "mermaid"))
        found.append(Flow(number, text, _graph(one.get(BEFORE)), _graph(one.get(AFTER))))
    return found


def _graph(given: Any) -> Graph | None:
    for one in _dicts([given]):
        return Graph(str(one.get("graph") or ""), int(one.get("nodes") or 0), int(one.get("edges") or 0))
    return None


def sheet_of(result: Mapping[str, Any]) -> Sheet | None:
    """The sheet that a task has returned."""
    for one in _dicts([result.get("sheet")]):
        rows = tuple(tuple(tuple(map(str, cell)) for cell in row) for row in one.get("rows") or ())
        endings = tuple((str(letter), str(words)) for letter, words in one.get("endings") or ())
        return Sheet(str(one.get("about") or ""), tuple(map(str, one.get("heads") or ())), rows, endings)
    return None


def _dicts(given: Any) -> Iterator[Mapping[str, Any]]:
    for one in given if isinstance(given, (list, tuple)) else ():
        if isinstance(one, Mapping):
            yield one


def picture(flow: Flow, draw: Draw | None, who: Iterable[str]) -> Markup | None:
    """The pictures of a flow in a page, closed until they are wanted; None where nothing draws them.

    who: the tenants, where there are several.
    """
    title = ["Calls to ", named(flow.number), *who]
    parts = [element("summary", element("h3", title)), element("p", LEGEND, "who")]
    for name in (BEFORE, AFTER):
        parts.append(element("h4", name.capitalize()))
        graph = flow.graphs.get(name)
        if graph is None:
            parts.append(element("p", "Nobody has the number.", "who"))
            continue
        drawn = draw(graph) if draw else None
        if drawn is None:
            return None
        label = f"Calls to {flow.number}, {name}"
        parts.append(element("div", drawn, "picture", tabindex="0", role="region", aria_label=label))
    return element("details", parts)


def table(sheet: Sheet, who: Iterable[str]) -> Markup:
    """A sheet in a page, closed until it is wanted."""
    rows = [element("tr", [element("th", head, scope="col") for head in sheet.heads])]
    for row in sheet.rows:
        cells = [element("td", [element("div", named(line)) for line in cell]) for cell in row]
        rows.append(element("tr", cells))
    endings = [element("li", [element("b", letter), " ", named(words)]) for letter, words in sheet.endings]
    parts = [
        element("summary", element("h3", ["Who answers when, after it", *who])),
        element("p", sheet.about, "who"),
        element("div", element("table", rows, "sheet"), "overview", tabindex="0", role="region", aria_label="Sheet"),
        element("ul", endings),
    ]
    return element("details", parts)
