# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The hotel of the examples, and the day on which a whole fleet closes early: checked, tried, drawn and applied.

With PBX_TEST_EXAMPLES, the fleet has its full size of 200 tenants.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.cases.closing import PAGE, filled, tenant
from tests.cases.inprocess import call, connections
from tests.emulator.server import Emulator
from tests.tools.tree import ROOT

HOTEL = ROOT / "docs" / "examples" / "hotel" / "hotel.yml"
TENANTS = 200 if "PBX_TEST_EXAMPLES" in os.environ else 2


def good(emulator: Emulator, module: str, args: dict[str, Any], **more: Any) -> dict[str, Any]:
    result = call(emulator, module, args, **more)
    assert not result.get("failed"), result["msg"]
    return result


def test_a_hotel_of_200_rooms_in_less_than_150_lines_is_checked_tried_and_drawn(emulator: Emulator) -> None:
    text = HOTEL.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    document = filled(text)
    assert sum("room" in one["label"] for one in document["extensions"]) == 200
    tests = document.pop("call_tests")
    offline = {**document, "offline": True}
    assert good(emulator, "pbx_flow_check", {**offline, "severity": "W"})["findings"] == []
    tried = good(emulator, "pbx_call_test", {**offline, "tests": tests, "trace": False})
    assert tried["counts"] == {"tests": len(tests["calls"]), "failed": 0, "calls": len(tests["calls"])}
    drawn = good(emulator, "pbx_flow_diagram", {**offline, "numbers": ["493055500900"]})
    assert all(word in drawn["diagram"] for word in ("portuguese", "Reservations", "Night porter"))


def test_the_hotel_is_applied_once(emulator: Emulator, tmp_path: Path) -> None:
    """With 3 of its rooms; tests/integration/test_hotel.py applies all 200."""
    houses = [{"name": "Berlin", "desk": "901", "rooms": "101-102"}, {"name": "Lisbon", "desk": "902", "rooms": "301"}]
    document = filled(HOTEL.read_text(encoding="utf-8"), hotel_houses=houses)
    client = emulator.add_client(dids=["493055500900"])
    apply = {
        **document, "access_token": client["access_token"], "prompt_folder": str(tmp_path / "prompts"),
        "flow_check": "refuse", "dialect": {},
    }  # fmt: skip
    with connections():
        assert good(emulator, "pbx_tenant", apply, check=True)["changed"]
        assert emulator.writes() == []
        assert good(emulator, "pbx_tenant", apply)["changed"]
        assert not good(emulator, "pbx_tenant", apply)["changed"]
    # Each prompt is a file beside the document, to be committed.
    assert len(list((tmp_path / "prompts").iterdir())) == len(document["sounds"])


def test_one_line_closes_a_fleet_early(emulator: Emulator, tmp_path: Path) -> None:
    common = {"prompt_folder": str(tmp_path / "prompts"), "flow_check": "off", "dialect": {}}
    with connections():
        for index in range(TENANTS):
            number = f"4930555{index:05}"
            login = {"access_token": emulator.add_client(dids=[number])["access_token"], **common}
            plain = tenant(number, fleet_closings=[])
            tests = plain.pop("call_tests")
            good(emulator, "pbx_tenant", {**plain, **login})
            # Without the line, the number is open at 14:01, and the tests tell it.
            open_still = call(emulator, "pbx_call_test", {**plain, "offline": True, "tests": tests, "trace": False})
            assert f"{number} is closed at 2027-12-24 14:01" in open_still["msg"]
            emulator.clear_log()
            changed = tenant(number)
            planned = good(emulator, "pbx_tenant", {**changed, **login}, check=True)
            assert [step["object"] for step in planned["plan"]] == ['tenant interval "Holidays"']
            done = good(emulator, "pbx_tenant", {**changed, **login})
            assert [entry["method"] for entry in emulator.writes()] == ["PUT"]
            assert (done["call_tests"]["tests"], done["call_tests"]["failed"]) == (4, 0)


@pytest.mark.parametrize("page", [PAGE])
def test_the_page_names_the_step(page: Path) -> None:
    assert 'update tenant interval "Holidays"' in page.read_text(encoding="utf-8")
