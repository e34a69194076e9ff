# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of extensions spares the requests for the fields that it has, as soon as it has once been right."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._engine.read.carried import Carried
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from ansible_collections.telops.pbx.plugins.module_utils._state.objects import Index, Item
from ansible_collections.telops.pbx.plugins.module_utils._state.place import Place
from tests.cases.inprocess import call, calls, sent
from tests.emulator.server import Emulator

ANI, EXTENSION = NOUNS["ani"], NOUNS["extension"]
NUMBERS = ("101", "102", "103", "104")


def read(listed: dict[int, Any], real: dict[int, Any]) -> tuple[list[Any], list[int]]:
    """The ANI of each extension as it is read, and the ids of those that were asked for it."""
    asked: list[int] = []

    def ask(noun: Any, place: Place) -> dict[str, Any]:
        ((dummy, identity),) = place.ids
        asked.append(int(identity))
        return {"default": real[int(identity)]}

    items = [Item(EXTENSION, Place(), one, {"number": str(one)}, {"id": one, **told}) for one, told in listed.items()]
    index = Index(items)
    carried = Carried(ask, lambda: index)
    return [carried.answer(ANI, item.inside)["default"] for item in items], asked


@pytest.mark.parametrize(
    ("real", "asked"),
    [
        # One answer that says something is enough.
        ([7, None, 8, None], [1]),
        # Where the first ones say nothing, one that says something is asked for in between.
        ([None, None, 8, None], [1, 3]),
        ([None, None, None, None], [1]),
    ],
)
def test_r7_a_list_that_is_right_is_believed(real: list[Any], asked: list[int]) -> None:
    values = dict(enumerate(real, 1))
    assert read({one: {"ani": value} for one, value in values.items()}, values) == (real, asked)


@pytest.mark.parametrize("listed", [[7, None, None, 9], [None, None, 7, None]])
def test_r7_a_list_that_says_something_else_is_not_believed(listed: list[Any]) -> None:
    real = {1: None, 2: 8, 3: None, 4: 9}
    found, asked = read({one: {"ani": value} for one, value in enumerate(listed, 1)}, real)
    assert found == [*real.values()]
    assert {*asked} == {*real}


def test_r7_a_list_without_it_is_not_asked() -> None:
    assert read({1: {}, 2: {}}, {1: 7, 2: None}) == ([7, None], [1, 2])


@pytest.mark.parametrize(("answers", "most"), [("recent", 1), ("older", len(NUMBERS))])
def test_r7_a_document_costs_one_request_for_all_numbers(pbx: Emulator, answers: str, most: int) -> None:
    pbx.set_dialect(answers=answers)
    document = {"extensions": [{"number": number, "ani": "74950000101"} for number in NUMBERS]}
    assert call(pbx, "pbx_tenant", document)["changed"]
    pbx.clear_log()
    assert not call(pbx, "pbx_tenant", document)["changed"]
    assert len([one for one in sent(pbx) if one.path.endswith("/ani/")]) == most


def test_r7_items_of_a_loop_see_what_the_items_before_have_set(pbx: Emulator) -> None:
    for number in ("74950000101", "74950000102", "74950000101"):
        result = call(pbx, "pbx_ani", {"extension": "101", "ani_number": number}, shared=True)
        assert result["changed"]
    assert not call(pbx, "pbx_ani", {"extension": "101", "ani_number": number}, shared=True)["changed"]


def test_r7_a_call_is_the_same_however_its_id_is_spelled(pbx: Emulator) -> None:
    ring = ("pbx_callback", {"extension": "101", "src_num": ["101"], "dst_num": "74950000999"})
    (started,) = calls(pbx, [ring])
    identity = started["callback"]["call_api_id"]
    listed = call(pbx, "pbx_call_info", {"extension": "101"})["calls"][0]["call_api_id"]
    assert identity != listed == identity.upper()
    for one in (identity, listed):
        assert call(pbx, "pbx_call", {"extension": "101", "call_api_id": one, "action": "hold"})["changed"]
    assert call(pbx, "pbx_call", {"extension": "101", "call_api_id": identity, "action": "hangup"})["changed"]
    assert call(pbx, "pbx_call_info", {"extension": "101"})["calls"] == []
