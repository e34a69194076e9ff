# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks with ``until``, which read again and again until the PBX answers as they expect."""

from __future__ import annotations

from threading import Event, Thread
from typing import Any

import pytest

from tests.cases import CASES
from tests.emulator.server import Emulator
from tests.tools.ansible import Ansible

PHONE, QUEUE = 5002, 5013


@pytest.mark.parametrize(
    ("module", "args", "until", "happens"),
    [
        (
            "pbx_registration_info",
            {"extensions": ["102"]},
            "found.registrations[0].registered",
            ("registration", PHONE, {"registration_id": "r1"}),
        ),
        (
            "pbx_queue_status_info",
            {"extension": "200", "include": []},
            "found.queue_status.waiting_members == 1",
            ("queue_member", QUEUE, {"state": "Waiting"}),
        ),
        ("pbx_call_info", {"extension": "102"}, "found.calls | length == 1", ("call", PHONE, {"call_api_id": "c1"})),
    ],
)
def test_a_task_waits_until_something_happens(
    pbx: Emulator,
    ansible: Ansible,
    module: str,
    args: dict[str, Any],
    until: str,
    happens: tuple[str, int, dict[str, Any]],
) -> None:
    path = CASES[module].steps[0].requests[0].path.split("/")[-2]
    ended = Event()

    def happen() -> None:
        """After the task has looked for the first time."""
        while not ended.wait(0.01):
            if any(entry["path"].endswith(f"/{path}/") and entry["status"] for entry in pbx.log()):
                kind, extension, body = happens
                pbx.insert(kind, extension, **body)
                return

    thread = Thread(target=happen)
    thread.start()
    task = {f"telops.pbx.{module}": args, "register": "found", "until": until, "retries": 500, "delay": 0}
    env = {"PBX_API_URL": pbx.url, "PBX_ACCESS_TOKEN": pbx.access_token}
    try:
        run = ansible.tasks({"name": "wait", **task}, env=env)
    finally:
        ended.set()
        thread.join()
    assert run.rc == 0, run.output
    assert run.task("wait").result["attempts"] > 1
