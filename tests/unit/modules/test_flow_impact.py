# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The impact of changes: of the PBX before and after a document, of files, of commits, weighed by records."""

from __future__ import annotations

import copy
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.telops.pbx.plugins.module_utils._api.errors import PbxError
from ansible_collections.telops.pbx.plugins.module_utils._entry import history
from ansible_collections.telops.pbx.plugins.module_utils._entry.sources import listed, read
from tests.cases.inprocess import call
from tests.cases.mistakes import CLINIC
from tests.cases.pbx_flow_impact import GONE, SAME, office
from tests.emulator.server import Emulator
from tests.unit.flow.calling import instant

MONDAY = {"today": "2026-11-23"}


@pytest.fixture
def clinic(pbx: Emulator) -> Emulator:
    assert not call(pbx, "pbx_tenant", CLINIC).get("failed")
    pbx.clear_log()
    return pbx


def compared(pbx: Emulator, **options: Any) -> dict[str, Any]:
    result = call(pbx, "pbx_flow_impact", {**MONDAY, **options})
    assert pbx.writes() == []
    assert result["changed"] is False
    return result


def test_the_pbx_and_what_a_document_makes_of_it(clinic: Emulator) -> None:
    moved = {"name": "Moved", "type": "transfer", "transfer_dst": "112", "transfer_timeout": 9}
    found = compared(clinic, extensions=[{"number": "300", "incom_rules": [moved]}], until="2026-12-07", depth=1)
    assert not found.get("failed"), found["msg"]
    assert found["groups"][0]["numbers"] == ["74950000101"]
    assert {line["change"] for group in found["groups"] for line in group["lines"]} <= {"added", "removed"}
    assert found["requests"]["GET"] > 20
    row = found["impact"][0]
    assert row["to"] == "74950000101"
    assert row["begin"] == instant("2026-11-23 00:00")


def test_the_pbx_is_like_its_document(clinic: Emulator) -> None:
    # The PBX of the tests has a fax and a conference besides, which callers can dial.
    found = compared(clinic, after=CLINIC, until="2026-12-07", depth=0)
    assert found["impact"] == []
    assert found["groups"] == []


def test_a_witness_replays_to_both_ends(pbx: Emulator) -> None:
    found = compared(pbx, **GONE)
    for group in found["groups"]:
        for which in ("before", "after"):
            told = call(pbx, "pbx_call_test", {"offline": True, **GONE[which], "tests": [group["witness"]]})
            assert told["results"][0]["outcome"] == group[which]


def test_files_folders_and_commits(pbx: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "tenant.yml"
    file.write_text(yaml.safe_dump({f"pbx_{name}": value for name, value in GONE["before"].items()}))
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "tenant.yml")
    _git(tmp_path, "commit", "-qm", "Before")
    file.write_text(yaml.safe_dump({f"pbx_{name}": value for name, value in GONE["after"].items()}))
    expected = compared(pbx, **GONE)["groups"]
    for path in (str(file), str(tmp_path)):
        found = compared(pbx, before=path, before_revision="HEAD", after=path)
        assert found["groups"] == expected
    wrong = compared(pbx, before=str(file), before_revision="HEAD~9", after=str(file))
    assert wrong["msg"].startswith(f"before: git has no {file} of HEAD~9: ")
    assert "is no revision" in compared(pbx, before=str(file), before_revision="--all", after=str(file))["msg"]


def _git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *names, *arguments], check=True, capture_output=True)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("just words", "is no document of a tenant; it holds no dictionary"),
        ("pbx_dids: [", "line 1 is no YAML"),
        ("other: 1", "is no document of a tenant; it has none of"),
        ('pbx_dids: "{{ numbers }}"', "holds a template"),
        ("pbx_dids: [{name: 5, colour: red}]", "there is no colour"),
    ],
)
def test_files_that_are_no_documents(pbx: Emulator, tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "tenant.yml"
    file.write_text(text)
    message = compared(pbx, before=str(file), after=office())["msg"]
    assert message.startswith("before: ")
    assert says in message


def test_a_name_of_an_export_may_look_like_a_template(pbx: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "tenant.yml"
    file.write_text('pbx_extensions: [{number: "103", type: phone, label: !unsafe "{{ room }}"}]')
    before = {"extensions": [{"number": "103", "type": "phone", "label": "{{ room }}"}]}
    found = compared(pbx, before=before, after=str(file))
    assert found["summary"]["words"] == "no caller notices", found


def test_recorded_calls_weigh_a_change(pbx: Emulator, tmp_path: Path) -> None:
    records = [
        {"did_number": "7495001", "from_username": "+4930555", "init_time_gmt": "2026-11-20 08:00:00.25", "flow": "in"},
        {"did_number": "7495001", "from_username": "Anonymous", "init_time_gmt": "2026-11-20 09:00:00,5"},
        {"did_number": "7495009", "from_username": "+4930555", "init_time_gmt": "2026-11-20 09:00:00"},
        {"did_number": "7495001", "from_username": "+4930555", "init_time_gmt": "2026-11-20 09:00:00", "flow": "out"},
    ]
    found = compared(pbx, **GONE, records=records)
    assert [(group["calls"], group["possible"]) for group in found["groups"]] == [(2, True), (2, True)]
    assert found["groups"][0]["words"].endswith("(2 at most of 3 recorded calls)")
    assert found["summary"]["recorded_calls"] == 3
    file = tmp_path / "records.json"
    file.write_text(json.dumps({"changed": False, "records": records}))
    assert compared(pbx, **GONE, records=str(file))["groups"] == found["groups"]
    wrong = compared(pbx, **GONE, records=[{"did_number": "7495001", "init_time_gmt": "yesterday"}])
    assert wrong["msg"].startswith("records[0]: 'yesterday' does not say when the call came")


def test_records_are_a_list_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "records.json"

    def refused(path: str = str(file)) -> str:
        with pytest.raises(PbxError) as problem:
            listed("records", path)
        return str(problem.value)

    assert refused().endswith("cannot be read: No such file or directory")
    os.mkfifo(file)
    assert refused() == f"records: {file} is there, and is no file"
    with pytest.raises(PbxError, match="is there, and is no file"):
        read("before", str(file), None)
    file.unlink()
    assert "embedded null byte" in refused("a\0b")
    for text, says in (
        ("- ]", f"records: {file}, line 1 is no YAML"),
        ("calls: []", f"records: {file} holds neither a list nor a dictionary with records"),
        ("records: &all [*all]", f"records: {file} is no YAML"),
    ):
        file.write_text(text)
        assert refused() == says
    file.write_text('[{"to": "1"}]')
    assert listed("records", str(file)) == [{"to": "1"}]


def declared(**words: Any) -> list[dict[str, Any]]:
    return [{"name": "No mailbox", "call": "7495001", **words}]


NOBODY = {"worlds": ["nobody"], "before": {"voicemail": "103"}, "after": {"hangup": "no_answer"}}
BUSY = {"worlds": "busy", "before": {"voicemail": "103"}, "after": {"hangup": "busy"}}


def test_an_intent_is_judged(pbx: Emulator) -> None:
    both = declared(**NOBODY) + declared(**BUSY)
    assert compared(pbx, **GONE, intent=both)["verdict"] == "matched"
    half = compared(pbx, **GONE, intent=declared(**NOBODY), intent_mismatch="warn")
    assert half["verdict"] == "undeclared changes"
    assert ["everybody is busy" in sentence for sentence in half["undeclared"]] == [True]
    never = compared(pbx, **GONE, intent=[*both, *declared(after={"fax": "any"})], intent_mismatch="warn")
    assert (never["verdict"], never["missing"]) == ("undeclared changes", ["No mailbox: no call changes so"])
    assert compared(pbx, **SAME, intent=[])["verdict"] == "no caller notices"
    announced = copy.deepcopy(SAME)
    announced["after"]["extensions"][0]["phone"]["intercom"] = 1
    doubted = compared(pbx, **announced, intent=[])
    assert (doubted["failed"], doubted["verdict"]) == (True, "undecided")


def test_an_intent_holds_only_at_its_times(pbx: Emulator) -> None:
    at = "during 09:00-18:00"
    found = compared(
        pbx, **GONE, intent=declared(**NOBODY, at=at) + declared(**BUSY), intent_mismatch="warn", until="2026-11-25"
    )
    assert found["verdict"] == "undeclared changes"
    assert len(found["undeclared"]) == 1
    assert "00:00-09:00 and 18:00-24:00" in found["undeclared"][0]


def test_limits_are_kept(pbx: Emulator) -> None:
    assert not compared(pbx, **GONE, impact_limit={"hung_up": 1, "numbers": 1}).get("failed")
    assert (
        "callers of 1 number notice something; 0 are allowed"
        in compared(pbx, **GONE, impact_limit={"numbers": 0})["msg"]
    )


def desk(extension: str, **rule: Any) -> list[dict[str, Any]]:
    rules = [{"name": "Desk", "type": "transfer", "transfer_timeout": 9, "transfer_dst": "112", **rule}]
    return [{"number": extension, "incom_rules": rules}]


def test_a_plan_tells_its_impact_and_is_refused_where_it_is_not_meant(clinic: Emulator) -> None:
    quiet = call(clinic, "pbx_tenant", {"extensions": [{"number": "101", "label": "Desk"}], "impact": True}, check=True)
    assert quiet["impact"]["words"] == "no caller notices"
    assert history.entry("", "clinic", quiet)["impact"] == "no caller notices"
    # A plan that changes nothing is never refused.
    same = {"extensions": [{"number": "101", "label": "Reception"}], "intent": declared(after={"fax": "any"})}
    found = call(clinic, "pbx_tenant", same)
    assert (found["changed"], found["impact"]["words"]) == (False, "no caller notices")
    clinic.clear_log()
    refused = call(clinic, "pbx_tenant", {"extensions": desk("300"), "intent": [], "impact_limit": {"numbers": 0}})
    assert (refused["failed"], clinic.writes()) == (True, [])
    assert refused["msg"].startswith("intent: the verdict is: undeclared changes")
    assert "\nimpact_limit: callers of 1 number notice something; 0 are allowed\n" in refused["msg"]
    assert refused["impact"]["groups"]
    assert refused["plan"]
    meant = [{"call": "74950000101", "after": {"one_of": [{"rings": "112"}, {"hangup": "busy"}]}}]
    done = call(clinic, "pbx_tenant", {"extensions": desk("300"), "intent": meant})
    assert not done.get("failed"), done["msg"]
    assert done["impact"]["verdict"] == "matched"


def test_documents_of_what_a_pbx_may_hold_are_compared(pbx: Emulator) -> None:
    broken = {"number": "104", "type": "phone", "incom_rules": [{"type": "transfer"}]}

    def with_broken(document: dict[str, Any]) -> dict[str, Any]:
        return {**document, "extensions": [*document["extensions"], broken]}

    found = compared(pbx, before=with_broken(GONE["before"]), after=with_broken(GONE["after"]))
    assert [group["numbers"] for group in found["groups"]] == [["7495001"], ["7495001"]]
    says = 'extensions[1] "104" > incom_rules[0]: type transfer needs transfer_dst'
    assert sorted(found["warnings"]) == [f"after: {says}", f"before: {says}"]
    # No PBX could hold this.
    broken["incom_rules"] = [{"type": "transfer", "no_such_field": 1}]
    assert "there is no no_such_field" in compared(pbx, before=with_broken(office()), after=office())["msg"]
