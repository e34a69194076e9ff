# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mermaid and DOT, read back by Mermaid and by Graphviz: whatever a name holds, the picture is the same."""

from __future__ import annotations

import os
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.build import picture
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.dot import dot
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.mermaid import mermaid
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.picture import (
    KINDS,
    STATES,
    Edge,
    Node,
    Picture,
    compared,
)
from tests.cases.mistakes import CLINIC
from tests.unit.flow.drawing import by_graphviz, by_mermaid, model, snapshot

WHOLE = bool(os.environ.get("PBX_TEST_EXAMPLES"))
NAMES = 1000 if WHOLE else 40
HOSTILE = [
    "a\u00a0b &nbsp; c",
    "end",
    "graph",
    "subgraph x",
    "class n0 new",
    "click n0 call alert()",
    "%% comment",
    "1. first",
    "- item",
    "* item",
    'a "quoted" name',
    "it's",
    "[x]",
    "(x)",
    "{x}",
    "{{x}}",
    "((x))",
    "]] --> n9",
    "| x |",
    "n0-->n1",
    "`code`",
    "**bold**",
    "a & b",
    "&amp;",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "#35;",
    "#quot;",
    "<b>x</b>",
    "</text><script>alert(1)</script>",
    "<br/>",
    "\\",
    "\\N",
    "\\n",
    "a\\",
    '\\"',
    "//",
    "-- x",
    "%{init}%",
    "$$x^2$$",
    "fa:fa-phone",
    "שלום עולם",
    "مرحبا 101",
    "\u202eabc",
    "\U0001f469\u200d\u2695\ufe0f \U0001f3e5",
    "日本語の名前",
    "x" * 200,
    "wort " * 40,
    " ",
    "\t",
    "a;b",
    "a,b",
    "---",
    "o",
    "x--o",
    "@{shape: rect}",
    "\x00",
    "http://example.com/?a=1&b=2",
    "A --> B",
    "~~~",
    "==>",
    "::: new",
    "style n0 fill:red",
]


def of_names(names: list[str], state: str = "") -> Picture:
    """A picture with each name on a node of some kind and on a way."""
    nodes = tuple(
        Node((str(index),), KINDS[index % len(KINDS)], (name, "second line"), state=state)
        for index, name in enumerate(names)
    )
    ways = [Edge(one.name, two.name, one.lines[0], state) for one, two in pairwise(nodes)]
    return Picture(nodes, (*ways, Edge(nodes[0].name, nodes[0].name)))


def opened_and_collapsed() -> list[Picture]:
    state = snapshot(CLINIC)
    both = [picture(state), picture(state, opened=True)]
    return [*both, compared(both[0], picture(state, [("number", "74950000101")]))]


def test_graphviz_reads_what_was_meant() -> None:
    for shown in (*opened_and_collapsed(), of_names(HOSTILE), *(of_names(HOSTILE, state) for state in STATES)):
        assert by_graphviz(dot(shown)) == model(shown)


@settings(max_examples=NAMES // 20, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=20, max_size=20))
def test_any_name_is_only_a_name_to_graphviz(names: list[str]) -> None:
    shown = of_names(names)
    assert by_graphviz(dot(shown)) == model(shown)


def test_mermaid_reads_what_was_meant() -> None:
    drawn = [*opened_and_collapsed(), of_names(HOSTILE), of_names(HOSTILE, "changed"), of_names(HOSTILE, "gone")]
    # One by one as well, so that no name hides the harm of another.
    drawn += [of_names([name, "x"]) for name in HOSTILE]

    @settings(max_examples=NAMES // 20, deadline=None, database=None)
    @given(st.lists(st.text(max_size=200), min_size=20, max_size=20))
    def draw(names: list[str]) -> None:
        drawn.append(of_names(names))

    draw()
    # The start of Mermaid takes seconds, so that one process reads all.
    for wanted, found in zip(drawn, by_mermaid(list(map(mermaid, drawn))), strict=True):
        assert found == model(wanted)
