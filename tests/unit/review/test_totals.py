# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The line about all tenants, which the playbooks say without any configuration."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

pytest.importorskip("ansible")

from ansible_collections.telops.pbx.plugins.module_utils._entry.review import totals
from tests.tools.tree import ROOT

MADE = {"action": "create", "kind": "agent", "object": 'agent "Anna"'}
LEFT = {"kind": "event", "object": 'extension "101" > event "https://old.example"'}


def tenant(name: str, steps: int = 0, left: int = 0, **more: Any) -> dict[str, Any]:
    result = {"plan": [MADE] * steps, "unmanaged": [LEFT] * left}
    return {"inventory_hostname": name, "tenant_result": result, **more}


def stopped(**more: Any) -> dict[str, Any]:
    """A tenant whose run failed in the middle."""
    result = {"failed": True, "plan": [MADE] * 2, "done": ["create a", "create b"], **more}
    return {"inventory_hostname": "a", "tenant_result": result, "pbx_failure": ["refused"]}


@pytest.mark.parametrize(
    ("hosts", "check", "line"),
    [
        ([tenant("a")], True, "0 of 1 tenant with changes: 0 to create, 0 to change, 0 to delete"),
        (
            [tenant("a", 2, 4)],
            True,
            "1 of 1 tenant with changes: 2 to create, 0 to change, 0 to delete; 4 objects are not in the document",
        ),
        (
            [tenant("a", 2), tenant("b", 0, 1), {"inventory_hostname": "c"}, tenant("d", 7, 7, pbx_failure="refused")],
            False,
            "1 of 4 tenants with changes, 2 failed: 2 created, 0 changed, 0 deleted; "
            "1 object is not in their documents",
        ),
        ([{"inventory_hostname": "c"}], True, "0 of 1 tenant with changes, 1 failed: nothing was done"),
        ([stopped()], False, "1 of 1 tenant with changes, 1 failed: 2 created, 0 changed, 0 deleted"),
        ([stopped(rolled_back=True)], False, "0 of 1 tenant with changes, 1 failed: nothing was done"),
    ],
)
def test_e7_totals(hosts: list[dict[str, Any]], check: bool, line: str) -> None:
    assert totals(hosts, "tenant_result", check) == line


def test_e7_totals_of_an_export() -> None:
    done = {"tenant": {}, "files": ["pbx_dids.yml", "pbx_sounds.yml"], "unresolved": [{}]}
    hosts = [{"inventory_hostname": "a", "pbx_exported": done}, {"inventory_hostname": "b", "pbx_failure": "refused"}]
    assert totals(hosts, "pbx_exported", False) == "1 of 2 tenants exported: 2 files written, 1 thing to decide"
    assert totals(hosts[:1], "pbx_exported", True) == "1 of 1 tenant exported: 2 files would differ, 1 thing to decide"


@pytest.mark.parametrize("name", ["plan", "site", "export", "offboard"])
def test_e7_every_playbook_says_the_totals_before_it_fails(name: str) -> None:
    """drift imports the plan."""
    tasks = yaml.safe_load((ROOT / "playbooks" / f"{name}.yml").read_text(encoding="utf-8"))[-1]["tasks"]
    said = [at for at, task in enumerate(tasks) if "telops.pbx.totals" in str(task) and task.get("run_once")]
    fails = [at for at, task in enumerate(tasks) if "ansible.builtin.fail" in task]
    assert len(said) == 1
    assert said < fails
