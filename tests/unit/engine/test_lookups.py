# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The items of a loop look up a name once, and never take a name for missing that has come in the meantime."""

from __future__ import annotations

from collections import Counter

import requests

from ansible_collections.telops.pbx.plugins.module_utils import _entry
from tests.cases.inprocess import call, connections
from tests.emulator.seed import DIDS
from tests.emulator.server import Emulator


def reads(emulator: Emulator) -> Counter[str]:
    return Counter(entry["path"] for entry in emulator.log() if entry["method"] == "GET")


def test_the_items_of_a_loop_read_the_extensions_once() -> None:
    with Emulator(seed="bare") as emulator, connections():
        call(emulator, "pbx_agent", {"extension": "101", "name": "Anna"})
        alone = reads(emulator)["/client/@me/extension/"]
        for number in ("102", "103"):
            result = call(emulator, "pbx_agent", {"extension": number, "name": "Ben"}, shared=True)
            assert result["changed"]
        assert reads(emulator)["/client/@me/extension/"] == alone


def create_by_another_hand(emulator: Emulator, number: str) -> None:
    answer = requests.post(
        f"{emulator.url}/client/@me/extension/",
        json={"name": number, "type": "phone", "status": "active"},
        headers={"Authorization": f"Bearer {emulator.access_token}"},
        timeout=10,
    )
    assert answer.status_code == 201


def test_a_name_that_came_in_the_meantime_is_found() -> None:
    with Emulator(seed="bare") as emulator, connections():
        call(emulator, "pbx_agent", {"extension": "101", "name": "Anna"})
        create_by_another_hand(emulator, "150")
        result = call(emulator, "pbx_agent", {"extension": "150", "name": "Ben"}, shared=True)
        assert result["changed"], result


def test_a_value_may_name_what_came_in_the_meantime() -> None:
    with Emulator(seed="bare") as emulator, connections():
        first, second = ({"name": name} for name in DIDS[:2])
        assert call(emulator, "pbx_did", {**first, "extension": "102"})["changed"]
        create_by_another_hand(emulator, "150")
        result = call(emulator, "pbx_did", {**second, "extension": "150"}, shared=True)
        assert (result.get("msg"), result["changed"]) == (None, True)
        result = call(emulator, "pbx_did", {**second, "extension": "151"}, shared=True)
        assert 'there is no extension "151"' in result["msg"]


def test_a_name_that_is_nowhere_is_asked_for_once_more_and_then_refused() -> None:
    with Emulator(seed="bare") as emulator, connections():
        call(emulator, "pbx_agent", {"extension": "101", "name": "Anna"})
        before = reads(emulator)["/client/@me/extension/"]
        result = call(emulator, "pbx_agent", {"extension": "150", "name": "Ben"}, shared=True)
        assert result["failed"]
        assert 'there is no extension "150"' in result["msg"]
        assert before < reads(emulator)["/client/@me/extension/"] <= 2 * before


def test_the_items_of_a_loop_see_what_those_before_them_have_done() -> None:
    items = [
        {"number": "150", "type": "phone", "label": "one"},
        {"number": "151", "type": "phone"},
        {"number": "150", "label": "two"},
        {"number": "150", "label": "one"},
        {"number": "151", "state": "absent"},
        {"number": "151", "type": "queue"},
    ]
    with Emulator(seed="bare") as emulator, connections():
        call(emulator, "pbx_extension_info", {})
        alone = reads(emulator)["/client/@me/extension/"]
        emulator.clear_log()
        _entry.run.LOOKUPS.clear()
        results = [call(emulator, "pbx_extension", item, shared=True) for item in items]
        assert [result["changed"] for result in results] == [True] * len(items)
        assert [entry["method"] for entry in emulator.writes()] == ["POST", "POST", "PUT", "PUT", "DELETE", "POST"]
        assert reads(emulator)["/client/@me/extension/"] == alone


def test_an_item_that_failed_leaves_nothing_behind() -> None:
    new = {"number": "150", "type": "phone"}
    with Emulator(seed="bare") as emulator, connections():
        emulator.fault("status", method="POST", status=500, applied=True)
        assert call(emulator, "pbx_extension", new)["failed"]
        result = call(emulator, "pbx_extension", new, shared=True)
        assert (result.get("msg"), result["changed"]) == (None, False)
