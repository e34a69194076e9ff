# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The skeletons of new tenants: no finding of severity E or W, and their own call tests hold. Differences in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.errors import AnsibleFilterError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template

from ansible_collections.telops.pbx.plugins.filter.differences import differences
from tests.cases.inprocess import call, connections
from tests.emulator.server import Emulator
from tests.tools.tree import ROOT

FOLDER = ROOT / "playbooks" / "vars" / "new_tenant"
[PLAY] = yaml.safe_load((ROOT / "playbooks" / "new_tenant.yml").read_text(encoding="utf-8"))
KINDS = PLAY["vars"]["new_tenant__kinds"]


def skeleton(kind: str, **variables: Any) -> dict[str, Any]:
    """The document of a skeleton, filled in with its variables, or with some of one's own."""
    loader = DataLoader()
    found: dict[str, Any] = {}
    for part in ("variables", "document"):
        text = (FOLDER / f"{kind}_{part}.yml").read_text(encoding="utf-8")
        found.update(loader.load(trust_as_template(text)))
    templar = Templar(loader, variables={**found, **variables})
    return {name.removeprefix("pbx_"): templar.template(value) for name, value in found.items() if name[:4] == "pbx_"}


def test_each_kind_has_its_files() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {
        f"{kind}_{part}.yml" for kind in KINDS for part in ("variables", "document")
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_is_clean_passes_its_own_call_tests_and_is_applied_once(
    kind: str, emulator: Emulator, tmp_path: Path
) -> None:
    document = skeleton(kind)
    tests = document.pop("call_tests")
    judged = call(emulator, "pbx_flow_check", {**document, "offline": True, "severity": "W"})
    assert (judged.get("msg"), judged["findings"]) == (None, [])
    tried = call(emulator, "pbx_call_test", {**document, "offline": True, "tests": tests, "trace": False})
    assert (tried.get("msg"), tried["counts"]["failed"]) == (None, 0)
    assert len(tests["calls"]) >= 2
    client = emulator.add_client(dids=[one["name"] for one in document["dids"]])
    apply = {**document, "access_token": client["access_token"], "prompt_folder": str(tmp_path), "call_tests": tests}
    with connections():
        applied = call(emulator, "pbx_tenant", apply)
        assert (applied.get("msg"), applied["changed"], applied["warnings"]) == (None, True, [])
        emulator.clear_log()
        again = call(emulator, "pbx_tenant", apply)
    assert (again.get("msg"), again["changed"], emulator.writes()) == (None, False, [])
    assert (again["call_tests"]["tests"], again["call_tests"]["failed"]) == (len(tests["calls"]), 0)


def test_a_skeleton_is_mostly_comments_and_words_of_people() -> None:
    for path in FOLDER.iterdir():
        assert path.read_text(encoding="utf-8").count("\n# ") >= 5, path.name


def test_differences_in_words() -> None:
    people = [{"number": "101", "name": "Anna"}, {"number": "104", "name": "Kim"}]
    ours = skeleton("office", site_name="Fjord", site_hours="mon-fri 08:00-16:00", site_people=people)
    theirs = skeleton("office")
    assert differences(theirs, theirs) == []
    assert differences(ours, theirs, "the template") == [
        'tenant interval "Opening hours": hours Monday to Friday 08:00 to 16:00 here, '
        "Monday to Friday 09:00 to 17:00 in the template",
        'extension "104": only here',
        'extension "200" > queue agent "104/Kim": only here',
        'extension "200" > queue agent "102/Ben": only in the template',
        'extension "200" > queue agent "103/Eva": only in the template',
        'extension "300": label Fjord here, Berg and Dahl in the template',
        'extension "102": only in the template',
        'extension "103": only in the template',
    ]


def menu(*rules: dict[str, Any]) -> dict[str, Any]:
    context = {"name": "main", "options": [{"digits": "1", "rules": list(rules)}]}
    return {"extensions": [{"number": "300", "type": "ivr", "ivr": {"contexts": [context]}}]}


def test_differences_of_rules_and_secrets() -> None:
    first, second = {"action": "voicemail"}, {"name": "Desk", "action": "transfer", "transfer_dst": "101"}
    found = differences(menu({**second, "transfer_dst": "102"}, first), menu(second))
    where = 'extension "300" > IVR > IVR context "main" > IVR option "1"'
    assert found == [
        f"{where}: 2 IVR rules here, 1 in the other",
        f'{where} > IVR rule 1 "Desk": destination 102 here, 101 in the other',
    ]
    rooms = [{"extensions": [{"number": "500", "type": "conference", "conference": {"pin": pin}}]}
             for pin in ("271828", "314159")]  # fmt: skip
    assert differences(*rooms) == ['extension "500" > conference: pin differs, and is not shown']


@pytest.mark.parametrize("wrong", [None, [], {"extensions": 5}])
def test_what_is_not_a_document_is_refused(wrong: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="differences: "):
        differences(wrong, {})
