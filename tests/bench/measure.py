# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One run of ansible-playbook: its time, and its requests to the emulator."""

from __future__ import annotations

import json
import subprocess
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.process import EmulatorProcess
from tests.tools.ansible import environment, local_host

PLAYBOOKS = Path(__file__).parent / "playbooks"
# A run that hangs is an error after this many s.
LIMIT = 3600


def variables_of(home: Path, extra: Mapping[str, str] | None) -> dict[str, str]:
    """The environment of a run. Python keeps its bytecode in it, as it does for users, whatever it does for us."""
    env = environment(home, extra)
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


class BenchError(Exception):
    """A run that did not do its work, so that its time says nothing."""


def play(*tasks: Mapping[str, Any]) -> dict[str, Any]:
    """A play of these tasks, with the access to the emulator that playbook() gives."""
    access = {"api_url": "{{ pbx_api_url }}", "access_token": "{{ pbx_access_token }}"}
    return {
        "name": "Separate tasks",
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": {"group/telops.pbx.pbx": access},
        "tasks": list(tasks),
    }


@dataclass(frozen=True)
class Sample:
    """``seconds`` of wall time, ``requests`` by method, and the processor time of the emulator in s."""

    seconds: float
    requests: dict[str, int]
    emulator: float


class Bench:
    """Runs playbooks against one emulator; ``folder`` receives files, Ansible's own state included."""

    def __init__(self, pbx: EmulatorProcess, folder: Path) -> None:
        self.pbx = pbx
        self.folder = folder
        self._inventory = folder / "inventory.json"
        self._inventory.write_text(json.dumps({"all": {"hosts": {"pbx": local_host()}}}), encoding="utf-8")

    def playbook(
        self,
        playbook: Path | Sequence[Mapping[str, Any]],
        variables: Mapping[str, Any] | None = None,
        env: Mapping[str, str] | None = None,
        inventory: Path | None = None,
    ) -> Sample:
        """Run a file or a list of plays. Raises BenchError when it fails."""
        if not isinstance(playbook, Path):
            plays, playbook = playbook, self.folder / "playbook.json"
            playbook.write_text(json.dumps(plays), encoding="utf-8")
        access = {"pbx_api_url": self.pbx.url, "pbx_access_token": self.pbx.access_token}
        given = self.folder / "variables.json"
        given.write_text(json.dumps({**access, **(variables or {})}), encoding="utf-8")
        command = ["ansible-playbook", "-i", str(inventory or self._inventory), "-e", f"@{given}", str(playbook)]
        self.pbx.clear_log()
        cpu, start = self.pbx.cpu_seconds(), time.perf_counter()
        done = subprocess.run(
            command,
            check=False,
            cwd=self.folder,
            env=variables_of(self.folder / "home", env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LIMIT,
        )
        seconds, cpu = time.perf_counter() - start, self.pbx.cpu_seconds() - cpu
        if done.returncode:
            raise BenchError(f"{playbook.name}: exit code {done.returncode}\n{done.stdout[-3000:]}")
        return Sample(seconds, dict(Counter(entry["method"] for entry in self.pbx.log())), cpu)
