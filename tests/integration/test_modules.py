# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rhythm of every module through ansible-playbook: preview, do, do again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases import CASES
from tests.cases.case import Case
from tests.cases.inprocess import fits, planned
from tests.emulator.server import Emulator
from tests.integration.playbooks import Outcome, inventory, outcomes, rhythms
from tests.integration.test_dialects import OTHERS, told
from tests.tools.ansible import Ansible

Outcomes = dict[str, dict[str, Outcome]]


@pytest.fixture(scope="module", params=["default", "others"])
def results(
    request: pytest.FixtureRequest,
    emulator_process: Emulator,
    ansible_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Outcomes]:
    """One playbook with the rhythm of every module, under the default behaviour of the PBX and under another one."""
    hosts = inventory(emulator_process, list(CASES))
    dialect = {"default": {}, "others": OTHERS}[request.param]
    emulator_process.set_dialect(**dialect)
    ansible = Ansible(tmp_path_factory.mktemp("modules"), ansible_home)
    run = ansible.playbook(rhythms(dialect=told(dialect)), inventory=hosts)
    assert run.rc == 0, run.output
    assert run.warnings == []
    yield outcomes(run, emulator_process.log())
    emulator_process.reset()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_rhythm(results: Outcomes, case: Case) -> None:
    found = results[case.module]
    for step in case.steps:
        preview, real, again = (found[f"{step.name}: {phase}"] for phase in ("preview", "real", "again"))
        for outcome in (preview, real, again):
            assert outcome.task.status == "ok", (step.name, outcome.result)
            assert outcome.result.get("warnings", []) == [], step.name
        assert preview.writes == [], step.name
        assert preview.task.changed is real.task.changed is bool(real.writes) is bool(step.writes), step.name
        assert fits(planned(preview.result), real.writes), step.name
        assert fits(planned(real.result), real.writes), step.name
        assert preview.result["diff"] == real.result["diff"], step.name
        assert again.task.changed is not step.settles, step.name
        assert len(again.writes) == len([request for request in step.again if request.method != "GET"]), step.name


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_wrong_arguments_fail_and_send_nothing(results: Outcomes, case: Case) -> None:
    found = results[case.module]
    unknown = found["unknown option"].result["msg"]
    assert unknown.startswith(f"Unsupported parameters for (telops.pbx.{case.module}) module: no_such_option.")
    for name, outcome in found.items():
        if name == "unknown option" or name.startswith("refusal"):
            assert outcome.task.status == "failed", name
            assert outcome.task.changed is False, name
            assert outcome.writes == [], name
