# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator as a process of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
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


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "pbx.example"])  # noqa: S104
def test_refuses_any_host_but_loopback(host: str) -> None:
    done = subprocess.run([*COMMAND, "--host", host], cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 2
    assert "loopback only" in done.stderr


def test_listens_on_loopback_only() -> None:
    with running() as url:
        port = int(url.split(":")[2].split("/")[0])
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.2", port)) != 0, "bound to every address"


def test_a_database_file_keeps_the_state(tmp_path: Path) -> None:
    database = ["--database", str(tmp_path / "pbx.sqlite")]
    with running(*database, "--seed", "bare") as url:
        body = {"name": "Boris"}
        assert requests.post(url + "/extension/5001/agent/", json=body, headers=TOKEN, timeout=5).status_code == 201
    with running(*database) as url:
        agents = requests.get(url + "/extension/5001/agent/", headers=TOKEN, timeout=5).json()
    assert [agent["name"] for agent in agents] == ["Boris"]


def test_seed_dialect_and_ready_file(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    with running("--seed", "empty", "--dialect", "scheme=flat", "page_size=100", "--ready-file", str(ready)) as url:
        assert ready.read_text().strip() == url
        assert requests.get(url + "/client/@me/extension/", headers=TOKEN, timeout=5).json() == []
        dialect = requests.get(url.split("/api/")[0] + "/_emulator/dialect", timeout=5).json()
    assert (dialect["scheme"], dialect["page_size"], dialect["error_body"]) == ("flat", "100", "string")


def test_an_unknown_switch_is_an_error() -> None:
    done = subprocess.run(
        [*COMMAND, "--dialect", "colour=red"], cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 2
    assert "no dialect switch colour" in done.stderr


def test_in_a_container_it_may_be_reached_from_outside() -> None:
    with running("--host", "0.0.0.0", "--exposed") as url:  # noqa: S104
        assert requests.get(url.replace("0.0.0.0", "127.0.0.2"), headers=TOKEN, timeout=5).status_code == 404  # noqa: S104


def test_tenants_of_an_inventory_have_variables_and_come_back_with_a_reset(tmp_path: Path) -> None:
    file = tmp_path / "variables.json"
    tenants = ("--tenant", "north=74950000101,74950000102", "--tenant", "south", "--variables", str(file))
    with running("--seed", "empty", *tenants) as url:
        found = json.loads(file.read_text(encoding="utf-8"))
        control = url.split("/api/")[0] + "/_emulator/"
        before = requests.get(control + "clients", timeout=5).json()
        assert requests.post(control + "reset", timeout=5).json() == before[0]
        assert requests.get(control + "clients", timeout=5).json() == before
        state = requests.get(control + "state?client_id=100", timeout=5).json()
    assert found["pbx_api_url"] == url
    assert found["pbx_expect_client_id"] == '{{ {"north": 100, "south": 101}[inventory_hostname] }}'
    assert [one["name"] for one in state["dids"]] == ["74950000101", "74950000102"]


def test_it_starts_with_as_many_tenants_as_asked_for() -> None:
    with running("--clients", "2") as url:
        for token, client in (("emulator-access-token-7f3a", 100), ("emulator-access-token-7f3a-101", 101)):
            answer = requests.get(
                f"{url}/client/client_info/@me/", headers={"Authorization": f"Bearer {token}"}, timeout=5
            )
            assert (answer.status_code, answer.json()["id"]) == (200, client)
