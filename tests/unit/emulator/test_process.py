# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from tests.emulator.contract import ROOT

COMMAND = [sys.executable, "-m", "tests.emulator"]
TOKEN = {"Authorization": "Bearer emulator-access-token-7f3a"}


@contextmanager
def running(*arguments: str) -> Iterator[str]:
    """The address of an emulator that is told to stop at the end."""
    with subprocess.Popen([*COMMAND, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            yield url
            requests.post(url.split("/api/")[0] + "/_emulator/stop", timeout=5)
            assert process.wait(10) == 0
        finally:
            process.kill()
