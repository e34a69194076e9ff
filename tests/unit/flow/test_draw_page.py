# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Images and pages of call flows, as pbx_flow_diagram makes them."""

from __future__ import annotations

import os
import re
import stat
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._engine.errors import InputError
from ansible_collections.telops.pbx.plugins.module_utils._entry import graphviz
from ansible_collections.telops.pbx.plugins.module_utils._entry.flow_diagram import FlowDiagram, drawn
from ansible_collections.telops.pbx.plugins.module_utils._entry.following import Followed
from ansible_collections.telops.pbx.plugins.module_utils._entry.graphviz import laid_out
from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.dot import dot
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.lines import edge_lines, node_lines
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.picture import STATES, Picture
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.svg import CSS, svg
from ansible_collections.telops.pbx.plugins.module_utils._text.mask import Mask
from tests.cases.mistakes import CLINIC
from tests.unit.flow.calling import phone
from tests.unit.flow.drawing import snapshot
from tests.unit.flow.test_draw_forms import HOSTILE, of_names
from tests.unit.flow.test_sheet import TODAY

# All that an image consists of.
TAGS = {"svg", "g", "style", "text", "polygon", "polyline", "path", "ellipse"}
SVG = "{http://www.w3.org/2000/svg}"


def image(picture: Picture) -> str:
    return svg(laid_out(dot(picture), len(picture.nodes)), len(picture.nodes), len(picture.edges))


def made(document: dict[str, Any], check: bool = False, **options: Any) -> dict[str, Any]:
    """The result of the module for a document alone."""
    spec = FlowDiagram().options()
    params = {name: option.get("default") for name, option in spec.items()}
    params.update(access_token=None, app_id=None, app_secret=None, api_username=None, api_password=None)
    found = FlowDiagram().apart({**params, **document, "offline": True, "today": str(TODAY), **options}, check)
    assert found is not None
    return found


def texts(root: ET.Element) -> list[str]:
    return sorted(" ".join("".join(one.itertext()).split()) for one in root.iter(f"{SVG}text"))


def check_image(picture: Picture) -> None:
    """An image has its own elements only, and all texts of the picture as text."""
    text = image(picture)
    root = ET.fromstring(text)  # noqa: S314 - a picture of Graphviz
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= TAGS
    names = {name for one in root.iter() for name in one.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name]
    wanted = [line for one in picture.nodes for line in node_lines(one)]
    wanted += [line for one in picture.edges for line in edge_lines(one)]
    # Spaces in a row are drawn as those of another kind.
    assert texts(root) == sorted(" ".join(one.split()) for one in wanted)


def test_no_name_is_markup_in_an_image() -> None:
    for state in ("", *STATES):
        check_image(of_names(HOSTILE, state))


@settings(max_examples=2, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=20, max_size=20))
def test_any_name_is_text_in_an_image(names: list[str]) -> None:
    check_image(of_names(names))


def test_the_colours_of_states_are_said_in_words_too() -> None:
    for state in STATES:
        assert f"({state})" in image(of_names(["x"], state))
        assert f".flow .node.{state}" in CSS


def test_without_graphviz_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    for form in ("svg", "html"):
        with pytest.raises(InputError, match="no program dot here; install the package graphviz, or choose the form"):
            made(CLINIC, form=form)
    for form in ("mermaid", "markdown", "dot"):
        assert made(CLINIC, form=form)["nodes"] > 20


def test_a_graphviz_that_fails_or_hangs_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\necho 'Error: no memory' >&2; exit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(InputError, match="Graphviz has failed with status 3, and says: Error: no memory"):
        made(CLINIC, form="svg")
    program.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    monkeypatch.setattr(graphviz, "SECONDS", 0.05)
    with pytest.raises(InputError, match=r"has not laid out \d+ parts within 0.05 s; name some numbers"):
        made(CLINIC, form="svg")


def test_a_file_is_written_once_and_not_in_check_mode(tmp_path: Path) -> None:
    path = tmp_path / "clinic.md"
    assert made(CLINIC, check=True, form="markdown", path=str(path))["changed"] is True
    assert not path.exists()
    found = made(CLINIC, form="markdown", path=str(path))
    assert found["changed"] is True
    assert path.read_text(encoding="utf-8") == found["diagram"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert made(CLINIC, form="markdown", path=str(path))["changed"] is False


def test_a_page_needs_nothing_but_itself_and_has_the_sheet() -> None:
    page = made(CLINIC, form="html")["diagram"]
    assert page.count("<svg") == 1
    assert "<script" not in page
    assert not re.findall(r"""(?:src|href)=|url\(|@import|<!ENTITY|<!--""", page)
    assert "default-src 'none'" in page
    assert "<h2>Who answers when</h2>" in page
    assert "xml version" not in page


def test_where_the_pbx_is_known_its_changes_are_marked() -> None:
    before = snapshot({"extensions": [phone("101"), phone("102", {"type": "transfer", "transfer_dst": "101"})]})
    after = snapshot({"extensions": [phone("101"), phone("102", {"type": "transfer", "transfer_dst": "+4930"})]})
    tenant = Followed(after, before, {}, TODAY, Assumptions(), Mask(""), False)
    assert drawn(tenant, ["102"], False, True).states == ["new", "changed", "gone"]
    assert drawn(tenant, ["102"], False, False).states == []
    # A number that only one of the two states has is new as a whole.
    new = Followed(after, snapshot({"extensions": [phone("101")]}), {}, TODAY, Assumptions(), Mask(""), False)
    assert drawn(new, ["102"], False, True).states == ["new"]
