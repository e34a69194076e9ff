# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The SVG of Graphviz as a part of a page: in the reader's light or dark colours, reduced to the needs of a page."""

from __future__ import annotations

import re

from ..._text.markup import Markup

CSS = """
.flow { --text: #1c2024; --line: #5c6670; --box: #f4f6f8; --new: #116329; --new-box: #d8f5df; --changed: #7d4e00;
  --changed-box: #fff0cf; --gone: #b31d28; --gone-box: #fde0e0; --noticed: #5b3ca4; --noticed-box: #e9e0ff; }
@media screen and (prefers-color-scheme: dark) {
  .flow { --text: #e8eaed; --line: #a4adb7; --box: #1f242a; --new: #6fdc8c; --new-box: #12351d; --changed: #f0b955;
    --changed-box: #3d2c08; --gone: #ff9a94; --gone-box: #451619; --noticed: #c3adff; --noticed-box: #2b2050; }
}
.flow text { fill: var(--text); }
.flow .node polygon, .flow .node path, .flow .node ellipse, .flow .node polyline {
  fill: var(--box); stroke: var(--line); }
.flow .queue polygon + polygon { fill: none; }
.flow .edge path, .flow .edge polygon { stroke: var(--line); }
.flow .edge polygon { fill: var(--line); }
.flow .number polygon, .flow .number path { stroke: var(--text); }
.flow .new path, .flow .new polygon, .flow .new polyline { stroke: var(--new); stroke-width: 2.5; }
.flow .changed path, .flow .changed polygon, .flow .changed polyline { stroke: var(--changed); stroke-width: 2.5; }
.flow .gone path, .flow .gone polygon, .flow .gone polyline { stroke: var(--gone); stroke-dasharray: 6 4; }
.flow .noticed path, .flow .noticed polygon, .flow .noticed polyline { stroke: var(--noticed); stroke-width: 2.5; }
.flow .node.new path, .flow .node.new polygon { fill: var(--new-box); }
.flow .node.changed path, .flow .node.changed polygon { fill: var(--changed-box); }
.flow .node.gone path, .flow .node.gone polygon { fill: var(--gone-box); }
.flow .node.noticed path, .flow .node.noticed polygon { fill: var(--noticed-box); }
"""
# The text that Graphviz writes around a picture, and the tooltips of its parts: numbers of nodes.
_AROUND = re.compile(r"\A.*?(?=<svg)", re.DOTALL)
_SPARE = re.compile(r"<!--.*?-->\n?|<title>[^<]*</title>\n?", re.DOTALL)
_PLANE = re.compile(r'<polygon fill="(?:transparent|white|none)" stroke="transparent" points="[^"]*"/>\n')


def svg(drawn: str, nodes: int, edges: int) -> Markup:
    """An image of its own, and a part of a page. drawn: the output of Graphviz. nodes, edges: how many it has."""
    text = _SPARE.sub("", _AROUND.sub("", drawn))
    text = _PLANE.sub("", text, count=1)
    width = re.search(r'width="(\d+)pt"', text)
    # It shrinks a little, and then its page scrolls.
    style = f' style="max-width: 100%; min-width: {int(width[1]) * 2 // 3}pt; height: auto"' if width else ""
    title = f"{nodes} parts of call flows, and {edges} ways between them"
    head = f'<svg class="flow" role="img" aria-label="{title}"{style}'
    inside = text[len("<svg") :].split(">", 1)
    return Markup(f"{head}{inside[0]}><style>{CSS}</style>{inside[1]}".rstrip() + "\n")
