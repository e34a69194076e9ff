# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where Ansible runs under PBX_READ_ONLY, no playbook can take that back, on neither way that a module is run."""

from __future__ import annotations

import pytest

from tests.emulator.server import Emulator
from tests.integration.playbooks import CONNECTION, inventory, task
from tests.tools.ansible import Ansible


@pytest.mark.parametrize("fast_path", ["1", "0"])
def test_a_play_cannot_take_the_environment_back(emulator: Emulator, ansible: Ansible, fast_path: str) -> None:
    hosts = inventory(emulator, ["pbx"])
    anna, queue = {"extension": "101", "name": "Anna"}, {"extension": "200", "agent": "101/Anna"}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "environment": {"PBX_READ_ONLY": "", "PBX_FAST_PATH": fast_path},
        "module_defaults": {"group/telops.pbx.pbx": {**CONNECTION, "read_only": False}},
        "tasks": [
            task("An agent", "pbx_agent", anna, check_mode=False),
            # An ordinary module knows nothing of the objects that the task before it would have made.
            *([task("In a queue", "pbx_queue_agent", queue)] if fast_path == "1" else []),
        ],
    }
    env = {"PBX_READ_ONLY": "1", "PBX_FAST_PATH": fast_path}
    run = ansible.playbook([play], inventory=hosts, env=env)
    assert run.rc == 0, run.output
    assert all(one.result["read_only"] is one.result["changed"] is True for one in run.tasks), run.output
    assert emulator.writes() == []
    assert " ".join(run.output.split()).count("nothing is written, because read_only") == 1
