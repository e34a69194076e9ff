# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The jobs of docs/emulator.md, run as they are printed in an empty folder, and the rest of the page."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import sysconfig
import venv
from itertools import pairwise
from pathlib import Path

import pytest
import requests
import yaml

from tests.emulator.faults import KINDS
from tests.emulator.server import Emulator
from tests.tools.ansible import ROOT, environment

PAGE = (ROOT / "docs/emulator.md").read_text(encoding="utf-8")
FOLDER = ROOT / "docs/examples/emulator"
INVENTORY = re.findall(r"^`inventory.yml`\n\n```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
CLONE = "git clone --quiet --depth 1 https://github.com/telops/telops.pbx.git .pbx/ansible_collections/telops/pbx"


def gitlab() -> list[str]:
    return list(yaml.safe_load((FOLDER / "gitlab.yml").read_text(encoding="utf-8"))["calls"]["script"])


def github() -> list[str]:
    steps = yaml.safe_load((FOLDER / "github.yml").read_text(encoding="utf-8"))["jobs"]["calls"]["steps"]
    lines = [line for step in steps if "run" in step for line in step["run"].splitlines()]
    return [line for line in lines if "GITHUB_ENV" not in line]


def python(folder: Path) -> Path:
    """The programs of a fresh environment with the packages of the suite, so that pip needs no network."""
    venv.create(folder, with_pip=False, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "suite.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin"


@pytest.mark.long
def test_the_jobs_run_in_an_empty_folder(tmp_path: Path) -> None:
    assert github() == gitlab()
    assert gitlab()[0] == CLONE
    programs, folder = python(tmp_path / "python"), tmp_path / "work"
    folder.mkdir()
    (folder / "inventory.yml").write_text(INVENTORY[0], encoding="utf-8")
    place = folder / ".pbx/ansible_collections/telops/pbx"
    here = f"mkdir -p {place.parent} && ln -s {shlex.quote(str(ROOT))} {place}"
    ends = "trap 'kill $(jobs -p)' EXIT"
    script = "\n".join((ends, here, *gitlab()[1:]))
    env = environment(tmp_path / "home", {"ANSIBLE_COLLECTIONS_PATH": str(folder / ".pbx"), "PIP_NO_INDEX": "1"})
    env["PATH"] = os.pathsep.join([str(programs), str(Path(sys.executable).parent), env["PATH"]])
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "north matches its document." in done.stdout
    assert re.search(r"north +\d+ +\d+ +\d+ +2 +0", done.stdout)
    assert "NORTH_TOKEN" not in done.stdout


def test_the_page_lists_every_fault() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE.partition("## Faults")[2], re.MULTILINE)
    assert rows == [*KINDS.items()]


def test_the_requests_of_the_page_are_answered(emulator: Emulator) -> None:
    event = {"event_type": "hangup", "url": f"{emulator.origin}/_emulator/reset", "method": "POST"}
    token = {"Authorization": f"Bearer {emulator.access_token}"}
    path = f"{emulator.url}/extension/{emulator.extension_id('101')}/event/"
    assert requests.post(path, json=event, headers=token, timeout=5).status_code == 201
    commands = [shlex.split(line) for line in re.findall(r"^    (curl .*)$", PAGE, re.MULTILINE)]
    assert len(commands) >= 7
    for command in commands:
        given = dict(pairwise(command))
        (url,) = (one for one in command if one.startswith("http://127.0.0.1:8808/"))
        url = url.replace("http://127.0.0.1:8808", emulator.origin)
        method = given.get("-X", "POST" if "-d" in given else "GET")
        answer = requests.request(method, url, data=given.get("-d"), timeout=5)
        assert answer.status_code == 200, command
        if "webhooks" in url:
            assert [one["status"] for one in answer.json()] == [400], "a form is no reset"
