# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The text of nodes and edges as every form of a picture writes it: plain, wrapped, and with its state in words."""

from __future__ import annotations

from textwrap import wrap

from ..._text.plain import plain
from .picture import Edge, Node

# Characters in a line of a node, and in a line at a way.
OF_NODES, OF_EDGES = 32, 24


def node_lines(node: Node) -> list[str]:
    """The lines of a node, the last of which names the difference."""
    lines = [line for text in node.lines for line in _wrapped(text, OF_NODES)]
    return [*lines, f"({node.state})"] if node.state else lines


def edge_lines(edge: Edge) -> list[str]:
    text = f"{edge.label} ({edge.state})".strip() if edge.state else edge.label
    return _wrapped(text, OF_EDGES) if text else []


def _wrapped(text: str, width: int) -> list[str]:
    # Some forms draw spaces in a row as one, and none at the ends.
    return wrap(" ".join(plain(text).split()), width, break_on_hyphens=False) or ['""']
