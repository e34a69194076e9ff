# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Findings in whole tenants: nothing where nothing is wrong, and every fault that is put in, at its place."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.catalogue import CHECKS
from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.judge import judge
from tests.cases.mistakes import CLINIC
from tests.unit.flow.clean_tenants import clean
from tests.unit.flow.seeded_faults import FAULTS, Tenant
from tests.unit.flow.test_checks import subject

# PBX_TEST_EXAMPLES=60 makes it 60 clean tenants, and 8 with each fault.
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "0"))
CLEAN = EXAMPLES or 2
EACH = min(EXAMPLES, 8)
# Without it, every class is tried in one run of the suite out of so many.
SHARE = 8

ROOT = Path(__file__).parents[3]
DOCUMENTS = sorted((ROOT / "docs" / "examples" / "calls").glob("*.yml"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_nothing_is_found_in_a_document_that_is_as_it_should_be(path: Path) -> None:
    report = judge(subject(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert [one.sentence for one in report.findings] == []
    assert report.incomplete == ()


def test_nothing_but_notices_is_found_in_the_clinic() -> None:
    report = judge(subject(CLINIC))
    assert [one.sentence for one in report.findings if one.severity != "N"] == []
    assert report.incomplete == ()


def documents_of_the_cookbook() -> dict[str, Any]:
    """Whole documents in the cookbook, by the names of their plays."""
    found = {}
    page = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        plays = yaml.safe_load(block)
        for play in plays if isinstance(plays, list) else ():
            for task in play.get("tasks", ()):
                given = task.get("telops.pbx.pbx_tenant", {})
                if isinstance(given.get("extensions"), list):
                    found[play["name"]] = {name: given[name] for name in ("extensions", "dids") if name in given}
    return found


COOKBOOK = documents_of_the_cookbook()


@pytest.mark.parametrize("play", COOKBOOK)
def test_nothing_but_notices_is_found_in_what_the_cookbook_makes_of_the_clinic(play: str) -> None:
    document = json.loads(json.dumps(CLINIC))
    extensions = {one["number"]: one for one in document["extensions"]}
    for one in COOKBOOK[play]["extensions"]:
        # Users have nothing to do with calls, and a password from the environment.
        there = extensions.setdefault(one["number"], {})
        for name in one.keys() - {"users"}:
            there[name] = {**there.get(name, {}), **one[name]} if isinstance(one[name], dict) else one[name]
    dids = {one["name"]: one for one in (*document["dids"], *COOKBOOK[play].get("dids", ()))}
    report = judge(subject({**document, "extensions": [*extensions.values()], "dids": [*dids.values()]}))
    assert [one.sentence for one in report.findings if one.severity != "N"] == []


def test_the_cookbook_has_such_documents() -> None:
    assert len(COOKBOOK) >= 3


def test_nothing_is_found_in_clean_tenants() -> None:
    for seed in range(CLEAN):
        report = judge(subject(clean(seed)))
        assert [one.sentence for one in report.findings if one.severity != "N"] == [], seed
        assert report.incomplete == ()


def test_every_class_has_a_fault() -> None:
    without = sorted(set(FAULTS) ^ set(CHECKS))
    assert not without, f"seed one fault of each class in tests/unit/flow/seeded_faults.py: {', '.join(without)}"


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_a_fault_that_is_put_in_is_found(code: str) -> None:
    # The class alone, but for one in SHARE classes, which are looked for among all others.
    together = EXAMPLES or sorted(FAULTS).index(code) % SHARE == 0
    for seed in range(EACH or 1):
        document = clean(seed)
        place = FAULTS[code](Tenant(document, seed))
        one = subject(document)
        report = judge(one) if together else judge(one, checks=[CHECKS[code]])
        found = [finding.place for finding in report.findings if finding.check.code == code]
        assert place in found if place else found, (seed, [one.sentence for one in report.findings])
        assert report.incomplete == ()
