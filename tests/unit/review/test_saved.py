# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Saved plans as reports, from their files alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._entry.review import PbxError, saved
from tests.unit.review.test_review import AGENTS, PHONE


def plan_file(path: Path, *steps: object) -> str:
    path.write_text(json.dumps({"format": 1, "tenant": {}, "key": "x", "counts": {}, "steps": steps}), encoding="utf-8")
    return str(path)


def test_plans_are_told_in_every_form(tmp_path: Path) -> None:
    plans = {
        "north": plan_file(tmp_path / "n.json", PHONE, *AGENTS),
        "south": plan_file(tmp_path / "s.json", *AGENTS),
    }
    text = saved(plans, "text").splitlines()
    assert text[0] == "north: 2 to create, 1 to change, 0 to delete"
    assert text[-1] == "2 of 2 tenants with changes: 4 to create, 1 to change, 0 to delete"
    for form in ("markdown", "html"):
        assert "2 tenants get the same 2 changes" in saved(plans, form)
    assert json.loads(saved(plans, "json"))["tenants"]["north"]["counts"]["planned"]["create"] == 2


def test_what_is_no_plan_is_said(tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text("[]", encoding="utf-8")
    with pytest.raises(PbxError, match=r"no\.json holds no plan"):
        saved({"north": str(tmp_path / "no.json")}, "text")
    with pytest.raises(PbxError, match=r"nowhere\.json is not there"):
        saved({"north": str(tmp_path / "nowhere.json")}, "text")
