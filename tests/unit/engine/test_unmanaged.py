# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The result names objects of the PBX that the lists of a document lack, at no request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cases.documents import Document
from tests.cases.inprocess import call
from tests.emulator.server import Emulator

NUMBERS = [*(str(number) for number in range(101, 113)), "200", "201", "300", "400", "500"]
HOURS: Document = {"timezone": "UTC", "conditions": [{"month": 12}]}
WEBHOOK: Document = {"event_type": "hangup", "method": "GET"}
MENU: Document = {"name": "main", "options": [{"digits": "1", "rules": [{"action": "voicemail"}]}, {"digits": "2"}]}
HELD: Document = {
    "sounds": [{"title": "Welcome"}],
    "intervals": [{"name": "Holidays", **HOURS}],
    "extension_groups": [{"name": "Desks"}],
    "dial_rules": [{"dial_rules": [{"match_exp": "^0", "repl_exp": "00"}]}],
    "extensions": [
        {
            "number": "101",
            "agents": [{"name": "Anna"}],
            "intervals": [{"name": "Night", **HOURS}],
            "events": [{"url": "https://old.example.com/", **WEBHOOK}],
            "incom_rules": [{"name": "away", "type": "voicemail"}],
        },
        {"number": "200", "queue_agents": [{"agent": "101/Anna"}]},
        {"number": "300", "ivr": {"entry_context": "main", "contexts": [MENU]}},
    ],
}
OTHERS = {("extension", f'extension "{number}"') for number in NUMBERS if number not in ("101", "200", "300")}


def unmanaged(pbx: Emulator, document: Document, **how: Any) -> list[tuple[str, str]]:
    result = call(pbx, "pbx_tenant", document, **how)
    assert not result.get("failed"), result["msg"]
    return [(one["kind"], one["object"]) for one in result["unmanaged"]]


@pytest.fixture
def pbx(pbx: Emulator) -> Emulator:
    assert call(pbx, "pbx_tenant", HELD)["changed"]
    pbx.clear_log()
    return pbx


@pytest.mark.parametrize("check", [True, False], ids=["preview", "run"])
def test_e7_a_webhook_that_moved_leaves_the_old_one(pbx: Emulator, check: bool) -> None:
    moved = {"number": "101", "events": [{"url": "https://new.example.com/", **WEBHOOK}]}
    found = unmanaged(pbx, {"extensions": [{"number": n} for n in NUMBERS if n != "101"] + [moved]}, check=check)
    assert [kind for kind, dummy in found] == ["event"]
    assert found[0][1].startswith('extension "101" > event "')
    read = {entry["path"] for entry in pbx.log() if entry["method"] == "GET"}
    assert read == {"/client/@me/extension/", "/extension/5001/event/"}


@pytest.mark.parametrize(
    ("document", "found"),
    [
        pytest.param(HELD, OTHERS, id="extensions"),
        pytest.param({"sounds": [{"title": "Closed"}]}, {("tenant_sound", 'sound "Welcome"')}, id="sounds"),
        pytest.param({"intervals": []}, {("tenant_interval", 'tenant interval "Holidays"')}, id="empty"),
        pytest.param({"extension_groups": []}, {("extension_group", 'extension group "Desks"')}, id="groups"),
        pytest.param({"dial_rules": []}, {("dial_rule", 'dial rule "^0 -> 00"')}, id="dial rules"),
        pytest.param({"dids": []}, {("did", 'DID "74950000101"')}, id="what nobody can delete"),
        pytest.param(
            {"extensions": [{"number": "101", "intervals": [{"name": "Day", **HOURS}]}]},
            {("interval", 'extension "101" > interval "Night"')},
            id="intervals",
        ),
        pytest.param(
            {"extensions": [{"number": "300", "ivr": {"contexts": [{"name": "other"}]}}]},
            {("ivr_context", 'extension "300" > IVR context "main"')},
            id="a menu, and nothing inside of it",
        ),
        pytest.param(
            {"extensions": [{"number": "300", "ivr": {"contexts": [{**MENU, "options": MENU["options"][:1]}]}}]},
            {("ivr_option", 'extension "300" > IVR context "main" > IVR option "2"')},
            id="an option, and none that every menu has",
        ),
        pytest.param({"extensions": [{"number": "101", "agents": []}], "purge": []}, set(), id="what goes"),
    ],
)  # fmt: skip
def test_e7_what_is_not_in_the_document_is_named(
    pbx: Emulator, document: Document, found: set[tuple[str, str]]
) -> None:
    told = set(unmanaged(pbx, document, check=True))
    mine = {(kind, title) for kind, title in told if kind != "extension" or document is HELD}
    assert {one for one in mine if one[0] not in ("tenant_sound", "did") or one in found} == found


def test_e7_what_a_purge_deletes_is_not_kept(pbx: Emulator) -> None:
    purged = {"intervals": [], "purge": ["intervals"]}
    assert unmanaged(pbx, purged, check=True) == []


def test_e7_what_an_earlier_task_of_a_preview_would_add_counts(pbx: Emulator, tmp_path: Path) -> None:
    memory = str(tmp_path)
    assert call(pbx, "pbx_extension_group", {"name": "New"}, check=True, memory=memory)["changed"]
    found = unmanaged(pbx, {"extension_groups": [{"name": "Desks"}]}, check=True, memory=memory)
    assert found == [("extension_group", 'extension group "New"')]


def test_e7_of_a_whole_ivr_too(pbx: Emulator) -> None:
    result = call(pbx, "pbx_ivr_scheme", {"extension": "300", "ivr": {"contexts": [{"name": "x"}]}}, check=True)
    assert result["unmanaged"] == [{"kind": "ivr_context", "object": 'extension "300" > IVR context "main"'}]
