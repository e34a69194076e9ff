# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pictures of the tests, and pictures read back as Graphviz and Mermaid have understood them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.lines import edge_lines, node_lines
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.picture import Picture
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document
from ansible_collections.telops.pbx.plugins.module_utils._state.snapshot import Snapshot
from tests.tools import node

# The texts of nodes in their order; and of edges, each with the indices of its ends.
Read = tuple[list[str], list[tuple[int, int, str]]]


def snapshot(document: dict[str, Any]) -> Snapshot:
    return of_document(parse(document)[0], True)


def model(picture: Picture) -> Read:
    """The picture itself, in the form in which others are read back."""
    at = {one.name: index for index, one in enumerate(picture.nodes)}
    nodes = ["\n".join(node_lines(one)) for one in picture.nodes]
    return nodes, sorted((at[one.source], at[one.target], "\n".join(edge_lines(one))) for one in picture.edges)


def by_graphviz(text: str) -> Read:
    """The picture that Graphviz has understood; its labels are as they are drawn but for the two escapes."""
    done = subprocess.run(["dot", "-Tdot_json"], input=text, capture_output=True, check=True, text=True, timeout=60)
    found = json.loads(done.stdout)
    objects = found.get("objects", [])
    assert [one["name"] for one in objects] == [f"n{index}" for index in range(len(objects))]
    edges = found.get("edges", [])
    return (
        [_drawn(one["label"]) for one in objects],
        sorted((one["tail"], one["head"], _drawn(one.get("label", ""))) for one in edges),
    )


def _drawn(label: str) -> str:
    """A label of Graphviz as it is drawn."""
    text = label.replace("\\\\", "\0").replace("\\n", "\n").replace('\\"', '"').replace("\0", "\\")
    return text.replace("&amp;", "&")


def by_mermaid(texts: Sequence[str]) -> list[Read]:
    """The pictures that the real Mermaid has understood. Raises where it takes one for no diagram."""
    place = node.modules()
    script = Path(node.__file__).parent / "node" / "mermaid.mjs"
    done = subprocess.run(
        [node.program("node"), str(script), str(place)],
        input=json.dumps(list(texts)),
        capture_output=True,
        check=False,
        text=True,
        # It only ends what would never end: a busy machine takes minutes for 1,000 names.
        timeout=1_200,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[Read] = []
    for one in json.loads(done.stdout):
        names = {name: index for index, name in enumerate(one["nodes"])}
        edges = [(names[source], names[target], text) for source, target, text in one["edges"]]
        found.append((list(one["nodes"].values()), sorted(edges)))
    return found
