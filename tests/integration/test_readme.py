# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the README files show runs as it is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.emulator.server import Emulator
from tests.tools.ansible import ROOT, Ansible, local_host
from tests.tools.demo import plan
from tests.tools.tree import known_files

READMES = ["README.md", *(f"roles/{role}/README.md" for role in ("call_center", "ivr", "tenant", "offboard"))]


def blocks_of(name: str, kind: type) -> list[str]:
    """What stands in the page as YAML: playbooks are lists, inventories are dictionaries."""
    blocks = re.findall(r"^```yaml\n(.*?)^```", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    found = [block for block in blocks if isinstance(yaml.safe_load(block), kind)]
    assert found
    return found


def test_the_inventory_is_read(ansible: Ansible, emulator: Emulator) -> None:
    env = {"PBX_API_URL": emulator.url, "PBX_ACCESS_TOKEN": emulator.access_token}
    for block in blocks_of("README.md", dict):
        (ansible.folder / "pbx.yml").write_text(block, encoding="utf-8")
        run = ansible.command("ansible-inventory", "-i", "pbx.yml", "--graph", env=env)
        assert (run.rc, run.warnings) == (0, [])
        assert "@type_queue:\n  |  |--pbx-200\n" in run.stdout


@pytest.mark.parametrize("name", READMES)
def test_the_playbook_runs(ansible: Ansible, emulator: Emulator, name: str) -> None:
    emulator.reset(seed="bare")
    playbook = ansible.folder / "readme.yml"
    env = {"PBX_API_URL": emulator.url, "PBX_ACCESS_TOKEN": emulator.access_token}
    inventory = {"all": {"hosts": {host: local_host() for host in ("localhost", "pbx")}}}
    for block in blocks_of(name, list):
        playbook.write_text(block, encoding="utf-8")
        emulator.clear_log()
        for args, writes in ((("--check", "--diff"), False), ((), True), ((), False)):
            emulator.clear_log()
            run = ansible.playbook(playbook, *args, inventory=inventory, env=env)
            assert run.rc == 0, run.output
            assert run.warnings == []
            assert bool(emulator.writes()) == writes
            assert bool(plan(run)) == (writes or bool(args))


@pytest.mark.parametrize("name", [name for name in known_files() if name.endswith(".md")])
def test_links_lead_to_files(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [target for target in targets if not Path(ROOT / name).parent.joinpath(target).exists()] == []
