# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A run that finds everything as declared reads no more than it must: the least is computed from the document."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.cases.documents import Document
from tests.cases.inprocess import call
from tests.emulator.server import Emulator

PHONES = [str(number) for number in range(101, 106)]
USER: Document = {"name": "Anna", "email": "anna@example.com", "password": "not a real one"}
OF_TENANT = {"agents": "/client/@me/agent/local/", "users": "/client/@me/user/extension/"}
HOURS: Document = {"timezone": "UTC", "conditions": [{"month": 12}]}
LISTS: dict[str, tuple[str, Document]] = {
    "dids": ("/client/@me/did/", {"dids": [{"name": "74950000101", "comment": "Main"}]}),
    "groups": ("/client/@me/extension_group/", {"extension_groups": [{"name": "Desks"}]}),
    "dial rules": ("/client/@me/dial_rule/", {"dial_rules": [{"dial_rules": [{"match_exp": "^0", "repl_exp": "1"}]}]}),
    "intervals": ("/client/@me/interval/", {"intervals": [{"name": "Holidays", **HOURS}]}),
    "sounds": ("/client/@me/sound/", {"sounds": [{"title": "Welcome"}]}),
}


def phones(section: str, count: int) -> Document:
    one = {"agents": {"name": "Anna"}, "users": USER}[section]
    keyed = [{**one, "login": f"anna{number}"} if section == "users" else one for number in PHONES]
    return {
        "extensions": [{"number": n, section: [value]} for n, value in zip(PHONES[:count], keyed, strict=False)],
        "update_password": "on_create",
    }


def again(pbx: Emulator, document: Document, **more: Any) -> Counter[str]:
    """The reads of a run that finds everything as a first one has left it, counted by path."""
    made = call(pbx, "pbx_tenant", {**document, **more})
    assert not made.get("failed"), made["msg"]
    pbx.clear_log()
    result = call(pbx, "pbx_tenant", {**document, **more})
    assert (result["changed"], result["warnings"]) == (False, [])
    return Counter(entry["path"] for entry in pbx.log() if entry["path"] != "/client/@me/extension/")


@pytest.mark.parametrize("section", OF_TENANT)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_o7_lists_of_several_extensions_are_one_of_the_tenant(pbx: Emulator, section: str, count: int) -> None:
    name = {"agents": "agent", "users": "user/extension"}[section]
    own = Counter([f"/extension/5001/{name}/"])
    assert again(pbx, phones(section, count)) == (own if count == 1 else Counter([OF_TENANT[section]]))


@pytest.mark.parametrize("section", OF_TENANT)
@pytest.mark.parametrize("status", [403, 404])
def test_o7_where_the_tenant_has_no_such_list_each_extension_is_asked(pbx: Emulator, section: str, status: int) -> None:
    pbx.fault("status", path=OF_TENANT[section], status=status, count=0)
    found = again(pbx, phones(section, 2))
    assert found.pop(OF_TENANT[section]) == 1
    assert sorted(found.values()) == [1, 1]


def test_o7_agents_that_a_queue_has_named_are_not_read_again(pbx: Emulator) -> None:
    """The tenant's list has told them already, also where only one phone declares any."""
    document = phones("agents", 1)
    document["extensions"].append({"number": "200", "queue_agents": [{"agent": "101/Anna"}]})
    assert again(pbx, document) == Counter([OF_TENANT["agents"], "/extension/5013/queue/agents/local/"])


def test_o7_an_export_reads_them_once(pbx: Emulator) -> None:
    call(pbx, "pbx_tenant", phones("agents", 5))
    pbx.clear_log()
    found = call(pbx, "pbx_tenant_info", {"sections": ["agents", "users"]})
    assert [one["agents"][0]["name"] for one in found["tenant"]["extensions"]] == ["Anna"] * 5
    read = Counter(entry["path"] for entry in pbx.log() if entry["path"] != "/client/@me/extension/")
    assert read == Counter(OF_TENANT.values())


@pytest.mark.parametrize("pages", ["taken", "refused"])
@pytest.mark.parametrize("name", LISTS)
def test_o7_a_short_list_is_read_once_whether_or_not_it_has_pages(pbx: Emulator, name: str, pages: str) -> None:
    path, document = LISTS[name]
    pbx.set_dialect(tenant_pages=pages)
    assert again(pbx, document)[path] == 1


@pytest.mark.parametrize("pages", ["taken", "refused"])
@pytest.mark.parametrize("count", [9, 10, 20, 21, 130])
def test_o7_a_long_list_is_whole_whether_or_not_it_has_pages(pbx: Emulator, count: int, pages: str) -> None:
    pbx.set_dialect(tenant_pages=pages)
    for number in range(count):
        pbx.insert("extension_group", name=f"Group {number}", extra_params=None)
    found = call(pbx, "pbx_extension_group_info", {})["extension_groups"]
    assert len({one["id"] for one in found}) == len(found) == count
    if pages == "refused":
        assert len(pbx.log()) == (1 if count < 10 else 2)


@pytest.mark.parametrize(("told", "orders"), [({}, 2), ({"rule_list_order": "program"}, 0)], ids=["unknown", "told"])
def test_o7_the_order_of_rules_is_not_asked_for_where_their_lists_have_it(
    pbx: Emulator, told: dict[str, str], orders: int
) -> None:
    rules = [{"name": name, "type": "voicemail", "call_status": name} for name in ("busy", "no_answer")]
    options = [{"digits": "start", "rules": [{"action": "play_silence", "silence_time": 9}, {"action": "voicemail"}]}]
    menu: Document = {"entry_context": "main", "contexts": [{"name": "main", "options": options}]}
    document: Document = {
        "extensions": [{"number": "101", "incom_rules": rules}, {"number": "300", "ivr": menu}],
        "dialect": told,
    }
    found = again(pbx, document)
    assert sum(path.endswith("/order/") for path in found.elements()) == orders
    turned = {**document, "extensions": [{"number": "101", "incom_rules": rules[::-1]}]}
    assert call(pbx, "pbx_tenant", turned)["changed"]
    assert call(pbx, "pbx_tenant", turned)["changed"] is False
