# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The memory of a preview, which returns everything as it was."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._engine.read.memory import Memory
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from ansible_collections.telops.pbx.plugins.module_utils._state.place import Pending
from tests.bench.preview import phones
from tests.cases.inprocess import HIDDEN, call, connections, remembered
from tests.emulator.server import Emulator

plain = st.none() | st.booleans() | st.integers() | st.text()
pending: st.SearchStrategy[Pending] = st.deferred(
    lambda: st.builds(
        Pending,
        st.sampled_from(sorted(NOUNS)),
        st.text(),
        st.lists(st.tuples(st.sampled_from(sorted(NOUNS)), st.integers() | pending), max_size=2).map(tuple),
        st.integers(0, 9),
        st.sampled_from(["", "start", "#1"]),
    )
)
values: st.SearchStrategy[Any] = st.recursive(
    plain | pending,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
steps = st.lists(st.dictionaries(st.text(min_size=1), values, max_size=4), max_size=3)


@settings(deadline=None)
@given(steps, steps)
def test_what_is_added_comes_back(first: list[Any], second: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(folder, ["run"], lambda: "tenant")
        assert memory.steps() == []
        memory.add(first)
        memory.add(second)
        assert memory.steps() == first + second
        assert bool(os.listdir(folder)) is bool(first + second)


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Memory(str(tmp_path), ["run"], lambda: "tenant").add([{"name": "x"}])
    finally:
        os.umask(before)
    assert stat.S_IMODE(remembered(tmp_path)[0].stat().st_mode) == 0o600


def test_of_a_secret_it_knows_that_there_is_one(pbx: Emulator, tmp_path: Path) -> None:
    memory = tmp_path / "memory"
    call(pbx, "pbx_conference", {"extension": "500", "pin": "48151623"})
    secrets: list[tuple[str, dict[str, Any]]] = [
        ("pbx_conference", {"extension": "500", "pin": "15162348", "moderator_pin": "23481516"}),
        ("pbx_phone", {"extension": "101", "password": "canary-password"}),
        ("pbx_conference", {"extension": "500", "unset": ["pin"]}),
    ]
    for module, args in secrets:
        assert call(pbx, module, args, check=True, memory=str(memory))["changed"]
    file, steps = remembered(memory)
    given, password, unset = (step["values"] for step in steps)
    assert (str(given["pin"]), str(given["moderator_pin"]), unset["pin"]) == (HIDDEN, HIDDEN, None)
    assert "password" not in password
    assert not [secret for secret in ("15162348", "23481516", "canary") if secret in file.read_text(encoding="utf-8")]


def test_a_task_after_a_large_preview_costs_what_it_costs_alone(tmp_path: Path) -> None:
    """Four times as many remembered steps are four times as many lines of code, and no square of them."""
    with Emulator(seed="empty", extension_len=4) as pbx, connections():
        few, many = (_lines_after(pbx, tmp_path / str(count), count) for count in (15, 60))
    assert many < 4.4 * few


def _lines_after(pbx: Emulator, folder: Path, count: int) -> int:
    """The lines of the collection that an export runs after the preview of so many phones."""
    wanted = phones(count)
    assert not call(pbx, "pbx_tenant", {"extensions": wanted}, check=True, memory=str(folder)).get("failed")
    ran = 0

    def within(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal ran
        if "/pbx/plugins/module_utils/" not in frame.f_code.co_filename:
            return None
        ran += event == "line"
        return within

    threading.settrace(within)
    sys.settrace(within)
    try:
        found = call(pbx, "pbx_tenant_info", {}, check=True, memory=str(folder))
    finally:
        sys.settrace(None)
        threading.settrace(None)
    assert len(found["tenant"]["extensions"]) == count
    return ran
