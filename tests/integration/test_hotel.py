# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The hotel of the examples with its 200 rooms, and every skeleton of a new tenant, from nothing, as a user runs them.

tests/unit/modules/test_hotel_and_fleet.py and tests/unit/test_new_tenant.py try the same in one process.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.emulator.server import Emulator
from tests.tools.ansible import Ansible
from tests.tools.tree import ROOT

pytestmark = pytest.mark.long

HOTEL = ROOT / "docs" / "examples" / "hotel" / "hotel.yml"
# The kinds, with the public number that is in the variables of each.
KINDS = {"office": "493055500100", "clinic": "493055500200", "hotel": "493055500300", "shop": "493055500400",
         "on_call": "493055500500"}  # fmt: skip
PICTURE = [
    {
        "hosts": "grand",
        "connection": "local",
        "gather_facts": False,
        "tasks": [
            {
                "name": "Draw",
                "telops.pbx.pbx_flow_diagram": {
                    "offline": True,
                    "numbers": ["493055500900"],
                    "form": "html",
                    "timezone": "Europe/Berlin",
                    "path": "{{ inventory_dir }}/hotel.html",
                    **{name: f"{{{{ pbx_{name} }}}}" for name in ("sounds", "intervals", "extensions", "dids")},
                },
            }
        ],
    }
]


def inventory(folder: Path, emulator: Emulator, numbers: dict[str, str]) -> Path:
    """An inventory with an empty tenant for each host, which has this public number."""
    hosts: dict[str, Any] = {}
    for host, number in numbers.items():
        client = emulator.add_client(dids=[number])
        hosts[host] = {"pbx_api_url": emulator.url, "pbx_access_token": client["access_token"]}
    path = folder / "inventory.yml"
    path.write_text(yaml.safe_dump({"all": {"hosts": hosts}}), encoding="utf-8")
    return path


def tried(ansible: Ansible, emulator: Emulator, hosts: Path) -> None:
    """Check without a PBX, preview, apply, and apply again. Each step is that of docs/new-tenant.md."""
    checked = ansible.playbook("telops.pbx.check", "-e", "pbx_offline=true", inventory=hosts)
    assert (checked.rc, checked.warnings) == (0, []), checked.output
    results = [task.result for task in checked.tasks if "findings" in task.result]
    assert [one for result in results for one in result["findings"] if one["severity"] in "EW"] == []
    calls = [task.result["counts"] for task in checked.tasks if task.result.get("counts", {}).get("calls")]
    assert calls
    assert all(one["failed"] == 0 and one["tests"] >= 2 for one in calls)
    emulator.clear_log()
    assert ansible.playbook("telops.pbx.plan", inventory=hosts, timeout=600).rc == 0
    assert emulator.writes() == []
    applied = ansible.playbook("telops.pbx.site", inventory=hosts, timeout=600)
    assert applied.rc == 0, applied.output
    assert emulator.writes() != []
    emulator.clear_log()
    again = ansible.playbook("telops.pbx.site", inventory=hosts, timeout=600)
    assert again.rc == 0, again.output
    assert emulator.writes() == []


def test_the_hotel_with_all_its_rooms(ansible: Ansible, emulator: Emulator) -> None:
    hosts = inventory(ansible.folder, emulator, {"grand": "493055500900"})
    (ansible.folder / "host_vars").mkdir()
    shutil.copy(HOTEL, ansible.folder / "host_vars" / "grand.yml")
    tried(ansible, emulator, hosts)
    rooms = [one["label"] for one in emulator.state(emulator.client_id + 1)["extensions"]]
    assert sum("room" in one for one in rooms) == 200
    drawn = ansible.playbook(PICTURE, inventory=hosts)
    assert drawn.rc == 0, drawn.output
    drawing = (ansible.folder / "hotel.html").read_text(encoding="utf-8")
    assert all(word in drawing for word in ("Reservations", "Night porter"))


def test_every_skeleton(ansible: Ansible, emulator: Emulator) -> None:
    hosts = inventory(ansible.folder, emulator, KINDS)
    for kind in KINDS:
        wanted = ("-e", f"pbx_new_tenant={kind}", "-e", f"pbx_new_tenant_kind={kind}")
        written = ansible.playbook("telops.pbx.new_tenant", *wanted, inventory=hosts)
        assert written.rc == 0, written.output
    tried(ansible, emulator, hosts)
