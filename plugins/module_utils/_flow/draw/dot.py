# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A picture in the language of Graphviz, which lays it out."""

from __future__ import annotations

from collections.abc import Iterator

from .lines import edge_lines, node_lines
from .picture import (
    CONFERENCE,
    FAX,
    HANGUP,
    HOURS,
    KEY,
    MENU,
    NUMBER,
    OUTSIDE,
    PHONE,
    QUEUE,
    RULE,
    UNKNOWN,
    VOICEMAIL,
    WEBHOOK,
    Picture,
)  # fmt: skip

SHAPES = {
    NUMBER: "box, style=rounded, penwidth=2",
    HOURS: "box, style=diagonals",
    MENU: "box",
    KEY: "box",
    RULE: "box",
    WEBHOOK: "component",
    PHONE: "box, style=rounded",
    QUEUE: "box, peripheries=2",
    FAX: "folder",
    CONFERENCE: "folder",
    OUTSIDE: "cds",
    VOICEMAIL: "note",
    HANGUP: "octagon",
    UNKNOWN: "box, style=dashed",
}
_HEAD = (
    "  graph [rankdir=LR, ranksep=0.4, nodesep=0.2, bgcolor=transparent]",
    '  node [fontname="Helvetica,Arial,sans-serif", fontsize=12, margin="0.18,0.1"]',
    '  edge [fontname="Helvetica,Arial,sans-serif", fontsize=11]',
)


def dot(picture: Picture) -> str:
    """The text of a directed graph. Nothing in a name is ever taken for syntax. Kinds and states are classes."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    yield "digraph flow {"
    yield from _HEAD
    numbered = {node.name: f"n{index}" for index, node in enumerate(picture.nodes)}
    for node in picture.nodes:
        style = f'class="{node.kind} {node.state}"'.replace(' "', '"')
        yield f"  {numbered[node.name]} [label={_text(node_lines(node))}, shape={SHAPES[node.kind]}, {style}]"
    for edge in picture.edges:
        more = [f"label={_text(lines)}"] if (lines := edge_lines(edge)) else []
        more += [f'class="{edge.state}"'] if edge.state else []
        shown = f" [{', '.join(more)}]" if more else ""
        yield f"  {numbered[edge.source]} -> {numbered[edge.target]}{shown}"
    yield "}"


def _text(lines: list[str]) -> str:
    spelled = "\\n".join(
        # An ampersand would begin a character entity.
        line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
        for line in lines
    )
    return f'"{spelled}"'
