# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults that molecule only warns of, or never sees: a scenario or a playbook that is not there."""

from __future__ import annotations

import pytest
import yaml

from tests.tools.tree import ROOT

SCENARIOS = ROOT / "extensions" / "molecule"
ROLES = sorted(path.name for path in (ROOT / "roles").iterdir())
STEPS = ["check", "converge", "idempotence", "verify"]


def test_every_role_has_a_scenario() -> None:
    assert sorted(path.parent.name for path in SCENARIOS.glob("*/molecule.yml")) == sorted([*ROLES, "default"])
    shared = yaml.safe_load((SCENARIOS / "config.yml").read_text(encoding="utf-8"))
    assert shared["scenario"]["test_sequence"] == STEPS


@pytest.mark.parametrize("role", ROLES)
def test_a_scenario_runs_its_role_and_looks_at_what_it_did(role: str) -> None:
    own = yaml.safe_load((SCENARIOS / role / "molecule.yml").read_text(encoding="utf-8"))
    assert own == {"scenario": {"name": role}}
    (converge,) = yaml.safe_load((SCENARIOS / role / "converge.yml").read_text(encoding="utf-8"))
    assert (converge["hosts"], [one["role"] for one in converge["roles"]]) == (role, [f"telops.pbx.{role}"])
    (verify,) = yaml.safe_load((SCENARIOS / role / "verify.yml").read_text(encoding="utf-8"))
    used = [name for task in verify["tasks"] for name in task if "." in name]
    assert verify["hosts"] == role
    assert used[-1] == "ansible.builtin.assert"
    assert all(name.startswith("telops.pbx.pbx_") and name.endswith("_info") for name in used[:-1])
