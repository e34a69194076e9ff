# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Under read_only or PBX_READ_ONLY, every module plans and none writes, whatever its task and check mode say."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import ONLY_READING
from ansible_collections.telops.pbx.plugins.module_utils._entry.specs import READ_ONLY, may_only_read
from tests.cases import CASES
from tests.cases.case import Args
from tests.cases.inprocess import MODULES, about, call, prepared
from tests.emulator.server import Emulator

# One call of a module is one example: 10,000 with PBX_TEST_EXAMPLES=10000.
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "20"))


def harmless(pbx: Emulator) -> bool:
    """Whether nothing was sent but GET, and the request for a token."""
    return all(one["method"] == "GET" or one["path"] == "/oauth/token" for one in pbx.log())


def under(option: bool, variable: str | None, monkeypatch: pytest.MonkeyPatch) -> Args:
    """The switches set; gives the message of the task."""
    monkeypatch.delenv(READ_ONLY, raising=False)
    if variable is not None:
        monkeypatch.setenv(READ_ONLY, variable)
    return {"read_only": option}


@pytest.mark.every_case
def test_the_result_is_that_of_check_mode(pbx: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, case in enumerate(CASES.values()):
        # Each case is prepared on a tenant that is reset.
        prepared(pbx, case)
        step = case.steps[-1]
        args = case.args(step.args)
        with about(case.module):
            preview = call(pbx, case.module, args, check=True)
            by_option = number % 2 == 0
            switches = under(by_option, None if by_option else "1", monkeypatch)
            result = call(pbx, case.module, {**args, **switches}, check=number % 3 == 2)
            warnings = [*preview.get("warnings", []), ONLY_READING]
            assert result == {**preview, "read_only": True, "warnings": warnings}
            assert harmless(pbx)
        monkeypatch.delenv(READ_ONLY, raising=False)
        pbx.reset(seed="bare")


@pytest.mark.parametrize(
    ("option", "variable", "only_reads"),
    [
        (False, None, False),
        (False, "", False),
        (False, "No", False),
        (False, "0", False),
        (False, "yes", True),
        (False, "flase", True),
        (True, "false", True),
        (True, "1", True),
        (False, " TRUE ", True),
    ],
)
def test_either_switch_is_enough(
    option: bool, variable: str | None, only_reads: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert may_only_read(under(option, variable, monkeypatch)) is only_reads


def test_a_failure_says_so_too(pbx: Emulator) -> None:
    broken = {"extension": "300", "name": "Lunch", "timezone": "Moon", "conditions": []}
    result = call(pbx, "pbx_interval", {**broken, "read_only": True})
    assert (result["failed"], result["read_only"], result["changed"]) == (True, True, False)
    assert result["warnings"] == [ONLY_READING]


def test_the_tasks_of_a_run_are_one_preview(pbx: Emulator, tmp_path: Any) -> None:
    tasks = [
        ("pbx_interval", {"extension": "300", "name": "Lunch", "timezone": "UTC", "conditions": [{"month": 1}]}),
        (
            "pbx_incom_rule",
            {"extension": "300", "name": "At noon", "type": "hangup", "call_status": "busy", "interval": "Lunch"},
        ),
    ]
    for module, args in tasks:
        result = call(pbx, module, {**args, "read_only": True}, check=True, memory=str(tmp_path))
        assert not result.get("failed"), result
        assert result["changed"]
    assert harmless(pbx)


@cache
def arguments(module: str) -> st.SearchStrategy[Args]:
    """The arguments of one step of a module's table, some of them left out, and some from another step."""
    case = CASES[module]
    steps = st.sampled_from(
        [case.args(step.args) for step in case.steps] + [case.args(one.args) for one in case.refusals]
    )
    options = sorted(MODULES[module].options())
    return st.builds(
        lambda one, other, dropped, state: {
            name: value for name, value in {**other, **one, **state}.items() if name not in dropped
        },
        steps,
        steps,
        st.sets(st.sampled_from(options or ["api_url"]), max_size=2),
        st.sampled_from([{}, {}, {"state": "absent"}] if "state" in options else [{}]),
    )


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    chosen=st.sampled_from(sorted(CASES)).flatmap(lambda module: st.tuples(st.just(module), arguments(module))),
    option=st.booleans(),
    check=st.booleans(),
)
def test_no_call_writes(
    emulator_process: Emulator, monkeypatch: pytest.MonkeyPatch, chosen: tuple[str, Args], option: bool, check: bool
) -> None:
    module, args = chosen
    switches = under(option, None if option else "on", monkeypatch)
    emulator_process.clear_log()
    with about(module):
        result = call(emulator_process, module, {**args, **switches}, check=check)
        assert result.get("read_only") is True or result["failed"]
        assert harmless(emulator_process)
