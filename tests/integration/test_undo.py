# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A large change that fails at any of its requests is taken back, so that no caller notices."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import client as client_module
from ansible_collections.telops.pbx.plugins.module_utils._engine.apply import pool
from tests.cases.changes import FREE, Changes, Thing
from tests.cases.inprocess import call, connections
from tests.cases.shuffled import Shuffled
from tests.emulator.server import Emulator
from tests.integration.test_tenant_properties import differing

# A failure at every so many requests; at each one in `make soak`.
EVERY = int(os.environ.get("PBX_TEST_EVERY", "20"))
# Its change takes more than 60 writes of all kinds.
SEED = 6
# In each round, every request meets another fault; `make soak` has as many rounds as there are faults.
ROUNDS = int(os.environ.get("PBX_TEST_ROUNDS", "1"))
# Requests for tokens are none of the run's writes.
WRITES = {"method": "[PD]*", "path": "/[!o]*"}
# The fault of the one request after which nothing gets through.
FAULTS: list[Thing] = [
    {"kind": "cut_before"},
    {"kind": "cut_after"},
    {"kind": "cut_within"},
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 500, "applied": True},
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 504, "applied": True},
    {"kind": "invalid_json"},
    {"kind": "html"},
    {"kind": "html", "applied": True},
    {"kind": "json"},
    {"kind": "json", "applied": True},
    {"kind": "rate_limit"},
    {"kind": "endless"},
    {"kind": "timeout", "ms": 150},
    {"kind": "expire_token"},
]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repeats without the pauses between them."""
    monkeypatch.setattr(client_module, "BACKOFF", 0.0)


@pytest.fixture(scope="module")
def pbx() -> Iterator[Emulator]:
    # The names of sounds tell their content.
    with Emulator(seed="new", dialect={"sound_filename": "checksum"}) as running, connections():
        yield running


def export(pbx: Emulator) -> Thing:
    found = call(pbx, "pbx_tenant_info", login(pbx))
    assert not found.get("failed"), found["msg"]
    assert found["unresolved"] == [], found["unresolved"]
    sounds = {one["title"]: one["filename"] for one in pbx.state()["sounds"]}
    return {**found["tenant"], "contents": dict(sorted(sounds.items()))}


def login(pbx: Emulator) -> Thing:
    """The options of the application, which gets another token where one has ended."""
    return {"access_token": None, "app_id": pbx.app_id, "app_secret": pbx.app_secret}


def tenant(pbx: Emulator, **options: Any) -> dict[str, Any]:
    return call(pbx, "pbx_tenant", {**FREE, **login(pbx), "rate_limit_wait": 0, **options})


def undo(pbx: Emulator, file: Path, **options: Any) -> dict[str, Any]:
    return call(pbx, "pbx_tenant", {**login(pbx), "live_traffic": "allow", "undo_from": str(file), **options})


def strike(pbx: Emulator, nth: int, fault: Thing) -> Thing:
    """Have a request fail, and all that follow; gives the options of the run that meets this."""
    # An answer in place of the PBX's own may be taken for that, so that the next request is the one that fails.
    more = int(fault["kind"] in ("json", "html", "invalid_json", "cut_within") or fault.get("applied", False))
    pbx.fault(**fault, **WRITES, nth=nth)
    pbx.fault("cut_before", **WRITES, nth=nth + more, count=0)
    return {"api_timeout": 0.3} if fault["kind"] in ("endless", "timeout") else {}


@pytest.mark.parametrize("shift", range(ROUNDS))
def test_a_change_that_fails_at_any_request_is_taken_back(
    pbx: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shift: int
) -> None:
    """And taking that back is the change again, as far as it went."""
    change = Changes(SEED)
    before = change.tenant()
    after = change.changed(before)
    pbx.reset(seed="new")
    pbx.set_dialect(sound_filename="checksum")
    made = tenant(pbx, **before)
    assert not made.get("failed"), made["msg"]
    was = export(pbx)
    first, second = tmp_path / "undo.json", tmp_path / "redo.json"
    writes, nth = 60, 0
    while nth <= writes:
        fault = FAULTS[(nth // EVERY + shift) % len(FAULTS)]
        options = strike(pbx, nth, fault) if nth else {}
        shuffled = Shuffled(Random(nth))  # noqa: S311 - a test wants the same order again
        with monkeypatch.context() as patched:
            patched.setattr(pool, "pool_of", lambda width, chosen=shuffled: chosen)
            run = tenant(pbx, **after, **options, parallel=8, undo_file=str(first))
        pbx.clear_faults()
        # A run may find out that its last request took effect, and needs no other one.
        assert bool(run.get("failed")) is bool(nth) or nth == writes, (nth, fault, run.get("msg"))
        if not nth:
            writes = len(run["plan"])
            assert writes >= 60
        lost = json.loads(first.read_text(encoding="utf-8"))["lost"]
        assert [one for one in lost if "phone: password" not in one] == []
        again = nth % (EVERY * 3) == 0
        changed = export(pbx) if again else {}
        undone = undo(pbx, first, **({"undo_file": str(second)} if again else {}))
        assert not undone.get("failed"), (nth, fault, undone["msg"])
        assert not (found := differing(was, export(pbx))), (nth, fault, "\n".join(found))
        if again and undone["changed"]:
            redone = undo(pbx, second)
            assert not redone.get("failed"), (nth, fault, redone["msg"])
            assert not (found := differing(changed, export(pbx))), (nth, fault, "\n".join(found))
            assert not undo(pbx, first).get("failed")
        nth += EVERY
