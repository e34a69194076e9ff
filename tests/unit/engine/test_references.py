# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""References: names and ids, in the sentences and requests of real calls."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.case import IVR
from tests.cases.inprocess import call
from tests.emulator.server import Emulator

ENTRY = {"extension_id": IVR}


def contexts(pbx: Emulator, *names: str) -> list[int]:
    """Contexts of these names, which may be the same; their ids."""
    found = []
    for name in names:
        created = call(pbx, "pbx_ivr_context", {**ENTRY, "name": f"{name} {len(found)}"})["ivr_context"]["id"]
        call(pbx, "pbx_ivr_context", {**ENTRY, "id": created, "name": name})
        found.append(created)
    return found


def entry(pbx: Emulator, wanted: Any) -> Any:
    """The id that an entry_context was taken for, or the sentence that refused it."""
    result = call(pbx, "pbx_ivr", {**ENTRY, "entry_context": wanted})
    return result["msg"] if result.get("failed") else result["ivr"]["entry_context"]


def test_a_name_goes_before_an_id(pbx: Emulator) -> None:
    assert contexts(pbx, "2", "other") == [1, 2]
    assert entry(pbx, "2") == 1
    assert entry(pbx, "1") == 1
    assert entry(pbx, 2) == 1
    assert entry(pbx, "other") == 2


def test_names_are_compared_exactly(pbx: Emulator) -> None:
    contexts(pbx, "Main", "main", "main ", "")
    assert [entry(pbx, name) for name in ("Main", "main", "main ")] == [1, 2, 3]
    assert entry(pbx, "MAIN") == (
        'extension "5015": entry_context: there is no IVR context "MAIN"; '
        "there are: Main (id 1), main (id 2), main  (id 3),  (id 4)"
    )


def test_a_name_of_several_is_refused_and_an_id_helps(pbx: Emulator) -> None:
    contexts(pbx, "main", "main")
    sentence = 'extension "5015": entry_context: IVR context "main" is not unique: ids 1, 2; name one by its id'
    assert entry(pbx, "main") == sentence
    assert entry(pbx, 2) == 2
    twice = call(pbx, "pbx_ivr_context", {**ENTRY, "name": "main", "timeout": 1000})
    assert twice["msg"] == 'extension "5015": there are 2 IVR contexts "main", ids 1, 2; pick one with id'
    picked = call(pbx, "pbx_ivr_context", {**ENTRY, "id": 2, "timeout": 1000})
    assert picked["ivr_context"]["timeout"] == 1000
    gone = call(pbx, "pbx_ivr_context", {**ENTRY, "id": 1, "state": "absent"})
    assert gone["changed"]
    assert entry(pbx, "main") == 2


@pytest.mark.parametrize("wanted", ["Wellcome", "welcome", "Welcom"])
def test_a_close_name_is_offered(pbx: Emulator, wanted: str) -> None:
    result = call(pbx, "pbx_ivr", {**ENTRY, "vm_greeting": wanted})
    assert result["msg"].endswith(f'vm_greeting: there is no sound "{wanted}"; did you mean "Welcome"?')


def test_a_long_list_of_candidates_is_cut(pbx: Emulator) -> None:
    for number in range(25):
        if number == 20:
            assert entry(pbx, "nothing like it").endswith("12 (id 19), 13 (id 20)")
        call(pbx, "pbx_ivr_context", {**ENTRY, "name": f"{number:x}"})
    sentence = entry(pbx, "nothing like it")
    assert sentence.count("(id ") == 20
    assert sentence.endswith("13 (id 20) and 5 more")


def test_an_interval_may_be_the_tenants(pbx: Emulator) -> None:
    tenants = pbx.insert("interval", name="Holidays", timezone="UTC", conditions=[{"month": 12}])
    rule = {"extension_id": 5001, "name": "holidays", "type": "busy", "interval": "Holidays"}
    assert call(pbx, "pbx_incom_rule", rule)["incom_rule"]["interval"] == tenants
    own = {"extension_id": 5001, "name": "Holidays", "timezone": "UTC", "conditions": [{"month": 1}]}
    assert call(pbx, "pbx_interval", own)["changed"]
    # The extension's own one goes first.
    assert call(pbx, "pbx_incom_rule", rule)["changed"]
    assert call(pbx, "pbx_incom_rule", rule)["incom_rule"]["interval"] == 1


def test_another_extension_has_other_ids(pbx: Emulator) -> None:
    """Ids of rules, contexts and intervals begin anew in every extension."""
    for extension, month in ((5001, 1), (5002, 2)):
        interval = {"extension_id": extension, "name": f"m{month}", "timezone": "UTC", "conditions": [{"month": month}]}
        assert call(pbx, "pbx_interval", interval)["interval"]["id"] == 1
    rule = {"extension_id": 5002, "name": "x", "type": "busy", "interval": "m1"}
    assert call(pbx, "pbx_incom_rule", rule)["msg"].endswith('there is no interval "m1"; there are: m2 (id 1)')
