# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Modules at servers that are strict, or whose answers make no sense: a result or a sentence, and never a traceback."""

from __future__ import annotations

import copy
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import answers
from tests.cases.case import Args
from tests.cases.inprocess import call
from tests.emulator.server import Emulator

NONSENSE: list[Any] = [[1], {}, {"x": [1]}, None, True, -1, 1.5, 10**30, "", "x\n\x1b[2K", "\ud800", [[]], [None]]
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "30"))

TASKS: list[tuple[str, Args]] = [
    ("pbx_tenant_info", {}),
    (
        "pbx_tenant",
        {"extensions": [{"number": "101", "label": "New", "agents": [{"name": "Eva"}]}], "purge": ["agents"]},
    ),
    ("pbx_agent", {"extension": "101", "name": "Eva", "agent_sound": "Menu"}),
    ("pbx_ivr_scheme_info", {"extension": "300"}),
    ("pbx_queue_agent", {"extension": "200", "agent": "101/Anna", "level": 1, "position": 1}),
]


def test_r1_a_server_that_wants_gzip_alone_is_asked_so(pbx: Emulator) -> None:
    pbx.set_dialect(accept_encoding="gzip")
    app = {"access_token": None, "app_id": pbx.app_id, "app_secret": pbx.app_secret}
    assert len(call(pbx, "pbx_extension_info", app)["extensions"]) == 17
    assert call(pbx, "pbx_agent", {**app, "extension": "101", "name": "Eva"})["changed"]


def spots(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in JSON, with each of its keys."""
    for key, value in list(data.items() if isinstance(data, dict) else enumerate(data)):
        yield data, key
        if isinstance(value, (dict, list)):
            yield from spots(value)


@pytest.mark.parametrize("task", TASKS, ids=[name for name, dummy in TASKS])
def test_f3_one_value_that_makes_no_sense_ends_in_a_sentence(
    pbx: Emulator, task: tuple[str, Args], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In all answers to a task, one value is different from any that a PBX would give."""
    real = answers.parse
    chance = random.Random(task[0])  # noqa: S311
    seen: list[Any] = []

    def recorded(answer: answers.Answer) -> Any:
        seen.append(real(answer))
        return copy.deepcopy(seen[-1])

    monkeypatch.setattr(answers, "parse", recorded)
    assert not call(pbx, *task, check=True).get("failed")
    places = [(index, number) for index, data in enumerate(seen) for number, dummy in enumerate(spots(data))]
    for dummy in range(EXAMPLES // len(TASKS)):
        (target, number), value, count = chance.choice(places), chance.choice(NONSENSE), iter(range(10**6))

        def changed(answer: answers.Answer, now: Any = (target, number, value, count)) -> Any:
            data = real(answer)
            if next(now[3]) == now[0] and isinstance(data, (dict, list)):
                found = list(spots(data))
                container, key = found[now[1] % len(found)] if found else ({}, "")
                container[key] = now[2]
            return data

        monkeypatch.setattr(answers, "parse", changed)
        result = call(pbx, *task, check=True)
        assert result.get("msg") or not result.get("failed")
        json.dumps(result)
    assert pbx.writes() == []


def test_f3_dest_with_nul_is_a_sentence(pbx: Emulator, tmp_path: Path) -> None:
    sound = {"sound": "Menu", "extension": "101", "dest": f"{tmp_path}/a\0b"}
    for extra in ({}, {"force": True}):
        result = call(pbx, "pbx_media", {**sound, **extra})
        assert result["msg"] == "dest holds a NUL character, which no path can; leave it out"
