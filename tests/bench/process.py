# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The emulator as a process of its own, so that it and Ansible do not share one interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.emulator.server import Emulator
from tests.tools.tree import ROOT


class EmulatorProcess(Emulator):
    """An empty tenant on a free port, as a context manager; the methods of Emulator work the same."""

    def __enter__(self) -> EmulatorProcess:
        command = [sys.executable, "-m", "tests.emulator", "--seed", "empty"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError(f"the emulator did not start, exit code {self._process.wait()}")
        self.port = urlsplit(self.url).port or 0
        self.reset()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection:
            self._connection.close()
        with self._process:
            self._process.terminate()

    def log(self) -> list[dict[str, Any]]:
        return list(self.control("GET", "log"))

    def clear_log(self) -> None:
        self.control("DELETE", "log")

    def cpu_seconds(self) -> float:
        """The processor time that the emulator has used so far, or nan where the system has no /proc."""
        try:
            stat = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii")
        except FileNotFoundError:
            return float("nan")
        # proc(5): utime and stime are the fields 14 and 15; the name in the second field may hold blanks.
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def send(self, method: str, path: str, body: object = None) -> requests.Response:
        """A request to the API. Raises requests.HTTPError when it is refused."""
        header = {"Authorization": f"Bearer {self.access_token}"}
        answer = requests.request(method, self.url + path, json=body, headers=header, timeout=30)
        answer.raise_for_status()
        return answer

    def add_extension(self, number: str, kind: str = "phone") -> int:
        """A new extension; answers its id."""
        body = {"name": number, "type": kind, "label": f"{kind} {number}", "status": "active"}
        return int(self.send("POST", "/client/@me/extension/", body).json()["id"])
