# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module against the request log of the emulator: its requests, in their order, and nothing besides."""

from __future__ import annotations

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from tests.cases import CASES
from tests.cases.case import EXTENSIONS, NUMBERS, Case, Refusal
from tests.cases.inprocess import call, finds, fits, planned, prepared, sent
from tests.emulator.server import Emulator


def test_every_module_has_a_case() -> None:
    assert set(CASES) == set(MODULES)


def test_the_ids_of_the_cases_are_those_of_the_seed(pbx: Emulator) -> None:
    assert {identity: number for identity, number in NUMBERS.items() if pbx.extension_id(number) == identity} == NUMBERS


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_requests_of_each_step(pbx: Emulator, case: Case) -> None:
    prepared(pbx, case)
    for step in case.steps:
        result = call(pbx, case.module, case.args(step.args))
        assert not result.get("failed"), (step.name, result["msg"])
        assert case.comparable(sent(pbx)) == case.comparable(step.requests), step.name
        assert (result["changed"], result["warnings"]) == (step.changes, []), step.name
        assert all(map(fits, planned(result), step.writes)), step.name
        assert sum(result["requests"].values()) == len(step.requests), step.name
        assert finds(case, step, result), step.name
        pbx.clear_log()
        again = call(pbx, case.module, case.args(step.args))
        assert case.comparable(sent(pbx)) == case.comparable(step.again), step.name
        assert again["changed"] is not step.settles, step.name
        pbx.clear_log()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_no_list_is_read_twice(case: Case) -> None:
    for step in case.steps:
        reads = [r.path for r in step.requests if r.method == "GET" and r not in EXTENSIONS]
        assert len(reads) == len(set(reads)), step.name


@pytest.mark.parametrize(
    ("case", "refusal"),
    [
        pytest.param(case, refusal, id=f"{case.module}-{n}")
        for case in CASES.values()
        for n, refusal in enumerate(case.refusals)
    ],
)
@pytest.mark.parametrize("check", [False, True], ids=["real", "check"])
def test_wrong_arguments_are_refused_with_one_sentence(
    pbx: Emulator, case: Case, refusal: Refusal, check: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    prepared(pbx, case)
    memory = str(tmp_path_factory.getbasetemp() / "no-memory") if check else None
    result = call(pbx, case.module, case.args(refusal.args), check=check, memory=memory)
    assert result["msg"] == refusal.says
    assert (result["failed"], result["changed"]) == (True, False)
    assert pbx.writes() == []


def test_what_callers_hardly_ever_should_meet_is_a_warning(pbx: Emulator) -> None:
    rules = [{"action": "hangup"}, {"action": "play_silence", "silence_time": 5}]
    menu = {"name": "main", "options": [{"digits": "start", "rules": rules}]}
    document = {"extensions": [{"number": "300", "ivr": {"entry_context": "main", "contexts": [menu]}}]}
    for check in (True, False):
        result = call(pbx, "pbx_tenant", {**document, "flow_check": "refuse"}, check=check)
        assert result["changed"]
        assert result["warnings"] == [
            'extensions[0] "300" > ivr > contexts[0] "main" > options[0] "start" > rules[1]: never runs: '
            "rule 0 (hangup) has the same conditions, and ends the list (U13 duplicate-rule)",
            'extensions[0] "300" > ivr > contexts[0] "main": callers are hung up on without a word after hangup of '
            "rule 0 (H01 hung-up-untold)",
        ]
