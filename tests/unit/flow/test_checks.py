# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every class of faults: its example shows it and nothing else, at the right place, and the close one does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call
from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.catalogue import CHECKS
from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.judge import Report, judge
from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.kinds import NOTICE, Check
from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.subject import Subject
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document

TODAY = date(2026, 11, 24)


def subject(document: dict[str, Any], complete: bool = True) -> Subject:
    return Subject(of_document(parse(document)[0], complete), TODAY)


def judged(text: str) -> tuple[Subject, Report]:
    one = subject(yaml.safe_load(text))
    return one, judge(one)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_the_example_shows_its_class_at_its_place(check: Check) -> None:
    one, report = judged(check.example)
    found = [(finding.check.code, finding.place) for finding in report.findings]
    notices = {code for code, other in CHECKS.items() if other.severity == NOTICE} - {check.code}
    assert [one for one in found if one[0] not in notices | set(check.also)] == [(check.code, check.place)]
    assert {code for code, dummy in found} - notices == {check.code, *check.also}
    assert report.incomplete == ()
    for finding in report.findings:
        if finding.witness is None:
            continue
        # The data of a witness are enough to simulate it again.
        answer = simulate(one.plan, Call.of(finding.witness["call"]), World.of(finding.witness["world"]))
        assert answer.outcome.as_dict() == finding.witness["outcome"]
        assert list(answer.fired) == finding.witness["fired"]


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_the_close_example_does_not_show_it(check: Check) -> None:
    dummy, report = judged(check.close)
    assert check.code not in [finding.check.code for finding in report.findings]
    assert report.incomplete == ()


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_its_sentences(check: Check) -> None:
    for text in (check.title, check.remedy):
        assert text[0].isupper()
        assert text.endswith(".")
        assert text == text.strip()
        assert len(text) < 240
