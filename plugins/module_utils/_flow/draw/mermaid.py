# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A picture as Mermaid, which Markdown on many platforms shows by itself."""

from __future__ import annotations

from collections.abc import Iterator

from .lines import edge_lines, node_lines
from .picture import (
    CHANGED,
    CONFERENCE,
    FAX,
    GONE,
    HANGUP,
    HOURS,
    KEY,
    MENU,
    NEW,
    NOTICED,
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

# The marks before and behind the text of a node, by kind: they give its shape.
SHAPES = {
    NUMBER: ("([", "])"),
    HOURS: ("{{", "}}"),
    MENU: ("[", "]"),
    KEY: ("[", "]"),
    RULE: ("[", "]"),
    WEBHOOK: ("[/", "\\]"),
    PHONE: ("(", ")"),
    QUEUE: ("[[", "]]"),
    FAX: ("[(", ")]"),
    CONFERENCE: ("[(", ")]"),
    OUTSIDE: ("[/", "/]"),
    VOICEMAIL: ("[\\", "\\]"),
    HANGUP: (">", "]"),
    UNKNOWN: ("{{", "}}"),
}
STYLES = {
    NEW: "fill:#d8f5df,stroke:#116329,stroke-width:3px,color:#0b3d1a",
    CHANGED: "fill:#fff0cf,stroke:#7d4e00,stroke-width:3px,color:#4a2e00",
    GONE: "fill:#fde0e0,stroke:#b31d28,stroke-width:3px,stroke-dasharray:6 4,color:#6b0f17",
    NOTICED: "fill:#e9e0ff,stroke:#5b3ca4,stroke-width:3px,color:#2f1c5c",
}
_LINKS = {NEW: "stroke:#116329,stroke-width:3px", GONE: "stroke:#b31d28,stroke-width:2px,stroke-dasharray:6 4"}


def mermaid(picture: Picture) -> str:
    """The text of a Mermaid diagram. Nothing in a name is ever taken for syntax."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    yield "flowchart LR"
    numbered = {node.name: f"n{index}" for index, node in enumerate(picture.nodes)}
    for node in picture.nodes:
        start, end = SHAPES[node.kind]
        yield f"  {numbered[node.name]}{start}{_text(node_lines(node))}{end}"
    for edge in picture.edges:
        lines = edge_lines(edge)
        label = f"|{_text(lines)}|" if lines else ""
        yield f"  {numbered[edge.source]} -->{label} {numbered[edge.target]}"
    for state in picture.states:
        yield f"  classDef {state} {STYLES[state]}"
        marked = [numbered[node.name] for node in picture.nodes if node.state == state]
        if marked:
            yield f"  class {','.join(marked)} {state}"
    for state, style in _LINKS.items():
        marked = [str(index) for index, edge in enumerate(picture.edges) if edge.state == state]
        if marked:
            yield f"  linkStyle {','.join(marked)} {style}"


def _text(lines: list[str]) -> str:
    return f'"{"<br/>".join("".join(map(_spelled, line)) for line in lines)}"'


def _spelled(character: str) -> str:
    """Letters, digits and characters without a meaning in Mermaid, Markdown and HTML stay; all others become codes."""
    if character.isalnum() or character in " ,:/" or ord(character) > 127:
        return character
    return f"#{ord(character)};"
