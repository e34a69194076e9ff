# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each module as Ansible starts it where the fast path cannot be taken: ``main`` of its file, and its output."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest
from ansible.module_utils import basic

from tests.cases import CASES
from tests.cases.case import Args, Case
from tests.cases.inprocess import MODULES, fits, planned, prepared
from tests.emulator.server import Emulator

PLUGINS = "ansible_collections.telops.pbx.plugins.modules"


def printed(
    pbx: Emulator, module: str, args: Args, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    """The result that a module prints. Ansible hands the arguments over as a global variable."""
    own = {"api_url": pbx.url, "access_token": pbx.access_token}
    monkeypatch.setattr(basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": {**args, **own}}).encode())
    monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)
    with pytest.raises(SystemExit) as ended:
        import_module(f"{PLUGINS}.{module}").main()
    result = json.loads(capsys.readouterr().out)
    assert ended.value.code == int(result.get("failed", False))
    return dict(result)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_module_prints_its_preview(
    pbx: Emulator, case: Case, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared(pbx, case)
    step = case.steps[0]
    args = {**case.args(step.args), "_ansible_check_mode": True}
    result = printed(pbx, case.module, args, monkeypatch, capsys)
    assert not result.get("failed"), result["msg"]
    assert result["changed"] is step.changes
    assert all(map(fits, planned(result), step.writes))
    assert MODULES[case.module].returned in result or not MODULES[case.module].returned
    assert pbx.writes() == []


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_module_prints_its_refusal(
    pbx: Emulator, case: Case, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared(pbx, case)
    refusal = case.refusals[-1]
    result = printed(pbx, case.module, case.args(refusal.args), monkeypatch, capsys)
    assert result["failed"]
    # Ansible begins its message about an unknown option with the name of the program that does not know it.
    assert result["msg"].endswith(refusal.says)
    assert pbx.writes() == []
