# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs Ansible's command line tools against this checkout, cut off from the settings of the person who runs them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.tools.tree import ROOT, link

_CALLBACKS = Path(__file__).parent / "callback"
_WARNING = re.compile(r"^\[(?:DEPRECATION )?WARNING\]: .*(?:\n(?!\[|$).*)*", re.MULTILINE)


@dataclass
class TaskResult:
    """The result of one task on one host. ``status`` is ``ok``, ``failed``, ``skipped`` or ``unreachable``."""

    host: str
    name: str
    action: str
    status: str
    result: dict[str, Any]

    @property
    def changed(self) -> bool:
        return bool(self.result.get("changed"))


@dataclass
class Run:
    """One finished command. ``tasks`` is empty unless it was ansible-playbook or ansible."""

    command: list[str]
    rc: int
    stdout: str
    stderr: str
    tasks: list[TaskResult] = field(default_factory=list)

    @property
    def output(self) -> str:
        return self.stdout + self.stderr

    @property
    def warnings(self) -> list[str]:
        """Every warning and deprecation on either stream, each with its continuation lines joined."""
        return [" ".join(match.group().split()) for match in _WARNING.finditer(self.stdout + "\n" + self.stderr)]

    def task(self, name: str) -> TaskResult:
        """Return the only result of the task of that name. Raises LookupError when there is not exactly one."""
        found = [task for task in self.tasks if task.name == name]
        if len(found) != 1:
            raise LookupError(f"{len(found)} results of task {name!r}\n{self.output}")
        return found[0]


def environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables for an Ansible command: no Ansible or PBX settings of the caller, all files in ``home``."""
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "ansible.cfg"
    settings.touch()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "PBX_", "NO_PROXY"))}
    env.update(
        PATH=os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", os.defpath)]),
        ANSIBLE_CONFIG=str(settings),
        ANSIBLE_HOME=str(home),
        ANSIBLE_LOCAL_TEMP=str(home / "tmp"),
        ANSIBLE_REMOTE_TEMP=str(home / "remote"),
        ANSIBLE_COLLECTIONS_PATH=str(link()),
        ANSIBLE_CALLBACK_PLUGINS=str(_CALLBACKS),
        ANSIBLE_NOCOLOR="1",
        ANSIBLE_RETRY_FILES_ENABLED="0",
        ANSIBLE_DEPRECATION_WARNINGS="1",
        PYTHONWARNINGS="default::DeprecationWarning:ansible_collections",
        LC_ALL="C.UTF-8",
        no_proxy="127.0.0.1,localhost",
    )
    env.update(extra or {})
    return env


class Ansible:
    """Runs commands with a home of their own.

    ``folder`` receives playbooks, inventories and results; ``home`` is Ansible's state and may be shared by many runs.
    ``env`` are variables of every command.
    """

    def __init__(self, folder: Path, home: Path, env: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.home = home
        self._env = env or {}
        self._count = 0

    def command(self, *command: str, env: Mapping[str, str] | None = None, timeout: float = 120) -> Run:
        """Run any of Ansible's programs. Raises subprocess.TimeoutExpired after ``timeout`` s."""
        self._count += 1
        results = self.folder / f"results{self._count}.jsonl"
        variables = environment(self.home, {**self._env, **(env or {})})
        enabled = variables.get("ANSIBLE_CALLBACKS_ENABLED")
        variables["ANSIBLE_CALLBACKS_ENABLED"] = ",".join(filter(None, [enabled, "test_results"]))
        variables["TEST_RESULTS_FILE"] = str(results)
        done = subprocess.run(
            command,
            check=False,
            cwd=self.folder,
            env=variables,
            capture_output=True,
            text=True,
            timeout=timeout,
            stdin=subprocess.DEVNULL,
        )
        tasks = []
        if results.exists():
            tasks = [TaskResult(**json.loads(line)) for line in results.read_text(encoding="utf-8").splitlines()]
        return Run(list(command), done.returncode, done.stdout, done.stderr, tasks)

    def playbook(
        self,
        playbook: Path | str | Sequence[Mapping[str, Any]],
        *args: str,
        inventory: Path | Mapping[str, Any] | None = None,
        env: Mapping[str, str] | None = None,
        timeout: float = 300,
    ) -> Run:
        """Run ansible-playbook.

        ``playbook`` is a file, a name such as ``telops.pbx.demo``, or a list of plays as Python data; ``inventory`` a
        file or data, by default the one host ``pbx`` with a local connection; ``timeout`` in s.
        """
        if not isinstance(playbook, (str, Path)):
            playbook = self._write("playbook", list(playbook))
        if not isinstance(inventory, Path):
            inventory = self._write("inventory", inventory or {"all": {"hosts": {"pbx": local_host()}}})
        return self.command("ansible-playbook", "-i", str(inventory), str(playbook), *args, env=env, timeout=timeout)

    def tasks(
        self, *tasks: Mapping[str, Any], args: Sequence[str] = (), env: Mapping[str, str] | None = None, **play: Any
    ) -> Run:
        """Run these tasks in one play on one local host. ``play`` adds keywords such as ``module_defaults``."""
        return self.playbook([{"hosts": "all", "gather_facts": False, **play, "tasks": list(tasks)}], *args, env=env)

    def _write(self, name: str, data: object) -> Path:
        path = self.folder / f"{name}{self._count}.yml"
        path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
        return path


def local_host() -> dict[str, str]:
    """Return the variables of a host whose modules run here, with the Python that runs this."""
    return {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}


__all__ = ["ROOT", "Ansible", "Run", "TaskResult", "environment", "local_host"]
