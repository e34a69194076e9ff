# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The destinations that can be dialled, wherever a PBX dials."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._model.destination import destination_problems, equal
from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from ansible_collections.telops.pbx.plugins.module_utils._model.operations import OPERATIONS
from ansible_collections.telops.pbx.plugins.module_utils._model.problems import problems
from ansible_collections.telops.pbx.plugins.module_utils._model.sentence import Odd
from ansible_collections.telops.pbx.plugins.module_utils._model.values import same

REFUSED = {
    "102, 103": 'separate numbers by a space: "102 103"',
    "101;102": 'separate numbers by a space: "101 102"',
    "101|102": 'separate numbers by a space: "101 102"',
    "+74951234567,102": 'separate numbers by a space: "+74951234567 102"',
    "+7 495 123-45-67": "write +74951234567 without spaces or other signs",
    "+7 495 1234567": "write +74951234567 without spaces or other signs",
    "8 (812) 123-45-67": "write 88121234567 without spaces or other signs",
    "+7\u00a0495\u00a01234567": "write +74951234567 without spaces or other signs",
    "13l": "a destination is made of digits",
    "101.0": "a destination is made of digits",
    "\u0661\u0660\u0661": 'write "101"',
    "\uff11\uff10\uff11": 'write "101"',
    "\u0967\u0966\u0967": 'write "101"',
    "1\u200b01": 'write "101"',
    "\ufeff101": 'write "101"',
    "101\u00a0102": 'write "101 102"',
    "101\t102": 'write "101 102"',
    "101\n": 'write "101"',
    "tel:+74951234567": 'write "+74951234567"',
    "sip:101@pbx.example": "a destination is made of digits",
    "101;ext=5": "a destination is made of digits",
    "101p5": "a destination is made of digits",
    "101,,5": "a destination is made of digits",
    "101 abc": "a destination is made of digits",
    "10+1": "a destination is made of digits",
    "101@": "a destination is made of digits",
    " ": "is blank; give a number",
}
ODD = {
    "8 812 123 45 67": "write 88121234567 if it is one number",
    "0049 30 1234567": "write 0049301234567 if it is one number",
    "030 1234567": "write 0301234567 if it is one number",
    "+49301234567890123456": "has more digits than any phone number",
}
TAKEN = ["101", "101 102", "101  102", "+74951234567", "*8101", "#21#", "0003*100", "00500*0003*100", "100@pbx.example"]


def destinations() -> list[tuple[str, Field]]:
    """Every field that holds a dialled number, of nouns and operations."""
    fields = [(noun.name, one) for noun in (*NOUNS.values(), *OPERATIONS.values()) for one in noun.writable]
    fields += [(name, part) for name, one in fields for part in one.parts]
    return [(name, one) for name, one in fields if one.kind in ("destination", "destinations")]


def test_v1_everything_that_is_dialled_is_a_destination() -> None:
    names = {f"{noun}.{one.name}" for noun, one in destinations()}
    fields = [(noun.name, one) for noun in (*NOUNS.values(), *OPERATIONS.values()) for one in noun.writable]
    dialled = {f"{noun}.{one.name}" for noun, one in fields if one.name.endswith(("_dst", "dst_num", "src_num"))}
    assert (
        dialled | {"incom_rule.number", "callback.transfer_after_src_hangup", "callback.transfer_after_dst_hangup"}
        == names
    )


@pytest.mark.parametrize(("value", "remedy"), REFUSED.items())
def test_v1_what_cannot_be_dialled_is_an_error_with_a_remedy(value: str, remedy: str) -> None:
    [sentence] = destination_problems(value, several=True)
    assert remedy in sentence
    assert not isinstance(sentence, Odd)


@pytest.mark.parametrize("value", TAKEN)
def test_v1_what_can_be_dialled_is_taken(value: str) -> None:
    assert list(destination_problems(value, several=True)) == []


def test_v1_one_number_is_not_several() -> None:
    [sentence] = destination_problems("101 102", several=False)
    assert sentence == '"101 102" is 2 numbers, where one belongs'


def test_v1_a_number_with_blanks_is_odd() -> None:
    [sentence] = destination_problems("8 812 1234567", several=True)
    assert isinstance(sentence, Odd)


@given(st.text(max_size=12))
def test_v1_nothing_but_numbers_is_taken(value: str) -> None:
    found = [one for one in destination_problems(value, several=True) if not isinstance(one, Odd)]
    assert bool(found) or set(value) <= set("0123456789*#+ @.-$()_") | set("abcdefghijklmnopqrstuvwxyz") | set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )
    assert not (value.isascii() and value.isdecimal() and found)


@pytest.mark.parametrize("name", ["timeout_transfer_dst", "exit_transfer_dst", "no_agent_timeout_transfer_dst"])
def test_w6_a_destination_that_is_there_is_kept(name: str) -> None:
    noun = NOUNS["queue"]
    assert [one for one in problems(noun, {name: "102, 103"}, {name: "101"}) if not isinstance(one, Odd)]
    kept = list(problems(noun, {name: "102, 103"}, {name: "102, 103"}))
    assert kept
    assert all(isinstance(one, Odd) for one in kept)


def test_r8_a_destination_with_the_tenants_prefix_is_the_same() -> None:
    assert equal("102 +7495", "2566*102 +7495")
    assert equal("2566*102", "102", own="2566*")
    assert not equal("3333*102", "102", own="2566*")
    assert not equal("3333*102", "2566*102")
    assert not equal("*8102", "8102")
    assert not equal("102 103", "103 102")
    field = NOUNS["incom_rule"].by_name["cascade_numbers"]
    live = [{"delay": 0, "number": "2566*300"}, {"delay": 0, "number": "2812"}]
    assert same(field, live, [{"delay": 0, "number": "300"}, {"delay": 0, "number": "2812"}])
