# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples of the README files, which run as they are printed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.emulator.server import Emulator
from tests.tools.ansible import ROOT, Ansible, local_host
from tests.tools.demo import plan
from tests.tools.tree import known_files

READMES = ["README.md", *(f"roles/{role}/README.md" for role in ("call_center", "ivr", "tenant", "offboard"))]


def blocks_of(name: str, kind: type) -> list[str]:
    """The YAML blocks of one kind in the page: playbooks are lists, inventories are dictionaries."""
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


def lines_of(name: str, *starts: str) -> list[str]:
    """The commands of a page that begin with one of these, in the order of the page and each once."""
    commands = re.findall(r"^ {4}(\S.*)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    return list(dict.fromkeys(one for one in commands if one.startswith(starts)))


def test_the_readme_begins_with_a_demo_and_the_tests_that_ci_runs() -> None:
    demo, test = lines_of("README.md", "make ")[:2]
    assert (demo.split()[:2], test.split()[:2]) == (["make", "demo"], ["make", "test"])
    assert "make test " in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize(("page", "file"), [("README.md", "anna.yml"), ("docs/quickstart.md", "look.yml")])
def test_e1_the_first_playbook_runs_as_printed(emulator: Emulator, tmp_path: Path, page: str, file: str) -> None:
    """From a clone, in a fresh folder, by somebody who has set nothing."""
    assert f"`{file}`" in (ROOT / page).read_text(encoding="utf-8")
    (tmp_path / file).write_text(blocks_of(page, list)[0], encoding="utf-8")
    activate, find = lines_of(page, "source ", "export ANSIBLE_")
    (connect,) = lines_of(page, "export PBX_API_URL=http://127.0.0.1:8808/api/ver1.0 ")
    runs = [line for line in lines_of(page, "ansible-playbook ") if line.endswith(file)]
    script = [
        f"cd {shlex.quote(str(ROOT))}",
        # It is where these tests run, whatever it is called here.
        activate.replace(".venv", shlex.quote(sys.prefix)),
        find,
        f"cd {shlex.quote(str(tmp_path))}",
        connect.replace("http://127.0.0.1:8808/api/ver1.0", emulator.url),
        *runs,
    ]
    home = {"HOME": str(tmp_path / "home"), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["bash", "-euc", "\n".join(script)], env=home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("failed=0") == len(runs) > 0
    assert bool(emulator.writes()) == (file == "anna.yml")


@pytest.mark.parametrize("name", [name for name in known_files() if name.endswith(".md")])
def test_links_lead_to_files(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [target for target in targets if not Path(ROOT / name).parent.joinpath(target).exists()] == []
