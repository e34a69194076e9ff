# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A page of call flows and of who answers when."""

from __future__ import annotations

from collections.abc import Iterator

from ..._text.markup import Markup, element, named, page
from .lines import node_lines
from .mermaid import mermaid
from .picture import Picture
from .sheet import Sheet
from .sheet_forms import TITLE as SHEET
from .sheet_forms import html as sheet_html
from .sheet_forms import lines as sheet_lines

TITLE = "Call flows"
CSS = """
.picture { overflow-x: auto; margin-top: 1rem; padding: .5rem; border: 1px solid var(--line); }
.picture svg { display: block; }
.sheet td, .sheet th { font-size: .875rem; padding: .25rem .5rem; }
.sheet .first > * { border-top: 2px solid var(--line); }
.sheet td { min-width: 9rem; overflow-wrap: break-word; }
.nowrap, .times { white-space: nowrap; }
.times { font-variant-numeric: tabular-nums; color: var(--faint); }
.endings { padding-inline-start: 1.25rem; }
.faint { color: var(--faint); }
@media print {
  .picture { border: 0; padding: 0; }
  .picture svg { min-width: 0 !important; }
  .sheet td { min-width: 0; }
}
"""


def html_page(css: str, picture: Picture, drawn: Markup, sheet: Sheet) -> str:
    """A whole page. css: how all pages look. drawn: the picture as SVG."""
    body = [
        element("header", element("h1", TITLE)),
        *html_parts(picture, drawn),
        element("section", [element("h2", SHEET), *sheet_html(sheet)]),
    ]
    return page(TITLE, css + CSS, body)


def html_parts(picture: Picture, drawn: Markup) -> list[Markup]:
    """The picture, and the same in words for those who cannot see it."""
    ways = [element("li", list(_way(one))) for one in _ways_in_words(picture)]
    return [
        element("div", drawn, "picture", tabindex="0", role="region", aria_label=TITLE),
        element("details", [element("summary", "The picture in words"), element("ul", ways)]),
    ]


def _way(way: tuple[str, str, str]) -> Iterator[str]:
    source, target, label = way
    yield from (named(source), " \N{RIGHTWARDS ARROW} ", named(target))
    if label:
        yield from (": ", named(label))


def _ways_in_words(picture: Picture) -> Iterator[tuple[str, str, str]]:
    called = {one.name: ", ".join(node_lines(one)) for one in picture.nodes}
    for edge in picture.edges:
        label = f"{edge.label} ({edge.state})".strip() if edge.state else edge.label
        yield called[edge.source], called[edge.target], label


def markdown_page(picture: Picture, sheet: Sheet) -> str:
    """The same for where Markdown shows Mermaid."""
    return (
        "\n".join([f"# {TITLE}", "", "```mermaid", mermaid(picture) + "```", "", *sheet_lines(sheet, level=2)]) + "\n"
    )
