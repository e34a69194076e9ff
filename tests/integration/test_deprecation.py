# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An option that will be removed warns whoever sets it, in a module's own process and in the worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.emulator.server import Emulator
from tests.tools.ansible import Ansible
from tests.tools.tree import copy

AGENT = "plugins/module_utils/_model/nouns/agent.py"
DECLARED = 'number("wrap_up_time"'


@pytest.fixture(scope="module")
def deprecating(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the collection in which the wrap-up time of an agent goes with version 9."""
    base = tmp_path_factory.mktemp("deprecating")
    declaration = copy(base=base) / AGENT
    before = declaration.read_text(encoding="utf-8")
    assert DECLARED in before
    declaration.write_text(before.replace(DECLARED, f'{DECLARED}, removed_in="9.0.0"'), encoding="utf-8")
    return base


@pytest.mark.parametrize("fast_path", [pytest.param("0", marks=pytest.mark.long), "1"])
def test_a_deprecated_option_warns(ansible: Ansible, emulator: Emulator, deprecating: Path, fast_path: str) -> None:
    env = {
        "ANSIBLE_COLLECTIONS_PATH": str(deprecating),
        "PBX_API_URL": emulator.url,
        "PBX_ACCESS_TOKEN": emulator.access_token,
        "PBX_FAST_PATH": fast_path,
    }
    agent = {"extension": "101", "name": "Zoe"}
    agents = [{"name": "Ann", "wrap_up_time": 10}, {"name": "Ben", "wrap_up_time": 10}]
    run = ansible.tasks(
        {"name": "without", "telops.pbx.pbx_agent": agent},
        {"name": "with", "telops.pbx.pbx_agent": {**agent, "wrap_up_time": 10}},
        {"name": "document", "telops.pbx.pbx_tenant": {"extensions": [{"number": "101", "agents": agents}]}},
        env=env,
    )
    assert run.rc == 0, run.output
    said = [warning for warning in run.warnings if warning.startswith("[DEPRECATION WARNING]")]
    assert len(said) == 1, run.output
    assert "Param 'wrap_up_time' is deprecated" in said[0]
    assert "version 9.0.0" in said[0]
    told = [warning for warning in run.warnings if "will not know it" in warning]
    assert len(told) == 1, run.output
    assert "wrap_up_time of agents is deprecated, and telops.pbx 9.0.0 will not know it" in " ".join(told[0].split())
    assert [task.changed for task in run.tasks] == [True, True, True]
