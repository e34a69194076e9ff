# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pictures of the PBX as it is, and after a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cases.inprocess import call
from tests.cases.mistakes import CLINIC
from tests.emulator.server import Emulator

MAIN = ["74950000101"]


@pytest.fixture
def clinic(pbx: Emulator) -> Emulator:
    assert not call(pbx, "pbx_tenant", CLINIC).get("failed")
    pbx.clear_log()
    return pbx


def drawn(pbx: Emulator, check: bool = False, **options: Any) -> dict[str, Any]:
    result = call(pbx, "pbx_flow_diagram", options, check=check)
    assert not result.get("failed"), result["msg"]
    assert pbx.writes() == []
    return result


def test_the_pbx_is_drawn_like_its_document(clinic: Emulator, tmp_path: Path) -> None:
    there = drawn(clinic, numbers=MAIN)
    alone = drawn(clinic, numbers=MAIN, offline=True, **CLINIC)
    assert (there["diagram"], there["marked"]) == (alone["diagram"], [])
    # Parts that the document would not change are not marked.
    assert drawn(clinic, numbers=MAIN, **CLINIC)["marked"] == []
    path = tmp_path / "flow.mmd"
    assert drawn(clinic, check=True, numbers=MAIN, path=str(path))["changed"] is True
    assert not path.exists()
    assert drawn(clinic, numbers=MAIN, path=str(path))["changed"] is True
    assert drawn(clinic, numbers=MAIN, path=str(path))["changed"] is False


def test_what_a_document_changes_is_marked(clinic: Emulator) -> None:
    rule = {"name": "Moved", "type": "transfer", "transfer_dst": "112", "transfer_timeout": 9}
    document: dict[str, Any] = {"extensions": [{"number": "300", "incom_rules": [rule]}]}
    found = drawn(clinic, numbers=MAIN, **document)
    assert found["marked"] == ["new", "changed", "gone"]
    marked = [line for line in found["diagram"].splitlines() if "#40;changed#41;" in line]
    assert len(marked) == 1
    assert "300 Main menu" in marked[0]
    assert (
        drawn(clinic, numbers=MAIN, extensions=[{"number": "300", "incom_rules": [rule]}], changes=False)["marked"]
        == []
    )
