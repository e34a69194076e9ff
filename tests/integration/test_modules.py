# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rhythm of every module through ansible-playbook: preview, do, do again.

Every second module is tried so, unless PBX_TEST_EXAMPLES asks for all: the examples of each are (test_examples.py), and
its whole case is without ansible-playbook (test_dialects.py).
"""

from __future__ import annotations

import os

import pytest

from tests.cases import CASES
from tests.cases.case import Case
from tests.cases.inprocess import about, fits_in_any_order, planned
from tests.emulator.server import Emulator
from tests.integration.playbooks import SHARES, Outcome, besides_findings, inventory, outcomes, rhythms
from tests.tools.ansible import Ansible

EVERY = 1 if int(os.environ.get("PBX_TEST_EXAMPLES", "12")) >= 100 else 2


@pytest.mark.every_case
@pytest.mark.parametrize("share", [share[::EVERY] for share in SHARES], ids=range(len(SHARES)))
def test_every_module(emulator: Emulator, ansible: Ansible, share: list[str]) -> None:
    hosts = inventory(emulator, share)
    run = ansible.playbook(rhythms(share), inventory=hosts)
    assert run.rc == 0, run.output
    assert besides_findings(run.warnings) == []
    found = outcomes(run, emulator.log())
    for case in (CASES[name] for name in share):
        with about(case.module):
            check_wrong_arguments(found[case.module], case)
            check_rhythm(found[case.module], case)


def check_wrong_arguments(found: dict[str, Outcome], case: Case) -> None:
    unknown = found["unknown option"].result["msg"]
    assert "there is no no_such_option; " in unknown
    wrong = [outcome for name, outcome in found.items() if name == "unknown option" or name.startswith("refusal")]
    assert len(wrong) > 1
    for outcome in wrong:
        assert outcome.task.status == "failed", outcome.task.name
        assert outcome.task.changed is False, outcome.task.name
        assert outcome.writes == [], outcome.task.name


def check_rhythm(found: dict[str, Outcome], case: Case) -> None:
    for step in case.portable:
        preview, real, again = (found[f"{step.name}: {phase}"] for phase in ("preview", "real", "again"))
        for outcome in (preview, real, again):
            assert outcome.task.status == "ok", (step.name, outcome.result)
            assert besides_findings(outcome.result.get("warnings", [])) == [], step.name
        assert preview.writes == [], step.name
        assert preview.task.changed is real.task.changed is step.changes, step.name
        assert bool(real.writes) is bool(step.writes), step.name
        assert fits_in_any_order(planned(preview.result), real.writes), step.name
        assert fits_in_any_order(planned(real.result), real.writes), step.name
        assert preview.result.get("diff") == real.result.get("diff"), step.name
        assert again.task.changed is not step.settles, step.name
        assert len(again.writes) == len([request for request in step.again if request.method != "GET"]), step.name
