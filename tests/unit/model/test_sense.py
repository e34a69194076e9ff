# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values of the right type that make no sense: errors where no server could take them, warnings where one might."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model import zone
from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns.interval import condition_problems
from ansible_collections.telops.pbx.plugins.module_utils._model.problems import problems
from ansible_collections.telops.pbx.plugins.module_utils._model.sense import sense_problems
from ansible_collections.telops.pbx.plugins.module_utils._model.sentence import Odd
from ansible_collections.telops.pbx.plugins.module_utils._model.values import ValueProblem, normal, read, same, sent


def errors(sentences: Iterator[str]) -> list[str]:
    return [sentence for sentence in sentences if not isinstance(sentence, Odd)]


def said(kind: str, value: Any) -> list[str]:
    return list(sense_problems(Field("x", kind=kind), value))


WRONG = {
    "zone": ["Europe/Berlni", "europe/berlin", "Berlin", "UTC+3", "+03:00", "Europe/Berlin "],
    "url": [
        "crm.example.com/x",
        "https://",
        "https://crm.example.com/a b",
        "/hook",
        "https://[::1",
        "https:crm/x",
        "x",
    ],
    "mail": ["anna", "anna@", "@example.com", "an na@example.com", "anna@example.com,ben"],
    "key": ["12", "a", "#1"],
    "pattern": ["([0-9", "[0-9", "7)", "+7495", "*7", "7(?:a", "7\\"],
    "own_number": ["7495a", "7 495 1234567", "+", "++7"],
}
RIGHT = {
    "zone": ["Europe/Berlin", "UTC", "Etc/GMT+3", "America/Argentina/Buenos_Aires"],
    "url": [
        "https://crm.example.com/{{caller}}/x?y=1",
        "http://10.0.0.1:8080",
        "http://[::1]:80/x",
        "HTTPS://X.example",
    ],
    "mail": ["anna@example.com", "b\u00fcro@b\u00fccher.example", "a@x.example, b@x.example", "root@localhost"],
    "keys": ["0042", "*42#"],
    "key": ["#", "*", "0"],
    # Some of these are known to PCRE alone.
    "pattern": [
        "^(\\+|)7812",
        "^7(?|(1)|(2))$",
        "(?<n>7)\\k<n>",
        "^\\Q+7\\E",
        "7*+",
        "[[:digit:]]+",
        "\\d{3}",
        "^(?i)abc",
    ],
    "own_number": ["74951234567", "+74951234567"],
    "caller_id": ["74951234567", "+74951234567", "101", "0003*100", "$cv(number)"],
    "countries": ["*", "DE", "DE AT CH"],
    "json": ['{"a": 1}', "[]", "1"],
}
ODD = {
    "keys": ["abc", "12 34", "1-2", "\u0661\u0662"],
    "zone": ["America/Newly_Made"],
    "url": ["ftp://crm.example.com/x"],
    "json": ["user 7"],
    "sender": ["example.com"],
    "pattern": ["a{3}{2}"],
    "caller_id": ["Anna", "+7 495 1234567", "\uff11\uff10\uff11", "tel:101", "101\u200b", "anonymous", "101;ext=5"],
    "countries": ["de", "DEU", "DE,AT", "Germany", "DE  AT", "\uff24\uff25"],
}


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in WRONG.items() for value in values])
def test_w5_what_no_server_could_take_is_an_error(kind: str, value: str) -> None:
    assert errors(sense_problems(Field("x", kind=kind), value))


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in RIGHT.items() for value in values])
def test_w5_what_a_server_takes_is_taken(kind: str, value: str) -> None:
    assert said(kind, value) == []


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in ODD.items() for value in values])
def test_w5_what_a_server_might_take_is_a_warning(kind: str, value: str) -> None:
    [sentence] = said(kind, value)
    assert isinstance(sentence, Odd)


@pytest.mark.parametrize(
    "noun",
    [one for one in NOUNS.values() if "name" in one.key and one.creatable],
    ids=[one.name for one in NOUNS.values() if "name" in one.key and one.creatable],
)
def test_w5_a_new_name_that_ends_with_a_blank_is_a_warning(noun: Noun) -> None:
    """A PBX that takes the blank off would have another object after every run."""
    for name in (" A", "A ", "A\n", "\u00a0A"):
        assert any(
            "begins or ends with a blank" in one and isinstance(one, Odd)
            for one in problems(noun, {"name": name}, None)
        )
        assert not any("begins or ends" in one for one in problems(noun, {"name": name}, {"name": name}))
    assert not any("begins or ends" in one for one in problems(noun, {"name": "A B"}, None))


def test_w5_a_misspelled_zone_is_recognised() -> None:
    assert said("zone", "Europe/Berlni") == ['"Europe/Berlni" is no time zone; did you mean Europe/Berlin?']


def test_w5_a_machine_without_zones_says_which_package_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zone, "known_zones", frozenset)
    monkeypatch.setattr(zone, "is_zone", lambda name: False)
    [sentence] = said("zone", "Europe/Berlin")
    assert isinstance(sentence, Odd)
    assert "tzdata" in sentence


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("datetime", "2027-02-30 00:00:00"),
        ("datetime", "2027-13-45 99:99:99"),
        ("datetime", "2027-01-01 24:00:00"),
        ("date", "2027-02-29"),
        ("time", "24:30:00"),
        ("time", "12:60"),
        ("time", "99:00"),
    ],
)
def test_w5_dates_and_times_are_real_ones(type_: str, value: str) -> None:
    with pytest.raises(ValueProblem, match="which is not a"):
        normal(Field("x", type_), value)


NUMBERS = [(noun, one) for noun in NOUNS.values() for one in noun.writable if one.type == "int" and not one.refers_to]


@pytest.mark.parametrize(("noun", "field"), NUMBERS, ids=[f"{noun.name}.{one.name}" for noun, one in NUMBERS])
def test_w5_numbers_are_in_range_everywhere(noun: Noun, field: Field) -> None:
    for value in (-5, 99999999999):
        assert errors(sense_problems(field, value))
        assert errors(problems(noun, {field.name: value}, {field.name: 1}))
        # A value that is already there stays.
        assert not errors(problems(noun, {field.name: value}, {field.name: value}))
    assert list(sense_problems(field, 0)) == []


@pytest.mark.parametrize("kind", ["agent", "interval", "ivr_context", "extension_group", "user", "tenant_sound"])
def test_w5_a_name_of_blanks_is_none(kind: str) -> None:
    noun = NOUNS[kind]
    assert f"{noun.key[0]} is blank; it names the {noun.title}" in list(problems(noun, {noun.key[0]: "  "}, None))


@pytest.mark.parametrize(
    "condition",
    [
        {"month": 2, "start_mday": 30, "end_mday": 31},
        {"month": 4, "start_mday": 31, "end_mday": 31},
        {"start_time": "18:00:00", "end_time": "08:00:00"},
        {"start_mday": 5, "end_mday": 4},
    ],
)
def test_w5_a_condition_that_never_holds_is_an_error(condition: dict[str, Any]) -> None:
    assert errors(condition_problems(condition))


def test_w6_a_day_and_a_second_are_intervals() -> None:
    assert list(condition_problems({"month": 12, "start_mday": 25, "end_mday": 25})) == []
    assert list(condition_problems({"start_dow": 2, "end_dow": 2})) == []
    for pair in ("time", "datetime"):
        value = "2027-01-01 09:00:00"[-8 if pair == "time" else None :]
        [sentence] = condition_problems({f"start_{pair}": value, f"end_{pair}": value})
        assert isinstance(sentence, Odd)


def test_w6_parts_that_a_datetime_makes_meaningless_are_odd() -> None:
    span = {"start_datetime": "2027-01-01 09:00:00", "end_datetime": "2027-01-02 09:00:00"}
    [sentence] = condition_problems({**span, "month": 1})
    assert isinstance(sentence, Odd)


def test_w6_a_condition_that_is_there_is_kept_beside_a_new_one() -> None:
    broken, new = {"start_time": "18:00:00", "end_time": "08:00:00"}, {"month": 13}
    live = {"name": "Night", "timezone": "UTC", "conditions": [broken]}
    found = list(problems(NOUNS["interval"], {"conditions": [new, broken]}, live))
    assert errors(iter(found)) == ["conditions[0] has month 13; it goes from 1 to 12"]
    assert [one for one in found if one.startswith("conditions[1]")]


REFERENCES = [(noun, one) for noun in NOUNS.values() for one in noun.writable if one.refers_to]


@pytest.mark.parametrize(("noun", "field"), REFERENCES, ids=[f"{noun.name}.{one.name}" for noun, one in REFERENCES])
@pytest.mark.parametrize("zero", [0, "0", {"id": 0}])
def test_r4_a_reference_to_0_is_none(noun: Noun, field: Field, zero: Any) -> None:
    assert read(noun, {field.answered_as: zero})[field.name] is None


PARAMS = [(noun, noun.by_name["extra_params"]) for noun in NOUNS.values() if "extra_params" in noun.by_name]


@pytest.mark.parametrize(("noun", "field"), PARAMS, ids=[noun.name for noun, dummy in PARAMS])
def test_r2_extra_params_are_json(noun: Noun, field: Field) -> None:
    wanted = normal(field, {"user": "7", "tags": ["a", "\u00fc"]})
    assert sent(field, wanted) == '{"user": "7", "tags": ["a", "\u00fc"]}'
    assert same(field, normal(field, '{"tags":["a","\\u00fc"],"user":"7"}'), wanted)
    assert not same(field, normal(field, '{"user": 7, "tags": ["a", "\u00fc"]}'), wanted)
    assert not same(field, normal(field, "[1]"), normal(field, "[true]"))


@pytest.mark.parametrize("nothing", ["null", None])
def test_o8_extra_params_of_null_are_none(nothing: Any) -> None:
    assert read(NOUNS["agent"], {"extra_params": nothing})["extra_params"] is None


def test_o8_lists_stay_in_the_declared_order() -> None:
    numbers = [{"delay": 5, "number": "102"}, {"delay": 0, "number": "101"}]
    field = NOUNS["incom_rule"].by_name["cascade_numbers"]
    assert sent(field, normal(field, numbers)) == numbers
    assert same(field, numbers[::-1], numbers)
    conditions = [{"month": 7}, {"month": 1}]
    field = NOUNS["interval"].by_name["conditions"]
    assert sent(field, normal(field, conditions)) == conditions


def test_o8_the_music_of_a_queue_is_not_cleared_to_anything() -> None:
    assert "sound_type" not in NOUNS["queue"].clearable
